#pragma once

#include "core/error.h"
#include "core/events/redact.h"
#include "core/proxy/proxyconfig.h"

#include <QObject>
#include <QTimer>
#include <memory>

namespace hookscope {

// Where the proxy listens.
struct Listening {
    QString host;
    quint16 port = 0;
    QString note; // why it is not the port that was asked for; empty if it is
};

// The listening proxy as the rest of the program sees it. Lives on the main thread; the traffic runs on
// threads of its own, which nothing here waits for but stop(). Events come in batches, already
// redacted, at most every 8 ms: waking this thread for each event would cost more than the event.
class ProxyServer final : public QObject
{
    Q_OBJECT
public:
    explicit ProxyServer(QObject *parent = nullptr);
    ~ProxyServer() override;

    // Binds and starts. The error names the address and, where it can be read, the program that holds it.
    Result<Listening> start(const proxy::ProxyConfig &config);

    // Stops listening, lets what is under way finish for `drainMs`, ends the rest, hands over the last
    // events. Nothing if it does not run.
    void stop(int drainMs);

    // Counts for requests that begin from now on.
    void setPolicy(policy::TrafficPolicy policy);

public slots:
    // Whether bodies are kept from now on (BodyKept), where ProxyConfig allows it at all.
    void setKeepsBodies(bool keeps);
    // Which tunnels are opened from now on; those that are open stay as they are.
    void setInterception(std::optional<hookscope::proxy::Interception> interception);

signals:
    void captured(const hookscope::EventBatch &batch);
    // Events that did not fit into the hand-over, because the main thread was stalled for long.
    void lost(quint64 count);

private:
    struct Engine;

    void takeBatch();

    std::unique_ptr<Engine> m_engine;
    QTimer m_gathering;
};

} // namespace hookscope
