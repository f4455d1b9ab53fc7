#include "core/http/head.h"
#include "tests/fuzz/beasthead.h"
#include "tests/fuzz/input.h"

using namespace hookscope;
using fuzz::require;

// A request head that is accepted holds nothing that another parser could read otherwise, is what it says
// when it is written again, and was not refused while it was coming.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view raw = fuzz::Input(data, size).rest();
    const auto length = http::headLength(raw);
    require(length <= raw.size(), "a head is no longer than its bytes");
    const auto head = http::parseRequestHead(raw.substr(0, length));
    if (!head) {
        require(head.error().status >= 400 && head.error().status < 600 && !head.error().text.empty(),
                "a refusal has a status and a reason");
        return 0;
    }

    for (std::size_t cut = 0; cut < length; ++cut) {
        require(http::headLength(raw.substr(0, cut)) == 0, "a head is whole only at its end");
        require(http::checkPartialRequestHead(raw.substr(0, cut)).has_value(),
                "what is accepted in the end is not refused before");
    }

    require(http::isToken(head->method), "a method is a token");
    require(!head->target.empty(), "a target is not empty");
    std::string again = head->method + ' ' + head->target + " HTTP/1." + std::to_string(head->minorVersion) + "\r\n";
    for (const http::Field &field : head->fields) {
        require(http::isToken(field.name), "a field's name is a token");
        require(field.value == http::trimmed(field.value), "a field's value is trimmed");
        again += field.name + ": " + field.value + "\r\n";
    }
    require(head->target.find_first_of(std::string_view("\0\r\n ", 4)) == std::string::npos
                && again.find('\0') == std::string::npos,
            "no line ends and no NUL inside");
    using Kind = http::Framing::Kind;
    require(head->framing.kind != Kind::UntilClose, "no request ends with its connection");
    require(head->framing.kind != Kind::Chunked || http::fieldCount(head->fields, "content-length") == 0,
            "a chunked body has no other length");

    const fuzz::BeastHead<true> other(raw.substr(0, length));
    require(other.isAccepted && other.method == head->method && other.target == head->target
                && other.version == 10 + head->minorVersion && other.fields == head->fields,
            "another parser reads the same head");

    again += "\r\n";
    const auto second = http::parseRequestHead(again);
    if (!second && again.size() > http::maxHeadBytes)
        return 0; // a space more behind each colon
    require(second && second->method == head->method && second->target == head->target
                && second->minorVersion == head->minorVersion && second->fields == head->fields
                && second->framing == head->framing,
            "a head that is written again is the same head");
    return 0;
}
