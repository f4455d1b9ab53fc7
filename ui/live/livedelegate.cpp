#include "ui/live/livedelegate.h"

#include "ui/live/inks.h"
#include "ui/live/livemodel.h"
#include "ui/text/amounts.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionFocusRect>
#include <QWidget>

namespace hookscope {

namespace {

constexpr int margin = 4;

// Failed rows stand out as a whole, slow ones in the cell that says so.
bool isEmphatic(int emphasis, Column column)
{
    return (emphasis & LiveModel::Failed && (column == Column::State || column == Column::Status))
        || (emphasis & LiveModel::Slow && column == Column::Duration);
}

bool hasClock(int emphasis, const QModelIndex &index)
{
    return emphasis & LiveModel::Slow && static_cast<Column>(index.column()) == Column::Duration;
}

// Drawn, since few fonts have the sign.
void drawClock(QPainter &painter, const QRect &area, const QColor &ink)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 1.5));
    const QPointF centre = QRectF(area).center();
    const double radius = area.width() / 2.0 - 1.0;
    painter.drawEllipse(centre, radius, radius);
    painter.drawLine(centre, centre - QPointF(0, radius * 0.65));
    painter.drawLine(centre, centre + QPointF(radius * 0.5, 0));
    painter.restore();
}

} // namespace

void LiveDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const bool selected = option.state & QStyle::State_Selected;
    const QPalette::ColorGroup group =
        option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
    if (selected)
        painter->fillRect(option.rect, option.palette.brush(group, QPalette::Highlight));

    const auto column = static_cast<Column>(index.column());
    const int emphasis = index.data(LiveModel::emphasisRole).toInt();
    const bool bold = isEmphatic(emphasis, column);
    QFont font = option.font;
    font.setBold(bold);
    painter->setFont(font);

    const QString text = index.data(Qt::DisplayRole).toString();
    const bool isMarked = emphasis & LiveModel::Failed || bold;
    const QColor ink = text == absentText()
        ? absentInk(option.palette, group, selected)
        : rowInk(option.palette, group, isMarked ? emphasis : 0, selected);
    painter->setPen(ink);

    QRect area = option.rect.adjusted(margin, 0, -margin, 0);
    const QFontMetrics metrics(font);
    if (hasClock(emphasis, index)) {
        const int size = metrics.ascent();
        drawClock(*painter, {area.left(), area.center().y() - size / 2, size, size}, ink);
        area.setLeft(area.left() + size + 2);
    }
    if (column == Column::State)
        painter->drawText(option.rect, Qt::AlignCenter | Qt::TextSingleLine, text);
    else
        painter->drawText(area, index.data(Qt::TextAlignmentRole).toInt() | Qt::TextSingleLine,
                          metrics.elidedText(text, Qt::ElideRight, area.width()));

    if (option.state & QStyle::State_HasFocus && option.widget) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(option);
        focus.backgroundColor = option.palette.color(group, selected ? QPalette::Highlight : QPalette::Base);
        option.widget->style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, option.widget);
    }
}

QSize LiveDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int emphasis = index.data(LiveModel::emphasisRole).toInt();
    QFont font = option.font;
    font.setBold(isEmphatic(emphasis, static_cast<Column>(index.column())));
    const QFontMetrics metrics(font);
    const int clock = hasClock(emphasis, index) ? metrics.ascent() + 2 : 0;
    const int text = metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString());
    return {text + clock + 2 * margin + 2, metrics.height() + 6};
}

} // namespace hookscope
