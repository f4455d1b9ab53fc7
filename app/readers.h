#pragma once

#include "core/events/sessions.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QThread>

namespace hookscope {

class EventLog;
class FollowGate;
class JsonlTail;
class MainWindow;
class SessionWindow;

// Starts and stops what reads files beside the traffic: saved sessions for their windows, and followed files
// for the log. Owns them and their thread. Main thread; the log and the window outlive it.
class Readers final : public QObject {
    Q_OBJECT
public:
    Readers(const QString &shelf, EventLog &log,
            QObject *parent = nullptr); // shelf: the folder of the sessions
    ~Readers() override;

public slots:
    void openSession(hookscope::SessionWindow *window, const QString &name);
    void follow(const QString &path); // one that is followed already stays so
    void unfollow(const QString &path);

signals:
    void followedChanged(const hookscope::FollowedFile &file);

private:
    void noteFollowed(const FollowedFile &file);

    QString m_shelf;
    EventLog &m_log;
    QThread m_thread;
    QHash<QString, QPointer<JsonlTail>> m_tails; // by path; they live on the thread
};

} // namespace hookscope
