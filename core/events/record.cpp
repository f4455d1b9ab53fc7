#include "core/events/record.h"

#include "core/events/linerows.h"

#include <algorithm>
#include <array>
#include <functional>

namespace hookscope {

namespace {

void hold(StringId &place, std::string_view text, Strings &strings)
{
    if (place != 0 && strings.text(place) == text)
        return;
    const StringId taken = strings.take(text);
    strings.release(place);
    place = taken;
}

void hold(StringId &place, const std::optional<std::string> &text, Strings &strings)
{
    if (text)
        hold(place, std::string_view(*text), strings);
}

void hold(Record &record, const std::optional<Process> &process, Strings &strings)
{
    if (!process)
        return;
    hold(record.process, std::string_view(process->name), strings);
    record.pid = static_cast<std::uint32_t>(process->pid);
}

std::uint16_t statusOf(int status)
{
    return static_cast<std::uint16_t>(std::clamp(status, 0, 999));
}

Maybe sum(Maybe left, Maybe right)
{
    std::int64_t result = 0;
    if (!left.has() || !right.has() || __builtin_add_overflow(*left, *right, &result))
        return {};
    return std::optional(result);
}

Maybe asMaybe(const std::optional<std::uint64_t> &bytes)
{
    return bytes ? std::optional(static_cast<std::int64_t>(*bytes)) : std::nullopt;
}

// The host of a base URL and its path repeat from call to call, so they are two texts.
void take(Record &record, const Started &event, Strings &strings)
{
    record.id = event.id;
    record.timestampUs = event.timestampUs;
    record.isTunnel = event.isTunnel;
    std::string_view origin = event.url;
    record.isWholeUrl = !origin.ends_with(event.path);
    if (!record.isWholeUrl)
        origin.remove_suffix(event.path.size());
    hold(record.sandbox, std::string_view(event.sandbox), strings);
    hold(record.method, std::string_view(event.method), strings);
    hold(record.origin, origin, strings);
    hold(record.host, std::string_view(event.host), strings);
    hold(record.path, std::string_view(event.path), strings);
    hold(record, event.process, strings);
}

void take(Record &record, const Answered &event, Strings &)
{
    record.status = statusOf(event.status);
    record.latencyUs = std::optional(event.latencyUs);
    record.isAnswered = true;
    record.isStreaming = record.isStreaming || isStreamType(event.head);
}

void setTokens(Record &record, const TokenUsage &tokens)
{
    record.input = tokens.input;
    record.output = tokens.output;
    record.cacheRead = tokens.cacheRead;
    record.cacheWrite = tokens.cacheWrite;
    record.reasoning = tokens.reasoning;
}

void take(Record &record, const CallProgress &event, Strings &strings)
{
    record.isCall = true;
    record.isStreaming = record.isStreaming || event.streaming;
    hold(record.provider, std::string_view(event.provider), strings);
    hold(record.model, event.model, strings);
    if (record.calls > 0)
        return; // the numbers are those of the calls that ended
    record.ttftUs = event.ttftUs;
    setTokens(record, event.tokens);
    record.cost = event.cost;
    record.isTokensLowerBound = true;
    record.isCostLowerBound = true;
}

void take(Record &record, const ProxyEvent &event, Strings &strings)
{
    hold(record, event.process, strings);
    record.requestBytes = asMaybe(event.requestBytes);
    if (event.event == HookEvent::OnRequest)
        return;
    record.responseBytes = asMaybe(event.responseBytes);
    record.durationUs = event.durationUs;
    if (event.latencyUs)
        record.latencyUs = event.latencyUs;
    if (event.status)
        record.status = statusOf(*event.status);
    hold(record.error, event.error, strings);
    record.state = event.error ? Record::State::Failed : Record::State::Done;
}

void addTokens(Record &record, const TokenUsage &tokens)
{
    if (record.calls == 0)
        return setTokens(record, tokens);
    const auto add = [](Maybe &place, std::optional<std::int64_t> count) { place = sum(place, count); };
    add(record.input, tokens.input);
    add(record.output, tokens.output);
    add(record.cacheRead, tokens.cacheRead);
    add(record.cacheWrite, tokens.cacheWrite);
    add(record.reasoning, tokens.reasoning);
}

void addCost(Record &record, const LlmEvent &event)
{
    if (record.calls == 0)
        record.cost = {};
    record.isCostLowerBound = record.isCostLowerBound || !event.cost || event.isCostLowerBound();
    if (!event.cost)
        return;
    PicoUsd total = 0;
    if (__builtin_add_overflow(record.cost.has() ? *record.cost : 0, *event.cost, &total))
        total = std::numeric_limits<PicoUsd>::max();
    record.cost = std::optional(total);
}

void take(Record &record, const LlmEvent &event, Strings &strings)
{
    if (record.calls == 0)
        record.isTokensLowerBound = record.isCostLowerBound = false; // what was known while it ran
    addTokens(record, event.tokens);
    addCost(record, event);
    if (record.calls == 0)
        record.ttftUs = event.ttftUs ? Maybe(event.ttftUs) : record.ttftUs;
    record.isCall = true;
    record.isStreaming = record.isStreaming || event.streaming;
    record.usage = event.usage;
    record.isTokensLowerBound = record.isTokensLowerBound || event.usage == UsageState::Partial;
    record.isUnderstood = record.isUnderstood && event.details.isUnderstood;
    if (event.status && record.status == 0)
        record.status = statusOf(*event.status);
    record.calls = static_cast<std::uint16_t>(std::min(record.calls + 1, 0xffff));
    hold(record.provider, std::string_view(event.provider), strings);
    hold(record.model, event.model, strings);
    hold(record.session, event.session, strings);
    if (record.error == 0)
        hold(record.error, event.error, strings);
}

void take(Record &, const BodyKept &, Strings &)
{
}

constexpr std::array texts{&Record::sandbox, &Record::process, &Record::method,   &Record::origin,
                           &Record::host,    &Record::path,    &Record::provider, &Record::model,
                           &Record::session, &Record::error,   &Record::comment};

std::optional<std::string> textOr(StringId id, const Strings &strings)
{
    return id == 0 ? std::nullopt : std::optional(std::string(strings.text(id)));
}

std::string textOf(StringId id, const Strings &strings)
{
    return std::string(strings.text(id));
}

LlmEvent callOf(const Record &record, const Strings &strings)
{
    LlmEvent call;
    call.id = record.id;
    call.timestampUs = record.timestampUs;
    call.sandbox = textOf(record.sandbox, strings);
    call.provider = textOf(record.provider, strings);
    call.host = textOf(record.host, strings);
    call.method = textOf(record.method, strings);
    call.path = textOf(record.path, strings);
    call.model = textOr(record.model, strings);
    call.status = record.status > 0 ? std::optional<int>(record.status) : std::nullopt;
    call.latencyUs = record.latencyUs;
    call.tokens = {record.input, record.output, record.cacheRead, record.cacheWrite, record.reasoning};
    call.streaming = record.isStreaming;
    call.session = textOr(record.session, strings);
    call.cost = record.cost;
    call.ttftUs = record.ttftUs;
    call.durationUs = record.durationUs;
    call.usage = record.isTokensLowerBound ? UsageState::Partial : record.usage;
    call.error = textOr(record.error, strings);
    call.details.isUnderstood = record.isUnderstood;
    return call;
}

std::size_t memoryOf(const std::string &text)
{
    return text.capacity() > 15 ? text.capacity() + 1 : 0;
}

std::size_t memoryOf(const std::optional<std::string> &text)
{
    return text ? memoryOf(*text) : 0;
}

std::size_t memoryOf(const http::FieldList &head)
{
    std::size_t bytes = head.capacity() * sizeof(http::Field);
    for (const http::Field &field : head)
        bytes += memoryOf(field.name) + memoryOf(field.value);
    return bytes;
}

} // namespace

std::optional<std::int64_t> Record::total() const
{
    return sum(input, output);
}

std::int64_t Record::elapsedUs(std::int64_t nowUs) const
{
    if (isRunning())
        return std::max<std::int64_t>(0, nowUs - timestampUs);
    return durationUs.has() ? *durationUs : 0;
}

void apply(Record &record, const Event &event, Strings &strings)
{
    std::visit([&](const auto &value) { take(record, value, strings); }, event);
    if (record.isRunning())
        record.state = record.isAnswered && record.isStreaming && record.status < 400
            ? Record::State::Streaming
            : Record::State::InFlight;
}

Record copyOf(const Record &record, const Strings &from, Strings &to)
{
    Record copy = record;
    for (const auto text : texts)
        copy.*text = record.*text == 0 ? 0 : to.take(from.text(record.*text));
    return copy;
}

void moveTexts(Record &record, const std::vector<StringId> &ids, Strings &to)
{
    for (const auto text : texts) {
        record.*text = ids[record.*text];
        to.hold(record.*text);
    }
}

void releaseTexts(const Record &record, Strings &strings)
{
    for (const auto text : texts)
        strings.release(record.*text);
}

std::string urlOf(const Record &record, const Strings &strings)
{
    std::string url(strings.text(record.origin));
    if (!record.isWholeUrl)
        url += strings.text(record.path);
    return url;
}

Exchange exchangeFrom(const Record &record, const Strings &strings)
{
    if (record.isWholeLine)
        return exchangeOfLine(record, strings);
    Exchange exchange;
    exchange.id = record.id;
    exchange.state = record.state;
    Started &started = exchange.started;
    started.id = record.id;
    started.timestampUs = record.timestampUs;
    started.sandbox = textOf(record.sandbox, strings);
    if (record.process != 0)
        started.process = Process{textOf(record.process, strings), record.pid};
    started.method = textOf(record.method, strings);
    started.url = urlOf(record, strings);
    started.host = textOf(record.host, strings);
    started.path = textOf(record.path, strings);
    started.isTunnel = record.isTunnel;

    ProxyEvent proxy;
    proxy.id = record.id;
    proxy.timestampUs = record.timestampUs;
    proxy.sandbox = started.sandbox;
    proxy.method = started.method;
    proxy.url = started.url;
    proxy.host = started.host;
    proxy.process = started.process;
    if (record.requestBytes.has()) {
        proxy.requestBytes = static_cast<std::uint64_t>(*record.requestBytes);
        exchange.request = proxy;
    }
    if (record.isCall && record.calls > 0)
        exchange.calls.push_back(callOf(record, strings));
    else if (record.isCall)
        exchange.progress = CallProgress{record.id, textOf(record.provider, strings),
                                         textOr(record.model, strings), record.isStreaming, record.ttftUs,
                         {record.input, record.output, record.cacheRead, record.cacheWrite, record.reasoning}, record.cost};
    if (record.isRunning())
        return exchange;
    proxy.event = HookEvent::OnResponse;
    proxy.status = record.status > 0 ? std::optional<int>(record.status) : std::nullopt;
    proxy.latencyUs = record.latencyUs;
    proxy.durationUs = record.durationUs;
    if (record.responseBytes.has())
        proxy.responseBytes = static_cast<std::uint64_t>(*record.responseBytes);
    proxy.error = textOr(record.error, strings);
    exchange.response = std::move(proxy);
    return exchange;
}

Record recordFrom(const Exchange &exchange, Strings &strings)
{
    Record record;
    apply(record, exchange.started, strings);
    if (exchange.request)
        apply(record, *exchange.request, strings);
    if (exchange.answered)
        apply(record, *exchange.answered, strings);
    if (exchange.progress)
        apply(record, *exchange.progress, strings);
    for (const LlmEvent &call : exchange.calls)
        apply(record, call, strings);
    if (exchange.response)
        apply(record, *exchange.response, strings);
    return record;
}

std::size_t memoryOf(const Exchange &exchange)
{
    const auto ofProxyEvent = [](const std::optional<ProxyEvent> &event) {
        return event ? memoryOf(event->url) + memoryOf(event->host) + memoryOf(event->error) : 0;
    };
    std::size_t bytes = sizeof(Exchange) + memoryOf(exchange.started.url) + memoryOf(exchange.started.path)
        + memoryOf(exchange.started.host) + memoryOf(exchange.started.head) + ofProxyEvent(exchange.request)
        + ofProxyEvent(exchange.response) + exchange.calls.capacity() * sizeof(LlmEvent);
    for (const auto &body : {std::cref(exchange.requestBody), std::cref(exchange.answerBody)}) {
        if (body.get())
            bytes += memoryOf(body.get()->contentType) + memoryOf(body.get()->note)
                + (body.get()->text ? sizeof(std::string) + body.get()->text->capacity() : 0);
    }
    if (exchange.answered)
        bytes += memoryOf(exchange.answered->head);
    for (const LlmEvent &call : exchange.calls) {
        bytes += memoryOf(call.path) + memoryOf(call.host) + memoryOf(call.model) + memoryOf(call.session)
            + memoryOf(call.requestId) + memoryOf(call.error) + memoryOf(call.details.answerId)
            + call.details.rateLimits.capacity() * sizeof(RateLimit);
    }
    return bytes;
}

} // namespace hookscope
