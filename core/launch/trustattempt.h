#pragma once

#include "core/launch/trustlistener.h"
#include "core/launch/trustprobes.h"
#include "core/launch/trustresult.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

namespace hookscope {

// One program's attempt. Main thread; ended() comes once, also if the program cannot be started.
class TrustAttempt final : public QObject {
    Q_OBJECT
public:
    TrustAttempt(const TrustProbe &probe, std::shared_ptr<SSL_CTX> shown, QObject *parent);
    ~TrustAttempt() override;

    void start(const QString &host, const Environment &environment, int limitMs);

signals:
    void ended(const hookscope::TrustResult &result);

private:
    bool findProgram(const Environment &environment);
    QString writeSource();
    void startProgram(const QString &host, const QString &source, const Environment &environment);
    void takeOutput();
    void noteEnd();
    void giveUp();
    void end(TrustResult::State state, const QString &words);
    void killAll();

    TrustProbe m_probe;
    TrustListener m_listener;
    QProcess m_process;
    QTimer m_limit;
    std::unique_ptr<QTemporaryDir> m_folder; // of the source
    QByteArray m_written; // to stderr, the beginning of it
    TrustResult m_result;
    bool m_isEnded = false;
};

} // namespace hookscope
