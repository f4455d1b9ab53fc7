#include "core/llm/pricelist.h"

#include "core/http/fields.h"
#include "core/llm/modelname.h"

#include <algorithm>
#include <array>
#include <limits>

namespace hookscope::llm {

namespace {

enum class Tier { Standard, Batch, Flex, Priority, Other };

constexpr std::array standardTiers{"", "default", "standard", "auto", "on_demand", "on-demand"};
constexpr std::array standardRegions{"", "global", "not_available"};

bool isOneOf(const auto &words, std::string_view word)
{
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view known) { return http::equalsIgnoringCase(known, word); });
}

Tier tierOf(const CallFacts &facts)
{
    const std::string_view word = facts.details.serviceTier ? *facts.details.serviceTier : std::string_view();
    if (facts.billing.isBatch || http::equalsIgnoringCase(word, "batch"))
        return Tier::Batch;
    if (isOneOf(standardTiers, word))
        return Tier::Standard;
    if (http::equalsIgnoringCase(word, "flex"))
        return Tier::Flex;
    if (http::equalsIgnoringCase(word, "priority"))
        return Tier::Priority;
    return Tier::Other;
}

const TierRates *ratesOf(const ModelPrice &price, Tier tier)
{
    const auto given = [](const std::optional<TierRates> &rates) {
        return rates ? &*rates : nullptr;
    };
    switch (tier) {
    case Tier::Standard:
        return &price.standard;
    case Tier::Batch:
        return price.isBatchHalf ? &price.standard : given(price.batch);
    case Tier::Flex:
        return given(price.flex);
    case Tier::Priority:
        return given(price.priority);
    case Tier::Other:
        break;
    }
    return nullptr;
}

std::optional<WidePicoUsd> times(const std::optional<WidePicoUsd> &sum, const std::optional<Ratio> &ratio)
{
    if (!sum || !ratio)
        return std::nullopt;
    return (*sum * ratio->over * 2 + ratio->under) / (ratio->under * 2);
}

// A prompt that is longer than the tier's other tiers know of has no price there.
bool isBeyond(const ModelPrice &price, const TierRates &tier, std::int64_t promptTokens)
{
    return tier.above.empty() && !price.standard.above.empty()
        && promptTokens > price.standard.above.front().first;
}

// "*" in `pattern` stands for anything.
bool matches(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0, t = 0, star = std::string_view::npos, retry = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            retry = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++retry;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

// The maker that sells such a model under its own name alone; empty if it cannot be told.
std::string_view makerOf(std::string_view bareName)
{
    const auto name = withoutMaker(bareName);
    const auto isOneOfO = name.size() >= 2 && name[0] == 'o' && name[1] >= '1' && name[1] <= '9'
        && (name.size() == 2 || name[2] == '-');
    if (name.starts_with("claude-"))
        return "anthropic";
    if (name.starts_with("gemini-"))
        return "google";
    if ((name.starts_with("gpt-") && !name.starts_with("gpt-oss")) || name.starts_with("chatgpt-") || isOneOfO
        || name.starts_with("text-embedding-3-") || name == "text-embedding-ada-002")
        return "openai";
    return {};
}

std::string keyOf(std::string_view provider, std::string_view name)
{
    return std::string(provider).append(1, '\n').append(name);
}

} // namespace

tl::expected<PriceList, std::string> PriceList::fromJson(std::string_view json, std::vector<OwnPrice> own)
{
    auto file = readPriceFile(json);
    if (!file)
        return tl::unexpected(file.error());
    PriceList list;
    list.m_date = file->date;
    list.m_prices.emplace_back();
    for (ListedModel &model : file->models)
        list.add(std::move(model));
    for (const OwnPrice &price : own) {
        Rates rates;
        rates.input = rates.audioInput = rates.imageInput = price.input;
        rates.output = rates.audioOutput = rates.imageOutput = price.output;
        rates.cacheRead = price.cacheRead.value_or(price.input);
        rates.cacheWrite = price.cacheWrite.value_or(price.input);
        rates.cacheWrite1h = price.cacheWrite1h.value_or(*rates.cacheWrite);
        list.m_own.push_back({bareModelName(price.model), price.provider, rates, price.webSearch});
    }
    return list;
}

void PriceList::add(ListedModel model)
{
    std::size_t index = 0;
    if (model.price) {
        index = m_prices.size();
        m_prices.push_back(std::move(model.price));
    }
    const std::string name = bareModelName(model.name);
    m_byName.emplace(keyOf(model.provider, name), index);

    // What is spelled otherwise counts more than what something was cut off from.
    const PlainModelName plain = plainModelName(name);
    const auto [row, isNew] =
        m_byPlainName.try_emplace(keyOf(model.provider, plain.text), Plain{index, plain.isCut});
    if (isNew || (plain.isCut && !row->second.isCut))
        return;
    if (!plain.isCut && row->second.isCut)
        row->second = {index, false};
    else if (m_prices[row->second.index] != m_prices[index])
        row->second.index = 0;
}

