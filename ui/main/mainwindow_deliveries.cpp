#include "ui/desktop/desktopnotifier.h"
#include "ui/desktop/trayicon.h"
#include "ui/hooks/deliveriespanel.h"
#include "ui/hooks/hookpanel.h"
#include "ui/live/filterbar.h"
#include "ui/live/livemodel.h"
#include "ui/live/livepage.h"
#include "ui/live/liveview.h"
#include "ui/main/mainwindow_p.h"
#include "ui/main/messagearea.h"
#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QDockWidget>
#include <QLabel>
#include <QStatusBar>

// What becomes of deliveries: their log, and the hooks that fail.
namespace hookscope {

void MainWindow::Private::connectDeliveries()
{
    connect(deliveries, &DeliveriesPanel::deadListRequested, &q, &MainWindow::deadListRequested);
    connect(deliveries, &DeliveriesPanel::resendDeadRequested, &q, &MainWindow::resendDeadRequested);
    connect(deliveries, &DeliveriesPanel::discardDeadRequested, &q, &MainWindow::discardDeadRequested);
    connect(deliveries, &DeliveriesPanel::resendRequested, &q, &MainWindow::resendRequested);
    connect(deliveries, &DeliveriesPanel::exchangeRequested, this, &Private::showExchange);
    connect(&document, &HookSetDocument::contentChanged, this, [this] {
        QStringList names;
        for (const Hook &hook : document.content().hooks) {
            if (hook.enabled)
                names << hook.name;
        }
        health.setHooks(names);
    });
    failingLabel = new QLabel;
    failingLabel->setObjectName(QStringLiteral("failingHooks"));
    failingLabel->hide();
    q.statusBar()->addPermanentWidget(failingLabel);
    connect(&health, &HookHealth::failingChanged, this, &Private::showFailing);
    connect(&health, &HookHealth::hookFailed, this, &Private::tellOfFailing);
}

void MainWindow::Private::showExchange(ExchangeId id)
{
    const auto sequence = context.log.find(id);
    if (!sequence)
        return;
    if (livePage->model().rowOf(*sequence) < 0)
        livePage->filterBar().setText({}); // it is not among what the filter lets through
    showPage(Live);
    showConnectPage(false);
    const int row = livePage->model().rowOf(*sequence);
    if (row >= 0)
        livePage->view().setCurrentIndex(livePage->model().index(row, 0));
    livePage->view().setFocus(Qt::OtherFocusReason);
}

void MainWindow::Private::showFailing(const QStringList &names)
{
    failingLabel->setVisible(!names.isEmpty());
    failingLabel->setText(names.size() == 1 ? tr("✗ The hook “%1” fails").arg(visible(names.first()))
                                            : tr("✗ %1 hooks fail").arg(names.size()));
    showState();
}

// Once when it begins; the status bar and the tray say it for as long as it lasts.
void MainWindow::Private::tellOfFailing(const QString &name, const QDateTime &since, const QString &lastError)
{
    const QString title = tr("The hook “%1” fails").arg(visible(name));
    const QString text =
        tr("Since %1: %2").arg(clockText(since.toMSecsSinceEpoch() * 1000), visible(lastError));
    messages->show(QStringLiteral("failing ") + name, MessageArea::Weight::Warning,
                   tr("%1. %2").arg(title, text), {{tr("Show Deliveries"), [this] {
                                                        deliveriesDock->show();
                                                        deliveriesDock->raise();
                                                    }}});
    if (notifier && context.settings.notifications)
        notifier->show(QStringLiteral("failing-") + name, title, text);
}

void MainWindow::Private::showState()
{
    if (!tray)
        return;
    const QStringList names = health.failing();
    tray->setState(names.isEmpty() ? stateText : failingLabel->text() + QStringLiteral(" · ") + stateText);
}

void MainWindow::showDeliveryCounts(const QString &hookName, const DeliveryCounts &counts)
{
    d->hookPanel->showDeliveryCounts(hookName, counts);
    d->deliveries->showDeliveryCounts(hookName, counts);
    d->health.note(hookName, counts);
    if (!counts.failingSince.isValid())
        d->messages->close(QStringLiteral("failing ") + hookName);
}

void MainWindow::showHookNotification(const QString &hookName, const QString &text)
{
    if (d->notifier)
        d->notifier->show(QStringLiteral("hook-") + hookName, visible(hookName), text);
}

void MainWindow::showAttempts(const QList<DeliveryAttempt> &attempts)
{
    d->deliveries->addAttempts(attempts);
}

void MainWindow::showDead(const QList<DeadLetter> &letters)
{
    d->deliveries->showDead(letters);
}

} // namespace hookscope
