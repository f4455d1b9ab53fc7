#include "core/proxy/interception.h"

#include "core/http/fields.h"
#include "core/http/target.h"

#include <algorithm>

namespace hookscope::proxy {

namespace {

constexpr std::string_view llmHosts = "llm";

bool isName(std::string_view name)
{
    return !name.empty() && name.front() != '.' && name.back() != '.' && name.find("..") == std::string_view::npos
        && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
           });
}

} // namespace

tl::expected<std::string, std::string> parseInterceptPattern(std::string_view text)
{
    const std::string pattern = http::lowered(text);
    if (pattern == llmHosts)
        return pattern;
    if (pattern.starts_with("*.")) {
        const std::string_view domain = std::string_view(pattern).substr(2);
        if (!isName(domain) || domain.find('.') == std::string_view::npos)
            return tl::unexpected(std::string("behind *. a domain of at least two names is needed, as in *.example.com"));
        return pattern;
    }
    if (pattern.find('*') != std::string::npos)
        return tl::unexpected(std::string("a * stands only in front: *.example.com"));
    const auto authority = http::parseAuthority(pattern);
    if (pattern.find(':') != std::string::npos && authority && !authority->port)
        return authority->host; // an IPv6 address in brackets
    if (!isName(pattern))
        return tl::unexpected(std::string("it is not a host name, an address, a pattern such as *.example.com, or llm"));
    return pattern;
}

std::vector<std::string> withLlmHosts(const std::vector<std::string> &patterns,
                                      const std::vector<llm::LlmDomain> &domains)
{
    std::vector<std::string> hosts;
    for (const std::string &pattern : patterns) {
        if (pattern != llmHosts) {
            hosts.push_back(pattern);
            continue;
        }
        for (std::string &host : llm::providerHosts(domains)) {
            if (parseInterceptPattern(host))
                hosts.push_back(std::move(host));
        }
    }
    std::sort(hosts.begin(), hosts.end());
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
    return hosts;
}

bool opensTunnelTo(const std::vector<std::string> &patterns, std::string_view host)
{
    if (host.ends_with('.'))
        host.remove_suffix(1);
    return std::any_of(patterns.begin(), patterns.end(), [host](const std::string &pattern) {
        if (!pattern.starts_with('*'))
            return host == pattern;
        const std::string_view end = std::string_view(pattern).substr(1);
        return host.size() > end.size() && host.ends_with(end);
    });
}

} // namespace hookscope::proxy
