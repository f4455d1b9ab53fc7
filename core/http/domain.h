#pragma once

#include <string_view>

namespace hookscope::http {

// Whether `host` is that domain or a name below it. Both without a final dot, and in the same letter case.
inline bool isWithinDomain(std::string_view host, std::string_view domain) noexcept
{
    return host == domain
        || (host.size() > domain.size() + 1 && host.ends_with(domain)
            && host[host.size() - domain.size() - 1] == '.');
}

} // namespace hookscope::http
