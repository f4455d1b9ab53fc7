#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace hookscope::llm {

// A member of a JSON object, as views into its text.
struct JsonMember {
    std::string_view key; // between the quotes, escapes as they were written
    std::string_view value; // without the white space around it
};

// Where the members of the object that is the whole of `text` stand, so that its bytes can be edited without
// being written anew. Checks the object itself, not what is inside its values. None if it is no object, or
// has more than 1000 members. Pure.
std::optional<std::vector<JsonMember>> jsonMembers(std::string_view text);

// The one member of that name; null if there is none or more than one.
const JsonMember *onlyMember(const std::vector<JsonMember> &members, std::string_view key);

} // namespace hookscope::llm
