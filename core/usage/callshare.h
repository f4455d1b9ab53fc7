#pragma once

#include "core/events/event.h"

#include <optional>

namespace hookscope {

// What one call puts into the sums, whoever saw it. A value; any thread.
struct CallShare {
    TokenUsage tokens;
    UsageState usage = UsageState::Missing;
    std::optional<PicoUsd> cost;
    bool isCostBound = false; // the price of a cut answer's tokens: the call cost at least that
    bool isStreaming = false;
    bool isUnderstood = true;
    bool isRefused = false; // answered with 4xx, 503 or 529 and no statement: nobody bills that
    bool isFailed = false; // answered with 400 or above, or ended by an error, where it was first seen

    // Whether its tokens are the whole of what was used.
    bool hasWholeUsage() const { return usage == UsageState::Reported || isRefused; }

    // The same of its cost.
    bool hasWholeCost() const { return cost ? !isCostBound : isRefused; }

    friend bool operator==(const CallShare &, const CallShare &) = default;
};

CallShare shareOf(const LlmEvent &call);

// Whether the numbers allow that both are the same call: each that both know is equal, or, where one
// was cut short, not above what the whole statement says. Costs are no part of it: each proxy in a
// chain may have prices of its own.
bool agree(const CallShare &left, const CallShare &right);

// Two sightings of one call: the fuller statement (Reported, then Partial, then Missing), or the gaps of
// one filled from the other if they are equally full; and a cost over none, a whole one over a bound,
// else the earlier.
CallShare merged(const CallShare &earlier, const CallShare &later);

} // namespace hookscope
