#pragma once

#include "core/http/head.h"
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
};

// A path of our own that makes a row in the table, so that a person sees that a client reaches us.
constexpr std::string_view checkPath = "/hookscope/check";

// local: address and port at which the client reached us. An absolute target that names them and a route is taken as
// a base URL: clients with a proxy and a base URL send the one through the other.
tl::expected<Destination, Refusal> route(const http::RequestHead &head, const ProxyConfig &config,
                                         const http::Authority &local);

} // namespace hookscope::proxy
