#pragma once

#include "core/llm/callfacts.h"
#include "core/llm/pricefile.h"

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <unordered_map>
#include <vector>

namespace hookscope::llm {

struct Cost {
    PicoUsd amount = 0;
    CostSource source = CostSource::None;

    friend bool operator==(const Cost &, const Cost &) = default;
};

// The user's own price for models, in picodollars per token. It is the price whatever the tier, the speed or
// the prompt's length. Tokens of a kind that has no price cost as the input (as cacheWrite, if they are
// written for an hour) or as the output that they are a part of.
struct OwnPrice {
    std::string model; // "*" stands for anything; letter case does not matter
    std::string provider; // as in events; empty: every one
    PicoUsd input = 0;
    PicoUsd output = 0;
    std::optional<PicoUsd> cacheRead = {};
    std::optional<PicoUsd> cacheWrite = {};
    std::optional<PicoUsd> cacheWrite1h = {};
    PicoUsd webSearch = 0; // one
};

// What calls cost. Immutable; any thread. Costs are exact or absent.
//
// In this order: the user's own prices, what the provider says that it charges, the list. The list is asked
// for the provider and the model together, because the same model may cost otherwise at another provider: a
// provider that is not in the list, or that does not list the model, has no price, never another's. For
// "custom" hosts the maker's price is taken of those that sell their models under their own names alone:
// Claude, Gemini, GPT. What a local server runs, and what is paid by subscription, has none.
//
// The name matches exactly, else as plainModelName() writes it; if that stands for models of different
// prices, there is none. At Bedrock the name asked for counts, because it says in which regions the call ran.
class PriceList {
public:
    // `json` as resources/prices.json. The error is a sentence's end.
    static tl::expected<PriceList, std::string> fromJson(std::string_view json,
                                                         std::vector<OwnPrice> own = {});

    // None without a price, without the provider's whole statement of the tokens, and for what the price does
    // not cover: see priceOf(), and tiers, speeds, regions and web searches that the model has no price for.
    std::optional<Cost> costOf(const CallFacts &facts) const;

    const std::string &date() const { return m_date; }

private:
    struct OwnRow {
        std::string pattern;
        std::string provider;
        Rates rates;
        PicoUsd webSearch;
    };

    struct Found {
        const OwnRow *own = nullptr;
        const ModelPrice *listed = nullptr;
    };

    struct Plain {
        std::size_t index;
        bool isCut;
    };

    void add(ListedModel model);
    const OwnRow *ownPrice(const std::string &provider, const std::string &bareName) const;
    const ModelPrice *listedPrice(const std::string &provider, const std::string &bareName) const;
    Found find(const CallFacts &facts, const std::optional<std::string> &model) const;
    static std::optional<WidePicoUsd> priceOfPart(const CallFacts &facts, const TokenUsage &tokens,
                                                  const Found &price);

    std::string m_date;
    std::vector<OwnRow> m_own;
    std::vector<std::optional<ModelPrice>> m_prices; // the first is none
    std::unordered_map<std::string, std::size_t> m_byName; // provider and bare name
    std::unordered_map<std::string, Plain> m_byPlainName;
};

} // namespace hookscope::llm
