#pragma once

#include "core/policy/hostpattern.h"

#include <vector>

namespace hookscope::policy {

// Which hosts requests may go to, as agentkernel decides it: what is blocked is refused, also if it is
// allowed; with `allowlistOnly`, so is what is not allowed. A value; pure.
struct HostPolicy {
    std::vector<HostPattern> blocked;
    std::vector<HostPattern> allowed; // looked at only with allowlistOnly
    bool allowlistOnly = false;

    // Why that host is refused, as a sentence without a final stop that names the rule; none: it may be
    // reached.
    std::optional<std::string> refusalOf(std::string_view host, std::uint16_t port) const;

    friend bool operator==(const HostPolicy &, const HostPolicy &) = default;
};

} // namespace hookscope::policy
