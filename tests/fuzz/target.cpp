#include "core/http/target.h"
#include "tests/fuzz/input.h"

using namespace hookscope;
using fuzz::require;

namespace {

void checkHost(std::string_view host)
{
    require(!host.empty(), "a host is not empty");
    for (const char c : host) {
        require(static_cast<unsigned char>(c) > ' ' && c != 0x7f, "no control character in a host");
        require(std::string_view("/?#@[]\\").find(c) == std::string_view::npos, "no delimiter in a host");
        require(c < 'A' || c > 'Z', "a host is lower case");
    }
    (void)http::isLoopbackName(host);
}

} // namespace

// A target that is accepted means the same when it is written again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = fuzz::Input(data, size).rest();
    (void)http::isLoopbackName(text);
    if (const auto authority = http::parseAuthority(text)) {
        checkHost(authority->host);
        const auto again = http::parseAuthority(http::formatAuthority(authority->host, authority->port));
        require(again && *again == *authority, "an authority that is written again is the same");
    }
    const auto url = http::parseUrl(text);
    if (!url)
        return 0;
    checkHost(url->host);
    require(url->port > 0, "a port is not 0");
    require(url->path.starts_with('/') && url->path.find('#') == std::string::npos,
            "a path begins with a slash and has no fragment");
    auto again = http::parseUrl(url->origin() + url->path);
    require(again.has_value(), "a URL that is written again is one");
    require(again->userInfo.empty(), "an origin holds no user info");
    again->userInfo = url->userInfo;
    require(*again == *url, "a URL that is written again is the same");
    return 0;
}
