#pragma once

#include <compare>
#include <string>

namespace hookscope {

// What totals are kept by.
struct UsageKey {
    std::string sandbox;
    std::string provider;
    std::string model; // "unknown" where no model is known, as agentkernel's
    friend auto operator<=>(const UsageKey &, const UsageKey &) = default;
};

} // namespace hookscope
