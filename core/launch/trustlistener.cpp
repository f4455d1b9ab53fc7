#include "core/launch/trustlistener.h"

#include <QNetworkProxy>
#include <QTcpSocket>
#include <openssl/err.h>

namespace hookscope {

namespace {

constexpr qsizetype longestHead = 16 * 1024;
constexpr char handshakeRecord = 0x16; // RFC 8446 section 5.1
constexpr auto endOfHead = "\r\n\r\n";
constexpr auto established = "HTTP/1.1 200 Connection established\r\n\r\n";
constexpr auto answer =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

struct FreeSsl {
    void operator()(SSL *ssl) const { SSL_free(ssl); }
};

} // namespace

// One connection, which owns it.
class TrustListener::Session final : public QObject {
public:
    Session(TrustListener &listener, QTcpSocket *socket)
        : QObject(socket)
        , m_listener(listener)
        , m_socket(*socket)
        , m_ssl(SSL_new(listener.m_shown.get()))
        , m_in(BIO_new(BIO_s_mem()))
        , m_out(BIO_new(BIO_s_mem()))
    {
        BIO_set_mem_eof_return(m_in, -1); // no more bytes yet, not the end
        SSL_set_bio(m_ssl.get(), m_in, m_out); // which owns them from here on
        SSL_set_accept_state(m_ssl.get());
        connect(socket, &QTcpSocket::readyRead, this, &Session::read);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }

private:
    void read()
    {
        QByteArray bytes = m_socket.readAll();
        if (!m_isTls) {
            m_head += bytes;
            if (!takeHead())
                return;
            bytes = m_head;
        }
        BIO_write(m_in, bytes.constData(), static_cast<int>(bytes.size()));
        advance();
    }

    // Whether what is in m_head now is TLS.
    bool takeHead()
    {
        if (m_head.startsWith("CONNECT ")) {
            const qsizetype end = m_head.indexOf(endOfHead);
            if (end < 0 && m_head.size() < longestHead)
                return false;
            m_head.remove(0, end < 0 ? m_head.size() : end + qsizetype(qstrlen(endOfHead)));
            m_socket.write(established);
        }
        if (m_head.isEmpty())
            return false;
        m_isTls = m_head.front() == handshakeRecord;
        if (!m_isTls)
            m_socket.disconnectFromHost();
        return m_isTls;
    }

    void advance()
    {
        char piece[4096];
        int count = 0;
        ERR_clear_error();
        while ((count = SSL_read(m_ssl.get(), piece, sizeof piece)) > 0) {
            m_listener.m_wasAccepted = true;
            if (m_request.size() < longestHead)
                m_request.append(piece, count);
        }
        const int error = SSL_get_error(m_ssl.get(), count);
        const bool isAnswered = m_request.contains(endOfHead);
        if (isAnswered) {
            SSL_write(m_ssl.get(), answer, static_cast<int>(qstrlen(answer)));
            SSL_shutdown(m_ssl.get());
        } else if (error == SSL_ERROR_SSL) {
            if (const char *reason = ERR_reason_error_string(ERR_peek_last_error()))
                m_listener.m_alert = QString::fromLatin1(reason);
        }
        flush();
        if (isAnswered || error != SSL_ERROR_WANT_READ)
            m_socket.disconnectFromHost();
        ERR_clear_error();
    }

    void flush()
    {
        char *data = nullptr;
        const long size = BIO_get_mem_data(m_out, &data);
        m_socket.write(data, size);
        BIO_reset(m_out);
    }

    TrustListener &m_listener;
    QTcpSocket &m_socket;
    std::unique_ptr<SSL, FreeSsl> m_ssl;
    BIO *m_in;
    BIO *m_out;
    bool m_isTls = false;
    QByteArray m_head;
    QByteArray m_request;
};

TrustListener::TrustListener(std::shared_ptr<SSL_CTX> shown, QObject *parent)
    : QObject(parent)
    , m_shown(std::move(shown))
{
    m_server.setProxy(QNetworkProxy::NoProxy);
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            m_wasReached = true;
            new Session(*this, socket);
        }
    });
}

bool TrustListener::listen()
{
    return m_server.listen(QHostAddress::LocalHost);
}

} // namespace hookscope
