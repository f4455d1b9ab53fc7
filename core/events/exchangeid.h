#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace hookscope {

// Names one exchange (a request and its answer) in every event about it. A UUID version 7 (RFC 9562
// section 5.7), so ids sort by time and stay unique over restarts and machines.
struct ExchangeId {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    // A new id. Any thread.
    static ExchangeId next();

    // The 36 characters of the canonical form.
    std::string text() const;

    friend auto operator<=>(const ExchangeId &, const ExchangeId &) = default;
};

} // namespace hookscope

template <>
struct std::hash<hookscope::ExchangeId> {
    std::size_t operator()(const hookscope::ExchangeId &id) const noexcept
    {
        return static_cast<std::size_t>(id.low ^ (id.high * 0x9e3779b97f4a7c15ULL));
    }
};
