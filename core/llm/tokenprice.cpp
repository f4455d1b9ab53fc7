#include "core/llm/tokenprice.h"

#include <algorithm>

namespace hookscope::llm {

namespace {

constexpr std::int64_t mostTokens = std::int64_t(1) << 53;

bool isSane(const TokenUsage &tokens)
{
    const auto counts = {tokens.input,      tokens.output,       tokens.cacheRead,  tokens.cacheWrite,
                         tokens.reasoning,  tokens.cacheWrite1h, tokens.audioInput, tokens.audioOutput,
                         tokens.imageInput, tokens.imageOutput};
    return std::all_of(counts.begin(), counts.end(), [](const std::optional<std::int64_t> &count) {
        return !count || (*count >= 0 && *count <= mostTokens);
    });
}

// Adds up counts times rates; what cannot be known makes the whole unknown.
class Sum {
public:
    void add(std::int64_t tokens, const std::optional<PicoUsd> &rate)
    {
        if (tokens == 0)
            return;
        if (tokens < 0 || !rate)
            m_isKnown = false;
        else
            m_sum += static_cast<WidePicoUsd>(tokens) * *rate;
    }

    void refuse() { m_isKnown = false; }

    std::optional<WidePicoUsd> result() const { return m_isKnown ? std::optional(m_sum) : std::nullopt; }

private:
    WidePicoUsd m_sum = 0;
    bool m_isKnown = true;
};

// The part's own tokens; none if it costs what the whole costs.
std::int64_t apart(const std::optional<std::int64_t> &part, const std::optional<PicoUsd> &rate,
                   const std::optional<PicoUsd> &ofTheWhole)
{
    return rate && rate == ofTheWhole ? 0 : part.value_or(0);
}

void addInput(Sum &sum, const TokenUsage &tokens, const Rates &rates)
{
    const std::int64_t read = tokens.cacheRead.value_or(0);
    const std::int64_t write = tokens.cacheWrite.value_or(0);
    const std::int64_t write1h = tokens.cacheWrite1h.value_or(0);
    const std::int64_t audio = apart(tokens.audioInput, rates.audioInput, rates.input);
    const std::int64_t image = apart(tokens.imageInput, rates.imageInput, rates.input);
    if ((audio != 0 || image != 0) && (read != 0 || write != 0))
        sum.refuse();
    sum.add(*tokens.input - read - write - audio - image, rates.input);
    sum.add(read, rates.cacheRead);
    sum.add(write - write1h, rates.cacheWrite);
    sum.add(write1h, rates.cacheWrite1h);
    sum.add(audio, rates.audioInput);
    sum.add(image, rates.imageInput);
}

void addOutput(Sum &sum, const TokenUsage &tokens, const Rates &rates)
{
    const auto reasoningRate = rates.reasoning ? rates.reasoning : rates.output;
    const std::int64_t reasoning = apart(tokens.reasoning, reasoningRate, rates.output);
    const std::int64_t audio = apart(tokens.audioOutput, rates.audioOutput, rates.output);
    const std::int64_t image = apart(tokens.imageOutput, rates.imageOutput, rates.output);
    sum.add(*tokens.output - reasoning - audio - image, rates.output);
    sum.add(reasoning, reasoningRate);
    sum.add(audio, rates.audioOutput);
    sum.add(image, rates.imageOutput);
}

} // namespace

std::optional<WidePicoUsd> priceOf(const TokenUsage &tokens, const Rates &rates)
{
    if (!isSane(tokens) || !tokens.input || (!tokens.output && rates.output != PicoUsd(0)))
        return std::nullopt;
    Sum sum;
    addInput(sum, tokens, rates);
    if (tokens.output)
        addOutput(sum, tokens, rates);
    return sum.result();
}

const Rates &TierRates::ratesFor(std::int64_t promptTokens) const
{
    const Rates *found = &base;
    for (const auto &[limit, rates] : above) {
        if (promptTokens > limit)
            found = &rates;
    }
    return *found;
}

} // namespace hookscope::llm
