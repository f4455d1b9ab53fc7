#include "core/llm/modelname.h"

#include "core/http/fields.h"

#include <algorithm>
#include <array>
#include <vector>

namespace hookscope::llm {

namespace {

constexpr std::array regions{"us.", "eu.", "apac.", "jp.", "au.", "ca."};
constexpr std::array paths{"models/", "publishers/", "projects/", "accounts/fireworks/models/"};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isNumber(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

bool isWord(std::string_view text)
{
    return !text.empty()
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Eight digits that can be a day.
bool isDate(std::string_view digits)
{
    if (digits.size() != 8 || !isNumber(digits) || !digits.starts_with("20"))
        return false;
    const int month = (digits[4] - '0') * 10 + digits[5] - '0';
    const int day = (digits[6] - '0') * 10 + digits[7] - '0';
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool cutEnd(std::string &name, std::string_view end)
{
    if (name.size() <= end.size() || !name.ends_with(end))
        return false;
    name.resize(name.size() - end.size());
    return true;
}

bool cutDate(std::string &name)
{
    const auto cut = [&](std::size_t size) {
        if (name.size() <= size)
            return false;
        const char before = name[name.size() - size];
        std::string digits = name.substr(name.size() - size + 1);
        if (size == 11) {
            if (digits[4] != '-' || digits[7] != '-')
                return false;
            std::erase(digits, '-');
        }
        if ((before != '-' && before != '@') || !isDate(digits))
            return false;
        name.erase(name.size() - size);
        return true;
    };
    return cut(9) || cut(11);
}

// "-v1:0" or ":0": a version of Bedrock's. A "-v1" alone is part of the name there.
bool cutBedrockVersion(std::string &name)
{
    const auto colon = name.rfind(':');
    if (colon == std::string::npos || !isNumber(std::string_view(name).substr(colon + 1)))
        return false;
    name.resize(colon);
    const auto dash = name.rfind("-v");
    if (dash != std::string::npos && isNumber(std::string_view(name).substr(dash + 2)))
        name.resize(dash);
    return true;
}

bool cutRegion(std::string &name)
{
    if (name.starts_with("global.")) {
        name.erase(0, 7);
        return true;
    }
    for (const std::string_view region : regions) {
        if (name.starts_with(region)) {
            name.replace(0, region.size(), "geo.");
            return true;
        }
    }
    return false;
}

// The family before the version, and "-" in the version.
void spellClaude(std::string &name)
{
    const auto begin = name.find("claude-");
    if (begin == std::string::npos)
        return;
    const auto rest = begin + std::string_view("claude-").size();
    for (auto i = rest + 1; i + 1 < name.size(); ++i) {
        if (name[i] == '.' && isDigit(name[i - 1]) && isDigit(name[i + 1]))
            name[i] = '-';
    }
    std::vector<std::string> parts;
    for (auto from = rest; from <= name.size();) {
        const auto to = std::min(name.find('-', from), name.size());
        parts.push_back(name.substr(from, to - from));
        from = to + 1;
    }
    const auto family = std::find_if_not(parts.begin(), parts.end(), [](const std::string &part) {
        return part.size() <= 2 && isNumber(part);
    });
    if (family == parts.begin() || family == parts.end() || !isWord(*family))
        return;
    std::rotate(parts.begin(), family, family + 1);
    name.resize(begin);
    name += "claude";
    for (const std::string &part : parts)
        name += '-' + part;
}

} // namespace

std::string bareModelName(std::string_view name)
{
    std::string bare = http::lowered(name);
    if (bare.starts_with("arn:")) {
        bare.erase(0, bare.rfind('/') + 1);
        return bare;
    }
    for (const std::string_view path : paths) {
        const auto end = bare.rfind("models/");
        if (bare.starts_with(path) && end != std::string::npos) {
            bare.erase(0, end + std::string_view("models/").size());
            break;
        }
    }
    return bare;
}

PlainModelName plainModelName(std::string_view bareName)
{
    PlainModelName plain{std::string(bareName), false};
    std::string &name = plain.text;
    if (name.starts_with("ft:")) {
        const auto end = name.find(':', 3);
        plain.isCut = end != std::string::npos;
        name.resize(std::min(end, name.size()));
    }
    plain.isCut |= cutEnd(name, ":latest") || cutEnd(name, "@latest") || cutEnd(name, "@default");
    plain.isCut |= cutBedrockVersion(name);
    plain.isCut |= cutEnd(name, "-latest");
    plain.isCut |= cutDate(name);
    plain.isCut |= cutRegion(name);
    spellClaude(name);
    return plain;
}

std::string_view withoutMaker(std::string_view name)
{
    return name.substr(name.rfind('/') + 1);
}

} // namespace hookscope::llm
