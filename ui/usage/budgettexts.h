#pragma once

#include "core/events/budgetevent.h"

#include <QString>

namespace hookscope {

// What is told of a crossed budget, as plain text. Pure.

QString budgetTitle(const BudgetEvent &event); // "Budget “daily” exceeded"

// A sentence: "At least $8.12 of $10 were spent today."
QString budgetText(const BudgetEvent &event);

} // namespace hookscope
