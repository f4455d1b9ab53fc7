#pragma once

#include "core/usage/countedcall.h"
#include "core/usage/usagesums.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace hookscope {

// What one of the client's sessions (LlmEvent::session) used as far as it was seen.
struct SessionUsage {
    std::string session;
    std::string sandbox; // of its first call
    UsageSums sums;
    qint64 firstUs = 0; // ends of its first and last call, microseconds since the Unix epoch
    qint64 lastUs = 0;

    friend bool operator==(const SessionUsage &, const SessionUsage &) = default;
};

// The sums by session: of the 1,000 that were heard of last, or a few more. Calls that name no session
// are left out. One thread.
class SessionSums {
public:
    static constexpr std::size_t least = 1'000;

    void count(const CountedCall &call);
    void clear() { m_sessions.clear(); }

    // Those that were heard of at that time or later, in no order.
    std::vector<SessionUsage> since(qint64 timestampUs) const;

private:
    void makeRoom();

    std::unordered_map<std::string, SessionUsage> m_sessions;
};

} // namespace hookscope
