#pragma once

#include "core/events/record.h"
#include "ui/live/livedelegate.h"

#include <QColor>
#include <QString>

class QPainter;
class QPalette;
class QRect;

namespace hookscope {

// What the live table's delegate draws beside text: each in the given area, in the given ink.

bool isDark(const QPalette &palette);

// The colours of the marks 1 to markCount, told apart by their numbers as well.
inline constexpr int markCount = 6;
QColor markColour(int mark);
QString markName(int mark);

// Drawn, since few fonts have the signs.
void drawClock(QPainter &painter, const QRect &area, const QColor &ink);
void drawUnreadDot(QPainter &painter, const QRect &area, const QColor &ink);
void drawMark(QPainter &painter, const QRect &area, const Record &record, const QColor &ink);

// Waiting for the answer's head, then for the first token, then streaming, on the scale of the span.
void drawTimeline(QPainter &painter, const QRect &area, const Record &record, const LiveDelegate::Span &span,
                  const QColor &ink);

} // namespace hookscope
