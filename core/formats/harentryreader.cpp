#include "core/formats/harentryreader.h"

#include "core/events/wirevalues.h"
#include "core/http/fields.h"
#include "core/http/target.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <simdjson.h>

namespace hookscope {

namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr double mostMs = 1e12;

struct HarText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::HarEntryReader)
};

// simdjson has no empty object of its own: a default-made one must not be asked.
const object &emptyObject()
{
    static simdjson::dom::parser parser;
    static const object empty = [] {
        object made;
        [[maybe_unused]] const auto error = parser.parse(std::string("{}")).get(made);
        Q_ASSERT(error == simdjson::SUCCESS);
        return made;
    }();
    return empty;
}

object objectOf(const object &of, std::string_view key)
{
    object value;
    return of[key].get(value) == simdjson::SUCCESS ? value : emptyObject();
}

std::optional<std::string> textOf(const object &of, std::string_view key)
{
    std::string_view value;
    if (of[key].get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return std::string(value);
}

// -1 is what a writer does not know.
std::optional<std::int64_t> usOf(const object &of, std::string_view key)
{
    double ms = -1;
    if (of[key].get(ms) != simdjson::SUCCESS || ms < 0 || ms > mostMs)
        return std::nullopt;
    return std::llround(ms * 1000);
}

std::optional<std::uint64_t> sizeOf(const object &of, std::string_view key)
{
    std::int64_t size = -1;
    if (of[key].get(size) != simdjson::SUCCESS || size < 0)
        return std::nullopt;
    return static_cast<std::uint64_t>(size);
}

http::FieldList fieldsOf(const object &message)
{
    http::FieldList fields;
    array headers;
    if (message["headers"].get(headers) != simdjson::SUCCESS)
        return fields;
    std::size_t bytes = 0;
    for (const element item : headers) {
        object header;
        if (item.get(header) != simdjson::SUCCESS)
            continue;
        const auto name = textOf(header, "name");
        if (!name || name->empty())
            continue;
        http::Field field{*name, textOf(header, "value").value_or("")};
        bytes += field.name.size() + field.value.size();
        if (bytes > HarEntryReader::maxHeadBytes)
            break;
        fields.push_back(std::move(field));
    }
    return fields;
}

struct Times {
    std::int64_t beforeSentUs = 0; // the start until the request was sent
    std::optional<std::int64_t> latencyUs;
    std::optional<std::int64_t> durationUs;
};

Times timesOf(const object &entry)
{
    const object timings = objectOf(entry, "timings");
    Times times;
    for (const std::string_view key : {"blocked", "dns", "connect", "send"}) // ssl is a part of connect
        times.beforeSentUs += usOf(timings, key).value_or(0);
    times.latencyUs = usOf(timings, "wait");
    const auto receiveUs = usOf(timings, "receive");
    if (times.latencyUs && receiveUs)
        times.durationUs = *times.latencyUs + *receiveUs;
    else
        times.durationUs = usOf(entry, "time");
    return times;
}

// Websockets are http to us; what else a browser loads (data:, blob:, chrome-extension:) is no traffic.
std::string httpUrl(std::string url)
{
    if (url.starts_with("wss://"))
        url.replace(0, 3, "https");
    else if (url.starts_with("ws://"))
        url.replace(0, 2, "http");
    return url.substr(0, url.find('#'));
}

tl::expected<Started, QString> startedOf(const object &entry, const std::string &sandbox)
{
    Started started;
    object request;
    if (entry["request"].get(request) != simdjson::SUCCESS)
        return tl::unexpected(HarText::tr("it has no request"));
    const auto method = textOf(request, "method");
    const auto url = textOf(request, "url");
    if (!method || method->empty() || !url)
        return tl::unexpected(HarText::tr("its request has no method or no URL"));
    if (url->size() > HarEntryReader::maxUrlBytes || method->size() > HarEntryReader::maxUrlBytes)
        return tl::unexpected(
            HarText::tr("its URL is longer than %1 bytes").arg(HarEntryReader::maxUrlBytes));
    const auto time = textOf(entry, "startedDateTime");
    const auto timestampUs = time ? parseRfc3339(*time) : std::nullopt;
    if (!timestampUs)
        return tl::unexpected(HarText::tr("\"startedDateTime\" is not a time such as 2026-01-31T12:00:00Z"));
    started.timestampUs = *timestampUs;
    started.isTunnel = *method == "CONNECT";
    started.url =
        httpUrl(started.isTunnel && url->find("://") == std::string::npos ? "https://" + *url : *url);
    const auto parsed = http::parseUrl(started.url);
    if (!parsed)
        return tl::unexpected(HarText::tr("its URL is none of http or https"));
    started.id = ExchangeId::next();
    started.sandbox = sandbox;
    started.method = *method;
    started.host = parsed->host;
    if (started.isTunnel)
        started.url = http::formatAuthority(parsed->host, parsed->port);
    else
        started.path = parsed->path;
    started.head = fieldsOf(request);
    return started;
}

ProxyEvent proxyEventOf(const Started &started, HookEvent which)
{
    ProxyEvent event;
    event.event = which;
    event.id = started.id;
    event.timestampUs = started.timestampUs;
    event.sandbox = started.sandbox;
    event.process = started.process;
    event.method = started.method;
    event.url = started.url;
    event.host = started.host;
    return event;
}

std::optional<Answered> answeredOf(const object &response, const Started &started, std::int64_t latencyUs)
{
    std::int64_t status = 0;
    if (response["status"].get(status) != simdjson::SUCCESS || status < 100 || status > 999)
        return std::nullopt;
    return Answered{started.id, static_cast<int>(status), latencyUs, fieldsOf(response)};
}

// The events of an entry of another program.
std::vector<Event> eventsOf(Started started, const object &entry)
{
    const Times times = timesOf(entry);
    const object response = objectOf(entry, "response");
    ProxyEvent request = proxyEventOf(started, HookEvent::OnRequest);
    request.timestampUs += times.beforeSentUs;
    request.requestBytes = sizeOf(objectOf(entry, "request"), "bodySize");
    ProxyEvent end = proxyEventOf(started, HookEvent::OnResponse);
    end.timestampUs = request.timestampUs + times.durationUs.value_or(0);
    end.durationUs = times.durationUs;
    end.requestBytes = request.requestBytes;
    const auto answered = answeredOf(response, started, times.latencyUs.value_or(0));
    if (answered) {
        end.status = answered->status;
        end.latencyUs = times.latencyUs;
        end.responseBytes = sizeOf(response, "bodySize");
    } else {
        const auto error = textOf(response, "_error");
        end.error = error && !error->empty() ? *error : "The file has no answer to it.";
    }
    std::vector<Event> events{std::move(started), std::move(request)};
    if (answered)
        events.emplace_back(*answered);
    events.emplace_back(std::move(end));
    return events;
}

// Their URL is the exact one, where the entry's had to be encoded.
void takeFacts(Started &started, const Event &event)
{
    started.id = exchangeOf(event);
    if (const auto *call = std::get_if<LlmEvent>(&event)) {
        started.sandbox = call->sandbox;
        started.process = call->process;
        return;
    }
    const auto &proxy = std::get<ProxyEvent>(event);
    started.sandbox = proxy.sandbox;
    started.process = proxy.process;
    started.url = proxy.url;
    started.host = proxy.host;
    if (const auto parsed = http::parseUrl(proxy.url); parsed && !started.isTunnel)
        started.path = parsed->path;
}

// The events of an entry that Hookscope wrote; wire: its own, at least one.
std::vector<Event> withOwnEvents(Started started, std::vector<Event> wire, const object &entry)
{
    const auto isOf = [](const Event &event, HookEvent which) {
        const auto *proxy = std::get_if<ProxyEvent>(&event);
        return proxy && proxy->event == which;
    };
    takeFacts(started, wire.front());
    std::vector<Event> events{started};
    auto next = wire.begin();
    if (isOf(*next, HookEvent::OnRequest))
        events.push_back(*next++);
    const ProxyEvent *end =
        isOf(wire.back(), HookEvent::OnResponse) ? &std::get<ProxyEvent>(wire.back()) : nullptr;
    const auto latencyUs = end && end->latencyUs ? end->latencyUs : timesOf(entry).latencyUs;
    if (auto answered = answeredOf(objectOf(entry, "response"), started, latencyUs.value_or(0)))
        events.emplace_back(*std::move(answered));
    std::copy(next, wire.end(), std::back_inserter(events));
    if (!end) {
        ProxyEvent cut = proxyEventOf(started, HookEvent::OnResponse);
        cut.error = "It was still running when the file was written.";
        events.emplace_back(std::move(cut));
    }
    return events;
}

} // namespace

