#include "core/llm/pricefile.h"

#include <array>
#include <cmath>
#include <simdjson.h>

namespace hookscope::llm {

namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::int64_t version = 1;
constexpr double mostUsd = 1'000'000;
constexpr PicoUsd picoPerMillionth = 1'000'000;

struct RateName {
    std::string_view name;
    std::optional<PicoUsd> Rates::*rate;
};

constexpr std::array rateNames{
    RateName{"input", &Rates::input},
    RateName{"output", &Rates::output},
    RateName{"cacheRead", &Rates::cacheRead},
    RateName{"cacheWrite", &Rates::cacheWrite},
    RateName{"cacheWrite1h", &Rates::cacheWrite1h},
    RateName{"reasoning", &Rates::reasoning},
    RateName{"audioInput", &Rates::audioInput},
    RateName{"audioOutput", &Rates::audioOutput},
    RateName{"imageInput", &Rates::imageInput},
    RateName{"imageOutput", &Rates::imageOutput},
};

struct TierName {
    std::string_view name;
    std::optional<TierRates> ModelPrice::*tier;
};

constexpr std::array tierNames{
    TierName{"batch", &ModelPrice::batch},
    TierName{"flex", &ModelPrice::flex},
    TierName{"priority", &ModelPrice::priority},
};

std::optional<std::int64_t> millionths(const element &value)
{
    double number = 0;
    return value.get(number) == simdjson::SUCCESS ? millionthsOf(number) : std::nullopt;
}

// USD per million tokens has the same digits as millionths of a millionth of a USD per token.
bool readRate(const simdjson::dom::key_value_pair &field, Rates &rates)
{
    for (const RateName &known : rateNames) {
        if (field.key == known.name)
            return (rates.*known.rate = millionths(field.value)).has_value();
    }
    return false;
}

bool readLimit(const object &from, std::pair<std::int64_t, Rates> &limit)
{
    for (const auto field : from) {
        const bool isRead = field.key == "tokens" ? field.value.get(limit.first) == simdjson::SUCCESS
                                                  : readRate(field, limit.second);
        if (!isRead)
            return false;
    }
    return limit.first > 0;
}

bool readAbove(const element &from, TierRates &tier)
{
    array limits;
    if (from.get(limits) != simdjson::SUCCESS)
        return false;
    for (const element one : limits) {
        object fields;
        std::pair<std::int64_t, Rates> limit;
        if (one.get(fields) != simdjson::SUCCESS || !readLimit(fields, limit))
            return false;
        if (!tier.above.empty() && limit.first <= tier.above.back().first)
            return false;
        tier.above.push_back(limit);
    }
    return true;
}

bool readTierField(const simdjson::dom::key_value_pair &field, TierRates &tier)
{
    return field.key == "above" ? readAbove(field.value, tier) : readRate(field, tier.base);
}

bool readTier(const element &from, std::optional<TierRates> &tier)
{
    object fields;
    if (from.get(fields) != simdjson::SUCCESS)
        return false;
    tier.emplace();
    for (const auto field : fields) {
        if (!readTierField(field, *tier))
            return false;
    }
    return true;
}

bool readRatio(const element &from, std::optional<Ratio> &ratio)
{
    const auto over = millionths(from);
    if (over)
        ratio = Ratio{*over, 1'000'000};
    return over.has_value();
}

bool readField(const simdjson::dom::key_value_pair &field, ModelPrice &price)
{
    std::string_view word;
    if (field.key == "batch" && field.value.get(word) == simdjson::SUCCESS)
        return price.isBatchHalf = word == "half";
    if (field.key == "fast")
        return readRatio(field.value, price.fast);
    if (field.key == "usa")
        return readRatio(field.value, price.usa);
    if (field.key == "webSearch") {
        const auto amount = millionths(field.value);
        price.webSearch = amount.value_or(0) * picoPerMillionth;
        return amount.has_value();
    }
    for (const TierName &known : tierNames) {
        if (field.key == known.name)
            return readTier(field.value, price.*known.tier);
    }
    return readTierField(field, price.standard);
}

bool readModel(const simdjson::dom::key_value_pair &from, ListedModel &model)
{
    model.name = from.key;
    if (from.value.is_null())
        return true;
    object fields;
    if (from.value.get(fields) != simdjson::SUCCESS)
        return false;
    model.price.emplace();
    for (const auto field : fields) {
        if (!readField(field, *model.price))
            return false;
    }
    return model.price->standard.base.input.has_value();
}

// The error names what is bad.
std::optional<std::string> readProvider(const element &from, std::vector<ListedModel> &models)
{
    array names;
    object prices;
    if (from["names"].get(names) != simdjson::SUCCESS || from["models"].get(prices) != simdjson::SUCCESS)
        return "a provider has no names or no models";
    for (const element name : names) {
        std::string_view provider;
        if (name.get(provider) != simdjson::SUCCESS)
            return "a provider's name is no text";
        for (const auto one : prices) {
            ListedModel model{std::string(provider), {}, {}};
            if (!readModel(one, model))
                return "the price of " + std::string(one.key) + " at " + model.provider
                    + " is not understood";
            models.push_back(std::move(model));
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<std::int64_t> millionthsOf(double amount)
{
    if (!(amount >= 0) || amount > mostUsd)
        return std::nullopt;
    // The nearest whole number is the one that was written: what a double leaves of 12 digits is far less.
    const double scaled = amount * 1e6;
    const double whole = std::round(scaled);
    return std::abs(scaled - whole) < 1e-3 ? std::optional(static_cast<std::int64_t>(whole)) : std::nullopt;
}

tl::expected<PriceFile, std::string> readPriceFile(std::string_view json)
{
    simdjson::dom::parser parser;
    element root;
    if (const auto error = parser.parse(json.data(), json.size()).get(root))
        return tl::unexpected("it is not JSON: " + std::string(simdjson::error_message(error)));
    std::int64_t found = 0;
    std::string_view date;
    array providers;
    if (root["version"].get(found) != simdjson::SUCCESS || found != version)
        return tl::unexpected("its version is not " + std::to_string(version));
    if (root["date"].get(date) != simdjson::SUCCESS || root["providers"].get(providers) != simdjson::SUCCESS)
        return tl::unexpected(std::string("it has no date or no providers"));
    PriceFile file{std::string(date), {}};
    for (const element provider : providers) {
        if (auto error = readProvider(provider, file.models))
            return tl::unexpected(*std::move(error));
    }
    return file;
}

} // namespace hookscope::llm
