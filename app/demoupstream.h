#pragma once

#include <QByteArray>
#include <QObject>
#include <QTcpServer>

class QTcpSocket;

namespace hookscope {

// The demo's provider: a small HTTP/1.1 server on a free loopback port that answers the paths of the
// OpenAI, Anthropic and Gemini APIs with sample content, as JSON or as a stream in pieces. Main thread.
class DemoUpstream final : public QObject
{
    Q_OBJECT
public:
    explicit DemoUpstream(QObject *parent = nullptr);

    quint16 port() const { return m_server.serverPort(); }

private:
    void read(QTcpSocket *socket);
    void answer(QTcpSocket *socket, const QByteArray &target, const QByteArray &body);

    QTcpServer m_server;
};

} // namespace hookscope
