#pragma once

#include "core/http/head.h"
#include "core/policy/hostpolicy.h"
#include "core/proxy/proxyconfig.h"

#include <optional>
#include <string>

namespace hookscope::proxy {

// What a request's head asks for. Pure: no name is resolved here.
struct Destination {
    enum class Kind {
        Forward, // to an upstream
        Tunnel,  // CONNECT
        Landing, // GET / on our own port
        Check,   // checkPath on our own port
        Answer   // Max-Forwards: 0, answered here (RFC 9110 section 7.6.2)
    };

    Kind kind = Kind::Forward;
    std::string sandbox;
    http::Url url;        // of the upstream request; of a tunnel only host and port
    std::string eventUrl; // as events show it, before redaction
    std::optional<llm::KnownProvider> provider;
};

struct Refusal {
    int status = 400;
    std::string text; // a sentence without a final stop, for the client and the event
    std::string sandbox;
    std::string host;
    std::string url = {}; // as events show it; empty: as the request has it
};

// A path of our own that makes a row in the table, so that a person sees that a client reaches us.
constexpr std::string_view checkPath = "/hookscope/check";

// Why the policy refuses that destination; none: it may be reached. Our own pages always may.
std::optional<Refusal> policyRefusal(const Destination &destination, const policy::HostPolicy &policy);

// What is known of the requests inside of a tunnel that was opened.
struct InsideTunnel {
    std::string host; // of its CONNECT
    std::uint16_t port = 443;
    std::string sandbox;
};

// The same inside of a tunnel: its host is the only one there.
tl::expected<Destination, Refusal> routeInside(const http::RequestHead &head, const InsideTunnel &tunnel,
                                               const ProxyConfig &config);

// local: address and port at which the client reached us. An absolute target that names them and a route is taken as
// a base URL: clients with a proxy and a base URL send the one through the other.
tl::expected<Destination, Refusal> route(const http::RequestHead &head, const ProxyConfig &config,
                                         const http::Authority &local);

} // namespace hookscope::proxy
