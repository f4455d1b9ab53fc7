#include "core/formats/harwriter.h"

#include "core/events/eventjson.h"
#include "core/events/jsonstring.h"
#include "core/events/spans.h"

#include <algorithm>
#include <charconv>

namespace hookscope {

namespace {

constexpr std::string_view urlPunctuation = "-._~:/?#[]@!$&'()*+,;=";

void addNumber(std::string &out, std::int64_t number)
{
    char digits[24];
    out.append(digits, std::to_chars(std::begin(digits), std::end(digits), number).ptr);
}

// Milliseconds with the microseconds as decimals.
void addMs(std::string &out, std::int64_t us)
{
    addNumber(out, us / 1000);
    std::int64_t rest = us % 1000;
    if (rest == 0)
        return;
    const std::string digits = std::to_string(1000 + rest);
    out += '.';
    out.append(digits, 1, digits.find_last_not_of('0'));
}

void addSize(std::string &out, const std::optional<std::uint64_t> &bytes)
{
    addNumber(out, bytes ? static_cast<std::int64_t>(*bytes) : -1);
}

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isAlphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What a URL may not hold (RFC 3986 section 2) percent-encoded, so that any reader takes it for one.
std::string strictUrl(std::string_view url)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string strict;
    strict.reserve(url.size());
    for (std::size_t i = 0; i < url.size(); ++i) {
        const char c = url[i];
        const bool isEncoded =
            c == '%' && i + 2 < url.size() && isHexDigit(url[i + 1]) && isHexDigit(url[i + 2]);
        if (isAlphanumeric(c) || isEncoded || urlPunctuation.find(c) != std::string_view::npos) {
            strict += c;
        } else {
            strict += '%';
            strict += digits[static_cast<unsigned char>(c) >> 4];
            strict += digits[static_cast<unsigned char>(c) & 0xf];
        }
    }
    return strict;
}

void addPair(std::string &out, bool isFirst, std::string_view name, std::string_view value)
{
    out += isFirst ? "{\"name\":" : ",{\"name\":";
    appendJsonString(out, name);
    out += ",\"value\":";
    appendJsonString(out, value);
    out += '}';
}

void addHeaders(std::string &out, const http::FieldList *fields)
{
    out += "\"headers\":[";
    if (fields) {
        for (const http::Field &field : *fields)
            addPair(out, &field == &fields->front(), field.name, field.value);
    }
    out += ']';
}

void addQuery(std::string &out, std::string_view url)
{
    out += "\"queryString\":[";
    const auto mark = url.find('?');
    std::string_view query = mark == std::string_view::npos ? std::string_view() : url.substr(mark + 1);
    query = query.substr(0, query.find('#'));
    for (bool isFirst = true; !query.empty();) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        if (pair.empty())
            continue;
        const auto equals = std::min(pair.find('='), pair.size());
        addPair(out, isFirst, percentDecoded(pair.substr(0, equals)).text,
                percentDecoded(pair.substr(std::min(equals + 1, pair.size()))).text);
        isFirst = false;
    }
    out += ']';
}

void addRequest(std::string &out, const Exchange &exchange)
{
    const Started &started = exchange.started;
    const auto &sizes = exchange.response ? exchange.response : exchange.request;
    const std::optional<std::uint64_t> bytes = sizes ? sizes->requestBytes : std::nullopt;
    out += "\"request\":{\"method\":";
    appendJsonString(out, started.method);
    out += ",\"url\":";
    appendJsonString(out, strictUrl(started.isTunnel ? "https://" + started.url : started.url));
    out += ",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],";
    addHeaders(out, &started.head);
    out += ',';
    addQuery(out, started.isTunnel ? std::string_view() : std::string_view(started.url));
    out += ",\"headersSize\":-1,\"bodySize\":";
    addSize(out, bytes);
    if (bytes && *bytes > 0)
        out += ",\"comment\":\"The body was not kept.\"";
    out += '}';
}

std::string_view valueOf(const http::FieldList *fields, std::string_view name)
{
    return fields ? http::fieldValue(*fields, name).value_or(std::string_view()) : std::string_view();
}

