#pragma once

#include "core/events/eventlog.h"
#include "core/launch/clientenvironment.h"

#include <QHash>
#include <QObject>

class QLocalSocket;

namespace hookscope {

class RunCount;

// Answers other processes of this program that lead clients to the running window's proxy. One line a
// question, one line of JSON an answer:
//   where          → where the proxy listens, and what its clients need to trust
//   attach LABEL   → the same, and under which label (LABEL, or LABEL-2 if that runs already) the asker's
//   client sends;
//                    counted from now until the asker leaves. LABEL is percent-encoded.
//   summary        → {"summary": "..."} of what was counted, once nothing of it is under way (or after a
//   second)
// Main thread; the log outlives it.
class AttachDesk final : public QObject {
    Q_OBJECT
public:
    explicit AttachDesk(EventLog &log, QObject *parent = nullptr);

    void setInputs(const LaunchInputs &inputs) { m_inputs = inputs; } // without a label

public slots:
    void answer(QLocalSocket *socket, const QByteArray &question);

private:
    void attach(QLocalSocket *socket, const QString &label);
    void summarise(QLocalSocket *socket, int triesLeft);

    EventLog &m_log;
    LaunchInputs m_inputs;
    QHash<QLocalSocket *, RunCount *> m_runs;
    QHash<QLocalSocket *, QString> m_labels;
};

// The answer to `where` and `attach`, and back; none of what is no such answer.
QByteArray toJson(const LaunchInputs &inputs);
std::optional<LaunchInputs> launchInputsFromJson(const QByteArray &json);

} // namespace hookscope
