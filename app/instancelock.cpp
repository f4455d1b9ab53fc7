#include "app/instancelock.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QStandardPaths>

namespace hookscope {

namespace {

constexpr int answerTimeoutMs = 1000;

} // namespace

InstanceLock::InstanceLock(const QString &configDir, QObject *parent) : QObject(parent)
{
    const QByteArray digest = QCryptographicHash::hash(QDir(configDir).absolutePath().toUtf8(),
                                                       QCryptographicHash::Sha256)
                                  .toHex()
                                  .left(16);
    QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (folder.isEmpty())
        folder = QDir::tempPath();
    m_name = folder + QStringLiteral("/hookscope-") + QString::fromLatin1(digest);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            emit raiseRequested();
        }
    });
}

bool InstanceLock::acquire()
{
    QLocalSocket other;
    other.connectToServer(m_name);
    if (other.waitForConnected(answerTimeoutMs))
        return false;
    // Left behind by one that was killed: nobody answers there.
    QLocalServer::removeServer(m_name);
    if (!m_server.listen(m_name))
        qWarning("hookscope: a second window cannot be noticed: %s", qPrintable(m_server.errorString()));
    return true;
}

} // namespace hookscope
