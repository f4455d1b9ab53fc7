#pragma once

#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

// How JSON text is searched, piece by piece: where strings end and brackets stand. Inline, because the
// picker does little else.
namespace hookscope::llm::jsonscan {

inline bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

inline const char *skipSpace(const char *p, const char *end)
{
    while (p != end && isSpace(*p))
        ++p;
    return p;
}

inline bool isStructural(char c)
{
    return c == '"' || (c | 0x20) == '{' || (c | 0x20) == '}';
}

// The next quote or bracket. '[' and ']' differ from '{' and '}' in one bit.
inline const char *findStructural(const char *p, const char *end)
{
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i open = _mm_set1_epi8('{');
    const __m128i close = _mm_set1_epi8('}');
    const __m128i bit = _mm_set1_epi8(0x20);
    for (; end - p >= 16; p += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(p));
        const __m128i folded = _mm_or_si128(bytes, bit);
        const __m128i hit =
            _mm_or_si128(_mm_cmpeq_epi8(bytes, quote),
                         _mm_or_si128(_mm_cmpeq_epi8(folded, open), _mm_cmpeq_epi8(folded, close)));
        const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hit));
        if (mask != 0)
            return p + __builtin_ctz(mask);
    }
#endif
    while (p != end && !isStructural(*p))
        ++p;
    return p;
}

// The quote that closes the string in which `p` stands, or `end`; `isEscaped` carries an open backslash
// from one piece to the next.
inline const char *closingQuote(const char *p, const char *end, bool &isEscaped)
{
    if (isEscaped && p != end) {
        ++p;
        isEscaped = false;
    }
    while (p != end) {
        const void *found = std::memchr(p, '"', static_cast<std::size_t>(end - p));
        const char *const quote = found ? static_cast<const char *>(found) : end;
        const char *backslashes = quote;
        while (backslashes != p && backslashes[-1] == '\\')
            --backslashes;
        const bool isOdd = ((quote - backslashes) & 1) != 0;
        if (!found) {
            isEscaped = isOdd;
            return end;
        }
        if (!isOdd)
            return quote;
        p = quote + 1;
    }
    return end;
}

// A key without its escapes; those beyond ASCII cannot be in a wanted one.
inline std::string unescaped(std::string_view key)
{
    std::string text;
    for (std::size_t i = 0; i < key.size(); ++i) {
        if (key[i] != '\\' || i + 1 == key.size()) {
            text += key[i];
            continue;
        }
        ++i;
        if (key[i] == 'u' && i + 4 < key.size() && key.substr(i + 1, 2) == "00") {
            text += static_cast<char>(std::strtol(std::string(key.substr(i + 3, 2)).c_str(), nullptr, 16));
            i += 4;
        } else {
            text += key[i];
        }
    }
    return text;
}

} // namespace hookscope::llm::jsonscan
