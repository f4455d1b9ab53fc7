#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace hookscope::llm {

// Looks for a few member names in an event's text, all in one pass, to know whether it is worth parsing.
// It may find a name where it is a value ("type":"error") or inside a string: then one event too many
// is parsed.
class MemberSearch {
public:
    // Some name may be written with escapes, which no search finds.
    static constexpr std::uint32_t hidden = 1U << 31;

    // At most 8 names, of two letters or more, in letters that are in the event as they are.
    MemberSearch(std::initializer_list<std::string_view> names);

    // A bit for each name that is there with a value other than null, the first name's lowest; and `hidden`.
    std::uint32_t in(std::string_view event) const;

private:
    std::uint32_t at(std::string_view event, std::size_t place) const;

    std::array<std::string_view, 8> m_names{};
    std::size_t m_count = 0;
    std::array<char, 8> m_firsts{}; // their first letters, each once
    std::size_t m_firstCount = 0;
};

} // namespace hookscope::llm
