#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace hookscope::policy {

// Names hosts as people write rules for them: HOST, an IP address, or *.DOMAIN, which is the domain and all
// below it; with :PORT only that port. Compares without case, without a final dot, and addresses by what they
// mean (2130706433 is 127.0.0.1, ::ffff:10.0.0.1 is 10.0.0.1). No name is resolved. A value; pure.
struct HostPattern {
    std::string text; // as it was written, for people
    std::string host; // as canonicalHost() gives it, without "*."
    bool isDomain = false;
    std::optional<std::uint16_t> port;

    bool matches(std::string_view name, std::uint16_t atPort) const;

    friend bool operator==(const HostPattern &, const HostPattern &) = default;
};

// Errors are the end of a sentence.
tl::expected<HostPattern, std::string> parseHostPattern(std::string_view text);

// One spelling for each host: lower case, no final dot, no brackets, addresses as the system reads them.
std::string canonicalHost(std::string_view host);

} // namespace hookscope::policy
