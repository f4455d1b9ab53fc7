#include "core/http/head.h"
#include "tests/fuzz/beasthead.h"
#include "tests/fuzz/input.h"

using namespace hookscope;
using fuzz::require;

namespace {

constexpr std::string_view methods[]{"POST", "GET", "HEAD", "CONNECT", "OPTIONS"};

} // namespace

// An answer's head that is accepted holds nothing that another parser could read otherwise, and is the
// same when it is written again. The first byte chooses the request's method.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const auto method = input.oneOf(methods);
    const auto raw = input.rest();
    const auto length = http::headLength(raw);
    require(length <= raw.size(), "a head is no longer than its bytes");
    const auto head = http::parseResponseHead(raw.substr(0, length), method);
    if (!head) {
        require(head.error().status == 502 && !head.error().text.empty(),
                "a refusal is a bad gateway and has a reason");
        return 0;
    }

    require(head->status >= 100 && head->status <= 999, "a status has three digits");
    std::string again =
        "HTTP/1." + std::to_string(head->minorVersion) + ' ' + std::to_string(head->status) + ' ' + head->reason + "\r\n";
    for (const http::Field &field : head->fields) {
        require(http::isToken(field.name), "a field's name is a token");
        require(field.value == http::trimmed(field.value), "a field's value is trimmed");
        again += field.name + ": " + field.value + "\r\n";
    }
    require(again.find('\0') == std::string::npos, "no NUL inside");
    using Kind = http::Framing::Kind;
    const bool isBodiless = method == "HEAD" || head->status < 200 || head->status == 204 || head->status == 304;
    require(isBodiless == (head->framing.kind == Kind::None), "an answer has a body unless RFC 9112 section 6.3 says no");

    again += "\r\n";
    const fuzz::BeastHead<false> other(again); // the space before an empty reason, which we do without, is there now
    require(other.isAccepted && other.status == head->status && other.version == 10 + head->minorVersion
                && other.fields == head->fields,
            "another parser reads the same head");
    const auto second = http::parseResponseHead(again, method);
    if (!second && again.size() > http::maxHeadBytes)
        return 0; // a space more behind each colon
    require(second && second->status == head->status && second->reason == head->reason
                && second->minorVersion == head->minorVersion && second->fields == head->fields
                && second->framing == head->framing,
            "a head that is written again is the same head");
    return 0;
}
