#pragma once

#include <string>
#include <string_view>

namespace hookscope {

// One line of valid JSON over several lines, indented by two, keys in their own order (which a round
// trip through QJsonDocument would sort) and values byte for byte. Of invalid JSON nothing is lost, only
// its layout is not meaningful. Any thread.
std::string indentedJson(std::string_view json);

} // namespace hookscope
