#include "app/budgets.h"

#include "core/usage/budgetfilter.h"

namespace hookscope {

namespace {

BudgetPeriod periodNamed(const QString &name)
{
    for (const BudgetPeriod period : {BudgetPeriod::Day, BudgetPeriod::Week}) {
        if (name == QLatin1String(nameOf(period)))
            return period;
    }
    return BudgetPeriod::Month;
}

} // namespace

WatchedBudgets watchedBudgets(const QList<BudgetSetting> &settings)
{
    WatchedBudgets result;
    for (const BudgetSetting &setting : settings) {
        const auto unit = setting.unit == BudgetSetting::Unit::Usd ? BudgetUnit::Money : BudgetUnit::Tokens;
        BudgetWatch::Watched watched{{setting.name.toStdString(), periodNamed(setting.period), unit,
                                      setting.limit, setting.thresholdPercent, setting.filter.toStdString()},
                                     {}};
        auto filter = budgetFilter(setting.filter);
        if (!filter) {
            result.problems.append(
                QStringLiteral("budget \"%1\" is left out: %2").arg(setting.name, filter.error()));
            continue;
        }
        watched.filter = *std::move(filter);
        result.budgets.push_back(std::move(watched));
    }
    return result;
}

} // namespace hookscope
