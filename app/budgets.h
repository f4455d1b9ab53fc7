#pragma once

#include "core/error.h"
#include "core/settings/settings.h"
#include "core/usage/budgetwatch.h"

#include <QStringList>
#include <functional>
#include <vector>

namespace hookscope {

// Makes a filter out of its text. Empty where there is no filter language.
using BudgetFilterMaker = std::function<Result<BudgetWatch::Filter>(const QString &text)>;

struct WatchedBudgets {
    std::vector<BudgetWatch::Watched> budgets;
    QStringList problems; // of those that are left out: one that counted all calls would say what is wrong
};

// The budgets of the settings as they are watched. Pure.
WatchedBudgets watchedBudgets(const QList<BudgetSetting> &settings, const BudgetFilterMaker &makeFilter = {});

} // namespace hookscope
