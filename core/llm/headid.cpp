#include "core/llm/headid.h"

#include <algorithm>

namespace hookscope::llm {

std::optional<std::string> idIn(const http::FieldList &head, std::initializer_list<std::string_view> names)
{
    for (const auto name : names) {
        const auto value = http::fieldValue(head, name);
        if (value && !value->empty() && value->size() <= longestName
            && std::all_of(value->begin(), value->end(), [](char c) { return c > ' ' && c < 0x7f; })) {
            return std::string(*value);
        }
    }
    return std::nullopt;
}

} // namespace hookscope::llm
