#pragma once

#include "core/events/exchange.h"
#include "core/events/redact.h"

#include <string>
#include <vector>

namespace hookscope::samples {

inline constexpr std::int64_t startUs = 1'769'860'800'123'000; // 2026-01-31T12:00:00.123Z

// Built as the log does it: from redacted events.
class Builder {
public:
    explicit Builder(std::uint64_t number, http::FieldList head = {},
                     std::string url = "https://api.openai.com/v1/chat")
    {
        m_started.id = {0x019c1395'e2f07000ULL, 0x8000'0000'0000'0000ULL + number};
        m_started.timestampUs = startUs;
        m_started.sandbox = "local";
        m_started.process = Process{"codex", 42};
        m_started.method = "POST";
        m_started.url = std::move(url);
        const auto authority = m_started.url.find("//") + 2;
        const auto path = std::min(m_started.url.find('/', authority), m_started.url.size());
        m_started.host = m_started.url.substr(authority, path - authority);
        m_started.path = m_started.url.substr(path);
        m_started.head = std::move(head);
    }

    Started &started() { return m_started; }

    ProxyEvent proxyEvent(HookEvent which) const
    {
        ProxyEvent event;
        event.event = which;
        event.id = m_started.id;
        event.timestampUs = m_started.timestampUs + (which == HookEvent::OnRequest ? 1000 : 900'000);
        event.sandbox = m_started.sandbox;
        event.process = m_started.process;
        event.method = m_started.method;
        event.url = m_started.url;
        event.host = m_started.host;
        event.requestBytes = 120;
        return event;
    }

    Builder &request()
    {
        m_later.push_back(proxyEvent(HookEvent::OnRequest));
        return *this;
    }

    Builder &answer(int status, http::FieldList head = {{"Content-Type", "application/json"}})
    {
        m_later.push_back(Answered{m_started.id, status, 250'000, std::move(head)});
        m_status = status;
        return *this;
    }

    Builder &add(Event event)
    {
        m_later.push_back(std::move(event));
        return *this;
    }

    LlmEvent call() const
    {
        LlmEvent event;
        event.id = m_started.id;
        event.timestampUs = m_started.timestampUs + 900'000;
        event.sandbox = m_started.sandbox;
        event.process = m_started.process;
        event.provider = "openai";
        event.host = m_started.host;
        event.method = m_started.method;
        event.path = m_started.path;
        event.model = "gpt-5";
        event.status = m_status;
        event.latencyUs = 250'000;
        event.tokens.input = 1000;
        event.tokens.output = 20;
        event.tokens.cacheRead = 800;
        event.cost = 1'234'500'000; // $0.0012345
        event.costSource = CostSource::PriceList;
        event.streaming = true;
        event.ttftUs = 300'000;
        event.durationUs = 899'000;
        event.usage = UsageState::Reported;
        return event;
    }

    Builder &finish(const std::optional<std::string> &error = {})
    {
        ProxyEvent event = proxyEvent(HookEvent::OnResponse);
        event.status = m_status;
        if (m_status)
            event.latencyUs = 250'000;
        event.durationUs = 899'000;
        event.responseBytes = 456;
        event.error = error;
        m_later.push_back(event);
        return *this;
    }

    std::vector<RedactedEvent> events() const
    {
        const Secrets secrets = Secrets::of(m_started.url, m_started.head);
        std::vector<RedactedEvent> all{redact(m_started, secrets)};
        for (const Event &event : m_later)
            all.push_back(redact(Event(event), secrets));
        return all;
    }

    Exchange exchange() const
    {
        Exchange made;
        for (const RedactedEvent &event : events())
            made.apply(event.event());
        return made;
    }

private:
    Started m_started;
    std::vector<Event> m_later;
    std::optional<int> m_status;
};

// A call of an OpenAI client with its key, done.
inline Exchange finishedCall(std::uint64_t number = 1)
{
    Builder builder(number,
                    {{"Host", "127.0.0.1:8790"},
                     {"Authorization", "Bearer sk-canary-1234567890abcdef"},
                     {"Content-Type", "application/json"},
                     {"User-Agent", "codex/1.0"},
                     {"Accept", "*/*"},
                     {"Content-Length", "120"}});
    builder.request().answer(200);
    builder.add(builder.call());
    return builder.finish().exchange();
}

inline Exchange tunnel(std::uint64_t number = 2)
{
    Builder builder(number, {{"Host", "example.org:443"}}, "https://example.org:443");
    builder.started().isTunnel = true;
    builder.started().method = "CONNECT";
    builder.started().url = "example.org:443";
    builder.started().host = "example.org";
    builder.started().path = {};
    return builder.request().finish().exchange();
}

inline Exchange unanswered(std::uint64_t number = 3)
{
    Builder builder(number, {}, "http://127.0.0.1:11434/api/tags?a=1&b=%41%42&c");
    builder.started().method = "GET";
    return builder.request().finish("The upstream refused the connection.").exchange();
}

inline Exchange running(std::uint64_t number = 4)
{
    return Builder(number).request().exchange();
}

} // namespace hookscope::samples
