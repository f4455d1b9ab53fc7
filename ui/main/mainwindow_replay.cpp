#include "ui/live/livepage.h"
#include "ui/live/liveview.h"
#include "ui/live/replaydialog.h"
#include "ui/main/mainwindow_p.h"
#include "ui/main/messagearea.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QMenu>

// A request, sent once more.
namespace hookscope {

// Also among the table's own actions. One row has to be selected.
void MainWindow::Private::addReplayAction(QMenu *menu)
{
    LiveView *view = &livePage->view();
    auto *replay = new QAction(tr("Send A&gain…"), this);
    replay->setObjectName(QStringLiteral("replayRequest"));
    replay->setToolTip(tr("Send the selected request once more; asks first"));
    replay->setEnabled(false);
    connect(replay, &QAction::triggered, this, &Private::replaySelected);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, replay,
            [view, replay] { replay->setEnabled(view->selectionModel()->selectedRows().size() == 1); });
    view->addAction(replay);
    menu->addAction(replay);
}

void MainWindow::Private::replaySelected()
{
    const QModelIndexList selected = livePage->view().selectionModel()->selectedRows();
    if (selected.size() != 1)
        return;
    const auto exchange = context.log.detail(livePage->model().sequenceAt(selected.first().row()));
    if (!exchange)
        return;
    const Result<ReplayPlan> plan = replayPlan(*exchange);
    if (!plan) {
        q.showReplayFault(plan.error().text);
        return;
    }
    messages->close(QStringLiteral("replay"));
    auto *dialog = new ReplayDialog(*plan, &q);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, &q,
            [this, dialog, plan = *plan] { emit q.replayRequested(plan, dialog->credentials()); });
    dialog->open();
}

void MainWindow::showReplayFault(const QString &text)
{
    d->messages->show(QStringLiteral("replay"), MessageArea::Weight::Note, text);
}

} // namespace hookscope
