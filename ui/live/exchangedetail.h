#pragma once

#include "core/events/delivery.h"
#include "core/events/eventlog.h"
#include "ui/live/callreading.h"

#include <QTimer>
#include <QWidget>
#include <optional>

class QAction;
class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QTabWidget;
class QToolButton;

namespace hookscope {

class BodyPage;
class FactList;
class HookOutcomesPage;
class LiveModel;
class MessagesPage;
class PhaseBar;
class TokenBar;
class ToolsPage;

// Everything known of one exchange, in tabs, kept up to date while it runs. Credentials were masked
// before the log took it. What is evicted stays shown until something else is selected. Bodies are read on
// another thread, and only for the page that is looked at. Main thread; log and model outlive it.
class ExchangeDetail final : public QWidget {
    Q_OBJECT
public:
    explicit ExchangeDetail(LiveModel &model, QWidget *parent = nullptr);

    // Nothing: says that nothing is selected.
    void show(std::optional<EventLog::Sequence> sequence);

    // Whether bodies are kept now: what is said where there is none.
    void setKeepsBodies(bool keeps);

    // What can be done with a tunnel's host: a button of the overview, while that action is visible.
    void setHostAction(QAction *action);

    void addHookOutcomes(const QList<HookOutcome> &outcomes);

private:
    void setupTabs();
    QWidget *makePage(std::initializer_list<QWidget *> parts);
    void noteChanges(const std::vector<EventLog::Sequence> &sequences);
    bool takeExchange();
    void refresh();
    void copyAsCurl() const;
    void showOverview(std::int64_t nowUs);
    void updateHostButton();
    void showTiming(std::int64_t nowUs);
    void showHeads();
    void showReading();
    void readMessages();
    QString whyNoBody(std::optional<std::uint64_t> size, bool isOver) const;

    EventLog &m_log;
    LiveModel &m_model;
    std::optional<EventLog::Sequence> m_sequence;
    std::optional<Exchange> m_exchange; // as it was last known
    bool m_isDetailKept = true;
    bool m_keepsBodies = false;
    QTimer m_tick; // while it runs, its times pass

    CallTexts m_readTexts; // what the reading is of
    int m_readings = 0; // counts up: only the newest result is taken

    QStackedWidget *m_stack;
    QTabWidget *m_tabs;
    QToolButton *m_curl;
    QToolButton *m_host;
    QAction *m_hostAction = nullptr;
    QLabel *m_gone;
    TokenBar *m_tokenBar;
    PhaseBar *m_overviewPhases;
    FactList *m_overview;
    QWidget *m_overviewPage;
    MessagesPage *m_messages;
    ToolsPage *m_tools;
    QPlainTextEdit *m_heads;
    BodyPage *m_requestBody;
    BodyPage *m_answerBody;
    QWidget *m_timing;
    PhaseBar *m_phases;
    FactList *m_times;
    FactList *m_tokens;
    QPlainTextEdit *m_events;
    HookOutcomesPage *m_hooks;
};

} // namespace hookscope
