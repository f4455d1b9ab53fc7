#pragma once

#include "core/proxy/clientstream.h"
#include "core/proxy/upstream.h"

#include <cstdint>
#include <functional>
#include <string_view>

namespace hookscope::proxy {

struct TunnelBytes {
    std::uint64_t toUpstream = 0;
    std::uint64_t toClient = 0;
};

// Who gets a copy of a tunnel's bytes, each piece after it was written on.
struct TunnelObservers {
    std::function<void(std::string_view)> toUpstream;
    std::function<void(std::string_view)> toClient;
};

// Relays bytes both ways, untouched, until both sides have ended; a side that half-closes still gets
// what the other one sends (RFC 9110 section 9.3.6). Bytes read ahead on either side go first. At most
// one buffer of 256 KiB is held per direction.
Task<TunnelBytes> relayTunnel(ClientStream &client, Upstream &upstream, const TunnelObservers *observers = nullptr);

} // namespace hookscope::proxy
