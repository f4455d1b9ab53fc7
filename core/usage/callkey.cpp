#include "core/usage/callkey.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace hookscope {

namespace {

constexpr std::size_t leastRandom = 16;
constexpr std::ptrdiff_t leastDifferent = 6;
constexpr std::size_t mostBytes = 256;

bool isSmall(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isLarge(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string_view withoutName(std::string_view id)
{
    while (true) {
        const auto end = std::find_if_not(id.begin(), id.end(), isSmall);
        if (end == id.begin() || end == id.end() || (*end != '-' && *end != '_'))
            return id;
        id.remove_prefix(static_cast<std::size_t>(end - id.begin()) + 1);
    }
}

bool canBeUnique(std::string_view id)
{
    if (id.size() > mostBytes)
        return false;
    std::size_t count = 0;
    bool hasSmall = false;
    bool hasLarge = false;
    bool hasDigit = false;
    std::array<bool, 128> seen{};
    for (const char c : withoutName(id)) {
        if (!isSmall(c) && !isLarge(c) && !isDigit(c))
            continue;
        ++count;
        hasSmall = hasSmall || isSmall(c);
        hasLarge = hasLarge || isLarge(c);
        hasDigit = hasDigit || isDigit(c);
        seen[static_cast<std::size_t>(c)] = true;
    }
    return count >= leastRandom && std::count(seen.begin(), seen.end(), true) >= leastDifferent
        && (hasDigit || (hasSmall && hasLarge));
}

} // namespace

std::optional<std::string> callKey(const LlmEvent &call)
{
    const std::optional<std::string> &id = call.details.answerId;
    return id && canBeUnique(*id) ? id : std::nullopt;
}

} // namespace hookscope
