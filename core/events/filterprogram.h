#pragma once

#include "core/events/filter.h"
#include "core/events/filtervalue.h"

#include <bitset>
#include <memory>
#include <optional>
#include <vector>

namespace re2 {
class RE2;
}

namespace hookscope {

// One condition of a filter, ready to be tried on records.
struct FilterCondition {
    enum class Kind { Flag, Number, When, Text, Anywhere }; // the cheapest first

    Kind kind = Kind::Flag;
    FilterFieldId field = FilterFieldId::Is;
    bool isInverted = false; // of what is there, all but that
    FilterFlag flag = FilterFlag::Llm;
    FilterRange range; // of numbers
    FilterTime time; // of Since and Until
    StringId Record::*text = nullptr; // null: the URL
    std::optional<FilterPattern> pattern;
    std::shared_ptr<const re2::RE2> expression; // instead of a pattern
    std::optional<std::uint32_t> pid; // Anywhere: that may be meant
    std::bitset<1000> statuses; // Anywhere: whose digits hold the pattern

    bool matches(std::string_view value) const; // of Text and Anywhere, without inversion
    bool dependsOnTime() const;
};

// A compiled filter: conditions, and which one to try next after each. Immutable.
class FilterProgram {
public:
    static constexpr int accepted = -1;
    static constexpr int refused = -2;

    struct Step {
        std::size_t condition = 0;
        int ifTrue = accepted; // another step, or the end
        int ifFalse = refused;
    };

    std::vector<FilterCondition> conditions;
    std::vector<Step> steps;
    int first = accepted;
    bool isAlternative = false; // "a OR b": to stand beside something else it takes parentheses
};

} // namespace hookscope
