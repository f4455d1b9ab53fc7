#include "core/otlp/otlpspan.h"

#include "core/events/eventjson.h"
#include "core/events/jsonstring.h"

#include <QCryptographicHash>
#include <algorithm>
#include <array>

namespace hookscope::otlp {

namespace {

constexpr int clientKind = 3; // SPAN_KIND_CLIENT
constexpr int errorCode = 2; // STATUS_CODE_ERROR
constexpr std::array<std::string_view, 9> knownMethods{"GET",     "HEAD",    "POST",  "PUT",  "DELETE",
                                                       "CONNECT", "OPTIONS", "TRACE", "PATCH"};

std::string digestOf(const std::string &text, qsizetype bytes)
{
    const QByteArray all =
        QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha256);
    return all.left(bytes).toHex().toStdString();
}

std::string nanoseconds(std::int64_t us)
{
    return us > 0 ? std::to_string(us) + "000" : "0";
}

struct Span {
    std::string traceId;
    std::string spanId;
    std::string name;
    std::int64_t endUs = 0;
    std::int64_t durationUs = 0;
    Attributes attributes;
    bool isError = false;
    std::optional<std::string> message; // of the error
};

std::string textOf(const Span &span)
{
    std::string text = R"({"traceId":")" + span.traceId + R"(","spanId":")" + span.spanId + R"(","name":)";
    appendJsonString(text, span.name);
    text += R"(,"kind":)" + std::to_string(clientKind);
    text += R"(,"startTimeUnixNano":")" + nanoseconds(span.endUs - span.durationUs);
    text += R"(","endTimeUnixNano":")" + nanoseconds(span.endUs);
    text += R"(","attributes":)" + span.attributes.text() + R"(,"status":{)";
    if (span.isError) {
        text += R"("code":)" + std::to_string(errorCode);
        if (span.message) {
            text += R"(,"message":)";
            appendJsonString(text, *span.message);
        }
    }
    return text + "}}";
}

void addTokens(Attributes &attributes, const TokenUsage &tokens)
{
    attributes.addIf("gen_ai.usage.input_tokens", tokens.input);
    attributes.addIf("gen_ai.usage.output_tokens", tokens.output);
    attributes.addIf("gen_ai.usage.cache_read.input_tokens", tokens.cacheRead);
    attributes.addIf("gen_ai.usage.cache_creation.input_tokens", tokens.cacheWrite);
    attributes.addIf("gen_ai.usage.reasoning.output_tokens", tokens.reasoning);
    attributes.addIf("gen_ai.usage.audio.input_tokens", tokens.audioInput);
    attributes.addIf("gen_ai.usage.audio.output_tokens", tokens.audioOutput);
    attributes.addIf("gen_ai.usage.image.input_tokens", tokens.imageInput);
}

void addProcess(Attributes &attributes, const std::optional<Process> &process)
{
    if (!process)
        return;
    attributes.add("hookscope.process.name", process->name);
    attributes.addWhole("hookscope.process.pid", process->pid);
}

void addHttp(Attributes &attributes, const std::string &method, std::optional<int> status)
{
    const bool isKnown = std::find(knownMethods.begin(), knownMethods.end(), method) != knownMethods.end();
    attributes.add("http.request.method", isKnown ? std::string_view(method) : "_OTHER");
    if (!isKnown)
        attributes.add("http.request.method_original", method);
    attributes.addIf("http.response.status_code", status);
}

} // namespace

std::string traceIdOf(ExchangeId exchange)
{
    std::string text = exchange.text();
    text.erase(std::remove(text.begin(), text.end(), '-'), text.end());
    return text;
}

std::string traceIdOf(const LlmEvent &call)
{
    return call.session && !call.session->empty() ? digestOf("session " + *call.session, 16)
                                                  : traceIdOf(call.id);
}

std::string spanIdOf(ExchangeId exchange, int index)
{
    return digestOf("span " + exchange.text() + ' ' + std::to_string(index), 8);
}

std::string spanOf(const LlmEvent &call, const CallPlace &place)
{
    Span span;
    span.traceId = traceIdOf(call);
    span.spanId = spanIdOf(call.id, place.index);
    span.name = operationOf(call);
    if (const auto model = requestModelOf(call))
        span.name += ' ' + *model;
    span.endUs = call.timestampUs;
    span.durationUs = std::max<std::int64_t>(0, call.durationUs.value_or(0));

    Attributes &attributes = span.attributes;
    addCommon(attributes, call, place);
    const auto error = errorTypeOf(call);
    attributes.addIf("error.type", error);
    span.isError = error.has_value();
    span.message = call.error;
    attributes.addIf("gen_ai.conversation.id", call.session);
    if (call.streaming)
        attributes.addFlag("gen_ai.request.stream", true);
    attributes.addIf("gen_ai.response.id", call.details.answerId);
    if (call.details.stopReason)
        attributes.addOneOf("gen_ai.response.finish_reasons", *call.details.stopReason);
    addTokens(attributes, call.tokens);
    addHttp(attributes, call.method, call.status);
    attributes.add("url.path", call.path);
    attributes.addIf("hookscope.session", call.session);
    attributes.add("hookscope.exchange_id", call.id.text());
    attributes.addIf("hookscope.request_id", call.requestId);
    attributes.add("hookscope.usage", nameOf(call.usage));
    if (call.ttftUs) // to the first content, which is not the conventions' first chunk
        attributes.addSeconds("hookscope.time_to_first_token", *call.ttftUs);
    if (call.cost)
        attributes.addDecimal("hookscope.cost_usd", decimalUsd(*call.cost));
    addProcess(attributes, call.process);
    return textOf(span);
}

std::string spanOf(const ProxyEvent &answer)
{
    Span span;
    span.traceId = traceIdOf(answer.id);
    span.spanId = spanIdOf(answer.id, -1);
    const bool isKnown =
        std::find(knownMethods.begin(), knownMethods.end(), answer.method) != knownMethods.end();
    span.name = isKnown ? answer.method : "HTTP";
    span.endUs = answer.timestampUs;
    span.durationUs = std::max<std::int64_t>(0, answer.durationUs.value_or(0));

    Attributes &attributes = span.attributes;
    addHttp(attributes, answer.method, answer.status);
    attributes.add("server.address", answer.host);
    attributes.addIf("server.port", portOf(answer.url));
    if (answer.url.find("://") != std::string::npos)
        attributes.add("url.full", answer.url);
    const auto error = errorTypeOf(answer);
    attributes.addIf("error.type", error);
    span.isError = error.has_value();
    span.message = answer.error;
    attributes.addIf("http.request.body.size", answer.requestBytes);
    attributes.addIf("http.response.body.size", answer.responseBytes);
    attributes.add("hookscope.sandbox", answer.sandbox);
    attributes.add("hookscope.exchange_id", answer.id.text());
    addProcess(attributes, answer.process);
    return textOf(span);
}

} // namespace hookscope::otlp
