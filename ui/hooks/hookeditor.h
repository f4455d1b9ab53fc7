#pragma once

#include "core/events/delivery.h"
#include "core/events/eventlog.h"
#include "core/hooks/hook.h"

#include <QDialog>
#include <QStringList>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QToolButton;

namespace hookscope {

class SendingEditor;

// One hook's form. It says what is wrong as one types and cannot be accepted until nothing is, and for how
// many of the captured requests the hook would have fired; a test event can be sent to the hook as it stands,
// before it is added.
class HookEditor final : public QDialog {
    Q_OBJECT
public:
    enum class Purpose { Add, Edit };

    // takenNames: of the other hooks of the set. The log outlives the editor.
    HookEditor(Purpose purpose, const Hook &hook, const QStringList &takenNames, const EventLog &log,
               QWidget *parent = nullptr);

    Hook hook() const; // with the keys that the form does not show

public slots:
    void showTestResult(const hookscope::TestResult &result);

signals:
    void testRequested(const hookscope::Hook &hook);

private:
    void setupForm(Purpose purpose);
    void fill(const Hook &hook);
    void check();
    void countMatches();
    void browse();
    HookTarget target() const;
    DeliveryPolicy delivery() const;
    QWidget *makeTargets();
    QWidget *makeLimit();
    void showKind();

    Hook m_initial;
    QStringList m_takenNames;
    const EventLog &m_log;
    QLineEdit *m_name;
    QComboBox *m_event;
    QComboBox *m_kind;
    QStackedWidget *m_targets;
    QLineEdit *m_url;
    QComboBox *m_delivery;
    QLineEdit *m_path;
    QLineEdit *m_command;
    QLineEdit *m_collector;
    SendingEditor *m_sending;
    QToolButton *m_more; // shows m_sending
    QCheckBox *m_isLimited;
    QSpinBox *m_limitEvents;
    QSpinBox *m_limitS;
    QLineEdit *m_when;
    QLabel *m_matches;
    QTimer m_count;
    QCheckBox *m_enabled;
    QLabel *m_problem;
    QLabel *m_answer;
    QPushButton *m_test;
    QPushButton *m_accept;
};

} // namespace hookscope
