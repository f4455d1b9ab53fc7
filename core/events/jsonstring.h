#pragma once

#include <string>
#include <string_view>

namespace hookscope {

// Appends `text` as a JSON string with its quotes. Control characters, and bytes that are not UTF-8, are
// escaped (the latter as U+FFFD), so that what is written is always valid UTF-8. Any thread.
void appendJsonString(std::string &out, std::string_view text);

} // namespace hookscope