// The size before its coding is what a reader expects; it is known only of what was not encoded.
void addContent(std::string &out, const http::FieldList *fields, const std::optional<std::uint64_t> &bytes)
{
    const auto type = valueOf(fields, "content-type");
    const auto coding = http::trimmed(valueOf(fields, "content-encoding"));
    const bool isEncoded = !coding.empty() && !http::equalsIgnoringCase(coding, "identity");
    out += ",\"content\":{\"size\":";
    addSize(out, isEncoded && bytes && *bytes > 0 ? std::nullopt : bytes);
    out += ",\"mimeType\":";
    appendJsonString(out, type.empty() ? "x-unknown" : type);
    if (!bytes || *bytes > 0)
        out += ",\"comment\":\"The body was not kept.\"";
    out += '}';
}

void addResponse(std::string &out, const Exchange &exchange)
{
    const http::FieldList *fields = exchange.answered ? &exchange.answered->head : nullptr;
    std::optional<int> status = exchange.response ? exchange.response->status : std::nullopt;
    if (!status && exchange.answered)
        status = exchange.answered->status;
    const auto bytes = exchange.response ? exchange.response->responseBytes : std::nullopt;
    out += ",\"response\":{\"status\":";
    addNumber(out, status.value_or(0));
    out += ",\"statusText\":\"\",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],";
    addHeaders(out, fields);
    addContent(out, fields, bytes);
    out += ",\"redirectURL\":";
    appendJsonString(out, valueOf(fields, "location"));
    out += ",\"headersSize\":-1,\"bodySize\":";
    addSize(out, bytes);
    if (!exchange.response) {
        out += ",\"comment\":\"The answer had not ended.\"";
    } else if (exchange.response->error) {
        out += ",\"comment\":";
        appendJsonString(out, *exchange.response->error);
    }
    out += '}';
}

// send: the request was read from the client; wait: until the answer's head; receive: until its end. They
// must be there, so what is not known counts as nothing.
void addTimings(std::string &out, const Exchange &exchange)
{
    std::int64_t send = 0;
    if (exchange.request)
        send = std::max<std::int64_t>(0, exchange.request->timestampUs - exchange.started.timestampUs);
    std::optional<std::int64_t> latency = exchange.response ? exchange.response->latencyUs : std::nullopt;
    if (!latency && exchange.answered)
        latency = exchange.answered->latencyUs;
    const std::int64_t duration =
        exchange.response ? exchange.response->durationUs.value_or(latency.value_or(0)) : latency.value_or(0);
    const std::int64_t wait = std::max<std::int64_t>(0, latency.value_or(duration));
    const std::int64_t receive = std::max<std::int64_t>(0, duration - wait);

    out += ",\"cache\":{},\"timings\":{\"blocked\":-1,\"dns\":-1,\"connect\":-1,\"send\":";
    addMs(out, send);
    out += ",\"wait\":";
    addMs(out, wait);
    out += ",\"receive\":";
    addMs(out, receive);
    out += ",\"ssl\":-1},\"time\":";
    addMs(out, send + wait + receive);
}

void addEvents(std::string &out, const Exchange &exchange)
{
    out += ",\"_hookscope\":{\"events\":[";
    bool isFirst = true;
    const auto add = [&](const auto &event) {
        if (!isFirst)
            out += ',';
        isFirst = false;
        out += toJson(event);
    };
    if (exchange.request)
        add(*exchange.request);
    for (const LlmEvent &call : exchange.calls)
        add(call);
    if (exchange.response)
        add(*exchange.response);
    out += "]}";
}

} // namespace

void HarWriter::begin(std::string &out)
{
    out +=
        "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"Hookscope\",\"version\":\"" HOOKSCOPE_VERSION
        "\"},\"pages\":[],\"entries\":[";
}

bool HarWriter::add(const Exchange &exchange, std::string &out)
{
    out += m_isFirst ? "\n" : ",\n";
    m_isFirst = false;
    out += "{\"startedDateTime\":\"";
    out += rfc3339(exchange.started.timestampUs);
    out += "\",";
    addRequest(out, exchange);
    addResponse(out, exchange);
    addTimings(out, exchange);
    addEvents(out, exchange);
    out += '}';
    return true;
}

void HarWriter::end(std::string &out)
{
    out += "\n]}}\n";
}

} // namespace hookscope
