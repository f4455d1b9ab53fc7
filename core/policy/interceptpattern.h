#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace hookscope::policy {

// Whose HTTPS tunnels are opened, as people write it: `llm` for all known LLM hosts, or a host pattern
// without a port (hostpattern.h), of which *.DOMAIN needs a domain of at least two names. In canonical form;
// errors are the end of a sentence.
tl::expected<std::string, std::string> parseInterceptPattern(std::string_view text);

} // namespace hookscope::policy
