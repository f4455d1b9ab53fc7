#include "app/attachtest.h"

#include <QNetworkProxy>
#include <QTcpSocket>
#include <QTimer>

namespace hookscope {

namespace {

constexpr int answerMs = 5000;
constexpr auto path = "/~hookscope-test/hookscope/check";

QByteArray request(const QByteArray &target, const QByteArray &authority)
{
    return "GET " + target + " HTTP/1.1\r\nHost: " + authority
        + "\r\nUser-Agent: hookscope-test/" HOOKSCOPE_VERSION "\r\nConnection: close\r\n\r\n";
}

} // namespace

AttachTest::AttachTest(QObject *parent)
    : QObject(parent)
{
}

void AttachTest::run()
{
    if (m_waiting > 0)
        return;
    m_check = {};
    m_check.warnings = clientEnvironment(m_inputs, currentEnvironment()).warnings;
    m_waiting = 2;
    const QByteArray authority = clientAuthority(m_inputs.host, m_inputs.port).toLatin1();
    ask(request(path, authority), QStringLiteral("base url"), &AttachCheck::baseUrlFault);
    ask(request("http://" + authority + path, authority), QStringLiteral("proxy"), &AttachCheck::proxyFault);
}

void AttachTest::ask(const QByteArray &request, const QString &way,
                     std::optional<QString> AttachCheck::*fault)
{
    auto *socket = new QTcpSocket(this);
    socket->setProxy(QNetworkProxy::NoProxy);
    connect(socket, &QTcpSocket::connected, socket, [socket, request] { socket->write(request); });
    connect(socket, &QTcpSocket::disconnected, this, [this, socket, way, fault] {
        note(fault, faultOfCheckAnswer(socket->readAll(), way));
        socket->deleteLater();
    });
    connect(socket, &QTcpSocket::errorOccurred, this,
            [this, socket, fault](QAbstractSocket::SocketError error) {
                if (error == QAbstractSocket::RemoteHostClosedError)
                    return; // that is how the answer ends
                socket->disconnect(this);
                note(fault, socket->errorString());
                socket->deleteLater();
            });
    QTimer::singleShot(answerMs, socket, [this, socket, way, fault] {
        socket->disconnect(this);
        note(fault, faultOfCheckAnswer({}, way));
        socket->deleteLater();
    });
    const QString host = clientAuthority(m_inputs.host, m_inputs.port).section(QLatin1Char(':'), 0, -2);
    socket->connectToHost(QString(host).remove(QLatin1Char('[')).remove(QLatin1Char(']')), m_inputs.port);
}

void AttachTest::note(std::optional<QString> AttachCheck::*fault, const std::optional<QString> &text)
{
    m_check.*fault = text;
    if (--m_waiting == 0)
        emit finished(m_check);
}

} // namespace hookscope
