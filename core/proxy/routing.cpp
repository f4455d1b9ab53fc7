#include "core/proxy/routing.h"

#include <QByteArray>
#include <algorithm>
#include <charconv>
#include <iterator>

namespace hookscope::proxy {

namespace {

tl::unexpected<Refusal> refuse(int status, std::string text, std::string sandbox, std::string host = {})
{
    return tl::unexpected(Refusal{status, std::move(text), std::move(sandbox), std::move(host)});
}

// A whole URL (RFC 9112 section 3.2.2).
bool isAbsoluteForm(std::string_view target)
{
    return target.find("://") != std::string_view::npos && target.front() != '/';
}

std::string percentDecoded(std::string_view text)
{
    return QByteArray::fromPercentEncoding(QByteArray(text.data(), qsizetype(text.size()))).toStdString();
}

// The user of the proxy credentials names the sandbox; a password is not looked at.
std::string sandboxOf(const http::RequestHead &head, const ProxyConfig &config)
{
    const auto credentials = http::fieldValue(head.fields, "proxy-authorization");
    if (!credentials || credentials->size() < 6 || !http::equalsIgnoringCase(credentials->substr(0, 6), "basic "))
        return config.sandbox;
    const std::string_view encoded = http::trimmed(credentials->substr(6));
    const QByteArray decoded
        = QByteArray::fromBase64(QByteArray::fromRawData(encoded.data(), qsizetype(encoded.size())));
    const QByteArray user = decoded.left(decoded.indexOf(':') < 0 ? decoded.size() : decoded.indexOf(':'));
    const std::string name = percentDecoded({user.constData(), std::size_t(user.size())});
    return name.empty() ? config.sandbox : name;
}

// A page in a browser can reach this port; its requests carry one of these (Fetch Metadata).
bool isMadeByWebPage(const http::RequestHead &head, const ProxyConfig &config)
{
    const auto origin = http::fieldValue(head.fields, "origin");
    if (origin) {
        return std::none_of(config.allowedOrigins.begin(), config.allowedOrigins.end(),
                            [&](const std::string &allowed) { return *origin == allowed; });
    }
    const auto site = http::fieldValue(head.fields, "sec-fetch-site");
    return site && *site != "none" && *site != "same-origin";
}

std::string routeNames(const ProxyConfig &config)
{
    std::string names;
    for (const Route &candidate : config.routes) {
        if (names.find("/" + candidate.name + "/") == std::string::npos)
            names += (names.empty() ? "/" : ", /") + candidate.name + "/";
    }
    return names;
}

// Max-Forwards of OPTIONS and TRACE at zero: the request ends here.
bool endsHere(const http::RequestHead &head)
{
    if (head.method != "OPTIONS" && head.method != "TRACE")
        return false;
    const auto hops = http::fieldValue(head.fields, "max-forwards");
    return hops && *hops == "0";
}

tl::expected<Destination, Refusal> routeTunnel(const http::RequestHead &head, std::string sandbox)
{
    auto authority = http::parseAuthority(head.target);
    if (!authority)
        return refuse(400, "invalid CONNECT target: " + authority.error(), std::move(sandbox));
    if (!authority->port)
        return refuse(400, "invalid CONNECT target: the port is missing", std::move(sandbox), authority->host);
    Destination destination;
    destination.kind = Destination::Kind::Tunnel;
    destination.sandbox = std::move(sandbox);
    destination.url.host = std::move(authority->host);
    destination.url.port = *authority->port;
    destination.url.hasExplicitPort = true;
    destination.eventUrl = destination.url.authority();
    return destination;
}

// Takes a leading /~NAME off `path` and returns NAME, decoded.
std::optional<std::string> takeSandboxPrefix(std::string_view &path)
{
    if (path.substr(0, 2) != "/~")
        return std::nullopt;
    const std::size_t end = std::min(path.find_first_of("/?", 2), path.size());
    std::string name = percentDecoded(path.substr(2, end - 2));
    path = path.substr(end);
    return name;
}

std::vector<Route>::const_iterator findRoute(const ProxyConfig &config, std::string_view name)
{
    return std::find_if(config.routes.begin(), config.routes.end(),
                        [&](const Route &candidate) { return candidate.name == name; });
}

std::string_view routeNameOf(std::string_view path)
{
    return path.substr(1, std::min(path.find_first_of("/?", 1), path.size()) - 1);
}

// Whether `host` is `local` to the letter, as it is in nearly every request.
bool isWrittenAs(std::string_view host, const http::Authority &local)
{
    if (!local.port || host.substr(0, local.host.size()) != local.host)
        return false;
    char port[8] = {':'};
    const char *end = std::to_chars(port + 1, std::end(port), *local.port).ptr;
    return host.substr(local.host.size()) == std::string_view(port, std::size_t(end - port));
}

// What a client that reached us directly would get there; anything else of our own is no upstream (508).
bool isBaseUrl(const http::Url &url, const ProxyConfig &config, const http::Authority &local)
{
    if (url.isTls || local.port != url.port || !(http::isLoopbackName(url.host) || url.host == local.host))
        return false;
    std::string_view path = url.path;
    takeSandboxPrefix(path);
    return path == checkPath
        || (path.size() > 1 && findRoute(config, routeNameOf(path)) != config.routes.end());
}

Destination check(std::string sandbox, const http::Authority &local)
{
    Destination destination;
    destination.kind = Destination::Kind::Check;
    destination.sandbox = std::move(sandbox);
    destination.url.host = local.host;
    destination.url.port = local.port.value_or(0);
    destination.url.hasExplicitPort = true;
    destination.url.path = checkPath;
    destination.eventUrl = destination.url.origin() + destination.url.path;
    return destination;
}

tl::expected<Destination, Refusal> routeOrigin(const http::RequestHead &head, std::string_view path,
                                               const ProxyConfig &config, std::string sandbox,
                                               const http::Authority &local)
{
    if (const auto host = http::fieldValue(head.fields, "host"); host && !isWrittenAs(*host, local)) {
        const auto authority = http::parseAuthority(*host);
        if (!authority)
            return refuse(400, "invalid Host: " + authority.error(), std::move(sandbox));
        if (!http::isLoopbackName(authority->host) && authority->host != local.host
            && authority->host != config.listenHost) {
            return refuse(403, "Host '" + std::string(*host) + "' is not this machine; use 127.0.0.1 or localhost",
                          std::move(sandbox));
        }
    }
    if (isMadeByWebPage(head, config)) {
        return refuse(403, "a web page made this request; allow its origin in the settings if it is your own app",
                      std::move(sandbox));
    }
    if (auto name = takeSandboxPrefix(path); name && !name->empty())
        sandbox = std::move(*name);

    Destination destination;
    destination.sandbox = std::move(sandbox);
    if (path.empty() || path == "/") {
        destination.kind = Destination::Kind::Landing;
        return destination;
    }
    const std::string_view name = routeNameOf(path);
    const auto found = findRoute(config, name);
    if (found == config.routes.end() && path == checkPath)
        return check(std::move(destination.sandbox), local);
    if (found == config.routes.end()) {
        return refuse(404, "no route '/" + std::string(name) + "/'; the routes are " + routeNames(config),
                      std::move(destination.sandbox));
    }
    destination.kind = endsHere(head) ? Destination::Kind::Answer : Destination::Kind::Forward;
    destination.url = found->root;
    destination.url.path += path.substr(1 + name.size());
    if (destination.url.path.empty() || destination.url.path.front() != '/')
        destination.url.path.insert(destination.url.path.begin(), '/');
    destination.eventUrl = destination.url.origin() + destination.url.path;
    destination.provider
        = found->provider || found->isProviderSettled ? found->provider
                                                      : llm::providerOfHost(found->root.host, config.llmDomains);
    return destination;
}

tl::expected<Destination, Refusal> routeAbsolute(const http::RequestHead &head, const ProxyConfig &config,
                                                 std::string sandbox, const http::Authority &local)
{
    auto url = http::parseUrl(head.target);
    if (!url)
        return refuse(400, "invalid request target: " + url.error(), std::move(sandbox));
    if (isBaseUrl(*url, config, local))
        return routeOrigin(head, url->path, config, std::move(sandbox), local);
    Destination destination;
    destination.kind = endsHere(head) ? Destination::Kind::Answer : Destination::Kind::Forward;
    destination.sandbox = std::move(sandbox);
    destination.url = std::move(*url);
    destination.eventUrl = head.target;
    destination.provider = llm::providerOfHost(destination.url.host, config.llmDomains);
    return destination;
}

} // namespace

tl::expected<Destination, Refusal> route(const http::RequestHead &head, const ProxyConfig &config,
                                         const http::Authority &local)
{
    std::string sandbox = sandboxOf(head, config);
    if (http::fieldCount(head.fields, "host") > 1)
        return refuse(400, "more than one Host", std::move(sandbox));
    if (head.method == "CONNECT")
        return routeTunnel(head, std::move(sandbox));
    if (isAbsoluteForm(head.target))
        return routeAbsolute(head, config, std::move(sandbox), local);
    if (head.minorVersion > 0 && http::fieldCount(head.fields, "host") == 0)
        return refuse(400, "missing Host", std::move(sandbox));
    if (head.target == "*" && head.method == "OPTIONS") {
        Destination destination;
        destination.kind = Destination::Kind::Answer;
        destination.sandbox = std::move(sandbox);
        return destination;
    }
    if (head.target.front() != '/')
        return refuse(400, "invalid request target; it is neither a path nor an http:// URL", std::move(sandbox));
    return routeOrigin(head, head.target, config, std::move(sandbox), local);
}

std::optional<Refusal> policyRefusal(const Destination &destination, const policy::HostPolicy &policy)
{
    if (destination.kind != Destination::Kind::Forward && destination.kind != Destination::Kind::Tunnel)
        return std::nullopt;
    auto reason = policy.refusalOf(destination.url.host, destination.url.port);
    if (!reason)
        return std::nullopt;
    return Refusal{403, std::move(*reason), destination.sandbox, destination.url.host, destination.eventUrl};
}

tl::expected<Destination, Refusal> routeInside(const http::RequestHead &head, const InsideTunnel &tunnel,
                                               const ProxyConfig &config)
{
    const auto fail = [&tunnel](int status, std::string text) {
        return refuse(status, std::move(text), tunnel.sandbox, tunnel.host);
    };
    if (head.method == "CONNECT")
        return fail(400, "a tunnel inside of a tunnel to " + tunnel.host + " cannot be opened");
    if (http::fieldCount(head.fields, "host") > 1)
        return fail(400, "more than one Host");
    const auto host = http::fieldValue(head.fields, "host");
    if (!host && head.minorVersion > 0)
        return fail(400, "missing Host");
    Destination destination;
    destination.sandbox = tunnel.sandbox;
    destination.url.isTls = true;
    destination.url.host = tunnel.host;
    destination.url.port = tunnel.port;
    destination.url.hasExplicitPort = tunnel.port != 443;
    destination.url.path = head.target;
    std::optional<http::Authority> asked;
    if (isAbsoluteForm(head.target)) {
        auto url = http::parseUrl(head.target);
        if (!url || !url->isTls)
            return fail(400, "invalid request target: inside of TLS it must be https");
        asked = http::Authority{url->host, url->port};
        destination.url.path = std::move(url->path);
    } else if (host) {
        auto authority = http::parseAuthority(*host);
        if (!authority)
            return fail(400, "invalid Host: " + authority.error());
        destination.url.hasExplicitPort = authority->port.has_value();
        asked = std::move(*authority);
    }
    if (asked && (asked->host != tunnel.host || asked->port.value_or(443) != tunnel.port)) {
        return fail(421, "the request is for " + http::formatAuthority(asked->host, asked->port)
                             + ", the tunnel that it came in leads to "
                             + http::formatAuthority(tunnel.host, tunnel.port));
    }
    const bool isWholeServer = head.target == "*" && head.method == "OPTIONS";
    if (head.target.front() != '/' && !isWholeServer && !isAbsoluteForm(head.target))
        return fail(400, "invalid request target; it is neither a path nor an https:// URL");
    destination.kind = endsHere(head) ? Destination::Kind::Answer : Destination::Kind::Forward;
    destination.eventUrl = destination.url.origin() + destination.url.path;
    destination.provider = llm::providerOfHost(tunnel.host, config.llmDomains);
    return destination;
}

} // namespace hookscope::proxy
