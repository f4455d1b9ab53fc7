#pragma once

#include "core/events/eventlog.h"
#include "core/events/sessions.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace hookscope {

class ExchangeDetail;
class LivePage;

// Exchanges that do not happen now, read-only in a window of their own beside the live one: the table and the
// detail over a log that is this window's. It is filled from outside, a batch at a time; each is asked for
// once the window had its turn. Main thread; it deletes itself when it is closed.
class SessionWindow final : public QWidget {
    Q_OBJECT
public:
    SessionWindow(const QString &name, const LogCaps &caps);
    ~SessionWindow() override;

    EventLog &log() { return m_log; }

public slots:
    void take(const hookscope::EventBatch &batch);
    void showProgress(qint64 bytes, qint64 all);
    void showFinished(const hookscope::ReadSummary &summary);

signals:
    void batchTaken(); // the next one may come
    void cancelled(); // by the button, or because the window closes

private:
    void setupProgress();

    EventLog m_log;
    LivePage *m_page;
    ExchangeDetail *m_detail;
    QWidget *m_progressRow;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
    QLabel *m_outcome;
    bool m_isFinished = false;
};

// What a reading gave, as a sentence or some, beginning with how many there are: "213 calls. 2 lines ...".
QString outcomeText(const ReadSummary &summary);

} // namespace hookscope
