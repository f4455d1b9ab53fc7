#pragma once

#include "core/usage/budget.h"
#include "core/usage/pastcalls.h"
#include "core/usage/toldcrossings.h"

#include <QObject>
#include <functional>
#include <vector>

namespace hookscope {

// Tells when a budget is crossed: once per budget, period and kind, also over a restart. Main thread.
//
// It counts what UsageTotals takes in, so each call once, in the period in which the call ended. Calls
// whose cost (or tokens) are not known make what was spent a lower bound. One that is exceeded is not
// also told to be at its threshold or forecast. Restored calls count but tell nothing: what they cross
// is told with the next call that comes, since nothing fires on what happened before.
class BudgetWatch final : public QObject {
    Q_OBJECT
public:
    using Filter = std::function<bool(const LlmEvent &)>; // empty: all calls
    using Clock = std::function<std::int64_t()>; // microseconds since the Unix epoch

    struct Watched {
        Budget budget;
        Filter filter;
    };

    struct Standing {
        Budget budget;
        PeriodSpan span;
        Spending spent;
    };

    explicit BudgetWatch(QObject *parent = nullptr, Calendar calendar = {}, Clock clock = systemClock());

    // The budgets from now on. New ones count the calls of their period that have been, and may be
    // crossed at once.
    void setBudgets(std::vector<Watched> budgets);

    void setTold(const ToldCrossings &told) { m_told = told; } // before the first call
    const ToldCrossings &told() const { return m_told; }

    // Of each budget in the current period, in their order.
    std::vector<Standing> standings();

    static Clock systemClock();

public slots:
    // UsageTotals::callCounted() and callCorrected().
    void count(quint64 number, const hookscope::LlmEvent &call, const hookscope::CallShare &share);
    void correct(quint64 number, const hookscope::CallShare &share);

    // Around the batches of calls that come from disk.
    void beginRestore() { m_isRestoring = true; }
    void endRestore() { m_isRestoring = false; }

signals:
    void crossed(const hookscope::BudgetEvent &event);
    // After crossed(): to be saved.
    void toldChanged(const hookscope::ToldCrossings &told);

private:
    struct Account {
        Watched watched;
        PeriodSpan span;
        UsageSums sums;
        bool isShort = false; // calls of the period are no longer there to be counted
    };

    static bool counts(const Account &account, std::int64_t endUs, const LlmEvent &call);
    void recount(Account &account, std::int64_t nowUs);
    void turnPeriods(std::int64_t nowUs);
    void tellCrossings(const Account &account, std::int64_t nowUs);
    void tell(const Account &account, BudgetCrossing kind, std::int64_t nowUs,
              std::optional<std::int64_t> forecastAtUs = {});
    std::int64_t earliestStartUs(std::int64_t nowUs);

    Calendar m_calendar;
    Clock m_clock;
    PeriodSpan m_week; // that were present ones when last asked for
    PeriodSpan m_month;
    std::vector<Account> m_accounts;
    PastCalls m_calls;
    ToldCrossings m_told;
    bool m_isRestoring = false;
};

} // namespace hookscope
