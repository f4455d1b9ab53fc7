#pragma once

#include "ui/hooks/deliverylogmodel.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTableView;
class QTabWidget;

namespace hookscope {

class DeadLetterPanel;
class HookSetDocument;

// What became of each try to deliver, and what was given up: to be filtered, looked at, sent again and
// removed. What it cannot do itself it asks for by signals.
class DeliveriesPanel final : public QWidget {
    Q_OBJECT
public:
    // Both outlive it.
    DeliveriesPanel(const EventLog &log, const HookSetDocument &document, QWidget *parent = nullptr);

    DeliveryLogModel &tries() { return m_tries; }

public slots:
    void addAttempts(const QList<hookscope::DeliveryAttempt> &attempts);
    void showDead(const QList<hookscope::DeadLetter> &letters);
    void showDeliveryCounts(const QString &hookName, const hookscope::DeliveryCounts &counts);

signals:
    void deadListRequested(const hookscope::DeadLetterChoice &choice, int limit);
    void resendDeadRequested(const hookscope::DeadLetterChoice &choice);
    void discardDeadRequested(const hookscope::DeadLetterChoice &choice);
    // The event of an earlier try, once more, with the id that it had.
    void resendRequested(const QString &hookName, const QByteArray &webhookId,
                         const hookscope::DeliveryMark &mark, const QByteArray &json);
    void exchangeRequested(hookscope::ExchangeId id); // to be shown in the table

private:
    QWidget *makeTries();
    void takeHooks();
    void applyFilter();
    void showSelected();
    void resendSelected();
    void copyAsCurl();
    QByteArray eventOf(const DeliveryAttempt &attempt) const; // empty: it is no longer in the log
    const DeliveryAttempt *selected() const;

    const EventLog &m_log;
    const HookSetDocument &m_document;
    DeliveryLogModel m_tries;
    DeadLetterPanel *m_dead;
    QHash<QString, quint64> m_deadCounts;
    QTabWidget *m_tabs;
    QComboBox *m_hook;
    QLineEdit *m_filter;
    QLabel *m_problem;
    QTableView *m_view;
    QPlainTextEdit *m_detail;
    QPushButton *m_resend;
    QPushButton *m_copy;
    QPushButton *m_open;
};

} // namespace hookscope
