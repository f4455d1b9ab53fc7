#pragma once

#include "core/events/event.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hookscope::llm {

// A part of a call that is billed by itself.
struct Portion {
    std::optional<std::string> model; // none: the call's
    TokenUsage tokens;
};

// What decides a call's price beside its tokens.
struct Billing {
    std::optional<PicoUsd> reportedCost; // what the provider says that it charges for the whole call
    // Where one model's price on the tokens that are shown is not the price: an advisor's turns at another
    // model's, Cohere's billed units, the lines of a batch. All that is billed is in here, or it is empty.
    std::vector<Portion> portions;
    bool isBatch = false; // asked for in a batch, whatever the tier says
    bool isFast = false; // Anthropic's speed "fast"
    std::optional<std::string> region; // Anthropic's inference_geo, as it was said, or what the host names
};

// What one call's bytes said.
struct CallFacts {
    std::string provider;
    std::optional<std::string> model; // the one that answered, else the one asked for
    bool streaming = false;
    TokenUsage tokens;
    bool canShrink = false; // what a stream states may be less later: Gemini's prompt before the last chunk
    UsageState usage = UsageState::Missing;
    std::optional<std::string> session;
    std::optional<std::string> requestId;
    std::optional<std::int64_t> firstContentUs; // the `nowUs` of the first content event's bytes
    std::optional<std::string> error; // the provider's own error type and message, or why nothing was read
    CallDetails details;
    Billing billing;
};

} // namespace hookscope::llm
