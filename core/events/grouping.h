#pragma once

#include "core/events/record.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hookscope {

enum class GroupBy { None, Sandbox, Session, Process, Host, Provider, Model };

// The filter field with the same values; empty for None.
std::string_view fieldOf(GroupBy by);

// Sums over the records of a group. A sum is of what is known; where a call is counted among those without
// a whole number, it is a lower bound. One that leaves its range stays at the range's end.
struct GroupSums {
    std::uint64_t requests = 0;
    std::uint64_t calls = 0; // ended LLM calls
    std::uint64_t errors = 0; // requests that failed, or were answered with 400 or above
    std::uint64_t withoutTokens = 0; // requests whose calls used at least what is in the sum
    std::uint64_t withoutCost = 0;
    std::int64_t tokens = 0; // input plus output
    PicoUsd cost = 0;

    void add(const Record &record);
    friend bool operator==(const GroupSums &, const GroupSums &) = default;
};

// Records by one of their texts. A call that was seen twice is in two records, and in the sums twice. One
// thread, that of the texts, which outlive it; texts may come and go between two calls of add().
class Grouping {
public:
    struct Group {
        std::string name;
        bool hasName = false; // false: the group of the records without that text
        GroupSums sums;

        friend bool operator==(const Group &, const Group &) = default;
    };

    Grouping(GroupBy by, const Strings &strings);

    void add(const Record &record);

    // In the order in which they were met.
    const std::vector<Group> &groups() const { return m_groups; }

private:
    std::size_t groupFor(StringId text);

    StringId Record::*m_text; // null: none
    const Strings *m_strings;
    std::uint64_t m_generation;
    std::vector<std::uint32_t> m_ids; // a group's place plus one, by the id of its name
    std::unordered_map<std::string, std::uint32_t> m_names;
    std::vector<Group> m_groups;
};

} // namespace hookscope
