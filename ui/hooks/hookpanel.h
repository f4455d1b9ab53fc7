#pragma once

#include "core/hooks/deliverypreview.h"
#include "ui/hooks/hooksetdocument.h"
#include "ui/hooks/hooktablemodel.h"

#include <QWidget>

class QAction;
class QLabel;
class QStackedWidget;
class QTableView;

namespace hookscope {

class EventLog;
class HookEditor;

// The hooks of the open set, with everything that can be done to one. It owns the actions, so that menus
// can show the same ones. Test events are asked for by a signal, and their answer is shown here.
class HookPanel final : public QWidget {
    Q_OBJECT
public:
    // The log, of which the editor tells what a hook would have fired on, outlives the panel. The maker is
    // for the editor's preview.
    HookPanel(HookSetDocument &document, const EventLog &log, const PreviewMaker &previewMaker = {},
              QWidget *parent = nullptr);
    ~HookPanel() override;

    QAction *newHookAction() const { return m_new; }
    QAction *editHookAction() const { return m_edit; }
    QAction *duplicateHookAction() const { return m_duplicate; }
    QAction *removeHookAction() const { return m_remove; }
    QAction *testHookAction() const { return m_test; }
    QAction *resendAction() const { return m_resend; }
    QAction *moveUpAction() const { return m_moveUp; }
    QAction *moveDownAction() const { return m_moveDown; }
    QTableView &view() { return *m_view; }

    // Opens the editor with a new hook that is due when that holds.
    void addHookFor(const QString &name, const Filter &when);

public slots:
    void showDeliveryCounts(const QString &hookName, const hookscope::DeliveryCounts &counts);
    void showTestResult(const hookscope::TestResult &result);
    void switchOff(const QString &hookName); // an edit like the person's own

signals:
    void resendDeadRequested(const hookscope::DeadLetterChoice &choice);
    void testFireRequested(const hookscope::Hook &hook);
    void failed(const hookscope::Error &error); // an edit that could not be made

private:
    void setupActions();
    void setupView();
    void openEditor(const Hook &hook, int row); // row -1: a new one
    void addHook();
    void editHook();
    void duplicateHook();
    void removeHooks();
    void testHook();
    void resendDead();
    void moveHooks(int by); // -1 up, 1 down
    void commit(const QString &text, const HookSetDocument::Content &after);
    void updateActions();
    QList<int> selectedRows() const; // ascending
    QStringList namesWithout(int row) const;

    HookSetDocument &m_document;
    const EventLog &m_log;
    PreviewMaker m_previewMaker;
    HookTableModel m_model;
    QTableView *m_view;
    QStackedWidget *m_stack;
    QLabel *m_result;
    QAction *m_new;
    QAction *m_edit;
    QAction *m_duplicate;
    QAction *m_remove;
    QAction *m_test;
    QAction *m_resend;
    QAction *m_moveUp;
    QAction *m_moveDown;
};

} // namespace hookscope
