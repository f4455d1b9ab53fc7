#pragma once

#include "core/events/event.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace hookscope::llm {

// What one token of each kind costs. Values; any thread; whole picodollars, so that nothing is rounded.
struct Rates {
    std::optional<PicoUsd> input;
    std::optional<PicoUsd> output;
    std::optional<PicoUsd> cacheRead;
    std::optional<PicoUsd> cacheWrite;
    std::optional<PicoUsd> cacheWrite1h;
    std::optional<PicoUsd> reasoning; // none: as output
    std::optional<PicoUsd> audioInput;
    std::optional<PicoUsd> audioOutput;
    std::optional<PicoUsd> imageInput;
    std::optional<PicoUsd> imageOutput;

    friend bool operator==(const Rates &, const Rates &) = default;
};

// A sum while it is made: a call's tokens can be many and dear.
__extension__ using WidePicoUsd = __int128;

// The price of these tokens, each counted once: what is read from and written to a cache, and sound and
// pictures, are parts of the input; reasoning is a part of the output (TOKENS.md section 1). None if the
// input or output was not said (an output that costs nothing may be missing), if a part that is there has
// no price, if the parts are more than the whole, or if it cannot be told whether cached tokens were
// sound or pictures that have a price of their own.
std::optional<WidePicoUsd> priceOf(const TokenUsage &tokens, const Rates &rates);

// The rates of one service tier; `above` are those of longer prompts, the shortest first.
struct TierRates {
    Rates base;
    std::vector<std::pair<std::int64_t, Rates>> above; // for prompts of more than `first` tokens

    // The rates of a prompt of that length: they are for all of its tokens.
    const Rates &ratesFor(std::int64_t promptTokens) const;

    friend bool operator==(const TierRates &, const TierRates &) = default;
};

} // namespace hookscope::llm
