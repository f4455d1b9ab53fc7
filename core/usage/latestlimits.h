#pragma once

#include "core/events/event.h"

#include <QtGlobal>
#include <optional>
#include <string>
#include <vector>

namespace hookscope {

// When a limit is whole again, from the provider's word for it, told at `toldAtUs`: a time (RFC 3339, or
// the form of HTTP's Date), a duration ("6m0s", "1.5s", "120ms"), seconds from then on, or seconds or
// milliseconds since the Unix epoch. None for any other form. Microseconds since the Unix epoch. Pure.
std::optional<std::int64_t> resetTimeUs(const std::string &text, std::int64_t toldAtUs);

// What providers said last of each of their limits, by provider, model and name of the limit; the last
// 200 of them. Credentials are no part of it: two keys of one provider share a place. A value; one thread.
class LatestLimits {
public:
    static constexpr std::size_t limit = 200;

    struct Entry {
        std::string provider;
        std::string model; // empty if it is not known
        RateLimit said;
        std::int64_t toldAtUs = 0;
    };

    // Whether it said anything. An older statement does not replace a newer one.
    bool add(const LlmEvent &call);

    const std::vector<Entry> &entries() const { return m_entries; } // in the order of their first statement

private:
    std::vector<Entry> m_entries;
};

} // namespace hookscope
