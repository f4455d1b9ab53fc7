#pragma once

#include "core/proxy/wirestream.h"

#include <cstdint>
#include <string>
#include <utility>

namespace hookscope::proxy {

// One connection to an upstream, plain or TLS, with the bytes read ahead from it. Owned by the client
// connection that opened it and never shared with another: what one client does to it cannot reach
// the next one.
class Upstream : public WireStream {
public:
    struct Key {
        std::string host;
        std::uint16_t port = 0;
        bool isTls = false;
        bool isTunnel = false; // through an upstream proxy only by CONNECT, also without TLS
        std::string via = {}; // the upstream proxy that the policy names; it may be excepted
        friend bool operator==(const Key &, const Key &) = default;
    };

    Upstream(Readiness &readiness, Socket socket, Key key)
        : WireStream(readiness, std::move(socket))
        , m_key(std::move(key))
    {
    }

    const Key &key() const { return m_key; }

    // Half-closes a plain connection; over TLS, which has no half-close worth having, ends it.
    void shutdownSend()
    {
        if (tls())
            abort();
        else
            WireStream::shutdownSend();
    }

    // Whether it ends at an upstream proxy that wants whole URLs and its own credentials in each request.
    bool isAbsoluteForm = false;

    Clock::time_point idleSince;

private:
    Key m_key;
};

} // namespace hookscope::proxy
