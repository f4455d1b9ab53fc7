#pragma once

#include "core/proxy/proxyconfig.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>
#include <memory>
#include <vector>

namespace hookscope {

class DemoUpstream;

// Sample traffic without a key or a network: a built-in upstream on loopback that answers as OpenAI,
// Anthropic and Google do, and a client that calls it through the real proxy. Main thread.
class Demo final : public QObject
{
    Q_OBJECT
public:
    explicit Demo(QObject *parent = nullptr);
    ~Demo() override;

    // The routes that lead the providers' names to the built-in upstream; they go before all others.
    std::vector<proxy::Route> routes() const;

    // Calls through the proxy at that address: each kind once and then finished(), or in turn without end.
    void start(const QString &host, quint16 port, bool isOnce);

signals:
    void finished();

private:
    void callNext();

    std::unique_ptr<DemoUpstream> m_upstream;
    QNetworkAccessManager m_network;
    QTimer m_pace;
    QString m_origin;
    std::size_t m_next = 0;
    int m_running = 0;
    bool m_isOnce = false;
};

} // namespace hookscope
