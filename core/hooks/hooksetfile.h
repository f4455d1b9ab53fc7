#pragma once

#include <QByteArray>
#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace hookscope {

// Watches the file of the open hook set and tells when its content was changed by another program.
// Main thread. What this process saves itself is announced by saved() and not reported.
class HookSetFile final : public QObject {
    Q_OBJECT
public:
    explicit HookSetFile(QObject *parent = nullptr);

    QString path() const { return m_path; }

    // Watch that file from its present content on; an empty path watches none.
    void watch(const QString &path);

    // The file was just written or read by us: its present content is the known one.
    void saved();

signals:
    // The content differs from the known one (also: removed). Once per change, after 200 ms of quiet.
    void changedOutside(const QString &path);

private:
    void watchAgain();
    void compare();

    QString m_path;
    QByteArray m_knownDigest;
    QFileSystemWatcher m_watcher;
    QTimer m_quiet;
};

} // namespace hookscope
