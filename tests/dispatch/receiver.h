#pragma once

#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>
#include <functional>

// A webhook's receiver made of raw sockets: keeps every request as it came and answers what it is told.
class Receiver final : public QObject {
public:
    struct Request {
        QByteArray head; // to the empty line, with it
        QByteArray body;
    };

    // What to send for a request; an empty one leaves the connection open without an answer.
    using Answer = std::function<QByteArray(const Request &)>;

    static QByteArray status(const QByteArray &line, const QByteArray &fields = {},
                             const QByteArray &body = {})
    {
        return "HTTP/1.1 " + line + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + fields
            + "\r\n" + body;
    }

    explicit Receiver(Answer answer = [](const Request &) { return status("204 No Content"); })
        : m_answer(std::move(answer))
    {
        setServer(new QTcpServer(this));
    }

    // Listens with that server instead (of TLS, say).
    void setServer(QTcpServer *server)
    {
        delete m_server;
        m_server = server;
        m_server->setParent(this);
        m_server->setMaxPendingConnections(100);
        connect(m_server, &QTcpServer::pendingConnectionAvailable, this, [this] {
            while (QTcpSocket *socket = m_server->nextPendingConnection())
                accept(socket);
        });
        m_server->listen(QHostAddress::LocalHost);
    }

    QString url(const QString &path = QStringLiteral("/hook"),
                const QString &scheme = QStringLiteral("http")) const
    {
        return QStringLiteral("%1://127.0.0.1:%2%3").arg(scheme).arg(m_server->serverPort()).arg(path);
    }

    void setAnswer(Answer answer) { m_answer = std::move(answer); }

    // Instead of an answer: what to do with the connection once the request is there.
    std::function<void(QTcpSocket *)> onRequest;

    QList<Request> requests;
    int connections = 0;

private:
    void accept(QTcpSocket *socket)
    {
        ++connections;
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_buffers.remove(socket);
            socket->deleteLater();
        });
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        if (socket->bytesAvailable())
            read(socket);
    }

    void read(QTcpSocket *socket)
    {
        QByteArray &buffer = m_buffers[socket];
        buffer += socket->readAll();
        for (;;) {
            const qsizetype end = buffer.indexOf("\r\n\r\n");
            if (end < 0)
                return;
            const QByteArray head = buffer.left(end + 4);
            const qsizetype at = head.toLower().indexOf("content-length:");
            const qsizetype length =
                at < 0 ? 0 : head.mid(at + 15, head.indexOf('\r', at) - at - 15).trimmed().toInt();
            if (buffer.size() < head.size() + length)
                return;
            const Request request{head, buffer.mid(head.size(), length)};
            buffer.remove(0, head.size() + length);
            requests.append(request);
            if (onRequest) {
                onRequest(socket);
                return;
            }
            socket->write(m_answer(request));
        }
    }

    Answer m_answer;
    QTcpServer *m_server = nullptr;
    QHash<QTcpSocket *, QByteArray> m_buffers;
};
