#pragma once

#include "core/events/eventlog.h"
#include "core/events/filter.h"

#include <memory>
#include <string>
#include <vector>

namespace hookscope::samples {

// Makes batches as the proxy does: start() opens an exchange, the others go on with it.
class Batch {
public:
    ExchangeId start(const std::string &host = "api.openai.com", const std::string &path = "/v1/responses")
    {
        Started event;
        event.id = ExchangeId::next();
        event.timestampUs = 1'700'000'000'000'000;
        event.sandbox = "local";
        event.process = Process{"codex", 42};
        event.method = "POST";
        event.host = host;
        event.path = path;
        event.url = "https://" + host + path;
        add(event);
        return event.id;
    }

    void answer(ExchangeId id, int status, std::int64_t latencyUs = 20'000)
    {
        Answered event;
        event.id = id;
        event.status = status;
        event.latencyUs = latencyUs;
        add(event);
    }

    void recognise(ExchangeId id, const std::string &model)
    {
        CallProgress event;
        event.id = id;
        event.provider = "openai";
        event.model = model;
        event.streaming = true;
        add(event);
    }

    void call(ExchangeId id, const std::string &model, const TokenUsage &tokens,
              UsageState usage = UsageState::Reported)
    {
        LlmEvent event;
        event.id = id;
        event.provider = "openai";
        event.model = model;
        event.tokens = tokens;
        event.usage = usage;
        add(event);
    }

    // A call with a cost, not added yet.
    static LlmEvent costing(ExchangeId id, std::optional<PicoUsd> cost,
                            CostSource source = CostSource::PriceList)
    {
        LlmEvent event;
        event.id = id;
        event.provider = "openai";
        event.model = "m";
        event.status = 200;
        event.tokens.input = 10;
        event.tokens.output = 5;
        event.usage = UsageState::Reported;
        event.cost = cost;
        event.costSource = cost ? source : CostSource::None;
        return event;
    }

    void finish(ExchangeId id, std::optional<int> status, std::int64_t durationUs = 50'000,
                const std::optional<std::string> &error = {})
    {
        ProxyEvent event;
        event.event = HookEvent::OnResponse;
        event.id = id;
        event.status = status;
        event.durationUs = durationUs;
        event.error = error;
        add(event);
    }

    void add(Event event) { m_events.push_back(redact(std::move(event), {})); }

    EventBatch take()
    {
        auto batch = std::make_shared<const std::vector<RedactedEvent>>(std::move(m_events));
        m_events.clear();
        return batch;
    }

    void giveTo(EventLog &log) { log.append(take()); }

private:
    std::vector<RedactedEvent> m_events;
};

inline Filter filterOf(bool llmOnly, const QString &text)
{
    const Filter calls = *Filter::compile(QStringLiteral("is:llm"));
    return combined(llmOnly ? calls : Filter(), *Filter::compile(text));
}

inline TokenUsage tokens(std::int64_t input, std::int64_t output)
{
    TokenUsage usage;
    usage.input = input;
    usage.output = output;
    return usage;
}

} // namespace hookscope::samples
