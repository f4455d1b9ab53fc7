#pragma once

#include "core/events/eventlog.h"
#include "core/usage/usagetotals.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace hookscope {

// The line at the window's foot: tokens in and out, requests, errors, in flight, and a warning if events
// were lost on the way to the window. Sums with unreported calls in them are marked as lower bounds.
// Changes at most ten times a second. Main thread.
class TotalsBar final : public QWidget {
    Q_OBJECT
public:
    TotalsBar(UsageTotals &totals, EventLog &log, QWidget *parent = nullptr);

    // What to say of the listening port.
    void showAddress(const QString &text);

private:
    QLabel *addField(const QString &name, const QString &toolTip);
    void refresh();

    UsageTotals &m_totals;
    EventLog &m_log;
    QTimer m_timer;
    QLabel *m_address;
    QLabel *m_input;
    QLabel *m_output;
    QLabel *m_requests;
    QLabel *m_errors;
    QLabel *m_inFlight;
    QLabel *m_lost;
};

} // namespace hookscope
