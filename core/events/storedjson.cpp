#include "core/events/storedjson.h"

#include "core/events/eventjson.h"
#include "core/events/objectwriter.h"

namespace hookscope {

namespace {

using Us = std::optional<std::int64_t>;

const char *nameOf(CostSource source)
{
    switch (source) {
    case CostSource::None:
        return nullptr;
    case CostSource::OwnPrices:
        return "own_prices";
    case CostSource::Provider:
        return "provider";
    case CostSource::PriceList:
        return "price_list";
    }
    return nullptr;
}

// Those that the wire form has not.
void writeMoreTokens(ObjectWriter &json, const TokenUsage &tokens)
{
    json.addIf("cache_write_1h_tokens", tokens.cacheWrite1h);
    json.addIf("audio_input_tokens", tokens.audioInput);
    json.addIf("audio_output_tokens", tokens.audioOutput);
    json.addIf("image_input_tokens", tokens.imageInput);
    json.addIf("image_output_tokens", tokens.imageOutput);
}

void writeTokens(ObjectWriter &json, const TokenUsage &tokens)
{
    json.addIf("input_tokens", tokens.input);
    json.addIf("output_tokens", tokens.output);
    json.addIf("cache_read_tokens", tokens.cacheRead);
    json.addIf("cache_write_tokens", tokens.cacheWrite);
    json.addIf("reasoning_tokens", tokens.reasoning);
    writeMoreTokens(json, tokens);
}

std::string written(const Started &event)
{
    ObjectWriter json;
    json.add("stored", "started");
    json.add("id", event.id.text());
    json.addNumber("timestamp_us", Us(event.timestampUs));
    json.add("sandbox", event.sandbox);
    if (event.process)
        json.addProcess("process", event.process);
    json.add("method", event.method);
    json.add("url", event.url);
    json.add("host", event.host);
    json.add("path", event.path);
    if (event.isTunnel)
        json.addFlag("tunnel", true);
    json.addHead("head", event.head);
    return json.finished();
}

std::string written(const Answered &event)
{
    ObjectWriter json;
    json.add("stored", "answered");
    json.add("id", event.id.text());
    json.addNumber("status", std::optional(event.status));
    json.addNumber("latency_us", Us(event.latencyUs));
    json.addHead("head", event.head);
    return json.finished();
}

std::string written(const CallProgress &event)
{
    ObjectWriter json;
    json.add("stored", "progress");
    json.add("id", event.id.text());
    json.add("provider", event.provider);
    json.addIf("model", event.model);
    json.addFlag("streaming", event.streaming);
    json.addIf("ttft_us", event.ttftUs);
    writeTokens(json, event.tokens);
    if (event.cost)
        json.addMoney("cost_usd", event.cost);
    return json.finished();
}

std::string written(const ProxyEvent &event)
{
    ObjectWriter json(toJson(event));
    json.addNumber("timestamp_us", Us(event.timestampUs));
    json.addIf("latency_us", event.latencyUs);
    json.addIf("duration_us", event.durationUs);
    return json.finished();
}

std::string written(const LlmEvent &event)
{
    ObjectWriter json(toJson(event));
    json.addNumber("timestamp_us", Us(event.timestampUs));
    json.addIf("latency_us", event.latencyUs);
    json.addIf("ttft_us", event.ttftUs);
    json.addIf("duration_us", event.durationUs);
    if (const char *source = nameOf(event.costSource))
        json.add("cost_source", source);
    writeMoreTokens(json, event.tokens);
    const CallDetails &details = event.details;
    json.addIf("request_model", details.requestModel);
    json.addIf("answer_id", details.answerId);
    json.addIf("service_tier", details.serviceTier);
    json.addIf("stop_reason", details.stopReason);
    json.addIf("web_searches", details.webSearches);
    json.addIf("web_fetches", details.webFetches);
    json.addIf("usage_note", details.usageNote);
    if (!details.isUnderstood)
        json.addFlag("understood", false);
    if (!details.rateLimits.empty())
        json.addLimits("rate_limits", details.rateLimits);
    return json.finished();
}

// A body is for the memory alone.
std::string written(const BodyKept &)
{
    return {};
}

} // namespace

std::string toStoredJson(const Event &event)
{
    return std::visit([](const auto &value) { return written(value); }, event);
}

} // namespace hookscope
