#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hookscope::utf8 {

// One character of a text that may not be UTF-8 at all.
struct Decoded {
    char32_t codePoint = 0xfffd;
    std::size_t length = 1; // in bytes
    bool isValid = false; // false: this one byte is no part of a character
};

// The character at `at`, which is inside of `text` (RFC 3629: no overlong form, no surrogate).
Decoded decode(std::string_view text, std::size_t at) noexcept;

void append(std::string &text, char32_t codePoint);

// Appends the characters from `at` on that are the same in any notation: printable ASCII but quotes and backslashes.
// Most texts are nothing else. Where they end.
inline std::size_t appendPlainRun(std::string &out, std::string_view text, std::size_t at)
{
    const std::size_t begin = at;
    while (at < text.size() && text[at] >= 0x20 && text[at] < 0x7f && text[at] != '"' && text[at] != '\\')
        ++at;
    out.append(text, begin, at - begin);
    return at;
}

// Whether a terminal or an editor would obey the character rather than show it: C0, DEL, C1, line and
// paragraph separators, and those that reorder text (Unicode TR 9 section 2).
constexpr bool isControl(char32_t c) noexcept
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x061c || c == 0x200e || c == 0x200f
        || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

} // namespace hookscope::utf8