struct HarEntryReader::Parser {
    simdjson::dom::parser json;

    // The wire forms in an entry that Hookscope wrote; empty for any other.
    static std::vector<std::string> wireLines(const object &entry)
    {
        std::vector<std::string> lines;
        array events;
        if (objectOf(entry, "_hookscope")["events"].get(events) == simdjson::SUCCESS) {
            for (const element event : events)
                lines.push_back(simdjson::minify(event));
        }
        return lines;
    }
};

HarEntryReader::HarEntryReader(std::string sandbox)
    : m_sandbox(std::move(sandbox))
    , m_parser(std::make_unique<Parser>())
{
}

HarEntryReader::~HarEntryReader() = default;

tl::expected<std::vector<Event>, QString> HarEntryReader::read(const std::string &text)
{
    element root;
    object entry;
    if (m_parser->json.parse(text).get(root) != simdjson::SUCCESS || root.get(entry) != simdjson::SUCCESS)
        return tl::unexpected(HarText::tr("it is not valid JSON"));
    auto started = startedOf(entry, m_sandbox);
    if (!started)
        return tl::unexpected(started.error());
    const std::vector<std::string> lines = Parser::wireLines(entry);
    if (lines.empty())
        return eventsOf(*std::move(started), entry);

    std::vector<Event> wire;
    for (const std::string &line : lines) {
        auto read = m_events.read(line);
        const bool isOne =
            read && read->hasId && (wire.empty() || exchangeOf(wire.front()) == exchangeOf(read->event));
        const bool isWire = isOne
            && (std::holds_alternative<ProxyEvent>(read->event)
                || std::holds_alternative<LlmEvent>(read->event));
        if (!isWire)
            return tl::unexpected(
                HarText::tr("its \"_hookscope\" events cannot be read: %1")
                    .arg(read ? HarText::tr("they are not those of one request") : read.error()));
        wire.push_back(std::move(read->event));
    }
    return withOwnEvents(*std::move(started), std::move(wire), entry);
}

} // namespace hookscope
