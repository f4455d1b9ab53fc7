#include "core/usage/budget.h"

#include <QDateTime>
#include <limits>

namespace hookscope {

namespace {

constexpr std::int64_t leastShare = 10; // a tenth of the period
constexpr quint64 leastCalls = 3;

__extension__ using Wide = __int128;

std::int64_t startUs(QDate date, const QTimeZone &zone)
{
    return date.startOfDay(zone).toMSecsSinceEpoch() * 1000;
}

} // namespace

PeriodSpan spanOf(BudgetPeriod period, std::int64_t timeUs, const Calendar &calendar)
{
    const QTimeZone zone = calendar.zone.isValid() ? calendar.zone : QTimeZone::utc();
    const std::int64_t timeMs = timeUs / 1000 - (timeUs % 1000 < 0 ? 1 : 0);
    const QDate day = QDateTime::fromMSecsSinceEpoch(timeMs, zone).date();
    switch (period) {
    case BudgetPeriod::Day:
        return {startUs(day, zone), startUs(day.addDays(1), zone)};
    case BudgetPeriod::Week: {
        const QDate first = day.addDays(-((day.dayOfWeek() - calendar.firstDayOfWeek + 7) % 7));
        return {startUs(first, zone), startUs(first.addDays(7), zone)};
    }
    case BudgetPeriod::Month: {
        const QDate first(day.year(), day.month(), 1);
        return {startUs(first, zone), startUs(first.addMonths(1), zone)};
    }
    }
    return {};
}

Spending spendingOf(const UsageSums &sums, BudgetUnit unit)
{
    if (unit == BudgetUnit::Money)
        return {sums.cost, sums.withoutCost > 0};
    // Not the sum of totals: a call that tells only one of the two is in no total.
    std::int64_t tokens = 0;
    if (__builtin_add_overflow(sums.inputTokens, sums.outputTokens, &tokens))
        tokens = std::numeric_limits<std::int64_t>::max();
    return {tokens, sums.withoutUsage > 0};
}

std::optional<std::int64_t> forecast(std::int64_t spent, std::int64_t limit, quint64 calls,
                                     const PeriodSpan &span, std::int64_t nowUs)
{
    const std::int64_t elapsedUs = nowUs - span.startUs;
    const std::int64_t lengthUs = span.endUs - span.startUs;
    if (spent <= 0 || calls < leastCalls || elapsedUs < lengthUs / leastShare)
        return std::nullopt;
    const Wide neededUs = static_cast<Wide>(elapsedUs) * limit / spent;
    if (neededUs >= lengthUs)
        return std::nullopt;
    return span.startUs + static_cast<std::int64_t>(neededUs);
}

} // namespace hookscope
