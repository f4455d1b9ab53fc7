#pragma once

#include "core/hooks/hooktarget.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QTimer>

namespace hookscope {

struct ProgramOutcome {
    bool isDelivered = false; // it ended by itself with exit code 0
    QString text; // what became of it: a sentence
    QByteArray output; // its first bytes, of both channels
    qint64 elapsedMs = 0;
};

// One run of a program for one event: the line of JSON on its standard input, then the end of it. No shell;
// bounded in time and address space; in a session of its own, of which nothing is left behind. Of our
// environment it gets what programs need to find their way, and no credential. Delivery thread.
class ProgramRun final : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype outputKept = 1024; // bytes
    static constexpr int graceMs = 2000; // between the request to end and the end

    // Starts at once.
    ProgramRun(const ExecTarget &target, const QByteArray &json, QObject *parent);
    ~ProgramRun() override;

signals:
    // Once, never from the constructor.
    void finished(const hookscope::ProgramOutcome &outcome);

private:
    void begin(const QByteArray &json);
    void readOutput();
    void end(bool isKilled);
    void signalAll(int signal) const;
    void settle(bool isDelivered, const QString &text);

    ExecTarget m_target;
    QProcess m_process;
    QTimer m_limit;
    QTimer m_grace;
    QElapsedTimer m_elapsed;
    QByteArray m_output;
    qint64 m_pid = 0;
    bool m_isTimedOut = false;
    bool m_isFinished = false;
};

} // namespace hookscope
