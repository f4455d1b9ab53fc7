#include "core/events/eventreader.h"

#include "core/events/wirevalues.h"

#include <QCoreApplication>
#include <limits>

namespace hookscope {

namespace {

constexpr std::int64_t mostMs = std::numeric_limits<std::int64_t>::max() / 1000;

struct ReaderText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::EventReader)
};

using Number = WireLine::Number;

// What all events of a line share, checked.
struct Common {
    ExchangeId id;
    bool hasId = false;
    std::int64_t timestampUs = 0;
    std::optional<int> status;
};

Number inUs(Number exactUs, Number ms)
{
    if (exactUs)
        return exactUs;
    return ms && *ms <= mostMs && *ms >= -mostMs ? std::optional(*ms * 1000) : std::nullopt;
}

tl::expected<Common, QString> commonOf(const WireLine &line)
{
    Common common;
    if (line.id) {
        const auto id = parseExchangeId(*line.id);
        if (!id)
            return tl::unexpected(ReaderText::tr("\"id\" is not a UUID"));
        common.id = *id;
        common.hasId = true;
    } else {
        common.id = ExchangeId::next();
    }
    if (line.timestampUs) {
        common.timestampUs = *line.timestampUs;
    } else if (line.timestamp) {
        const auto us = parseRfc3339(*line.timestamp);
        if (!us)
            return tl::unexpected(ReaderText::tr("\"timestamp\" is not a time such as 2026-01-31T12:00:00Z"));
        common.timestampUs = *us;
    }
    if (line.status) {
        if (*line.status < 0 || *line.status > 999)
            return tl::unexpected(ReaderText::tr("\"status\" is not a status code"));
        common.status = static_cast<int>(*line.status);
    }
    return common;
}

// "an event needs X": the first of the keys that is not there.
QString missing(std::initializer_list<std::pair<const char *, bool>> keys)
{
    for (const auto &[key, isThere] : keys) {
        if (!isThere)
            return ReaderText::tr("\"%1\" is missing: it is no event of Hookscope or agentkernel")
                .arg(QLatin1String(key));
    }
    return {};
}

tl::expected<Event, QString> proxyEvent(WireLine &line, const Common &common)
{
    if (const QString fault = missing({{"timestamp", line.timestamp.has_value()},
                                       {"method", line.method.has_value()},
                                       {"url", line.url.has_value()},
                                       {"host", line.host.has_value()}});
        !fault.isEmpty())
        return tl::unexpected(fault);
    if (line.event && line.event != "on_request" && line.event != "on_response")
        return tl::unexpected(ReaderText::tr("\"event\" is neither \"on_request\" nor \"on_response\""));
    ProxyEvent event;
    const bool isRequest = line.event ? line.event == "on_request" : !common.status && !line.latencyMs;
    event.event = isRequest ? HookEvent::OnRequest : HookEvent::OnResponse;
    event.id = common.id;
    event.timestampUs = common.timestampUs;
    event.sandbox = std::move(line.sandbox).value_or("");
    event.method = *std::move(line.method);
    event.url = *std::move(line.url);
    event.host = *std::move(line.host);
    event.status = common.status;
    event.secretInjected = line.secretInjected.value_or(false);
    event.latencyUs = inUs(line.latencyUs, line.latencyMs);
    event.process = std::move(line.process);
    event.durationUs = inUs(line.durationUs, line.durationMs);
    event.requestBytes = line.requestBytes;
    event.responseBytes = line.responseBytes;
    event.error = std::move(line.error);
    return event;
}

// agentkernel does not say it: both numbers are a whole statement, one of them is a part.
UsageState usageOf(const WireLine &line)
{
    if (line.input && line.output)
        return UsageState::Reported;
    return line.input || line.output ? UsageState::Partial : UsageState::Missing;
}

TokenUsage tokensOf(const WireLine &line)
{
    return {line.input,        line.output,     line.cacheRead,   line.cacheWrite, line.reasoning,
            line.cacheWrite1h, line.audioInput, line.audioOutput, line.imageInput, line.imageOutput};
}

CostSource costSourceOf(const WireLine &line)
{
    if (line.costSource == "own_prices")
        return CostSource::OwnPrices;
    if (line.costSource == "provider")
        return CostSource::Provider;
    return line.costSource == "price_list" ? CostSource::PriceList : CostSource::None;
}

