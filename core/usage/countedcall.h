#pragma once

#include "core/usage/callshare.h"
#include "core/usage/usagekey.h"

#include <QtGlobal>
#include <optional>
#include <string>

namespace hookscope {

// How one sighting of a call changed the sums: it added `share`, or, if the call was in them already,
// put `share` in the place of `before`. Whoever keeps sums of the same calls by other things follows
// these, so that each call counts once everywhere. References: valid while UsageTotals::counted() is
// emitted. Place, time and session are those of the first sighting, whichever this is.
struct CountedCall {
    const LlmEvent &sighting;
    const UsageKey &place;
    qint64 timestampUs; // when the call ended; microseconds since the Unix epoch
    const std::optional<std::string> &session;
    const CallShare &share;
    std::optional<CallShare> before;
};

} // namespace hookscope
