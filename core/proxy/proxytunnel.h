#pragma once

#include "core/proxy/connector.h"

#include <memory>
#include <string>

namespace hookscope::proxy {

// Aborts an upstream if what is awaited of it takes longer. Lives on the awaiting coroutine's stack.
class AbortTimer {
public:
    AbortTimer(Upstream &upstream, Clock::duration limit);
    ~AbortTimer() { end(); }
    AbortTimer(const AbortTimer &) = delete;
    AbortTimer &operator=(const AbortTimer &) = delete;

    // It is over; whether it took too long.
    bool end();

private:
    struct Watch { // shared with the handler, which may already be queued at the end
        Upstream *upstream;
        bool isTimedOut = false;
    };
    std::shared_ptr<Watch> m_watch;
    Timer m_timer;
};

// Asks the proxy behind `upstream` for a tunnel to `target` (RFC 9110 section 9.3.6); afterwards its bytes
// are the target's. `authorization` is sent if it is not empty, and said nowhere else. `proxyName` is for
// people.
Task<tl::expected<void, ConnectError>> askForTunnel(Upstream &upstream, std::string target,
                                                    std::string authorization, std::string proxyName);

// What a proxy's refusal means, for people: "407 Proxy Authentication Required". Of its own words nothing is
// taken: they could repeat what it was sent.
std::string proxyRefusal(int status);

} // namespace hookscope::proxy
