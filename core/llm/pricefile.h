#pragma once

#include "core/llm/tokenprice.h"

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace hookscope::llm {

struct Ratio {
    std::int64_t over = 1;
    std::int64_t under = 1;

    friend bool operator==(const Ratio &, const Ratio &) = default;
};

// A model's prices at one provider.
struct ModelPrice {
    TierRates standard;
    std::optional<TierRates> batch;
    std::optional<TierRates> flex;
    std::optional<TierRates> priority;
    bool isBatchHalf = false; // a batch costs half of everything but searches
    std::optional<Ratio> fast; // Anthropic's speed "fast" and inference in the US: times the tokens' price
    std::optional<Ratio> usa;
    std::optional<PicoUsd> webSearch; // one

    friend bool operator==(const ModelPrice &, const ModelPrice &) = default;
};

struct ListedModel {
    std::string provider;
    std::string name;
    std::optional<ModelPrice> price; // none: it is known that no price is sure
};

struct PriceFile {
    std::string date; // of the newest source, YYYY-MM-DD
    std::vector<ListedModel> models;
};

// Reads resources/prices.json, which make-prices.py describes. Any fault fails the whole file: a price that
// was misread is worse than none. The error is a sentence's end.
tl::expected<PriceFile, std::string> readPriceFile(std::string_view json);

// An amount with at most six decimals as millionths, exactly; none for another number.
std::optional<std::int64_t> millionthsOf(double amount);

} // namespace hookscope::llm
