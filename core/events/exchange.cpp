#include "core/events/exchange.h"

#include <QtGlobal>
#include <algorithm>

namespace hookscope {

namespace {

bool isStreaming(const Exchange &exchange)
{
    if (!exchange.answered || exchange.answered->status >= 400)
        return false;
    return (exchange.progress && exchange.progress->streaming) || isStreamType(exchange.answered->head);
}

void take(Exchange &exchange, const Started &event)
{
    exchange.id = event.id;
    exchange.started = event;
}

void take(Exchange &exchange, const Answered &event)
{
    exchange.answered = event;
}

void take(Exchange &exchange, const CallProgress &event)
{
    exchange.progress = event;
}

void take(Exchange &exchange, const ProxyEvent &event)
{
    (event.event == HookEvent::OnRequest ? exchange.request : exchange.response) = event;
}

void take(Exchange &exchange, const LlmEvent &event)
{
    exchange.calls.push_back(event);
}

void take(Exchange &exchange, const BodyKept &event)
{
    (event.side == BodySide::Request ? exchange.requestBody : exchange.answerBody) = event;
}

} // namespace

void Exchange::apply(const Event &event)
{
    Q_ASSERT(id == ExchangeId() || id == exchangeOf(event));
    std::visit([this](const auto &value) { take(*this, value); }, event);

    if (response)
        state = response->error ? State::Failed : State::Done;
    else
        state = isStreaming(*this) ? State::Streaming : State::InFlight;
}

bool isStreamType(const http::FieldList &head)
{
    const auto type = http::fieldValue(head, "content-type");
    if (!type)
        return false;
    const auto mediaType = http::trimmed(type->substr(0, type->find(';')));
    static constexpr std::string_view streams[] = {"text/event-stream", "application/x-ndjson",
                                                   "application/vnd.amazon.eventstream"};
    return std::any_of(std::begin(streams), std::end(streams),
                       [&](std::string_view name) { return http::equalsIgnoringCase(mediaType, name); });
}

} // namespace hookscope
