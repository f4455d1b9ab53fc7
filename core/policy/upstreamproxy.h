#pragma once

#include "core/policy/hostpattern.h"

#include <vector>

namespace hookscope::policy {

// The HTTP proxy through which upstreams are reached, as companies have one. Its password is not part of it:
// it comes from the keyring or the environment, under the name `passwordName`. A value; pure.
struct UpstreamProxy {
    static constexpr std::string_view passwordName = "HOOKSCOPE_UPSTREAM_PROXY_PASSWORD";

    std::string host;
    std::uint16_t port = 80;
    std::string user; // empty: no credentials are sent
    std::vector<HostPattern> exceptions;

    // Whether that upstream is reached without the proxy; this machine always is.
    bool isExcepted(std::string_view name, std::uint16_t atPort) const;

    std::string address() const; // host:port

    friend bool operator==(const UpstreamProxy &, const UpstreamProxy &) = default;
};

// http://[USER@]HOST[:PORT]. Errors are the end of a sentence and hold nothing of `text`.
tl::expected<UpstreamProxy, std::string> parseUpstreamProxy(std::string_view text);

// What an environment offers as HTTPS_PROXY (or the like): http://[USER@]HOST:PORT, without the password;
// none if that is no proxy that can be used.
std::optional<std::string> offeredProxy(std::string_view variable);

} // namespace hookscope::policy
