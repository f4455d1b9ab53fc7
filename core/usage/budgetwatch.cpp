#include "core/usage/budgetwatch.h"

#include <QDateTime>
#include <QThread>
#include <algorithm>

namespace hookscope {

namespace {

__extension__ using Wide = __int128;

bool isAtThreshold(const Budget &budget, std::int64_t spent)
{
    return static_cast<Wide>(spent) * 100 >= static_cast<Wide>(budget.limit) * budget.thresholdPercent;
}

} // namespace

BudgetWatch::BudgetWatch(QObject *parent, Calendar calendar, Clock clock)
    : QObject(parent)
    , m_calendar(std::move(calendar))
    , m_clock(std::move(clock))
{
}

BudgetWatch::Clock BudgetWatch::systemClock()
{
    return [] {
        return QDateTime::currentMSecsSinceEpoch() * 1000;
    };
}

void BudgetWatch::setBudgets(std::vector<Watched> budgets)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const std::int64_t nowUs = m_clock();
    m_accounts.clear();
    for (Watched &watched : budgets) {
        m_accounts.push_back({std::move(watched), {}, {}, false});
        recount(m_accounts.back(), nowUs);
    }
    for (const Account &account : m_accounts)
        tellCrossings(account, nowUs);
}

std::vector<BudgetWatch::Standing> BudgetWatch::standings()
{
    turnPeriods(m_clock());
    std::vector<Standing> result;
    for (const Account &account : m_accounts) {
        Spending spent = spendingOf(account.sums, account.watched.budget.unit);
        spent.isLowerBound = spent.isLowerBound || account.isShort;
        result.push_back({account.watched.budget, account.span, spent});
    }
    return result;
}

bool BudgetWatch::counts(const Account &account, std::int64_t endUs, const LlmEvent &call)
{
    return account.span.holds(endUs) && (!account.watched.filter || account.watched.filter(call));
}

void BudgetWatch::recount(Account &account, std::int64_t nowUs)
{
    account.span = spanOf(account.watched.budget.period, nowUs, m_calendar);
    account.sums = {};
    account.isShort = m_calls.isShortOf(account.span.startUs);
    m_calls.visit([&account](const PastCalls::Call &call) {
        if (counts(account, call.endUs, call.event))
            account.sums.add(call.share);
    });
}

void BudgetWatch::turnPeriods(std::int64_t nowUs)
{
    for (Account &account : m_accounts) {
        if (!account.span.holds(nowUs))
            recount(account, nowUs);
    }
}

// Asked for at each call: a calendar takes longer than all the rest.
std::int64_t BudgetWatch::earliestStartUs(std::int64_t nowUs)
{
    if (!m_week.holds(nowUs))
        m_week = spanOf(BudgetPeriod::Week, nowUs, m_calendar);
    if (!m_month.holds(nowUs))
        m_month = spanOf(BudgetPeriod::Month, nowUs, m_calendar);
    return std::min(m_week.startUs, m_month.startUs);
}

void BudgetWatch::count(quint64 number, const LlmEvent &call, const CallShare &share)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const std::int64_t nowUs = m_clock();
    turnPeriods(nowUs); // before the call is among those that it counts
    const std::int64_t earliestUs = earliestStartUs(nowUs);
    if (!m_calls.isEmpty() || call.timestampUs >= earliestUs) // else it would be forgotten at once
        m_calls.append(number, call, share);
    m_calls.forgetBefore(earliestUs);
    for (Account &account : m_accounts) {
        if (counts(account, call.timestampUs, call))
            account.sums.add(share);
        if (!m_isRestoring)
            tellCrossings(account, nowUs);
    }
}

void BudgetWatch::correct(quint64 number, const CallShare &share)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const std::int64_t nowUs = m_clock();
    turnPeriods(nowUs);
    const std::optional<PastCalls::Call> before = m_calls.correct(number, share);
    if (!before)
        return;
    for (Account &account : m_accounts) {
        if (!counts(account, before->endUs, before->event))
            continue;
        account.sums.subtract(before->share);
        account.sums.add(share);
        if (!m_isRestoring)
            tellCrossings(account, nowUs);
    }
}

void BudgetWatch::tellCrossings(const Account &account, std::int64_t nowUs)
{
    const Budget &budget = account.watched.budget;
    const std::int64_t spent = spendingOf(account.sums, budget.unit).amount;
    if (spent > budget.limit) {
        tell(account, BudgetCrossing::Exceeded, nowUs);
        return;
    }
    if (m_told.holds(budget, account.span.startUs, BudgetCrossing::Exceeded))
        return; // a correction brought it back: to start over would only confuse
    if (isAtThreshold(budget, spent))
        tell(account, BudgetCrossing::Threshold, nowUs);
    if (const auto atUs = forecast(spent, budget.limit, account.sums.calls, account.span, nowUs))
        tell(account, BudgetCrossing::Forecast, nowUs, atUs);
}

void BudgetWatch::tell(const Account &account, BudgetCrossing kind, std::int64_t nowUs,
                       std::optional<std::int64_t> forecastAtUs)
{
    const Budget &budget = account.watched.budget;
    if (m_told.holds(budget, account.span.startUs, kind))
        return;
    m_told.add(budget, account.span.startUs, kind);
    m_told.forgetBefore(earliestStartUs(nowUs));

    const Spending spent = spendingOf(account.sums, budget.unit);
    BudgetEvent event;
    event.timestampUs = nowUs;
    event.budget = budget.name;
    event.period = budget.period;
    event.periodStartUs = account.span.startUs;
    event.kind = kind;
    event.unit = budget.unit;
    event.limit = budget.limit;
    event.spent = spent.amount;
    event.isLowerBound = spent.isLowerBound || account.isShort;
    event.forecastAtUs = forecastAtUs;
    emit crossed(event);
    emit toldChanged(m_told);
}

} // namespace hookscope
