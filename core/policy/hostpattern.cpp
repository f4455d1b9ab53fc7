#include "core/policy/hostpattern.h"

#include "core/http/domain.h"
#include "core/http/fields.h"
#include "core/http/target.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>

namespace hookscope::policy {

namespace {

std::string textOfV4(const in_addr &address)
{
    std::array<char, INET_ADDRSTRLEN> text{};
    return ::inet_ntop(AF_INET, &address, text.data(), text.size());
}

// As getaddrinfo() reads numbers, so that no spelling of a blocked address passes.
std::optional<std::string> canonicalAddress(const std::string &host)
{
    in_addr v4{};
    const bool isNumber = host.find_first_not_of("0123456789abcdefx.") == std::string::npos;
    if (isNumber && ::inet_aton(host.c_str(), &v4) != 0)
        return textOfV4(v4);
    in6_addr v6{};
    const std::string withoutZone = host.substr(0, host.find('%'));
    if (::inet_pton(AF_INET6, withoutZone.c_str(), &v6) != 1)
        return std::nullopt;
    if (IN6_IS_ADDR_V4MAPPED(&v6)) {
        std::copy_n(v6.s6_addr + 12, sizeof v4, reinterpret_cast<unsigned char *>(&v4));
        return textOfV4(v4);
    }
    std::array<char, INET6_ADDRSTRLEN> text{};
    return ::inet_ntop(AF_INET6, &v6, text.data(), text.size());
}

bool isNameChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

tl::unexpected<std::string> invalid(const char *text)
{
    return tl::unexpected(std::string(text));
}

} // namespace

std::string canonicalHost(std::string_view host)
{
    if (host.size() > 1 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    if (host.size() > 1 && host.back() == '.')
        host.remove_suffix(1);
    std::string name = http::lowered(host);
    auto address = canonicalAddress(name);
    return address ? std::move(*address) : name;
}

tl::expected<HostPattern, std::string> parseHostPattern(std::string_view text)
{
    HostPattern pattern;
    pattern.text = text;
    if (text.find("://") != std::string_view::npos)
        return invalid("leave out the scheme: write HOST or *.DOMAIN");
    if (text.find('/') != std::string_view::npos)
        return invalid("leave out the path: write HOST or *.DOMAIN");
    if (text == "*")
        return invalid("it would be every host: write HOST or *.DOMAIN");
    pattern.isDomain = text.substr(0, 2) == "*.";
    if (pattern.isDomain)
        text.remove_prefix(2);
    if (text.find('*') != std::string_view::npos)
        return invalid("'*' can only stand as *. before a domain");
    // A bare IPv6 address has no port.
    const bool isBareV6 =
        !text.empty() && text.front() != '[' && std::count(text.begin(), text.end(), ':') > 1;
    const auto authority = http::parseAuthority(isBareV6 ? "[" + std::string(text) + "]" : std::string(text));
    if (!authority)
        return tl::unexpected(authority.error());
    pattern.port = authority->port;
    pattern.host = canonicalHost(authority->host);
    if (canonicalAddress(pattern.host)) {
        if (pattern.isDomain)
            return invalid("an address has no subdomains");
        return pattern;
    }
    if (pattern.host.front() == '.')
        return invalid("it starts with a dot: write *.DOMAIN for a domain and all below it");
    if (pattern.host.find("..") != std::string::npos || pattern.host.back() == '.')
        return invalid("a part between two dots is empty");
    if (!std::all_of(pattern.host.begin(), pattern.host.end(), isNameChar))
        return invalid("a host holds letters, digits, '-', '_' and '.' only (write others as xn--...)");
    return pattern;
}

bool HostPattern::matches(std::string_view name, std::uint16_t atPort) const
{
    if (port && *port != atPort)
        return false;
    const std::string other = canonicalHost(name);
    return isDomain ? http::isWithinDomain(other, host) : other == host;
}

} // namespace hookscope::policy
