#pragma once

#include "core/events/budgetevent.h"
#include "core/usage/usagesums.h"

#include <QLocale>
#include <QTimeZone>
#include <optional>
#include <string>

namespace hookscope {

// How much may be spent in a day, a week or a month. A value; any thread.
struct Budget {
    std::string name;
    BudgetPeriod period = BudgetPeriod::Month;
    BudgetUnit unit = BudgetUnit::Money;
    std::int64_t limit = 0; // picodollars or tokens; above 0
    int thresholdPercent = 80; // 1 to 100
    std::string filter; // which calls count; empty: all

    friend bool operator==(const Budget &, const Budget &) = default;
};

// Where days begin, and weeks.
struct Calendar {
    QTimeZone zone = QTimeZone::systemTimeZone();
    Qt::DayOfWeek firstDayOfWeek = QLocale().firstDayOfWeek();
};

// From its first microsecond to the first one behind it. A day with a change of the clock is as long as
// it is.
struct PeriodSpan {
    std::int64_t startUs = 0;
    std::int64_t endUs = 0;

    bool holds(std::int64_t timeUs) const { return timeUs >= startUs && timeUs < endUs; }

    friend bool operator==(const PeriodSpan &, const PeriodSpan &) = default;
};

PeriodSpan spanOf(BudgetPeriod period, std::int64_t timeUs, const Calendar &calendar);

// What of the sums that unit is about, and whether it is a lower bound.
struct Spending {
    std::int64_t amount = 0;
    bool isLowerBound = false;
};

Spending spendingOf(const UsageSums &sums, BudgetUnit unit);

// When the limit is reached if the rest of the period is as what there was of it: linear. None if that is
// not before the period's end, or too early to say: before a tenth of the period is over, or with fewer
// than three calls in it.
std::optional<std::int64_t> forecast(std::int64_t spent, std::int64_t limit, quint64 calls,
                                     const PeriodSpan &span, std::int64_t nowUs);

} // namespace hookscope
