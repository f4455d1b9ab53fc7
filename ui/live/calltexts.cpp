#include "ui/live/calltexts.h"

#include "ui/live/rowfacts.h"
#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QCoreApplication>

namespace hookscope {

namespace {

struct CallTexts {
    Q_DECLARE_TR_FUNCTIONS(CallTexts)
};

QString textOr(const std::optional<std::string> &text)
{
    return text && !text->empty() ? visible(*text) : absentText();
}

void appendKnown(QList<Fact> &facts, const QString &name, const std::optional<std::string> &text)
{
    if (text && !text->empty())
        facts.append({name, visible(*text)});
}

QString usageSentence(const LlmEvent &call)
{
    QString sentence;
    switch (call.usage) {
    case UsageState::Reported:
        sentence = CallTexts::tr("as the provider reported it");
        break;
    case UsageState::Missing:
        sentence = CallTexts::tr("not reported by the provider");
        break;
    case UsageState::Partial:
        sentence = CallTexts::tr("the answer was cut short: at least these");
        break;
    }
    if (call.usage != UsageState::Reported && call.details.usageNote)
        sentence += QStringLiteral(" — ") + visible(*call.details.usageNote);
    return sentence;
}

QString sourceText(CostSource source)
{
    switch (source) {
    case CostSource::None:
        return {};
    case CostSource::OwnPrices:
        return CallTexts::tr("by your own prices");
    case CostSource::Provider:
        return CallTexts::tr("as the provider stated it");
    case CostSource::PriceList:
        return CallTexts::tr("by the price list");
    }
    return {};
}

QString limitText(const RateLimit &limit)
{
    QString text;
    if (limit.remaining && limit.limit)
        text = CallTexts::tr("%1 of %2 left").arg(visible(*limit.remaining), visible(*limit.limit));
    else if (limit.remaining)
        text = CallTexts::tr("%1 left").arg(visible(*limit.remaining));
    else if (limit.limit)
        text = CallTexts::tr("at most %1").arg(visible(*limit.limit));
    if (!limit.reset)
        return text.isEmpty() ? absentText() : text;
    const QString reset = CallTexts::tr("reset: %1").arg(visible(*limit.reset));
    return text.isEmpty() ? reset : text + QStringLiteral(", ") + reset;
}

// Numbers of one call: all are lower bounds if its answer was cut.
class TokenFacts {
public:
    TokenFacts(QList<Fact> &facts, const LlmEvent &call)
        : m_facts(facts)
        , m_isBound(call.usage == UsageState::Partial)
    {
    }

    void always(const QString &name, std::optional<std::int64_t> count)
    {
        m_facts.append({name, count && m_isBound ? atLeastText(tokensText(count)) : tokensText(count)});
    }

    void ifAny(const QString &name, std::optional<std::int64_t> count)
    {
        if (count && *count != 0)
            always(name, count);
    }

private:
    QList<Fact> &m_facts;
    bool m_isBound;
};

void appendTokens(QList<Fact> &facts, const LlmEvent &call)
{
    TokenFacts add(facts, call);
    const TokenUsage &tokens = call.tokens;
    add.always(CallTexts::tr("Input"), tokens.input);
    add.always(CallTexts::tr("    read from cache"), tokens.cacheRead);
    add.always(CallTexts::tr("    written to cache"), tokens.cacheWrite);
    add.ifAny(CallTexts::tr("        for an hour"), tokens.cacheWrite1h);
    add.ifAny(CallTexts::tr("    audio heard"), tokens.audioInput);
    add.ifAny(CallTexts::tr("    images seen"), tokens.imageInput);
    add.always(CallTexts::tr("Output"), tokens.output);
    add.always(CallTexts::tr("    reasoning"), tokens.reasoning);
    add.ifAny(CallTexts::tr("    audio spoken"), tokens.audioOutput);
    add.ifAny(CallTexts::tr("    images made"), tokens.imageOutput);
    add.always(CallTexts::tr("Total"), tokens.total());
    add.ifAny(CallTexts::tr("Web searches"), call.details.webSearches);
    add.ifAny(CallTexts::tr("Web pages fetched"), call.details.webFetches);
}

} // namespace

QList<Fact> natureFacts(const LlmEvent &call)
{
    const CallDetails &details = call.details;
    QList<Fact> facts;
    if (!details.isUnderstood) {
        facts.append({CallTexts::tr("Not understood"),
                      call.error ? visible(*call.error)
                                 : CallTexts::tr("the answer is in a form that Hookscope does not know")});
    }
    if (details.requestModel != call.model)
        appendKnown(facts, CallTexts::tr("Model asked for"), details.requestModel);
    appendKnown(facts, CallTexts::tr("Service tier"), details.serviceTier);
    appendKnown(facts, CallTexts::tr("Stop reason"), details.stopReason);
    appendKnown(facts, CallTexts::tr("Answer id"), details.answerId);
    return facts;
}

QList<Fact> callFacts(const LlmEvent &call)
{
    QList<Fact> facts{{CallTexts::tr("Model"), textOr(call.model)}};
    facts.append(natureFacts(call));
    facts.append({CallTexts::tr("Usage"), usageSentence(call)});
    appendTokens(facts, call);
    facts.append({CallTexts::tr("Cost"), costSentence(call)});
    for (const RateLimit &limit : call.details.rateLimits)
        facts.append({CallTexts::tr("Limit: %1").arg(visible(limit.name)), limitText(limit)});
    return facts;
}

QString costSentence(const LlmEvent &call)
{
    if (!call.cost)
        return absentText();
    const QString exact = exactMoneyText(*call.cost);
    const QString amount = call.isCostLowerBound() ? atLeastText(exact) : exact;
    const QString source = sourceText(call.costSource);
    return source.isEmpty() ? amount : amount + QStringLiteral(", ") + source;
}

QString costSentence(const Exchange &exchange)
{
    if (exchange.calls.size() == 1)
        return costSentence(exchange.calls.front());
    const RowCost cost = costOf(exchange);
    if (!cost.amount)
        return absentText();
    const QString amount = exactMoneyText(*cost.amount);
    return CallTexts::tr("%1, for %2 calls")
        .arg(cost.isLowerBound ? atLeastText(amount) : amount, countText(exchange.calls.size()));
}

} // namespace hookscope
