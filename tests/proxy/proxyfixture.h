#pragma once

#include "core/proxy/proxyserver.h"
#include "tests/proxy/rawpeer.h"

#include <QTest>
#include <memory>
#include <vector>

namespace hookscope {

// A running proxy with one route, /up/, to the given upstream, and the events that it made.
class ProxyFixture
{
public:
    explicit ProxyFixture(quint16 upstreamPort, std::function<void(proxy::ProxyConfig &)> change = {})
    {
        proxy::ProxyConfig config;
        config.listenPort = 0;
        const std::string url = "http://127.0.0.1:" + std::to_string(upstreamPort);
        config.threads = std::max(1, qEnvironmentVariableIntValue("TEST_PROXY_THREADS"));
        config.routes.push_back(*proxy::parseRoute("up=" + url));
        if (change)
            change(config);
        QObject::connect(&m_server, &ProxyServer::captured, &m_server, [this](const EventBatch &batch) {
            for (const RedactedEvent &redacted : *batch)
                m_events.push_back(redacted.event());
        });
        const auto listening = m_server.start(config);
        if (!listening)
            qFatal("%s", qPrintable(listening.error().text));
        m_port = listening->port;
    }

    // The last events come while it stops: before what takes them is gone.
    ~ProxyFixture() { m_server.stop(0); }
    ProxyFixture(const ProxyFixture &) = delete;
    ProxyFixture &operator=(const ProxyFixture &) = delete;

    quint16 port() const { return m_port; }
    RawSocket connect() const { return RawSocket::connectTo(m_port); }

    // One request on a connection of its own, read to the end.
    QByteArray ask(const QByteArray &request)
    {
        RawSocket client = connect();
        client.send(request);
        client.shutdownSend();
        return client.readToEnd();
    }

    // The final events (on_response) so far, waiting until there are `count`.
    std::vector<ProxyEvent> finished(std::size_t count)
    {
        const bool isThere = QTest::qWaitFor([&] { return all<ProxyEvent>(HookEvent::OnResponse).size() >= count; }, 8000);
        auto found = all<ProxyEvent>(HookEvent::OnResponse);
        if (!isThere)
            found.resize(count);
        return found;
    }

    template <class T>
    std::vector<T> all(std::optional<HookEvent> kind = std::nullopt) const
    {
        std::vector<T> found;
        for (const Event &event : m_events) {
            const T *value = std::get_if<T>(&event);
            if constexpr (std::is_same_v<T, ProxyEvent>) {
                if (value && kind && value->event != *kind)
                    continue;
            }
            if (value)
                found.push_back(*value);
        }
        return found;
    }

    ProxyServer &server() { return m_server; }

private:
    ProxyServer m_server;
    quint16 m_port = 0;
    std::vector<Event> m_events;
};

inline QByteArray get(const QByteArray &path, const QByteArray &fields = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + fields + "\r\n";
}

inline int statusOf(const QByteArray &answer)
{
    return answer.mid(9, 3).toInt();
}

} // namespace hookscope
