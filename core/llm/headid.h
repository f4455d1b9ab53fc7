#pragma once

#include "core/http/fields.h"

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace hookscope::llm {

// Of a model, an id, a reason; what is longer is none.
constexpr std::size_t longestName = 256;

// The value of the first of these fields that holds what an id is: some visible ASCII, not too long.
std::optional<std::string> idIn(const http::FieldList &head, std::initializer_list<std::string_view> names);

} // namespace hookscope::llm
