#include "ui/live/rowpaint.h"

#include "ui/live/liveview.h"

#include <QPainter>
#include <QPalette>
#include <algorithm>
#include <array>

namespace hookscope {

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightness() < 128;
}

QColor markColour(int mark)
{
    // Okabe and Ito's, which colour-blind people tell apart too.
    static constexpr std::array<QRgb, 6> colours{0xffd55e00, 0xffe69f00, 0xfff0e442,
                                                 0xff009e73, 0xff0072b2, 0xffcc79a7};
    return QColor::fromRgb(colours[static_cast<std::size_t>(std::clamp(mark, 1, 6) - 1)]);
}

QString markName(int mark)
{
    const std::array names{LiveView::tr("Vermilion"), LiveView::tr("Orange"), LiveView::tr("Yellow"),
                           LiveView::tr("Green"),     LiveView::tr("Blue"),   LiveView::tr("Pink")};
    return names[static_cast<std::size_t>(std::clamp(mark, 1, markCount) - 1)];
}

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

void drawUnreadDot(QPainter &painter, const QRect &area, const QColor &ink)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawEllipse(QPointF(area.left() + 2.5, area.center().y() + 0.5), 2.0, 2.0);
    painter.restore();
}

void drawMark(QPainter &painter, const QRect &area, const Record &record, const QColor &ink)
{
    if (record.mark == 0 && !record.isPinned)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const int side = area.height() - 5;
    QRect place(area.left() + 3, area.top() + 3, side, side);
    if (record.mark > 0) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(markColour(record.mark));
        painter.drawRoundedRect(place, 3, 3);
        painter.setPen(record.mark == 5 ? Qt::white : Qt::black);
        painter.drawText(place, Qt::AlignCenter, QString::number(record.mark));
        place.translate(side + 2, 0);
    }
    if (record.isPinned) {
        const QPointF top(place.left() + side / 2.0, place.top() + 2);
        painter.setPen(QPen(ink, 1.4));
        painter.setBrush(ink);
        painter.drawEllipse(top + QPointF(0, side * 0.2), side * 0.22, side * 0.22);
        painter.drawLine(top + QPointF(0, side * 0.4), top + QPointF(0, side * 0.8));
    }
    painter.restore();
}

void drawTimeline(QPainter &painter, const QRect &area, const Record &record, const LiveDelegate::Span &span,
                  const QColor &ink)
{
    const double spanUs = static_cast<double>(std::max<std::int64_t>(1, span.endUs - span.beginUs));
    const QRectF bar = QRectF(area).adjusted(2, area.height() * 0.25, -2, -area.height() * 0.25);
    const auto xOf = [&](std::int64_t timeUs) {
        const double part = std::clamp(static_cast<double>(timeUs - span.beginUs) / spanUs, 0.0, 1.0);
        return bar.left() + part * bar.width();
    };
    const std::int64_t begin = record.timestampUs;
    const std::int64_t end = begin + record.elapsedUs(span.nowUs);
    const std::int64_t head = record.latencyUs.has() ? std::min(end, begin + *record.latencyUs) : end;
    const std::int64_t first = record.ttftUs.has() ? std::clamp(begin + *record.ttftUs, head, end) : head;
    const auto phase = [&](std::int64_t from, std::int64_t to, double strength) {
        if (to <= from)
            return;
        QColor fill = ink;
        fill.setAlphaF(static_cast<float>(strength));
        painter.fillRect(QRectF(QPointF(xOf(from), bar.top()), QPointF(xOf(to), bar.bottom())), fill);
    };
    phase(begin, head, 0.25);
    phase(head, first, 0.5);
    phase(first, end, 0.85);
    // What is too short to be seen still took place.
    painter.fillRect(QRectF(xOf(begin), bar.top(), 1.0, bar.height()), ink);
}

} // namespace hookscope
