#include "core/llm/openaiusage.h"

#include "core/llm/pickedjson.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace hookscope::llm {

namespace {

using Object = simdjson::dom::object;
using Count = std::optional<std::int64_t>;

Count firstCount(const std::optional<Object> &object, std::initializer_list<std::string_view> names)
{
    for (const auto name : names) {
        if (!object)
            break;
        if (const auto count = tokenCount(*object, name))
            return count;
    }
    return std::nullopt;
}

std::optional<Object> firstObject(const Object &usage, std::initializer_list<std::string_view> names)
{
    for (const auto name : names) {
        if (const auto object = memberObject(usage, name))
            return object;
    }
    return std::nullopt;
}

bool isGemini(std::string_view model)
{
    return model.find("gemini") != std::string_view::npos;
}

// What the provider's own total says of reasoning or audio tokens that the two sides leave out.
void completeByTotal(TokenUsage &tokens, std::int64_t total, Count audio, const OpenAiUsageHints &hints)
{
    const auto rest = total - *tokens.input - *tokens.output;
    const auto reasoning = tokens.reasoning.value_or(0);
    if (rest > 0 && rest == reasoning) { // xAI's chat, Copilot with Gemini
        *tokens.output += reasoning;
    } else if (rest > 0 && rest == audio) { // Mistral
        *tokens.input += rest;
    } else if (rest > 0 && !tokens.reasoning && (isGemini(hints.model) || hints.provider == "google")) {
        tokens.reasoning = rest; // Gemini's OpenAI endpoint shows it in the total alone
        *tokens.output += rest;
    } else if (rest == 0 && hints.provider == "vercel-gateway" && isGemini(hints.model)) {
        *tokens.output += reasoning; // Vercel's gateway leaves it out of the total too
    }
}

// Parts cannot be larger than the whole: Grok on Azure counts a cached prefix that it does not bill,
// OpenRouter can give the same tokens as read and as written.
void clampCached(TokenUsage &tokens)
{
    if (!tokens.input)
        return;
    if (tokens.cacheRead)
        tokens.cacheRead = std::min(*tokens.cacheRead, *tokens.input);
    if (tokens.cacheWrite)
        tokens.cacheWrite = std::min(*tokens.cacheWrite, *tokens.input - tokens.cacheRead.value_or(0));
}

// A decimal number of that unit of 10^-12 dollars, so that two of them still add up. A double holds 15
// digits: more than a price has.
std::optional<PicoUsd> amount(const Object &object, std::string_view name, double unit)
{
    double number = 0;
    if (object.at_key(name).get(number) != simdjson::SUCCESS || !(number >= 0) || number * unit > 4e18)
        return std::nullopt;
    return std::llround(number * unit);
}

} // namespace

std::optional<PicoUsd> reportedCost(const Object &usage, std::string_view provider)
{
    constexpr double dollar = 1e12;
    constexpr double tick = 100;
    if (provider == "xai")
        return amount(usage, "cost_in_usd_ticks", tick);
    if (provider == "perplexity") {
        const auto cost = memberObject(usage, "cost");
        return cost ? amount(*cost, "total_cost", dollar) : std::nullopt;
    }
    if (provider != "openrouter" && provider != "vercel-gateway")
        return std::nullopt;
    auto cost = amount(usage, "cost", dollar);
    bool isOwnKey = false;
    if (cost && usage.at_key("is_byok").get(isOwnKey) == simdjson::SUCCESS && isOwnKey) {
        // `cost` is the gateway's fee then; the upstream bills the rest to the user's own key.
        const auto details = memberObject(usage, "cost_details");
        const auto upstream = details ? amount(*details, "upstream_inference_cost", dollar) : std::nullopt;
        cost = upstream ? std::optional(*cost + *upstream) : std::nullopt;
    }
    return cost;
}

std::optional<TokenUsage> openAiUsage(const Object &usage, const OpenAiUsageHints &hints)
{
    TokenUsage tokens;
    tokens.input = firstCount(usage, {"prompt_tokens", "input_tokens"});
    tokens.output = firstCount(usage, {"completion_tokens", "output_tokens"});
    if (!tokens.input && !tokens.output)
        return std::nullopt;

    const auto inputDetails =
        firstObject(usage, {"prompt_tokens_details", "input_tokens_details", "input_token_details"});
    const auto outputDetails =
        firstObject(usage, {"completion_tokens_details", "output_tokens_details", "output_token_details"});
    tokens.cacheRead = firstCount(inputDetails, {"cached_tokens"});
    if (!tokens.cacheRead)
        tokens.cacheRead =
            firstCount(usage, {"cached_tokens", "num_cached_tokens", "prompt_cache_hit_tokens"});
    tokens.cacheWrite = firstCount(inputDetails, {"cache_write_tokens", "cache_creation_input_tokens"});
    if (!tokens.cacheWrite)
        tokens.cacheWrite = firstCount(usage, {"cache_creation_input_tokens", "cache_write_input_tokens"});
    tokens.reasoning = firstCount(outputDetails, {"reasoning_tokens"});
    if (!tokens.reasoning)
        tokens.reasoning = firstCount(usage, {"reasoning_tokens"});

    tokens.audioInput = firstCount(inputDetails, {"audio_tokens"});
    tokens.imageInput = firstCount(inputDetails, {"image_tokens"});
    tokens.audioOutput = firstCount(outputDetails, {"audio_tokens"});
    tokens.imageOutput = firstCount(outputDetails, {"image_tokens"});

    const auto total = firstCount(usage, {"total_tokens"});
    if (!tokens.output && (hints.answer == Endpoint::Answer::Embedding || total == tokens.input))
        tokens.output = 0;
    if (total && tokens.input && tokens.output)
        completeByTotal(tokens, *total, tokens.audioInput, hints);
    clampCached(tokens);
    return tokens;
}

} // namespace hookscope::llm
