#include "core/events/redact.h"
#include "tests/fuzz/input.h"

using namespace hookscope;
using fuzz::require;

namespace {

// It does not begin with a hexadecimal digit, which a "%" in front of it would make a part of an escape.
constexpr std::string_view canary = "kanary/K3y+4tw=x";
// As it is, percent-encoded, and in both alphabets of base64.
constexpr std::string_view forms[]{canary, "kanary%2FK3y%2B4tw%3Dx", "kanary%252fK3y%252b4tw%253dx",
                                   "a2FuYXJ5L0szeSs0dHc9eA==", "a2FuYXJ5L0szeSs0dHc9eA"};
constexpr std::size_t shortestLeft = 8;

// No part of `form` that is worth anything to a thief.
bool holdsPartOf(std::string_view form, std::string_view text)
{
    for (std::size_t at = 0; at + shortestLeft <= form.size(); ++at) {
        if (text.find(form.substr(at, shortestLeft)) != std::string_view::npos)
            return true;
    }
    return false;
}

std::string redactedText(const std::string &text, const Secrets &secrets)
{
    ProxyEvent event;
    event.error = text;
    return *std::get<ProxyEvent>(redact(event, secrets).event()).error;
}

std::string redactedPath(const std::string &text, const Secrets &secrets)
{
    Started event;
    event.path = text;
    return std::get<Started>(redact(event, secrets).event()).path;
}

http::FieldList redactedHead(const http::FieldList &head, const Secrets &secrets)
{
    Answered event;
    event.head = head;
    return std::get<Answered>(redact(event, secrets).event()).head;
}

} // namespace

// A credential that the request carries is in no text of an event, whatever stands around it, and what is
// redacted stays as it is. The first byte chooses the credential's form; a line of "====" stands for it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const std::string form(input.oneOf(forms));
    const std::string before(input.section());
    if (holdsPartOf(form, before) || holdsPartOf(form, input.rest()))
        return 0; // half a credential alone is not known to be one
    const std::string text = before + form + std::string(input.rest());

    (void)Secrets::of(text, {{"Cookie", text}, {"Authorization", text}, {"Referer", text}, {"X-Api-Key", text},
                             {"Sec-WebSocket-Protocol", text}});
    const auto secrets = Secrets::of("/v1/x", {{"Authorization", "Bearer " + std::string(canary)}});

    const auto prose = redactedText(text, secrets);
    require(!holdsPartOf(form, prose), "no credential in a text");
    require(redactedText(prose, secrets) == prose, "a redacted text is redacted");

    const auto path = redactedPath(text, secrets);
    require(!holdsPartOf(form, path), "no credential in a path");
    require(redactedPath(path, secrets) == path, "a redacted path is redacted");
    require(redactUrl(redactUrl(text)) == redactUrl(text), "a redacted URL is redacted");

    for (const auto &field : redactedHead({{"X-Echo", text}, {"x-" + text, "1"}, {"Set-Cookie", text}}, secrets))
        require(!holdsPartOf(form, field.name) && !holdsPartOf(form, field.value), "no credential in a head");
    return 0;
}
