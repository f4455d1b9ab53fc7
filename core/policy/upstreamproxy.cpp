#include "core/policy/upstreamproxy.h"

#include "core/http/target.h"

#include <algorithm>

namespace hookscope::policy {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percentDecoded(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = high >= 0 ? hexDigit(text[i + 2]) : -1;
        decoded += low >= 0 ? static_cast<char>(high * 16 + low) : text[i];
        i += low >= 0 ? 2 : 0;
    }
    return decoded;
}

bool isControl(char c)
{
    const auto u = static_cast<unsigned char>(c);
    return u < 0x20 || u == 0x7f;
}

tl::unexpected<std::string> invalid(const char *text)
{
    return tl::unexpected(std::string(text));
}

} // namespace

tl::expected<UpstreamProxy, std::string> parseUpstreamProxy(std::string_view text)
{
    const std::size_t scheme = text.find("://");
    const auto url =
        http::parseUrl(scheme == std::string_view::npos ? "http://" + std::string(text) : std::string(text));
    if (!url)
        return tl::unexpected(url.error());
    if (url->isTls)
        return invalid("TLS to the proxy itself is not supported: use http:// (HTTPS to the upstreams passes "
                       "all the same)");
    if (url->path != "/")
        return invalid("a proxy's URL ends behind the port");
    if (url->userInfo.find(':') != std::string::npos) {
        return tl::unexpected(
            "leave the password out of the URL, where others can read it: put it into the keyring "
            "or the environment variable "
            + std::string(UpstreamProxy::passwordName));
    }
    UpstreamProxy proxy{url->host, url->port, percentDecoded(url->userInfo), {}};
    const bool isUsable = std::none_of(proxy.user.begin(), proxy.user.end(), isControl)
        && proxy.user.find(':') == std::string::npos;
    if (!isUsable)
        return invalid("the user name holds a colon or a control character");
    return proxy;
}

std::optional<std::string> offeredProxy(std::string_view variable)
{
    const std::size_t scheme = variable.find("://");
    const auto url = http::parseUrl(scheme == std::string_view::npos ? "http://" + std::string(variable)
                                                                     : std::string(variable));
    if (!url || url->isTls)
        return std::nullopt;
    const std::string user = url->userInfo.substr(0, url->userInfo.find(':'));
    std::string offered =
        "http://" + (user.empty() ? std::string() : user + "@") + http::formatAuthority(url->host, url->port);
    if (!parseUpstreamProxy(offered))
        return std::nullopt;
    return offered;
}

bool UpstreamProxy::isExcepted(std::string_view name, std::uint16_t atPort) const
{
    return http::isLoopbackName(canonicalHost(name))
        || std::any_of(exceptions.begin(), exceptions.end(),
                       [&](const HostPattern &pattern) { return pattern.matches(name, atPort); });
}

std::string UpstreamProxy::address() const
{
    return http::formatAuthority(host, port);
}

} // namespace hookscope::policy
