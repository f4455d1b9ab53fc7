#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hookscope::http {

// One header field as it came: the name with its own case, the value without surrounding white space.
struct Field {
    std::string name;
    std::string value;

    friend bool operator==(const Field &, const Field &) = default;
};

// Field lines in the order in which they came; a repeated name is repeated here (RFC 9110 section 5.3).
using FieldList = std::vector<Field>;

constexpr char lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// ASCII case-insensitive comparison, as field names and coding names are compared. Inline: heads are searched
// for many names, and most differ in length.
inline bool equalsIgnoringCase(std::string_view left, std::string_view right) noexcept
{
    if (left.size() != right.size())
        return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (lower(left[i]) != lower(right[i]))
            return false;
    }
    return true;
}

// `text` with ASCII letters in lower case.
std::string lowered(std::string_view text);

// The value of the first field of that name; names compare without case.
std::optional<std::string_view> fieldValue(const FieldList &fields, std::string_view name) noexcept;

// How many fields have that name.
std::size_t fieldCount(const FieldList &fields, std::string_view name) noexcept;

// The members of a comma-separated list field over all its lines, trimmed; empty members are left out.
std::vector<std::string_view> listMembers(const FieldList &fields, std::string_view name);

// `text` without leading and trailing spaces and tabs.
std::string_view trimmed(std::string_view text) noexcept;

} // namespace hookscope::http
