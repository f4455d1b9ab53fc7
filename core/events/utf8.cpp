#include "core/events/utf8.h"

namespace hookscope::utf8 {

Decoded decode(std::string_view text, std::size_t at) noexcept
{
    const auto byte = [text](std::size_t i) {
        return static_cast<unsigned char>(text[i]);
    };
    const unsigned first = byte(at);
    if (first < 0x80)
        return {first, 1, true};

    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() - at < length)
        return {};
    char32_t codePoint = first & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const unsigned next = byte(at + i);
        if ((next & 0xc0U) != 0x80U)
            return {};
        codePoint = codePoint << 6 | (next & 0x3fU);
    }
    static constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
    if (codePoint < smallest[length] || codePoint > 0x10ffff || isSurrogate)
        return {};
    return {codePoint, length, true};
}

void append(std::string &text, char32_t codePoint)
{
    const auto put = [&text](char32_t byte) {
        text += static_cast<char>(byte);
    };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xc0 | codePoint >> 6);
        put(0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
        put(0xe0 | codePoint >> 12);
        put(0x80 | (codePoint >> 6 & 0x3f));
        put(0x80 | (codePoint & 0x3f));
    } else {
        put(0xf0 | codePoint >> 18);
        put(0x80 | (codePoint >> 12 & 0x3f));
        put(0x80 | (codePoint >> 6 & 0x3f));
        put(0x80 | (codePoint & 0x3f));
    }
}

} // namespace hookscope::utf8
