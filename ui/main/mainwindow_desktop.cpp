#include "ui/desktop/desktopnotifier.h"
#include "ui/desktop/sessionbus.h"
#include "ui/desktop/systemappearance.h"
#include "ui/desktop/trayicon.h"
#include "ui/live/exchangedetail.h"
#include "ui/live/filterbar.h"
#include "ui/live/livepage.h"
#include "ui/main/mainwindow_p.h"
#include "ui/main/messagearea.h"
#include "ui/main/shortcutsheet.h"
#include "ui/settings/palettes.h"
#include "ui/settings/settingsdialog.h"
#include "ui/usage/budgettexts.h"

#include <QAction>
#include <QActionGroup>
#include <QDockWidget>

// What the window has to do with the desktop around it, and the ways through it by keyboard.
namespace hookscope {

namespace {

// The first widget in `pane` that takes the focus by Tab, in the order of Tab.
QWidget *firstStop(QWidget *pane)
{
    if (pane->focusPolicy() & Qt::TabFocus || pane->focusProxy())
        return pane;
    for (QWidget *next = pane->nextInFocusChain(); next && next != pane; next = next->nextInFocusChain()) {
        if (pane->isAncestorOf(next) && next->focusPolicy() & Qt::TabFocus && next->isVisibleTo(pane)
            && next->isEnabled())
            return next;
    }
    return nullptr;
}

} // namespace

void MainWindow::Private::setupDesktop()
{
    if (!context.usesDesktop)
        return;
    const std::optional<QDBusConnection> bus = sessionBus();
    appearance = new SystemAppearance(bus, this);
    notifier = new DesktopNotifier(bus, this);
    tray = new TrayIcon(context.totals, livePage->filterBar().pauseAction(), this);
    connect(appearance, &SystemAppearance::changed, this, &Private::applyAppearance);
    connect(notifier, &DesktopNotifier::activated, &q, &MainWindow::bringToFront);
    connect(notifier, &DesktopNotifier::undelivered, tray, &TrayIcon::showMessage);
    connect(tray, &TrayIcon::showRequested, &q, &MainWindow::bringToFront);
    connect(tray, &TrayIcon::quitRequested, &q, [this] {
        q.bringToFront(); // it may have to ask
        q.close();
    });
}

void MainWindow::Private::applyAppearance()
{
    applyPalette(context.settings.palette, appearance ? appearance->hint() : AppearanceHint());
    for (QAction *action : paletteActions->actions())
        action->setChecked(action->data().toString() == context.settings.palette);
    if (tray)
        tray->setWanted(context.settings.trayIcon);
}

void MainWindow::Private::showBudget(const BudgetEvent &event)
{
    const QString key = QStringLiteral("budget-") + QString::fromStdString(event.budget);
    const QString title = budgetTitle(event);
    const QString text = budgetText(event);
    messages->show(key, MessageArea::Weight::Warning, tr("%1. %2").arg(title, text),
                   {{tr("Change Budgets…"), [this] {
                         editSettings();
                     }}});
    if (notifier && context.settings.notifications)
        notifier->show(key, title, text);
}

void MainWindow::Private::showShortcuts()
{
    auto *sheet = new ShortcutSheet(shortcutsOf(q), &q);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
}

void MainWindow::Private::goToDetail()
{
    detailDock->show();
    detailDock->raise();
    if (QWidget *stop = firstStop(detail))
        stop->setFocus(Qt::OtherFocusReason);
}

} // namespace hookscope
