#pragma once

#include "core/events/exchange.h"

#include <QList>
#include <QString>

namespace hookscope {

// What the detail pane says of LLM calls, as plain text that is safe to show: pure functions.

struct Fact {
    QString name;
    QString value; // empty: the name is the heading of those that follow

    friend bool operator==(const Fact &, const Fact &) = default;
};

// All that is known of one call: model, tokens and their parts, cost, limits. What most calls do not
// have is listed only where there is something to say.
QList<Fact> callFacts(const LlmEvent &call);

// The shorter list of what a call was, beside its numbers.
QList<Fact> natureFacts(const LlmEvent &call);

// To the last digit, and how it is known: "$0.00042, by the price list".
QString costSentence(const LlmEvent &call);
QString costSentence(const Exchange &exchange); // the sum, if there are several calls

} // namespace hookscope
