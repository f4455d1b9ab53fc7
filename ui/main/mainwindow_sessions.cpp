#include "ui/main/mainwindow_p.h"
#include "ui/main/messagearea.h"
#include "ui/main/sessionsdialog.h"
#include "ui/main/sessionwindow.h"
#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QMenu>

// What is on disk: the session that comes back, sessions under names, and files that are followed.
namespace hookscope {

namespace {

QString historyKey()
{
    return QStringLiteral("history");
}

QString followKey(const QString &path)
{
    return QStringLiteral("follow-") + path;
}

QString followText(const FollowedFile &file)
{
    QString text =
        MainWindow::tr("%1: %2 read").arg(visible(QFileInfo(file.path).fileName()), countText(file.rows));
    if (file.badLines > 0)
        text += MainWindow::tr(", %1 bad lines").arg(countText(file.badLines));
    if (file.state == FollowedFile::State::Waiting)
        text += MainWindow::tr(", waiting");
    return text;
}

} // namespace

void MainWindow::Private::setupSessionActions(QMenu &menu)
{
    menu.addAction(tr("Save Sess&ion As…"), this, &Private::saveSession)
        ->setObjectName(QStringLiteral("saveSession"));
    menu.addAction(tr("Op&en Session…"), this, &Private::chooseSession)
        ->setObjectName(QStringLiteral("openSession"));
    menu.addSeparator();
    menu.addAction(tr("&Follow JSONL File…"), this, &Private::chooseFollowed)
        ->setObjectName(QStringLiteral("followFile"));
    followedMenu = menu.addMenu(tr("Stop Follo&wing"));
    followedMenu->setObjectName(QStringLiteral("followedFiles"));
    connect(followedMenu, &QMenu::aboutToShow, this, &Private::fillFollowedMenu);
    fillFollowedMenu();
}

void MainWindow::Private::saveSession()
{
    auto *dialog = new QInputDialog(&q);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save Session"));
    dialog->setLabelText(tr("Name of the session:"));
    connect(dialog, &QInputDialog::textValueSelected, &q,
            [this](const QString &name) { emit q.sessionSaveRequested(name.trimmed()); });
    dialog->open();
}

void MainWindow::Private::chooseSession()
{
    if (!sessionsDialog) {
        sessionsDialog = new SessionsDialog(&q);
        sessionsDialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(sessionsDialog, &SessionsDialog::openRequested, this, &Private::openSession);
        connect(sessionsDialog, &SessionsDialog::removeRequested, &q, &MainWindow::sessionRemoveRequested);
    }
    sessionsDialog->QDialog::open();
    emit q.sessionListRequested();
}

void MainWindow::Private::openSession(const QString &name)
{
    auto *window = new SessionWindow(name, context.log.caps());
    sessionWindows.append(window);
    window->show();
    emit q.sessionOpened(window, name);
}

void MainWindow::Private::closeSessions()
{
    const auto windows = sessionWindows;
    sessionWindows.clear();
    for (const QPointer<SessionWindow> &window : windows) {
        if (window)
            window->close();
    }
}

void MainWindow::Private::chooseFollowed()
{
    const QStringList paths = QFileDialog::getOpenFileNames(
        &q, tr("Follow JSONL File"), {}, tr("Events (*.jsonl *.ndjson *.log);;All files (*)"));
    for (const QString &path : paths)
        emit q.followRequested(QFileInfo(path).absoluteFilePath());
}

void MainWindow::Private::fillFollowedMenu()
{
    followedMenu->clear();
    for (const FollowedFile &file : std::as_const(followed)) {
        QString text = followText(file);
        QAction *action = followedMenu->addAction(text.replace(QLatin1Char('&'), QLatin1String("&&")));
        action->setToolTip(visible(file.path));
        connect(action, &QAction::triggered, &q,
                [this, path = file.path] { emit q.unfollowRequested(path); });
    }
    if (followed.isEmpty())
        followedMenu->addAction(tr("No file is followed"))->setEnabled(false);
}

void MainWindow::showRestored(const ReadSummary &summary)
{
    if (summary.rows == 0 && summary.badLines == 0)
        return;
    d->messages->show(QStringLiteral("restored"), MessageArea::Weight::Note,
                      tr("Restored %1").arg(outcomeText(summary)));
}

void MainWindow::showHistoryFault(const QString &text)
{
    d->messages->show(
        historyKey(), MessageArea::Weight::Warning,
        tr("The session is not kept on disk now: %1 Traffic goes on, and so does keeping it once that "
           "is possible.")
            .arg(visible(text)));
}

void MainWindow::showHistoryRecovered()
{
    d->messages->close(historyKey());
}

void MainWindow::showHistoryLeftOut(quint64 events)
{
    d->messages->show(
        QStringLiteral("historyLeftOut"), MessageArea::Weight::Warning,
        tr("Events that could not be kept on disk since the start: %1. They are shown here, and will be "
           "missing after the next start.")
            .arg(countText(events)));
}

void MainWindow::showSessions(const QList<SessionInfo> &sessions)
{
    if (d->sessionsDialog)
        d->sessionsDialog->showSessions(sessions);
}

void MainWindow::showSessionSaved(const QString &name, const QString &fault)
{
    d->messages->show(QStringLiteral("sessionSaved"),
                      fault.isEmpty() ? MessageArea::Weight::Note : MessageArea::Weight::Error,
                      fault.isEmpty() ? tr("The session was saved as %1.").arg(visible(name))
                                      : visible(fault));
}

void MainWindow::showSessionRemoved(const QString &, const QString &fault)
{
    if (d->sessionsDialog)
        d->sessionsDialog->showFault(visible(fault));
}

void MainWindow::showFollowed(const FollowedFile &file)
{
    const QString key = followKey(file.path);
    if (file.state == FollowedFile::State::Ended)
        d->followed.remove(file.path);
    else
        d->followed.insert(file.path, file);
    QString text = file.text;
    if (text.isEmpty() && file.badLines > 0)
        text = tr("%1: lines that are no events, and were skipped: %2. The last: %3.")
                   .arg(file.path, countText(file.badLines), file.badReason);
    if (text.isEmpty()) {
        d->messages->close(key);
        return;
    }
    if (d->messages->text(key) != visible(text))
        d->messages->show(key, MessageArea::Weight::Warning, visible(text));
}

} // namespace hookscope
