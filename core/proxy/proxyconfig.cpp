#include "core/proxy/proxyconfig.h"

#include "core/http/fields.h"

#include <algorithm>

namespace hookscope::proxy {

namespace {

bool isRouteNameChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
        || c == '.';
}

// Takes the part up to the next ':' off `rest`; a bracketed IPv6 literal counts as one part.
std::string_view takePart(std::string_view &rest)
{
    std::size_t end = 0;
    if (!rest.empty() && rest.front() == '[')
        end = std::min(rest.find(']'), rest.size());
    end = std::min(rest.find(':', end), rest.size());
    const std::string_view part = rest.substr(0, end);
    rest = end < rest.size() ? rest.substr(end + 1) : std::string_view();
    return part;
}

tl::expected<http::Authority, std::string> parseSide(std::string_view host, std::string_view port)
{
    http::Authority side;
    if (!host.empty()) {
        auto parsed = http::parseAuthority(host);
        if (!parsed || parsed->port)
            return tl::unexpected(parsed ? std::string("the host holds a port") : parsed.error());
        side.host = parsed->host;
    }
    if (!port.empty()) {
        auto parsed = http::parseAuthority("x:" + std::string(port));
        if (!parsed)
            return tl::unexpected(parsed.error());
        side.port = parsed->port;
    }
    return side;
}

} // namespace

tl::expected<Route, std::string> parseRoute(std::string_view text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0)
        return tl::unexpected(std::string("it is not NAME=URL"));
    const std::string_view name = text.substr(0, equals);
    if (!std::all_of(name.begin(), name.end(), isRouteNameChar) || name.front() == '.')
        return tl::unexpected(std::string("the name may hold letters, digits, '-', '_' and '.' only"));
    auto url = http::parseUrl(text.substr(equals + 1));
    if (!url)
        return tl::unexpected(url.error());
    if (url->path.find('?') != std::string::npos)
        return tl::unexpected(std::string("the URL holds a query"));
    if (!url->userInfo.empty())
        return tl::unexpected(std::string("the URL holds a user name or password"));
    while (!url->path.empty() && url->path.back() == '/')
        url->path.pop_back();
    return Route{std::string(name), std::move(*url), llm::providerOfRoute(name)};
}

tl::expected<ConnectTo, std::string> parseConnectTo(std::string_view text)
{
    if (std::count(text.begin(), text.end(), ':') < 3)
        return tl::unexpected(std::string("it is not HOST:PORT:ADDR:PORT"));
    std::string_view rest = text;
    const std::string_view host = takePart(rest);
    const std::string_view port = takePart(rest);
    const std::string_view toHost = takePart(rest);
    auto from = parseSide(host, port);
    if (!from)
        return tl::unexpected(from.error());
    auto to = parseSide(toHost, rest);
    if (!to)
        return tl::unexpected(to.error());
    return ConnectTo{from->host, from->port, to->host, to->port};
}

http::Authority connectTarget(const std::vector<ConnectTo> &rules, std::string_view host, std::uint16_t port)
{
    for (const ConnectTo &rule : rules) {
        const bool isHost = rule.host.empty() || http::equalsIgnoringCase(rule.host, host);
        if (isHost && rule.port.value_or(port) == port)
            return {rule.toHost.empty() ? std::string(host) : rule.toHost, rule.toPort.value_or(port)};
    }
    return {std::string(host), port};
}

void settleProviders(ProxyConfig &config)
{
    for (Route &route : config.routes) {
        if (!route.provider)
            route.provider = llm::providerOfHost(route.root.host, config.llmDomains);
        route.isProviderSettled = true;
    }
}

std::vector<Route> builtInRoutes()
{
    std::vector<Route> routes;
    for (const llm::BuiltInRoute &builtIn : llm::builtInRoutes()) {
        if (auto route = parseRoute(std::string(builtIn.name) + "=" + std::string(builtIn.root)))
            routes.push_back(std::move(*route));
    }
    return routes;
}

} // namespace hookscope::proxy
