#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace hookscope::http {

// Host and port of an authority (RFC 3986 section 3.2). An IPv6 literal has no brackets here.
struct Authority {
    std::string host; // lower case
    std::optional<std::uint16_t> port;

    friend bool operator==(const Authority &, const Authority &) = default;
};

// Without user info; errors are the end of a sentence.
tl::expected<Authority, std::string> parseAuthority(std::string_view text);

// host:port, an IPv6 literal in brackets; the port is left out if `port` is none.
std::string formatAuthority(std::string_view host, std::optional<std::uint16_t> port);

// A base or target URL with http or https.
struct Url {
    bool isTls = false;
    std::string host; // lower case, no brackets
    std::uint16_t port = 80;
    bool hasExplicitPort = false;
    std::string userInfo; // as it came; never to be shown
    std::string path;     // with the query, byte for byte; "/" if empty; no fragment

    std::string origin() const; // scheme://host[:port]
    std::string authority() const; // what belongs into Host

    friend bool operator==(const Url &, const Url &) = default;
};

tl::expected<Url, std::string> parseUrl(std::string_view text);

// Whether `host` can only mean this machine: 127.0.0.0/8, ::1 (also IPv4-mapped) or `localhost`,
// spelled like that. Names that DNS answers never do.
bool isLoopbackName(std::string_view host) noexcept;

} // namespace hookscope::http
