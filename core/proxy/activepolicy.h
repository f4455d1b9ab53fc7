#pragma once

#include "core/events/redact.h"
#include "core/policy/trafficpolicy.h"

#include <string>

namespace hookscope::proxy {

// A policy with what the proxy's thread needs of it for every request. Immutable; shared by the requests that
// began while it counted.
struct ActivePolicy {
    explicit ActivePolicy(policy::TrafficPolicy policy);

    // Whether an upstream is reached through the upstream proxy.
    bool isProxied(std::string_view host, std::uint16_t port) const;

    policy::TrafficPolicy traffic;
    std::string via; // names the upstream proxy and its user; empty if there is none
    std::string proxyAuthorization; // the value of Proxy-Authorization for it; empty: none is sent
    Secrets mask; // all values that must not be seen in any event
};

} // namespace hookscope::proxy
