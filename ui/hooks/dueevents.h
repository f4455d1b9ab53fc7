#pragma once

#include "core/events/eventlog.h"
#include "core/hooks/deliverypreview.h"

#include <vector>

namespace hookscope {

// What a hook would have fired on among the newest requests of the log.
struct DueEvents {
    static constexpr EventLog::Sequence mostLooked = 5'000; // requests: some microseconds each
    static constexpr std::size_t mostKept = 50;

    int captured = 0; // requests that were looked at
    int fired = 0; // of these
    std::vector<CapturedEvent> newest; // the newest first, as each would be delivered

    friend bool operator==(const DueEvents &, const DueEvents &) = default;
};

// Of a hook on budgets there are none: the log has no budgets' events.
DueEvents dueEvents(const Hook &hook, const EventLog &log, std::int64_t nowUs);

// An event in one line: when, what, and how it ended.
QString captionOf(const CapturedEvent &event);

} // namespace hookscope
