#pragma once

#include "core/events/event.h"
#include "core/llm/endpoint.h"

#include <optional>
#include <simdjson.h>
#include <string_view>

namespace hookscope::llm {

struct OpenAiUsageHints {
    std::string_view provider;
    std::string_view model;
    Endpoint::Answer answer = Endpoint::Answer::Generation;
};

// A usage object of OpenAI's chat, completions, responses or embeddings, or of one of the many APIs made
// after them, in the one grammar (TokenUsage). Where a provider leaves reasoning or audio tokens out of
// its numbers, its own total shows it; the provider and the model decide where the total cannot.
// None if it states neither side.
std::optional<TokenUsage> openAiUsage(const simdjson::dom::object &usage, const OpenAiUsageHints &hints);

// What such a usage object says that the call costs: OpenRouter's and Vercel's `cost` (US dollars),
// Perplexity's `cost.total_cost`, xAI's `cost_in_usd_ticks` (10^-10 dollars). None of another provider,
// whose `cost` may be of another currency or an estimate.
std::optional<PicoUsd> reportedCost(const simdjson::dom::object &usage, std::string_view provider);

} // namespace hookscope::llm
