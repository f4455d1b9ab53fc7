#include "ui/connect/connectpage.h"
#include "ui/hooks/hookpanel.h"
#include "ui/live/comparewindow.h"
#include "ui/live/filterbar.h"
#include "ui/live/livepage.h"
#include "ui/live/liveview.h"
#include "ui/live/seenvalues.h"
#include "ui/main/mainwindow_p.h"
#include "ui/main/messagearea.h"
#include "ui/settings/palettes.h"
#include "ui/settings/settingsdialog.h"
#include "ui/text/amounts.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>
#include <algorithm>

// The menus and what belongs to no other part.
namespace hookscope {

void MainWindow::Private::setupMenus()
{
    setupFileMenu();
    setupEditMenu();
    setupViewMenu();
    setupHooksMenu();
    setupHelpMenu();
}

void MainWindow::Private::setupFileMenu()
{
    QMenu *menu = q.menuBar()->addMenu(tr("&File"));
    menu->addAction(tr("&New Hook Set"), this, &Private::startNew)->setShortcut(QKeySequence::New);
    menu->addAction(tr("&Open Hook Set…"), this, &Private::openFromDialog)->setShortcut(QKeySequence::Open);
    recentMenu = menu->addMenu(tr("Open &Recent"));
    connect(recentMenu, &QMenu::aboutToShow, this, &Private::fillRecentMenu);
    fillRecentMenu();
    menu->addSeparator();
    QAction *saveAction = menu->addAction(tr("&Save Hook Set"), this, &Private::save);
    saveAction->setShortcut(QKeySequence::Save);
    saveAction->setObjectName(QStringLiteral("saveHookSet"));
    menu->addAction(tr("Save Hook Set &As…"), this, &Private::saveAs)->setShortcut(QKeySequence::SaveAs);
    addOtherSetActions(menu);
    menu->addSeparator();
    setupSessionActions(*menu);
    addFileActions(menu);
    menu->addSeparator();
    QAction *settings = menu->addAction(tr("Se&ttings…"), this, &Private::editSettings);
    settings->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Comma));
    settings->setMenuRole(QAction::PreferencesRole);
    menu->addSeparator();
    QAction *quit = menu->addAction(tr("&Quit"), &q, &QWidget::close);
    quit->setShortcut(QKeySequence::Quit);
    quit->setMenuRole(QAction::QuitRole);
}

void MainWindow::Private::setupEditMenu()
{
    QMenu *menu = q.menuBar()->addMenu(tr("&Edit"));
    QAction *undo = document.undoStack().createUndoAction(this, tr("&Undo"));
    undo->setShortcut(QKeySequence::Undo);
    QAction *redo = document.undoStack().createRedoAction(this, tr("&Redo"));
    redo->setShortcut(QKeySequence::Redo);
    menu->addActions({undo, redo});
    menu->addSeparator();
    LiveView *view = &livePage->view();
    QAction *copy = menu->addAction(tr("&Copy Requests"), view, &LiveView::copySelection);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut); // Ctrl+C elsewhere copies what is selected there
    view->addAction(copy);
    QAction *curl = menu->addAction(tr("Copy as cUR&L"), view, &LiveView::copyAsCurl);
    curl->setShortcut(QKeySequence(Qt::Key_C));
    curl->setShortcutContext(Qt::WidgetShortcut); // a letter, elsewhere
    view->addAction(curl);
    addReplayAction(menu);
    addCompareAction(menu);
    addOpenHostAction(menu);
    QAction *find = menu->addAction(tr("&Filter Requests"), this, [this] {
        if (context.log.end() == 0)
            return; // nothing to filter, and its line is not shown
        showConnectPage(false);
        livePage->filterBar().focusText();
    });
    find->setShortcuts({QKeySequence(QKeySequence::Find), QKeySequence(Qt::Key_Slash)});
}

// Also among the table's own actions. Two rows have to be selected, in the order of time.
void MainWindow::Private::addCompareAction(QMenu *menu)
{
    LiveView *view = &livePage->view();
    auto *compare = new QAction(tr("Co&mpare Two Requests"), this);
    compare->setObjectName(QStringLiteral("compareRequests"));
    compare->setToolTip(tr("Select two requests to see how their prompts differ"));
    compare->setEnabled(false);
    connect(compare, &QAction::triggered, this, &Private::compareSelected);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, compare,
            [view, compare] { compare->setEnabled(view->selectionModel()->selectedRows().size() == 2); });
    view->addAction(compare);
    menu->addAction(compare);
}

void MainWindow::Private::compareSelected()
{
    std::vector<EventLog::Sequence> selected;
    for (const QModelIndex &index : livePage->view().selectionModel()->selectedRows())
        selected.push_back(livePage->model().sequenceAt(index.row()));
    std::sort(selected.begin(), selected.end());
    if (selected.size() != 2)
        return;
    const auto first = context.log.detail(selected[0]);
    const auto second = context.log.detail(selected[1]);
    if (!first || !second || !first->requestBody || !second->requestBody || !first->requestBody->text
        || !second->requestBody->text) {
        messages->show(QStringLiteral("compare"), MessageArea::Weight::Note,
                       tr("The two cannot be compared: the request body of one of them is not kept."));
        return;
    }
    messages->close(QStringLiteral("compare"));
    auto *window = new CompareWindow(callTextsOf(*first), callTextsOf(*second), clockText(first->started.timestampUs),
                                     clockText(second->started.timestampUs), &q);
    static_cast<QWidget *>(window)->show();
}

