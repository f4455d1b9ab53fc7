#include "core/llm/ratelimits.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace hookscope::llm {

namespace {

using Part = std::optional<std::string> RateLimit::*;

struct Word {
    std::string_view text;
    Part part;
};

constexpr std::size_t mostLimits = 16;
constexpr std::size_t longestValue = 128;

constexpr std::array words{
    Word{"limit", &RateLimit::limit},
    Word{"remaining", &RateLimit::remaining},
    Word{"reset", &RateLimit::reset},
};

RateLimit *limitNamed(std::vector<RateLimit> &limits, std::string_view name)
{
    const auto known = std::find_if(limits.begin(), limits.end(),
                                    [&](const RateLimit &limit) { return limit.name == name; });
    if (known != limits.end())
        return &*known;
    if (limits.size() == mostLimits || name.empty())
        return nullptr;
    return &limits.emplace_back(RateLimit{std::string(name), {}, {}, {}});
}

struct Statement {
    std::string_view name;
    Part part;
};

// "limit-requests" and "requests-limit" alike; a bare "limit" is of requests.
std::optional<Statement> statementIn(std::string_view text)
{
    for (const Word &word : words) {
        if (text == word.text)
            return Statement{"requests", word.part};
        if (text.starts_with(word.text) && text[word.text.size()] == '-')
            return Statement{text.substr(word.text.size() + 1), word.part};
        if (text.ends_with(word.text) && text[text.size() - word.text.size() - 1] == '-')
            return Statement{text.substr(0, text.size() - word.text.size() - 1), word.part};
    }
    return std::nullopt;
}

std::optional<Statement> statementOf(std::string_view field)
{
    if (field == "retry-after")
        return Statement{"retry after", &RateLimit::reset};
    for (const std::string_view prefix : {"x-ratelimit-", "anthropic-ratelimit-", "x-trial-endpoint-"}) {
        if (field.starts_with(prefix))
            return statementIn(field.substr(prefix.size()));
    }
    constexpr std::string_view codex = "x-codex-";
    if (!field.starts_with(codex))
        return std::nullopt;
    field.remove_prefix(codex.size());
    for (const Word &word : {Word{"-used-percent", &RateLimit::limit}, Word{"-reset-at", &RateLimit::reset}}) {
        if (field.size() > word.text.size() && field.ends_with(word.text))
            return Statement{field.substr(0, field.size() - word.text.size()), word.part};
    }
    return std::nullopt;
}

} // namespace

std::vector<RateLimit> rateLimitsIn(const http::FieldList &head)
{
    std::vector<RateLimit> limits;
    for (const http::Field &field : head) {
        if (field.value.empty() || field.value.size() > longestValue)
            continue;
        const std::string name = http::lowered(field.name);
        const auto statement = statementOf(name);
        RateLimit *limit = statement ? limitNamed(limits, statement->name) : nullptr;
        if (!limit)
            continue;
        const bool isPercent = name.ends_with("-used-percent");
        limit->*statement->part = isPercent ? field.value + "% used" : field.value;
    }
    return limits;
}

} // namespace hookscope::llm