void readDetails(WireLine &line, CallDetails &details)
{
    details.requestModel = std::move(line.requestModel);
    details.answerId = std::move(line.answerId);
    details.serviceTier = std::move(line.serviceTier);
    details.stopReason = std::move(line.stopReason);
    details.webSearches = line.webSearches;
    details.webFetches = line.webFetches;
    details.rateLimits = std::move(line.rateLimits);
    details.usageNote = std::move(line.usageNote);
    details.isUnderstood = line.isUnderstood.value_or(true);
}

tl::expected<Event, QString> llmEvent(WireLine &line, const Common &common)
{
    if (const QString fault = missing({{"timestamp", line.timestamp.has_value()},
                                       {"host", line.host.has_value()},
                                       {"method", line.method.has_value()},
                                       {"path", line.path.has_value()}});
        !fault.isEmpty())
        return tl::unexpected(fault);
    LlmEvent event;
    if (line.usage && line.usage != "reported" && line.usage != "missing" && line.usage != "partial")
        return tl::unexpected(
            ReaderText::tr("\"usage\" is neither \"reported\" nor \"missing\" nor \"partial\""));
    if (!line.usage)
        event.usage = usageOf(line);
    else
        event.usage = line.usage == "reported" ? UsageState::Reported
            : line.usage == "partial"          ? UsageState::Partial
                                               : UsageState::Missing;
    event.id = common.id;
    event.timestampUs = common.timestampUs;
    event.sandbox = std::move(line.sandbox).value_or("");
    event.provider = *std::move(line.provider);
    event.host = *std::move(line.host);
    event.method = *std::move(line.method);
    event.path = *std::move(line.path);
    event.model = std::move(line.model);
    event.status = common.status;
    event.latencyUs = inUs(line.latencyUs, line.latencyMs);
    event.tokens = tokensOf(line);
    event.streaming = line.streaming.value_or(false);
    event.secretInjected = line.secretInjected.value_or(false);
    event.process = std::move(line.process);
    event.session = std::move(line.session);
    event.requestId = std::move(line.requestId);
    event.cost = line.cost;
    event.costSource = costSourceOf(line);
    event.ttftUs = inUs(line.ttftUs, line.ttftMs);
    event.durationUs = inUs(line.durationUs, line.durationMs);
    event.error = std::move(line.error);
    readDetails(line, event.details);
    return event;
}

tl::expected<Event, QString> storedEvent(WireLine &line, const Common &common)
{
    if (line.kind == "started") {
        Started event;
        event.id = common.id;
        event.timestampUs = common.timestampUs;
        event.sandbox = std::move(line.sandbox).value_or("");
        event.process = std::move(line.process);
        event.method = std::move(line.method).value_or("");
        event.url = std::move(line.url).value_or("");
        event.host = std::move(line.host).value_or("");
        event.path = std::move(line.path).value_or("");
        event.isTunnel = line.isTunnel.value_or(false);
        event.head = std::move(line.head);
        return event;
    }
    if (line.kind == "answered")
        return Answered{common.id, common.status.value_or(0), line.latencyUs.value_or(0),
                        std::move(line.head)};
    if (line.kind == "progress") {
        return CallProgress{common.id,
                            std::move(line.provider).value_or(""),
                            std::move(line.model),
                            line.streaming.value_or(false),
                            line.ttftUs,
                            tokensOf(line),
                            line.cost};
    }
    return tl::unexpected(ReaderText::tr("it is of a kind that this version does not know"));
}

} // namespace

tl::expected<EventReader::Read, QString> EventReader::read(std::string_view text)
{
    auto line = m_lines.read(text);
    if (!line)
        return tl::unexpected(std::move(line.error()));
    const auto common = commonOf(*line);
    if (!common)
        return tl::unexpected(common.error());
    auto event = line->kind ? storedEvent(*line, *common)
        : line->provider    ? llmEvent(*line, *common)
                            : proxyEvent(*line, *common);
    if (!event)
        return tl::unexpected(std::move(event.error()));
    return Read{*std::move(event), common->hasId};
}

} // namespace hookscope
