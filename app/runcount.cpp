#include "app/runcount.h"

#include "ui/text/amounts.h"
#include "ui/usage/totalsmodel.h"

namespace hookscope {

namespace {

// Not translated: it is for a terminal and for scripts.
QString plain(const char *text)
{
    return QString::fromLatin1(text);
}

} // namespace

RunCount::RunCount(std::string sandbox, QObject *parent)
    : QObject(parent)
    , m_sandbox(std::move(sandbox))
{
}

void RunCount::take(const EventBatch &batch)
{
    auto own = std::make_shared<std::vector<RedactedEvent>>();
    for (const RedactedEvent &redacted : *batch) {
        const ExchangeId id = exchangeOf(redacted.event());
        if (const auto *started = std::get_if<Started>(&redacted.event());
            started && started->sandbox == m_sandbox)
            m_exchanges.insert(id);
        if (m_exchanges.contains(id) && !std::holds_alternative<BodyKept>(redacted.event()))
            own->push_back(redacted);
    }
    if (!own->empty())
        m_totals.add(own);
}

QString runSummary(const UsageTotals::Overall &overall)
{
    QString requests =
        overall.requests == 1 ? plain("1 request") : plain("%1 requests").arg(countText(overall.requests));
    if (overall.errors > 0)
        requests += plain(" (%1 failed)").arg(countText(overall.errors));
    if (overall.calls == 0)
        return plain("%1, no LLM call was seen").arg(requests);
    const QString calls =
        overall.calls == 1 ? plain("1 LLM call") : plain("%1 LLM calls").arg(countText(overall.calls));
    const bool isNothingKnown =
        overall.withoutUsage == overall.calls && overall.inputTokens == 0 && overall.outputTokens == 0;
    const QString tokens = isNothingKnown
        ? plain("tokens unknown")
        : plain("%1 tokens in, %2 out")
              .arg(tokenSumText(overall.inputTokens, overall), tokenSumText(overall.outputTokens, overall));
    const bool isCostKnown = overall.withoutCost == 0 || overall.cost > 0;
    QString cost = plain("cost unknown");
    if (isCostKnown)
        cost = overall.withoutCost == 0 ? exactMoneyText(overall.cost) : atLeastMoneyText(overall.cost);
    // Not every terminal has the narrow space that goes with "≥".
    return QStringList{requests, calls, tokens, cost}
        .join(QLatin1String(", "))
        .replace(QChar(0x202f), QLatin1Char(' '));
}

} // namespace hookscope
