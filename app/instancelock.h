#pragma once

#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <QString>

namespace hookscope {

// One window per configuration folder: the first holds a local socket in the runtime folder, a later
// one asks it to come to the front. Others may ask it something else, a line at a time. Main thread.
class InstanceLock final : public QObject
{
    Q_OBJECT
public:
    explicit InstanceLock(const QString &configDir, QObject *parent = nullptr);

    // Where the window of that folder listens, if there is one.
    static QString socketName(const QString &configDir);

    // True if this is the first; false if another one was there and was told to show itself.
    bool acquire();

signals:
    // Another instance was started.
    void raiseRequested();
    // Any other line, without its end. The socket lives until the asker leaves.
    void asked(QLocalSocket *socket, const QByteArray &question);

private:
    void accept(QLocalSocket *socket);

    QString m_name;
    QLocalServer m_server;
};

} // namespace hookscope
