#include "ui/live/detailtexts.h"

#include "core/events/eventjson.h"
#include "ui/live/celltexts.h"
#include "ui/live/rowfacts.h"
#include "ui/text/amounts.h"
#include "ui/text/indentedjson.h"
#include "ui/text/visible.h"

#include <QCoreApplication>
#include <QStringList>

namespace hookscope {

namespace {

struct Detail {
    Q_DECLARE_TR_FUNCTIONS(Detail)
};

QString textOr(const std::optional<std::string> &text)
{
    return text && !text->empty() ? visible(*text) : absentText();
}

QString yesNo(bool yes)
{
    return yes ? Detail::tr("yes") : Detail::tr("no");
}

QString headText(const QString &firstLine, const http::FieldList &head)
{
    QStringList lines{firstLine};
    for (const http::Field &field : head)
        lines.append(visible(field.name) + QStringLiteral(": ") + visible(field.value));
    return lines.join(QLatin1Char('\n'));
}

// The same texts as in the table.
class Cells {
public:
    Cells(const Exchange &exchange, std::int64_t nowUs)
        : m_record(recordFrom(exchange, m_strings))
        , m_nowUs(nowUs)
    {
    }

    QString operator()(Column column) const { return cellText(m_record, m_strings, column, m_nowUs); }

    QString state(const Thresholds &thresholds) const
    {
        return stateSentence(m_record, m_strings, m_nowUs, thresholds);
    }

private:
    Strings m_strings;
    Record m_record;
    std::int64_t m_nowUs;
};

void appendEvent(QStringList &parts, const QString &name, const std::string &json)
{
    const std::string indented = indentedJson(json);
    QStringList lines{name};
    for (const QString &line :
         QString::fromUtf8(indented.data(), static_cast<qsizetype>(indented.size())).split(QLatin1Char('\n')))
        lines.append(visible(line));
    parts.append(lines.join(QLatin1Char('\n')));
}

} // namespace

QList<Fact> overviewFacts(const Exchange &exchange, std::int64_t nowUs, const Thresholds &thresholds)
{
    const Started &started = exchange.started;
    const Cells cell(exchange, nowUs);
    const std::string *provider = providerOf(exchange);
    const LlmEvent *call = exchange.calls.empty() ? nullptr : &exchange.calls.back();

    QList<Fact> facts{
        {Detail::tr("State"), cell.state(thresholds)},
        {Detail::tr("URL"), visible(started.url)},
        {Detail::tr("Method"), cell(Column::Method)},
        {Detail::tr("Status"), cell(Column::Status)},
        {Detail::tr("Time"), dateTimeText(started.timestampUs)},
        {Detail::tr("Duration"), cell(Column::Duration)},
        {Detail::tr("Sandbox"), cell(Column::Sandbox)},
        {Detail::tr("Process"), cell(Column::Process)},
    };
    if (provider) {
        facts.append({Detail::tr("Provider"), cell(Column::Provider)});
        facts.append({Detail::tr("Model"), cell(Column::Model)});
        const bool isStreaming = call ? call->streaming : exchange.progress->streaming;
        facts.append({Detail::tr("Streaming"), yesNo(isStreaming)});
        facts.append({Detail::tr("Total tokens"), cell(Column::Total)});
        facts.append({Detail::tr("Cost"), costSentence(exchange)});
    }
    if (exchange.calls.size() > 1)
        facts.append({Detail::tr("LLM calls"), countText(exchange.calls.size())});
    if (call) {
        if (exchange.calls.size() == 1)
            facts.append(natureFacts(*call));
        facts.append({Detail::tr("Session"), textOr(call->session)});
        facts.append({Detail::tr("Request id"), textOr(call->requestId)});
    }
    const auto bytes = [](const std::optional<ProxyEvent> &event, auto member) {
        return bytesText(event ? (*event).*member : std::nullopt);
    };
    const auto &sizes = exchange.response ? exchange.response : exchange.request;
    facts.append({Detail::tr("Request body"), bytes(sizes, &ProxyEvent::requestBytes)});
    facts.append({Detail::tr("Answer body"), bytes(exchange.response, &ProxyEvent::responseBytes)});
    facts.append({Detail::tr("Exchange id"), QString::fromStdString(exchange.id.text())});
    return facts;
}

QList<Fact> timingFacts(const Exchange &exchange, std::int64_t nowUs)
{
    const Cells cell(exchange, nowUs);
    return {
        {Detail::tr("Started"), dateTimeText(exchange.started.timestampUs)},
        {Detail::tr("Answer's head after"), cell(Column::Latency)},
        {Detail::tr("First token after"), cell(Column::Ttft)},
        {isRunning(exchange) ? Detail::tr("Running for") : Detail::tr("Last byte after"),
         cell(Column::Duration)},
    };
}

QList<Fact> tokenFacts(const Exchange &exchange)
{
    QList<Fact> facts;
    if (exchange.calls.size() == 1) {
        facts.append(callFacts(exchange.calls.front()));
    } else {
        for (std::size_t i = 0; i < exchange.calls.size(); ++i) {
            facts.append({Detail::tr("Call %1 of %2").arg(i + 1).arg(exchange.calls.size()), {}});
            facts.append(callFacts(exchange.calls[i]));
        }
    }
    if (facts.isEmpty())
        facts.append({exchange.isLlmCall()
                          ? Detail::tr("Tokens and cost are known when the answer has ended.")
                          : Detail::tr("Not recognised as an LLM call."),
                      {}});
    return facts;
}

QString requestHeadText(const Exchange &exchange)
{
    const Started &started = exchange.started;
    return headText(visible(started.method) + QLatin1Char(' ') + visible(started.url), started.head);
}

QString answerHeadText(const Exchange &exchange)
{
    if (!exchange.answered)
        return {};
    return headText(QString::number(exchange.answered->status), exchange.answered->head);
}

QString eventsText(const Exchange &exchange)
{
    QStringList parts;
    if (exchange.request)
        appendEvent(parts, Detail::tr("on_request · proxy event"), toJson(*exchange.request));
    for (const LlmEvent &call : exchange.calls)
        appendEvent(parts, Detail::tr("on_response · LLM event"), toJson(call));
    if (exchange.response)
        appendEvent(parts, Detail::tr("on_response · proxy event"), toJson(*exchange.response));
    return parts.join(QStringLiteral("\n\n"));
}

} // namespace hookscope
