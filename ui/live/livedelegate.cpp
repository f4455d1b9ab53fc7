#include "ui/live/livedelegate.h"

#include "ui/live/inks.h"
#include "ui/live/livemodel.h"
#include "ui/live/rowpaint.h"
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
        || (emphasis & LiveModel::Slow && column == Column::Duration)
        || (emphasis & LiveModel::Expensive && column == Column::Cost);
}

bool hasClock(int emphasis, const QModelIndex &index)
{
    return emphasis & LiveModel::Slow && static_cast<Column>(index.column()) == Column::Duration;
}

QColor accentOf(const QStyleOptionViewItem &option, bool selected, const QColor &ink)
{
    return selected ? ink : option.palette.color(QPalette::Active, QPalette::Highlight);
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

    QString text = index.data(Qt::DisplayRole).toString();
    const bool isMarked = emphasis & LiveModel::Failed || bold;
    const QColor ink = text == absentText()
        ? absentInk(option.palette, group, selected)
        : rowInk(option.palette, group, isMarked ? emphasis : 0, selected);
    if (emphasis & LiveModel::Expensive && column == Column::Cost)
        text.prepend(QStringLiteral("▲ "));
    painter->setPen(ink);

    QRect area = option.rect.adjusted(margin, 0, -margin, 0);
    const QFontMetrics metrics(font);
    if (hasClock(emphasis, index)) {
        const int size = metrics.ascent();
        drawClock(*painter, {area.left(), area.center().y() - size / 2, size, size}, ink);
        area.setLeft(area.left() + size + 2);
    }
    const auto *record = index.data(LiveModel::recordRole).value<const Record *>();
    if (column == Column::State) {
        if (emphasis & LiveModel::Unread)
            drawUnreadDot(*painter, option.rect, accentOf(option, selected, ink));
        painter->drawText(option.rect, Qt::AlignCenter | Qt::TextSingleLine, text);
    } else if (column == Column::Mark && record) {
        drawMark(*painter, option.rect, *record, ink);
    } else if (column == Column::Timeline && record) {
        drawTimeline(*painter, option.rect, *record, m_span,
                     emphasis & LiveModel::Failed ? ink : accentOf(option, selected, ink));
    } else {
        painter->drawText(area, index.data(Qt::TextAlignmentRole).toInt() | Qt::TextSingleLine,
                          metrics.elidedText(text, Qt::ElideRight, area.width()));
    }

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
