#pragma once

#include "core/http/fields.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace hookscope::http {

// Message heads of HTTP/1.x (RFC 9112). Strict where smuggling relies on readers that are not (bare CR and LF, NUL,
// folded lines, repeated or odd lengths, transfer codings other than `chunked`). Own code and not Beast's, which
// lets some of that through, and with the checks behind it took a tenth of a small request. Pure: bytes in, values out.

// How the end of a body is found (RFC 9112 section 6.3).
struct Framing {
    enum class Kind { None, Length, Chunked, UntilClose };

    Kind kind = Kind::None;
    std::uint64_t length = 0; // of Kind::Length

    bool hasBody() const { return kind != Kind::None && !(kind == Kind::Length && length == 0); }
    friend bool operator==(const Framing &, const Framing &) = default;
};

struct RequestHead {
    std::string method;
    std::string target;
    int minorVersion = 1; // HTTP/1.x
    FieldList fields;
    Framing framing;
};

struct ResponseHead {
    int status = 0;
    std::string reason;
    int minorVersion = 1;
    FieldList fields;
    Framing framing;

    bool isInterim() const { return status >= 100 && status < 200 && status != 101; }
};

// Why a head is refused: the status that a client gets for its request (for an answer's head always
// 502), and what is wrong, as the end of a sentence.
struct HeadError {
    int status = 400;
    std::string text;

    friend bool operator==(const HeadError &, const HeadError &) = default;
};

constexpr std::size_t maxHeadBytes = 64 * 1024;
constexpr std::size_t maxRequestFields = 100;
constexpr std::size_t maxResponseFields = 500;

// The number of bytes of the head that `buffer` starts with, its blank line included; 0 if it is not
// whole yet. A line may end in a bare LF here, so that parsing can refuse it at once.
std::size_t headLength(std::string_view buffer) noexcept;

// What is already wrong with a request head that is not whole yet, so that nobody waits for its end.
tl::expected<void, HeadError> checkPartialRequestHead(std::string_view buffer);

// `raw`: a whole head as headLength() measures it.
tl::expected<RequestHead, HeadError> parseRequestHead(std::string_view raw);
tl::expected<ResponseHead, HeadError> parseResponseHead(std::string_view raw, std::string_view requestMethod);

// Whether `text` is a token (RFC 9110 section 5.6.2).
bool isToken(std::string_view text) noexcept;

} // namespace hookscope::http
