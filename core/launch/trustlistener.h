#pragma once

#include <QTcpServer>
#include <memory>
#include <openssl/ssl.h>

namespace hookscope {

// A TLS server on loopback, also behind a CONNECT, that shows one certificate and tells what its client made
// of it. It answers any request with 200 and nothing. The thread that made it.
class TrustListener final : public QObject {
    Q_OBJECT
public:
    explicit TrustListener(std::shared_ptr<SSL_CTX> shown, QObject *parent = nullptr);

    bool listen(); // on a free port
    quint16 port() const { return m_server.serverPort(); }
    QString fault() const { return m_server.errorString(); }

    bool wasReached() const { return m_wasReached; } // a client connected
    // A client sent a request through TLS: some look at the certificate only after the handshake.
    bool wasAccepted() const { return m_wasAccepted; }
    QString alert() const { return m_alert; } // why TLS ended, as OpenSSL has it; empty if it did not

private:
    class Session;

    std::shared_ptr<SSL_CTX> m_shown;
    QTcpServer m_server;
    bool m_wasReached = false;
    bool m_wasAccepted = false;
    QString m_alert;
};

} // namespace hookscope
