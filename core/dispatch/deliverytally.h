#pragma once

#include "core/dispatch/failurelog.h"
#include "core/events/delivery.h"

#include <QObject>
#include <QSet>
#include <QTimer>
#include <functional>

namespace hookscope {

// Counts what becomes of deliveries, and tells it in steps: at most ten times a second, and after the last
// change. Failures also go to the failure log. What is counted for a hook that is not among those of
// setHooks() is dropped. Delivery thread.
class DeliveryTally final : public QObject {
    Q_OBJECT
public:
    static constexpr int intervalMs = 100;
    static constexpr qsizetype mostTold = 1000; // single outcomes and tries at once; of more, the last ones

    explicit DeliveryTally(QObject *parent = nullptr);

    // Completes the counts with what is true of that hook at this moment.
    using Completion = std::function<void(const QString &hookName, DeliveryCounts &counts)>;
    void setCompletion(Completion completion) { m_completion = std::move(completion); }

    void setHooks(const QSet<QString> &names);

    void countDelivered(const QString &hookName, quint64 events = 1);
    void countFailed(const QString &hookName, const QString &text, quint64 events = 1);
    void countDropped(const QString &hookName, quint64 events = 1);
    enum class Logging { Quiet, Logged };
    void countRetried(const QString &hookName, const QString &text, Logging logging);
    void noteGone(const QString &hookName); // until the hook delivers again
    void note(HookOutcome outcome); // its time is now
    void note(const DeliveryAttempt &attempt);
    void touch(const QString &hookName); // something of its completion changed
    void report(const QString &hookName, const QString &text); // one line of the failure log

    void flush(); // tells all at once

signals:
    void countsChanged(const QString &hookName, const hookscope::DeliveryCounts &counts);
    void fired(const QList<hookscope::HookOutcome> &outcomes);
    void attempted(const QList<hookscope::DeliveryAttempt> &attempts);
    void lineMade(const QString &hookName, const QString &line);

private:
    DeliveryCounts *countsOf(const QString &hookName);
    void tell();
    void tellSoon();

    FailureLog m_failures;
    QTimer m_timer;
    Completion m_completion;
    QHash<QString, DeliveryCounts> m_counts; // of all hooks that are there, also disabled ones
    QSet<QString> m_changed;
    QList<HookOutcome> m_outcomes; // not told yet
    QList<DeliveryAttempt> m_attempts;
};

} // namespace hookscope
