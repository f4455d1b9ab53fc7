#include "core/proxy/interception.h"

#include "core/http/domain.h"
#include "core/policy/hostpattern.h"
#include "core/policy/interceptpattern.h"

#include <algorithm>

namespace hookscope::proxy {

namespace {

constexpr std::string_view llmHosts = "llm";

} // namespace

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
            if (policy::parseInterceptPattern(host))
                hosts.push_back(std::move(host));
        }
    }
    std::sort(hosts.begin(), hosts.end());
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
    return hosts;
}

bool opensTunnelTo(const std::vector<std::string> &patterns, std::string_view host)
{
    const std::string name = policy::canonicalHost(host);
    return std::any_of(patterns.begin(), patterns.end(), [&name](const std::string &pattern) {
        return pattern.starts_with("*.") ? http::isWithinDomain(name, std::string_view(pattern).substr(2))
                                         : name == pattern;
    });
}

} // namespace hookscope::proxy
