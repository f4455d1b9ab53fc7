#pragma once

#include "core/events/redact.h"

#include <QObject>

namespace hookscope {

// The gate from the log to the history thread: it lets as many events wait there as memory may hold, and
// leaves out what comes beyond, counted. Main thread; it never waits.
class HistoryFeed final : public QObject {
    Q_OBJECT
public:
    static constexpr quint64 mostWaiting = 200'000; // events

    explicit HistoryFeed(QObject *parent = nullptr, quint64 most = mostWaiting);

public slots:
    void take(const hookscope::EventBatch &batch);
    void noteStored(quint64 events); // so many wait no more

signals:
    void passed(const hookscope::EventBatch &batch);
    void leftOut(quint64 events); // of one batch

private:
    quint64 m_most;
    quint64 m_waiting = 0;
};

} // namespace hookscope
