#include "core/events/bodyredaction.h"
#include "tests/fuzz/input.h"

using namespace hookscope;
using fuzz::require;

namespace {

// It does not begin with a hexadecimal digit, which a "%" or "\u" in front of it would make a part of an escape,
// nor with a letter that makes one with a backslash.
constexpr std::string_view canary = "Kanary/K3y+4tw=x";
// As it is, as JSON escapes it once and twice, percent-encoded, in base64.
constexpr std::string_view forms[]{canary, "Kanary\\/K3y+4tw=x", "Kanary\\\\\\/K3y+4tw=x", "Kanary%2FK3y%2B4tw%3Dx",
                                   "S2FuYXJ5L0szeSs0dHc9eA=="};
constexpr std::string_view types[]{"application/json", "text/event-stream", "text/plain",
                                   "application/x-www-form-urlencoded"};
constexpr std::size_t shortestLeft = 8;

bool holdsPartOf(std::string_view form, std::string_view text)
{
    for (std::size_t at = 0; at + shortestLeft <= form.size(); ++at) {
        if (text.find(form.substr(at, shortestLeft)) != std::string_view::npos)
            return true;
    }
    return false;
}

} // namespace

// A credential that the request carries is in no body that is kept, whatever stands around it. The first bytes
// choose its form, the body's type and where the body is cut; a line of "====" stands for the credential.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const std::string_view form = input.oneOf(forms);
    const std::string_view type = input.oneOf(types);
    const std::size_t cut = input.byte();
    const std::string before(input.section());
    const std::string after(input.rest());
    if (holdsPartOf(form, before) || holdsPartOf(form, after))
        return 0; // half a credential alone is not known to be one
    const auto secrets = Secrets::of("/v1/x", {{"Authorization", "Bearer " + std::string(canary)}});

    const std::string whole = redactBody(before + std::string(form) + after, type, false, secrets);
    require(!holdsPartOf(form, whole), "no credential in a body");
    const std::string part = redactBody(before + std::string(form.substr(0, cut % form.size())), type, true, secrets);
    require(!holdsPartOf(form, part), "no part of a credential at the end of a cut body");
    return 0;
}
