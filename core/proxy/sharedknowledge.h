#pragma once

#include "core/proxy/clienttrust.h"
#include "core/proxy/usagerefusers.h"

namespace hookscope::proxy {

// What one connection learns for those that follow, on whichever thread. Any thread.
struct SharedKnowledge {
    ClientTrust clientTrust; // in the certificates for opened tunnels
    UsageRefusers usageRefusers;
};

} // namespace hookscope::proxy
