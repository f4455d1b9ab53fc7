#include "app/instancelock.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace hookscope {

namespace {

constexpr int answerTimeoutMs = 1000;
constexpr auto raiseLine = "raise";
constexpr qint64 longestLine = 4096;

} // namespace

InstanceLock::InstanceLock(const QString &configDir, QObject *parent)
    : QObject(parent), m_name(socketName(configDir))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection())
            accept(socket);
    });
}

QString InstanceLock::socketName(const QString &configDir)
{
    const QByteArray digest = QCryptographicHash::hash(QDir(configDir).absolutePath().toUtf8(),
                                                       QCryptographicHash::Sha256)
                                  .toHex()
                                  .left(16);
    QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (folder.isEmpty())
        folder = QDir::tempPath();
    return folder + QStringLiteral("/hookscope-") + QString::fromLatin1(digest);
}

void InstanceLock::accept(QLocalSocket *socket)
{
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    const auto read = [this, socket] {
        while (socket->canReadLine()) {
            const QByteArray line = socket->readLine().trimmed();
            if (line == raiseLine)
                emit raiseRequested();
            else
                emit asked(socket, line);
        }
        if (socket->bytesAvailable() > longestLine)
            socket->abort();
    };
    connect(socket, &QLocalSocket::readyRead, this, read);
    read();
}

bool InstanceLock::acquire()
{
    QLocalSocket other;
    other.connectToServer(m_name);
    if (other.waitForConnected(answerTimeoutMs)) {
        other.write(QByteArray(raiseLine) + '\n');
        other.waitForBytesWritten(answerTimeoutMs);
        return false;
    }
    // Left behind by one that was killed: nobody answers there.
    QLocalServer::removeServer(m_name);
    if (!m_server.listen(m_name))
        qWarning("hookscope: a second window cannot be noticed: %s", qPrintable(m_server.errorString()));
    return true;
}

} // namespace hookscope
