#include "core/replay/replayer.h"

#include <QNetworkProxy>
#include <QTcpSocket>

namespace hookscope {

Replayer::Replayer(QObject *parent)
    : QObject(parent)
{
}

void Replayer::setProxy(const QString &host, quint16 port, std::vector<ReplayRoute> routes)
{
    m_host = host;
    m_port = port;
    m_routes = std::move(routes);
}

void Replayer::replay(const ReplayPlan &plan, const std::vector<std::string> &credentials)
{
    const auto bytes =
        replayBytes(plan, credentials, m_routes, http::formatAuthority(m_host.toStdString(), m_port));
    if (!bytes) {
        emit failed(bytes.error().text);
        return;
    }
    auto *socket = new QTcpSocket(this);
    socket->setProxy(QNetworkProxy::NoProxy);
    connect(socket, &QTcpSocket::connected, socket, [socket, bytes = *bytes] { socket->write(bytes); });
    connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->skip(socket->bytesAvailable()); });
    connect(socket, &QTcpSocket::errorOccurred, this, [this, socket](QAbstractSocket::SocketError error) {
        if (error == QAbstractSocket::RemoteHostClosedError) // the answer's end
            emit answered();
        else
            emit failed(tr("The request could not be sent again: %1").arg(socket->errorString()));
        socket->deleteLater();
    });
    socket->connectToHost(m_host, m_port);
}

} // namespace hookscope
