#pragma once

#include "core/events/eventlog.h"

#include <QTimer>
#include <QWidget>
#include <optional>

class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QTabWidget;
class QToolButton;

namespace hookscope {

class FactList;
class LiveModel;
class PhaseBar;

// Everything known of one exchange, in tabs, kept up to date while it runs. Credentials were masked
// before the log took it. What is evicted stays shown until something else is selected. Main thread.
class ExchangeDetail final : public QWidget {
    Q_OBJECT
public:
    explicit ExchangeDetail(LiveModel &model, QWidget *parent = nullptr);

    // Nothing: says that nothing is selected.
    void show(std::optional<EventLog::Sequence> sequence);

private:
    void setupTabs();
    void noteChanges(const std::vector<EventLog::Sequence> &sequences);
    void refresh();
    void copyAsCurl() const;

    LiveModel &m_model;
    std::optional<EventLog::Sequence> m_sequence;
    QTimer m_tick; // while it runs, its times pass
    QStackedWidget *m_stack;
    QTabWidget *m_tabs;
    QToolButton *m_curl;
    FactList *m_overview;
    QPlainTextEdit *m_requestHead;
    QPlainTextEdit *m_answerHead;
    QWidget *m_timing;
    PhaseBar *m_phases;
    FactList *m_times;
    FactList *m_tokens;
    QPlainTextEdit *m_events;
};

} // namespace hookscope