const PriceList::OwnRow *PriceList::ownPrice(const std::string &provider, const std::string &bareName) const
{
    if (m_own.empty())
        return nullptr;
    const std::string plain = plainModelName(bareName).text;
    for (const OwnRow &row : m_own) {
        const PlainModelName pattern = plainModelName(row.pattern);
        const bool isProvider = row.provider.empty() || http::equalsIgnoringCase(row.provider, provider);
        const bool isModel = matches(row.pattern, bareName) || matches(row.pattern, plain)
            || (!pattern.isCut && pattern.text == plain);
        if (isProvider && isModel)
            return &row;
    }
    return nullptr;
}

const ModelPrice *PriceList::listedPrice(const std::string &provider, const std::string &bareName) const
{
    const auto priceAt = [this](std::size_t index) {
        return m_prices[index] ? &*m_prices[index] : nullptr;
    };
    for (std::string_view name : {std::string_view(bareName), withoutMaker(bareName)}) {
        if (const auto exact = m_byName.find(keyOf(provider, name)); exact != m_byName.end())
            return priceAt(exact->second);
        const std::string plainName = plainModelName(name).text;
        auto plain = m_byPlainName.find(keyOf(provider, plainName));
        // Where no region's price is listed, there is one price for all.
        if (plain == m_byPlainName.end() && plainName.starts_with("geo."))
            plain = m_byPlainName.find(keyOf(provider, std::string_view(plainName).substr(4)));
        if (plain != m_byPlainName.end())
            return priceAt(plain->second.index);
    }
    return nullptr;
}

PriceList::Found PriceList::find(const CallFacts &facts, const std::optional<std::string> &model) const
{
    const bool isAskedFor = facts.provider == "bedrock" && facts.details.requestModel && model == facts.model;
    const auto &name = isAskedFor ? facts.details.requestModel : model;
    if (!name)
        return {};
    const std::string bare = bareModelName(*name);
    if (const OwnRow *own = ownPrice(facts.provider, bare))
        return {own, nullptr};
    const auto provider = facts.provider == "custom" ? std::string(makerOf(bare)) : facts.provider;
    return {nullptr, listedPrice(provider, bare)};
}

std::optional<WidePicoUsd> PriceList::priceOfPart(const CallFacts &facts, const TokenUsage &tokens,
                                                  const Found &price)
{
    if (price.own)
        return priceOf(tokens, price.own->rates);
    if (!price.listed)
        return std::nullopt;
    const Tier tier = tierOf(facts);
    const TierRates *rates = ratesOf(*price.listed, tier);
    const std::int64_t prompt = tokens.input.value_or(0);
    if (!rates || isBeyond(*price.listed, *rates, prompt))
        return std::nullopt;
    auto sum = priceOf(tokens, rates->ratesFor(prompt));
    if (tier == Tier::Batch && price.listed->isBatchHalf)
        sum = times(sum, Ratio{1, 2});
    if (facts.billing.isFast)
        sum = times(sum, price.listed->fast);
    const std::string_view region = facts.billing.region ? *facts.billing.region : std::string_view();
    if (http::equalsIgnoringCase(region, "us"))
        sum = times(sum, price.listed->usa);
    else if (!isOneOf(standardRegions, region))
        return std::nullopt;
    return sum;
}

std::optional<Cost> PriceList::costOf(const CallFacts &facts) const
{
    const Found whole = find(facts, facts.model);
    std::vector<std::pair<Found, const TokenUsage *>> parts;
    for (const Portion &portion : facts.billing.portions)
        parts.emplace_back(portion.model ? find(facts, portion.model) : whole, &portion.tokens);
    if (parts.empty())
        parts.emplace_back(whole, &facts.tokens);
    const bool isOwn =
        std::any_of(parts.begin(), parts.end(), [](const auto &part) { return part.first.own; });
    const auto &reported = facts.billing.reportedCost;
    if (!isOwn && reported)
        return *reported >= 0 ? std::optional(Cost{*reported, CostSource::Provider}) : std::nullopt;
    if (facts.usage != UsageState::Reported)
        return std::nullopt;

    WidePicoUsd sum = 0;
    for (const auto &[price, tokens] : parts) {
        const auto cost = priceOfPart(facts, *tokens, price);
        if (!cost)
            return std::nullopt;
        sum += *cost;
    }
    if (const std::int64_t searches = facts.details.webSearches.value_or(0); searches != 0) {
        const auto each = whole.own ? std::optional(whole.own->webSearch)
            : whole.listed          ? whole.listed->webSearch
                                    : std::nullopt;
        if (!each || searches < 0)
            return std::nullopt;
        sum += static_cast<WidePicoUsd>(searches) * *each;
    }
    if (sum > std::numeric_limits<PicoUsd>::max())
        return std::nullopt;
    return Cost{static_cast<PicoUsd>(sum), isOwn ? CostSource::OwnPrices : CostSource::PriceList};
}

} // namespace hookscope::llm