void MainWindow::Private::setupViewMenu()
{
    QMenu *menu = q.menuBar()->addMenu(tr("&View"));
    menu->addAction(tr("Li&ve"), this, [this] { showPage(Live); })
        ->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_1));
    menu->addAction(tr("&Usage"), this, [this] { showPage(Usage); })
        ->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_2));
    menu->addSeparator();
    FilterBar &bar = livePage->filterBar();
    menu->addAction(bar.llmOnlyAction());
    menu->addAction(bar.pauseAction());
    menu->addAction(bar.clearAction());
    QAction *newest = menu->addAction(tr("Jump to &Newest"), &livePage->view(), &LiveView::jumpToNewest);
    newest->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_End));
    menu->addSeparator();
    for (QDockWidget *dock : {detailDock, hookDock, deliveriesDock, totalsDock, limitsDock})
        menu->addAction(dock->toggleViewAction());
    keepBodiesAction = menu->addAction(tr("Keep &Bodies"));
    keepBodiesAction->setObjectName(QStringLiteral("keepBodies"));
    keepBodiesAction->setCheckable(true);
    keepBodiesAction->setToolTip(tr("In memory, of requests from now on; until Hookscope is closed"));
    QMenu *columns = menu->addMenu(tr("C&olumns"));
    connect(columns, &QMenu::aboutToShow, this, [this, columns] {
        columns->clear();
        livePage->view().addColumnActions(*columns);
    });
    menu->addAction(tr("Reset &Columns"), &livePage->view(), &LiveView::resetColumns);
    menu->addAction(tr("Reset &Totals"), &context.totals, &UsageTotals::clear);
    menu->addSeparator();
    QMenu *looks = menu->addMenu(tr("&Appearance"));
    paletteActions = new QActionGroup(this);
    for (const QString &name : paletteNames()) {
        QAction *action = looks->addAction(paletteText(name));
        action->setCheckable(true);
        action->setData(name);
        paletteActions->addAction(action);
    }
    connect(paletteActions, &QActionGroup::triggered, this, [this](const QAction *action) {
        const Settings before = context.settings;
        context.settings.palette = action->data().toString();
        notePossibleSettingsChange(before);
    });
}

void MainWindow::Private::setupHooksMenu()
{
    QMenu *menu = q.menuBar()->addMenu(tr("&Hooks"));
    menu->addAction(hookPanel->newHookAction());
    menu->addAction(hookPanel->editHookAction());
    menu->addAction(hookPanel->duplicateHookAction());
    menu->addAction(hookPanel->removeHookAction());
    menu->addSeparator();
    menu->addAction(hookPanel->moveUpAction());
    menu->addAction(hookPanel->moveDownAction());
    menu->addSeparator();
    menu->addAction(hookPanel->testHookAction());
    menu->addAction(hookPanel->resendAction());
}

void MainWindow::Private::setupHelpMenu()
{
    QMenu *menu = q.menuBar()->addMenu(tr("H&elp"));
    QAction *attach = menu->addAction(tr("&Connect an Agent"), this, [this] { showConnectPage(true); });
    attach->setShortcut(QKeySequence::HelpContents);
    QAction *keys = menu->addAction(tr("&Keyboard Shortcuts"), this, &Private::showShortcuts);
    keys->setShortcut(QKeySequence(Qt::Key_Question));
    menu->addSeparator();
    menu->addAction(tr("&About Hookscope"), this, &Private::showAbout)->setMenuRole(QAction::AboutRole);
    menu->addAction(tr("About &Qt"), qApp, &QApplication::aboutQt)->setMenuRole(QAction::AboutQtRole);
    for (QMenu *each : q.menuBar()->findChildren<QMenu *>())
        each->setToolTipsVisible(true);
}

SettingsDialog *MainWindow::Private::editSettings()
{
    SeenValues seen(context.log);
    seen.refresh();
    auto *dialog
        = new SettingsDialog(context.settings, &q, {seen.of(FilterFieldId::Host), context.offeredProxy});
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::secretStoreRequested, &q, &MainWindow::secretStoreRequested);
    connect(&q, &MainWindow::secretStored, dialog, &SettingsDialog::showSecretStored);
    settingsDialog = dialog;
    dialog->showCertificate(certificate);
    connect(dialog, &SettingsDialog::certificateRenewRequested, this, [this, dialog] { askToRenew(dialog); });
    connect(dialog, &SettingsDialog::certificateRemoveRequested, this, [this, dialog] { askToRemove(dialog); });
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const Settings before = context.settings;
        Settings edited = dialog->settings();
        edited.lastHookSet = before.lastHookSet; // not the dialog's to set back
        edited.recentHookSets = before.recentHookSets;
        context.settings = edited;
        notePossibleSettingsChange(before);
    });
    dialog->open();
    return dialog;
}

void MainWindow::Private::showAbout()
{
    auto *box = new QMessageBox(&q);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Hookscope"));
    box->setIconPixmap(q.windowIcon().pixmap(64, 64));
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Hookscope %1").arg(QStringLiteral(HOOKSCOPE_VERSION)));
    box->setInformativeText(
        tr("Shows the LLM traffic of this workstation as it happens, and fires hooks on it. "
           "Everything stays on this machine.\n\nFree software under the GNU General Public "
           "License, version 3 or later. There is no warranty."));
    box->open();
}

} // namespace hookscope
