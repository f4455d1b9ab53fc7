#pragma once

#include "core/http/target.h"
#include "core/llm/pricelist.h"
#include "core/llm/provider.h"
#include "core/policy/trafficpolicy.h"
#include "core/proxy/interception.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hookscope::proxy {

// A base-URL route: requests to /NAME/... go to root/...
struct Route {
    std::string name;
    http::Url root;
    std::optional<llm::KnownProvider> provider; // of a built-in name; otherwise the host decides
    bool isProviderSettled = false; // `provider` is the host's, or there is none

    friend bool operator==(const Route &, const Route &) = default;
};

// As curl's --connect-to: connections for HOST:PORT go to ADDR:PORT. An empty host or no port on the
// left matches any, on the right keeps what was asked for. Name in TLS and Host stay as they were.
struct ConnectTo {
    std::string host;
    std::optional<std::uint16_t> port;
    std::string toHost;
    std::optional<std::uint16_t> toPort;

    friend bool operator==(const ConnectTo &, const ConnectTo &) = default;
};

// All that the proxy is told; it never changes while the proxy runs.
struct ProxyConfig {
    static constexpr int mostThreads = 16;

    std::string listenHost = "127.0.0.1";
    std::uint16_t listenPort = 8790; // 0 takes a free one
    int furtherPorts = 0;            // how many ports after listenPort are tried if it is in use
    std::string sandbox = "local";
    std::vector<Route> routes; // in the order of precedence
    std::vector<ConnectTo> connectTo;
    std::string upstreamCaFile;
    std::vector<llm::LlmDomain> llmDomains;
    std::size_t maxClients = 4096;
    int threads = 1; // that relay, 1 to mostThreads
    std::vector<std::string> allowedOrigins;
    std::shared_ptr<const llm::PriceList> prices; // none: no call has a cost
    // Whether there is a window, which shows Answered, CallProgress and heads: without one the first two are not made,
    // and Started has no more of its head than User-Agent.
    bool isShown = true;
    bool keepBodies = false; // as the proxy starts; ProxyServer::setKeepsBodies() changes it
    std::size_t bodyCapBytes = 0; // of each body, as it came and decoded; 0: none is ever kept
    std::optional<Interception> interception; // none: every tunnel is opaque
    bool addStreamUsage = false; // ask for the usage of streams whose client does not (core/llm/streamusage.h)
    policy::TrafficPolicy traffic; // as the proxy starts; ProxyServer::setPolicy() changes it
};

// NAME=URL, as --route takes it; errors are the end of a sentence.
tl::expected<Route, std::string> parseRoute(std::string_view text);

// HOST:PORT:ADDR:PORT, as --connect-to takes it.
tl::expected<ConnectTo, std::string> parseConnectTo(std::string_view text);

// Where connections for host:port really go.
http::Authority connectTarget(const std::vector<ConnectTo> &rules, std::string_view host, std::uint16_t port);

// Asks of each route once what its host decides, so that no request has to.
void settleProviders(ProxyConfig &config);

// The built-in routes, in the order in which they are listed to people.
std::vector<Route> builtInRoutes();

} // namespace hookscope::proxy
