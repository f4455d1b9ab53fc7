#pragma once

#include "core/events/eventlog.h"
#include "core/usage/usagetotals.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace hookscope {

// The line at the window's foot: tokens in and out, cost (and today's, once the session has seen another
// day), requests, errors, in flight, and warnings if events were lost on the way to the window or calls
// were not understood. Sums with gaps in them are marked as lower bounds. Changes at most ten times a
// second. Main thread.
class TotalsBar final : public QWidget {
    Q_OBJECT
public:
    TotalsBar(UsageTotals &totals, EventLog &log, QWidget *parent = nullptr);

    // What to say of the listening port.
    void showAddress(const QString &text);

private:
    QLabel *addField(const QString &name, const QString &toolTip);
    void schedule();
    void refresh();
    void refreshMemory();
    void refreshUsage(const UsageTotals::Overall &all);
    void refreshCost(const UsageTotals::Overall &all);

    UsageTotals &m_totals;
    EventLog &m_log;
    QTimer m_timer;
    QTimer m_minute; // for the day's end
    QLabel *m_address;
    QLabel *m_input;
    QLabel *m_output;
    QLabel *m_requests;
    QLabel *m_errors;
    QLabel *m_memory = nullptr;
    QLabel *m_inFlight;
    QLabel *m_cost;
    QLabel *m_today;
    QLabel *m_notUnderstood;
    QLabel *m_lost;
};

} // namespace hookscope
