#include "core/events/linerows.h"

namespace hookscope {

namespace {

// What the line has as its time.
std::int64_t lineTimeUs(const Record &record)
{
    return record.timestampUs + (record.isBegunEarlier && record.latencyUs.has() ? *record.latencyUs : 0);
}

std::optional<int> statusOf(const Record &record)
{
    return record.status > 0 ? std::optional<int>(record.status) : std::nullopt;
}

Started startedOf(const Record &record, const Strings &strings)
{
    Started started;
    started.id = record.id;
    started.timestampUs = record.timestampUs;
    started.sandbox = strings.text(record.sandbox);
    started.method = strings.text(record.method);
    started.url = urlOf(record, strings);
    started.host = strings.text(record.host);
    started.path = strings.text(record.path);
    started.isTunnel = record.isTunnel;
    return started;
}

} // namespace

Exchange exchangeOfLine(const Record &record, const Strings &strings)
{
    Exchange exchange;
    exchange.id = record.id;
    exchange.state = record.state;
    exchange.started = startedOf(record, strings);
    const Started &started = exchange.started;
    ProxyEvent end;
    end.event = HookEvent::OnResponse;
    end.id = record.id;
    end.timestampUs = lineTimeUs(record);
    end.sandbox = started.sandbox;
    end.method = started.method;
    end.url = started.url;
    end.host = started.host;
    end.status = statusOf(record);
    end.secretInjected = record.isSecretInjected;
    end.latencyUs = record.latencyUs;
    if (record.isCall) {
        readCallOfLine(record, strings, exchange.calls.emplace_back());
    } else if (!end.status && !end.latencyUs) { // a request's line, which is all that is known of it
        exchange.request = end;
        exchange.request->event = HookEvent::OnRequest;
    }
    exchange.response = std::move(end);
    return exchange;
}

void readCallOfLine(const Record &record, const Strings &strings, LlmEvent &call)
{
    call.id = record.id;
    call.timestampUs = lineTimeUs(record);
    call.sandbox = strings.text(record.sandbox);
    call.provider = strings.text(record.provider);
    call.host = strings.text(record.host);
    call.method = strings.text(record.method);
    call.path = strings.text(record.path);
    if (record.model == 0)
        call.model.reset();
    else if (call.model)
        *call.model = strings.text(record.model);
    else
        call.model.emplace(strings.text(record.model));
    call.status = statusOf(record);
    call.latencyUs = record.latencyUs;
    call.tokens.input = record.input;
    call.tokens.output = record.output;
    call.streaming = record.isStreaming;
    call.secretInjected = record.isSecretInjected;
    call.usage = record.usage;
}

} // namespace hookscope
