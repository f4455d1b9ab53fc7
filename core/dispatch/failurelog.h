#pragma once

#include <QDeadlineTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

namespace hookscope {

// Makes the `[proxy:hook] ...` lines of failures: at most one per hook and second, so that a dead
// receiver does not flood the log; those between are counted in the next line.
class FailureLog final : public QObject {
    Q_OBJECT
public:
    explicit FailureLog(QObject *parent = nullptr);

    // `events` deliveries of that hook failed for the reason `text`.
    void report(const QString &hookName, const QString &text, quint64 events = 1);

    // Tells at once what has been held back.
    void flush();

    void forget(const QString &hookName);

signals:
    void lineMade(const QString &hookName, const QString &line);

private:
    struct State {
        QDeadlineTimer quietUntil;
        quint64 more = 0;
        QString last;
    };

    void tell(bool isForced);

    QHash<QString, State> m_states;
    QTimer m_timer;
};

} // namespace hookscope
