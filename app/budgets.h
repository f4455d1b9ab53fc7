#pragma once

#include "core/settings/settings.h"
#include "core/usage/budgetwatch.h"

#include <QStringList>
#include <vector>

namespace hookscope {

struct WatchedBudgets {
    std::vector<BudgetWatch::Watched> budgets;
    QStringList problems; // of those that are left out: one that counted all calls would say what is wrong
};

// The budgets of the settings as they are watched. Pure.
WatchedBudgets watchedBudgets(const QList<BudgetSetting> &settings);

} // namespace hookscope
