#pragma once

#include "ui/live/calltexts.h"
#include "ui/live/celltexts.h"

namespace hookscope {

// What the detail pane says of an exchange, as plain text that is safe to show: pure functions.

QList<Fact> overviewFacts(const Exchange &exchange, std::int64_t nowUs, const Thresholds &thresholds);
QList<Fact> timingFacts(const Exchange &exchange, std::int64_t nowUs);
QList<Fact> tokenFacts(const Exchange &exchange);

QString requestHeadText(const Exchange &exchange);
QString answerHeadText(const Exchange &exchange); // empty before the head was read

// The events as hooks get them, JSON indented, each below a line that names it; empty before the first.
QString eventsText(const Exchange &exchange);

} // namespace hookscope
