#include "core/policy/interceptpattern.h"

#include "core/http/fields.h"
#include "core/policy/hostpattern.h"

namespace hookscope::policy {

tl::expected<std::string, std::string> parseInterceptPattern(std::string_view text)
{
    if (http::equalsIgnoringCase(text, "llm"))
        return std::string("llm");
    const auto pattern = parseHostPattern(text);
    if (!pattern)
        return tl::unexpected(pattern.error());
    if (pattern->port)
        return tl::unexpected(std::string("leave out the port: all tunnels to the host are opened"));
    if (!pattern->isDomain)
        return pattern->host;
    if (pattern->host.find('.') == std::string::npos)
        return tl::unexpected(
            std::string("behind *. a domain of at least two names is needed, as in *.example.com"));
    return "*." + pattern->host;
}

} // namespace hookscope::policy
