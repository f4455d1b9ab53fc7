#include "core/events/budgetevent.h"

namespace hookscope {

const char *nameOf(BudgetPeriod period)
{
    switch (period) {
    case BudgetPeriod::Day:
        return "day";
    case BudgetPeriod::Week:
        return "week";
    case BudgetPeriod::Month:
        return "month";
    }
    return "day";
}

const char *nameOf(BudgetCrossing kind)
{
    switch (kind) {
    case BudgetCrossing::Threshold:
        return "threshold";
    case BudgetCrossing::Forecast:
        return "forecast";
    case BudgetCrossing::Exceeded:
        return "exceeded";
    }
    return "threshold";
}

} // namespace hookscope
