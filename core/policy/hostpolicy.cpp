#include "core/policy/hostpolicy.h"

#include <algorithm>

namespace hookscope::policy {

std::optional<std::string> HostPolicy::refusalOf(std::string_view host, std::uint16_t port) const
{
    const auto isMatch = [&](const HostPattern &pattern) {
        return pattern.matches(host, port);
    };
    const auto rule = std::find_if(blocked.begin(), blocked.end(), isMatch);
    if (rule != blocked.end())
        return "host " + std::string(host) + " is blocked by the rule '" + rule->text + "'";
    if (allowlistOnly && std::none_of(allowed.begin(), allowed.end(), isMatch))
        return "host " + std::string(host) + " is not in the allowlist (rule 'allowlist only')";
    return std::nullopt;
}

} // namespace hookscope::policy
