#include "ui/hooks/sparklinedelegate.h"

#include "ui/hooks/hooktablemodel.h"

#include <QPainter>
#include <algorithm>

namespace hookscope {

namespace {

constexpr int leastBar = 2; // pixels: one failure among thousands is to be seen
constexpr double shareAbove = 0.62; // of the height, for what was delivered

// Of the parts of a bar, `shares` of `most`; the first one begins at `y`, and it grows by `step` (1 down, -1
// up).
void paintBar(QPainter &painter, int x, int width, int y, int step, int height, double most, quint64 value,
              const QColor &colour, int &used)
{
    if (value == 0)
        return;
    const auto scaled = static_cast<int>(static_cast<double>(value) / most * height);
    const int length = std::clamp(scaled, leastBar, std::max(leastBar, height - used));
    const int from = y + step * used;
    painter.fillRect(QRect(x, step > 0 ? from : from - length, width, length), colour);
    used += length;
}

} // namespace

void paintSparkline(QPainter &painter, const QRect &area, const DeliveryHistory::Hour &hour,
                    const QPalette &palette, bool isSelected)
{
    const bool isDark = palette.color(QPalette::Base).lightness() < 128;
    const QColor selected = palette.color(QPalette::HighlightedText);
    const QColor delivered = isSelected ? selected : palette.color(QPalette::Link);
    const QColor lost = isSelected ? selected : isDark ? QColor(0xff, 0x8a, 0x80) : QColor(0xb0, 0x1c, 0x14);
    QColor repeated = lost;
    repeated.setAlphaF(0.5);
    QColor axis = isSelected ? selected : palette.color(QPalette::PlaceholderText);
    axis.setAlphaF(0.5);

    quint64 most = 1;
    for (const DeliveryHistory::Minute &minute : hour)
        most = std::max({most, minute.delivered, minute.lost + minute.repeated});
    const int above = static_cast<int>(area.height() * shareAbove);
    const int baseline = area.top() + above;
    const int below = area.bottom() - baseline;
    painter.fillRect(QRect(area.left(), baseline, area.width(), 1), axis);
    for (int i = 0; i < DeliveryHistory::minutes; ++i) {
        const int x = area.left() + i * area.width() / DeliveryHistory::minutes;
        const int end = area.left() + (i + 1) * area.width() / DeliveryHistory::minutes;
        const int width = std::max(1, end - x - (end - x > 2 ? 1 : 0));
        const DeliveryHistory::Minute &minute = hour[static_cast<std::size_t>(i)];
        int up = 0;
        int down = 0;
        const auto scale = static_cast<double>(most);
        paintBar(painter, x, width, baseline, -1, above, scale, minute.delivered, delivered, up);
        paintBar(painter, x, width, baseline + 1, 1, below, scale, minute.lost, lost, down);
        paintBar(painter, x, width, baseline + 1, 1, below, scale, minute.repeated, repeated, down);
    }
}

void SparklineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index); // the cell's ground and its focus
    const QVariant hour = index.data(HookTableModel::HourRole);
    if (!hour.isValid())
        return;
    paintSparkline(*painter, option.rect.adjusted(5, 2, -5, -2), hour.value<DeliveryHistory::Hour>(),
                   option.palette, option.state & QStyle::State_Selected);
}

} // namespace hookscope
