#pragma once

#include "core/settings/settings.h"

#include <QJsonArray>
#include <QJsonValue>

namespace hookscope {

// The form of "budgets" in the file: dollars as a decimal number. Pure.
QJsonArray budgetsToJson(const QList<BudgetSetting> &budgets);

// What is wrong with `json`, as the rest of a sentence that begins with its name; empty if it is a budget,
// which `budget` then is.
QString readBudget(const QJsonValue &json, BudgetSetting &budget);

} // namespace hookscope
