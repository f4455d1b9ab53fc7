#include "core/http/target.h"

#include "core/http/fields.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>

namespace hookscope::http {

namespace {

tl::unexpected<std::string> invalid(std::string text)
{
    return tl::unexpected(std::move(text));
}

// reg-name and IPv4address of RFC 3986, and UTF-8 as some clients send it.
bool isHostChar(char c) noexcept
{
    const auto u = static_cast<unsigned char>(c);
    return u > 0x20 && u != 0x7f && std::string_view("/?#@[]\\<>\"^`{|}:").find(c) == std::string_view::npos;
}

} // namespace

tl::expected<Authority, std::string> parseAuthority(std::string_view text)
{
    Authority authority;
    std::string_view rest;
    if (!text.empty() && text.front() == '[') {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos)
            return invalid("the IPv6 address lacks its ']'");
        authority.host = lowered(text.substr(1, close - 1));
        boost::system::error_code ec;
        boost::asio::ip::make_address_v6(authority.host, ec);
        const std::string_view host = authority.host;
        const auto zone = host.substr(std::min(host.find('%'), host.size()));
        const auto isAddress = host.find_first_not_of("0123456789abcdef:.") >= host.size() - zone.size();
        if (ec || !isAddress || !std::all_of(zone.begin(), zone.end(), isHostChar))
            return invalid("invalid IPv6 address");
        rest = text.substr(close + 1);
    } else {
        const std::size_t colon = text.find(':');
        authority.host = lowered(text.substr(0, colon));
        if (!std::all_of(authority.host.begin(), authority.host.end(), isHostChar))
            return invalid("invalid character in the host");
        rest = colon == std::string_view::npos ? std::string_view() : text.substr(colon);
    }
    if (authority.host.empty())
        return invalid("the host is missing");
    if (rest.empty() || rest == ":")
        return authority;
    unsigned port = 0;
    const auto digits = rest.substr(1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (rest.front() != ':' || error != std::errc() || end != digits.data() + digits.size() || port < 1 || port > 65535)
        return invalid("the port is not a number from 1 to 65535");
    authority.port = static_cast<std::uint16_t>(port);
    return authority;
}

std::string formatAuthority(std::string_view host, std::optional<std::uint16_t> port)
{
    std::string text = host.find(':') == std::string_view::npos ? std::string(host) : "[" + std::string(host) + "]";
    if (port)
        text += ":" + std::to_string(*port);
    return text;
}

std::string Url::authority() const
{
    return formatAuthority(host, hasExplicitPort ? std::optional(port) : std::nullopt);
}

std::string Url::origin() const
{
    return (isTls ? "https://" : "http://") + authority();
}

tl::expected<Url, std::string> parseUrl(std::string_view text)
{
    const std::size_t schemeEnd = text.find("://");
    if (schemeEnd == std::string_view::npos)
        return invalid("the URL does not start with http:// or https://");
    const std::string scheme = lowered(text.substr(0, schemeEnd));
    if (scheme != "http" && scheme != "https")
        return invalid("the scheme is not supported: use http:// or https://");
    Url url;
    url.isTls = scheme == "https";
    std::string_view rest = text.substr(schemeEnd + 3);
    const std::size_t authorityEnd = std::min(rest.find_first_of("/?#"), rest.size());
    std::string_view authorityText = rest.substr(0, authorityEnd);
    rest = rest.substr(authorityEnd);
    if (const std::size_t at = authorityText.rfind('@'); at != std::string_view::npos) {
        url.userInfo = authorityText.substr(0, at);
        authorityText = authorityText.substr(at + 1);
    }
    auto authority = parseAuthority(authorityText);
    if (!authority)
        return invalid(authority.error());
    url.host = std::move(authority->host);
    url.hasExplicitPort = authority->port.has_value();
    url.port = authority->port.value_or(url.isTls ? 443 : 80);
    rest = rest.substr(0, rest.find('#'));
    url.path = rest;
    if (url.path.empty() || url.path.front() != '/')
        url.path.insert(url.path.begin(), '/');
    return url;
}

bool isLoopbackName(std::string_view host) noexcept
{
    if (equalsIgnoringCase(host, "localhost"))
        return true;
    boost::system::error_code ec;
    const auto address = boost::asio::ip::make_address(std::string(host), ec);
    if (ec)
        return false;
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6()).is_loopback();
    return address.is_loopback();
}

} // namespace hookscope::http
