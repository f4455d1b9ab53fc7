#include "core/http/fields.h"

#include <algorithm>

namespace hookscope::http {

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

std::optional<std::string_view> fieldValue(const FieldList &fields, std::string_view name) noexcept
{
    for (const Field &field : fields) {
        if (equalsIgnoringCase(field.name, name))
            return field.value;
    }
    return std::nullopt;
}

std::size_t fieldCount(const FieldList &fields, std::string_view name) noexcept
{
    std::size_t count = 0;
    for (const Field &field : fields)
        count += equalsIgnoringCase(field.name, name) ? 1 : 0;
    return count;
}

std::string_view trimmed(std::string_view text) noexcept
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> listMembers(const FieldList &fields, std::string_view name)
{
    std::vector<std::string_view> members;
    for (const Field &field : fields) {
        if (!equalsIgnoringCase(field.name, name))
            continue;
        std::string_view rest = field.value;
        while (!rest.empty()) {
            const auto comma = rest.find(',');
            const auto member = trimmed(rest.substr(0, comma));
            if (!member.empty())
                members.push_back(member);
            rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        }
    }
    return members;
}

} // namespace hookscope::http
