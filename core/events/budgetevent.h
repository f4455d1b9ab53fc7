#pragma once

#include "core/events/event.h"

#include <QMetaType>
#include <optional>
#include <string>

namespace hookscope {

enum class BudgetPeriod { Day, Week, Month }; // of the local calendar
enum class BudgetUnit { Money, Tokens };

enum class BudgetCrossing {
    Threshold, // a share of the limit that the user named is spent
    Forecast, // at this rate the limit is reached before the period ends
    Exceeded, // more than the limit is spent
};

// A budget was crossed. A value, made from the user's own words and sums: nothing of it is from the
// wire. Amounts are picodollars or tokens, as the unit says; times are microseconds since the Unix epoch.
struct BudgetEvent {
    std::int64_t timestampUs = 0;
    std::string budget; // its name
    BudgetPeriod period = BudgetPeriod::Day;
    std::int64_t periodStartUs = 0;
    BudgetCrossing kind = BudgetCrossing::Threshold;
    BudgetUnit unit = BudgetUnit::Money;
    std::int64_t limit = 0;
    std::int64_t spent = 0;
    bool isLowerBound = false; // some calls' part is not known: at least that was spent
    std::optional<std::int64_t> forecastAtUs; // when the limit is reached at this rate; of a forecast only

    friend bool operator==(const BudgetEvent &, const BudgetEvent &) = default;
};

const char *nameOf(BudgetPeriod period); // "day", "week", "month"
const char *nameOf(BudgetCrossing kind); // "threshold", "forecast", "exceeded"

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::BudgetEvent)
