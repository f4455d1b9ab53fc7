#pragma once

#include <QLocalServer>
#include <QObject>
#include <QString>

namespace hookscope {

// One window per configuration folder: the first holds a local socket in the runtime folder, a later
// one asks it to come to the front. Main thread.
class InstanceLock final : public QObject
{
    Q_OBJECT
public:
    explicit InstanceLock(const QString &configDir, QObject *parent = nullptr);

    // True if this is the first; false if another one was there and was told to show itself.
    bool acquire();

signals:
    // Another instance was started.
    void raiseRequested();

private:
    QString m_name;
    QLocalServer m_server;
};

} // namespace hookscope
