#pragma once

#include "core/policy/hostpolicy.h"
#include "core/policy/secretbinding.h"
#include "core/policy/upstreamproxy.h"

namespace hookscope::policy {

// All that decides where requests may go, through what, and with which secrets. Made on the main thread; the
// proxy gets it as one immutable snapshot, which counts for requests that begin afterwards.
struct TrafficPolicy {
    HostPolicy hosts;
    std::optional<UpstreamProxy> upstreamProxy; // none: upstreams are connected to directly
    std::string upstreamPassword;
    std::vector<HeldSecret> secrets;
};

} // namespace hookscope::policy
