#include "core/llm/membersearch.h"

#include <algorithm>
#include <cassert>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace hookscope::llm {

MemberSearch::MemberSearch(std::initializer_list<std::string_view> names)
{
    assert(names.size() <= m_names.size());
    for (const auto name : names) {
        m_names[m_count++] = name;
        const auto *const end = m_firsts.begin() + m_firstCount;
        if (std::find<const char *>(m_firsts.begin(), end, name.front()) == end)
            m_firsts[m_firstCount++] = name.front();
    }
}

// What begins at `place`, a quote with a name's first letter behind it or a backslash with a "u".
std::uint32_t MemberSearch::at(std::string_view event, std::size_t place) const
{
    const auto rest = event.substr(place + 1);
    if (event[place] == '\\')
        return rest.starts_with("u00") ? hidden : 0;
    for (std::size_t i = 0; i < m_count; ++i) {
        const auto name = m_names[i];
        if (!rest.starts_with(name) || rest.size() == name.size() || rest[name.size()] != '"')
            continue;
        const auto value = rest.find_first_not_of(" \t\r\n:", name.size() + 1);
        return value == rest.npos || rest.compare(value, 4, "null") != 0 ? 1U << i : 0;
    }
    return 0;
}

std::uint32_t MemberSearch::in(std::string_view event) const
{
    std::uint32_t found = 0;
    std::size_t place = 0;
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i letterU = _mm_set1_epi8('u');
    __m128i firsts[8];
    for (std::size_t i = 0; i < m_firstCount; ++i)
        firsts[i] = _mm_set1_epi8(m_firsts[i]);
    for (; place + 17 <= event.size(); place += 16) {
        const auto *const here = reinterpret_cast<const __m128i *>(event.data() + place);
        const auto *const behind = reinterpret_cast<const __m128i *>(event.data() + place + 1);
        const __m128i bytes = _mm_loadu_si128(here);
        const __m128i next = _mm_loadu_si128(behind);
        __m128i isFirst = _mm_cmpeq_epi8(next, firsts[0]);
        for (std::size_t i = 1; i < m_firstCount; ++i)
            isFirst = _mm_or_si128(isFirst, _mm_cmpeq_epi8(next, firsts[i]));
        const __m128i isName = _mm_and_si128(_mm_cmpeq_epi8(bytes, quote), isFirst);
        const __m128i isEscape =
            _mm_and_si128(_mm_cmpeq_epi8(bytes, backslash), _mm_cmpeq_epi8(next, letterU));
        auto candidates = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(isName, isEscape)));
        for (; candidates != 0; candidates &= candidates - 1)
            found |= at(event, place + static_cast<unsigned>(__builtin_ctz(candidates)));
    }
#endif
    for (; place + 1 < event.size(); ++place) {
        if (event[place] == '"' || event[place] == '\\')
            found |= at(event, place);
    }
    return found;
}

} // namespace hookscope::llm
