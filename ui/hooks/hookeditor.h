#pragma once

#include "core/events/delivery.h"
#include "core/events/eventlog.h"
#include "core/hooks/deliverypreview.h"
#include "core/hooks/hook.h"

#include <QDialog>
#include <QStringList>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QFormLayout;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QSpinBox;
class QToolButton;

namespace hookscope {

class HookPreview;
class QuantityEdit;
class SendingEditor;
class TargetEditor;

// One hook's form. It says what is wrong as one types and cannot be accepted until nothing is, for how many
// of the captured requests the hook would have fired, and what it would deliver; a test event can be sent to
// the hook as it stands, before it is added.
class HookEditor final : public QDialog {
    Q_OBJECT
public:
    enum class Purpose { Add, Edit };

    // takenNames: of the other hooks of the set. The log outlives the editor. Without a maker there is no
    // preview.
    HookEditor(Purpose purpose, const Hook &hook, const QStringList &takenNames, const EventLog &log,
               const PreviewMaker &previewMaker = {}, QWidget *parent = nullptr);

    Hook hook() const; // with the keys that the form does not show

public slots:
    void showTestResult(const hookscope::TestResult &result);

signals:
    void testRequested(const hookscope::Hook &hook);

private:
    void setupFields();
    void makeForm();
    QWidget *makeLimit();
    void setupButtons(Purpose purpose, QDialogButtonBox &buttons);
    void connectFields();
    void fill(const Hook &hook);
    void check();
    void lookAtLog();
    QString problemOf(const Hook &hook) const; // a sentence; empty: it may be accepted
    void showFields();
    bool isSent() const; // to a host, by HTTP

    Hook m_initial;
    QStringList m_takenNames;
    const EventLog &m_log;
    QLineEdit *m_name;
    QComboBox *m_event;
    QLineEdit *m_when;
    TargetEditor *m_target;
    QToolButton *m_more; // shows m_sending
    SendingEditor *m_sending;
    QCheckBox *m_isLimited;
    QSpinBox *m_limitEvents;
    QuantityEdit *m_limitS;
    QWidget *m_limit; // the three above
    QFormLayout *m_form;
    QScrollArea *m_scroll; // shows it
    HookPreview *m_preview = nullptr;
    QLabel *m_matches;
    QTimer m_lookSoon;
    QCheckBox *m_enabled;
    QLabel *m_problem;
    QLabel *m_answer;
    QPushButton *m_test;
    QPushButton *m_accept;
};

} // namespace hookscope
