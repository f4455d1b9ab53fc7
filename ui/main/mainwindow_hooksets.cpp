#include "ui/hooks/hooktexts.h"
#include "ui/main/mainwindow_p.h"
#include "ui/main/messagearea.h"
#include "ui/text/visible.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QStringList>

// Opening and saving hook sets, and never losing an edit on the way.
namespace hookscope {

namespace {

constexpr qsizetype maxRecent = 10;

QString openKey()
{
    return QStringLiteral("hookSet");
}

QString heldBackKey()
{
    return QStringLiteral("heldBack");
}

QString outsideKey()
{
    return QStringLiteral("changedOutside");
}

} // namespace

bool MainWindow::Private::open(const QString &path, bool isAskedFor)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    isOpening = true;
    const auto mayRun = [this, isAskedFor](const Hook &hook) {
        // Programs need leave in any case.
        return (isAskedFor && !std::holds_alternative<ExecTarget>(hook.target)) || knownEffects.knows(hook);
    };
    const Result<QStringList> opened = document.open(absolute, mayRun);
    isOpening = false;
    if (!opened) {
        messages->show(openKey(), MessageArea::Weight::Error, opened.error().text);
        return false;
    }
    messages->close(openKey());
    messages->close(outsideKey());
    messages->close(heldBackKey());
    reportBadHooks();
    if (opened->isEmpty())
        learnEffects();
    else
        reportHeldBack(*opened);
    remember(absolute);
    return true;
}

// A set that somebody sent is not in force by being opened.
void MainWindow::Private::reportHeldBack(const QStringList &names)
{
    QList<Hook> hooks;
    for (const Hook &hook : document.content().hooks) {
        if (names.contains(hook.name))
            hooks << hook;
    }
    const QString effects = effectsText(hooks);
    const QString list = visible(names.join(QStringLiteral(", ")));
    messages->show(
        heldBackKey(), MessageArea::Weight::Warning,
        tr("%1 has hooks that would do what no hook did on this machine before, so these are switched off: "
           "%2. They would %3.")
            .arg(visible(document.title()), list, effects),
        {{tr("&Switch Them On"), [this, names] {
              HookSetDocument::Content after = document.content();
              for (Hook &hook : after.hooks)
                  hook.enabled = hook.enabled || names.contains(hook.name);
              if (const Result<void> done = document.edit(tr("Switch on new hooks"), after); !done)
                  messages->show(openKey(), MessageArea::Weight::Error, done.error().text);
          }}});
}

// What the user typed or switched on.
void MainWindow::Private::learnEffects()
{
    if (isOpening)
        return;
    QList<Hook> enabled;
    for (const Hook &hook : document.content().hooks) {
        if (hook.enabled)
            enabled << hook;
    }
    if (const Result<void> learned = knownEffects.learn(enabled); !learned)
        messages->show(openKey(), MessageArea::Weight::Warning, learned.error().text);
}

void MainWindow::Private::reportBadHooks()
{
    const QList<BadHook> bad = document.content().bad;
    if (bad.isEmpty())
        return;
    const BadHook &first = bad.first();
    const QString what = bad.size() == 1
        ? tr("An entry of %1 cannot be used").arg(document.title())
        : tr("%1 entries of %2 cannot be used").arg(bad.size()).arg(document.title());
    QString reason = visible(first.reason);
    while (reason.endsWith(QLatin1Char('.')))
        reason.chop(1);
    messages->show(
        openKey(), MessageArea::Weight::Warning,
        tr("%1 (entry %2: %3). What cannot be used is greyed in the list of hooks and kept as it is when "
           "the set is saved.")
            .arg(what)
            .arg(first.position + 1)
            .arg(reason));
}

void MainWindow::Private::openFromDialog()
{
    if (!mayDiscard())
        return;
    const QString folder = QFileInfo(document.path()).path();
    const QString path = QFileDialog::getOpenFileName(&q, tr("Open Hook Set"), folder,
                                                      tr("Hook sets (*.json);;All files (*)"));
    if (!path.isEmpty())
        open(path);
}

void MainWindow::Private::openAfterAsking(const QString &path)
{
    if (mayDiscard())
        open(path);
}

void MainWindow::Private::startNew()
{
    if (!mayDiscard())
        return;
    document.startNew();
    messages->close(openKey());
    messages->close(outsideKey());
    const Settings before = context.settings;
    context.settings.lastHookSet.clear();
    notePossibleSettingsChange(before);
}

bool MainWindow::Private::save()
{
    return document.path().isEmpty() ? saveAs() : saveTo(document.path());
}

bool MainWindow::Private::saveAs()
{
    QFileDialog dialog(&q, tr("Save Hook Set As"), QFileInfo(document.path()).path(),
                       tr("Hook sets (*.json);;All files (*)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("json"));
    dialog.selectFile(document.path().isEmpty() ? QStringLiteral("hooks.json")
                                                : QFileInfo(document.path()).fileName());
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty())
        return false;
    return saveTo(dialog.selectedFiles().first());
}

bool MainWindow::Private::saveTo(const QString &path)
{
    if (const Result<void> saved = document.saveAs(path); !saved) {
        messages->show(openKey(), MessageArea::Weight::Error, saved.error().text);
        return false;
    }
    messages->close(openKey());
    messages->close(outsideKey());
    remember(path);
    return true;
}

bool MainWindow::Private::mayDiscard()
{
    if (!document.isModified())
        return true;
    QMessageBox box(QMessageBox::Warning, tr("Unsaved Hooks"),
                    tr("The hook set “%1” has unsaved changes.").arg(visible(document.title())),
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, &q);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(tr("Without saving, they are lost."));
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
    case QMessageBox::Save:
        return save();
    case QMessageBox::Discard:
        return true;
    default:
        return false;
    }
}

void MainWindow::Private::remember(const QString &path)
{
    const Settings before = context.settings;
    QStringList &recent = context.settings.recentHookSets;
    recent.removeAll(path);
    recent.prepend(path);
    recent = recent.mid(0, maxRecent);
    context.settings.lastHookSet = path;
    notePossibleSettingsChange(before);
}

void MainWindow::Private::fillRecentMenu()
{
    recentMenu->clear();
    for (const QString &path : std::as_const(context.settings.recentHookSets)) {
        QString text = visible(QDir::toNativeSeparators(path));
        QAction *action = recentMenu->addAction(text.replace(QLatin1Char('&'), QStringLiteral("&&")));
        connect(action, &QAction::triggered, this, [this, path] { openAfterAsking(path); });
    }
    if (recentMenu->isEmpty())
        recentMenu->addAction(tr("No hook set yet"))->setEnabled(false);
}

void MainWindow::Private::offerReload(const QString &path)
{
    const QString name = visible(QFileInfo(path).fileName());
    const QString text = !QFileInfo::exists(path)
        ? tr("%1 was removed by another program. The hooks stay in force; save to write the file again.")
              .arg(name)
        : document.isModified()
        ? tr("%1 was changed by another program. Reloading it discards your unsaved changes.").arg(name)
        : tr("%1 was changed by another program.").arg(name);
    QList<MessageArea::Choice> choices;
    if (QFileInfo::exists(path))
        choices.append({tr("&Reload"), [this, path] {
                            open(path);
                        }});
    choices.append({tr("&Keep Mine"), [this] {
                        document.keepMine();
                    }});
    messages->show(outsideKey(), MessageArea::Weight::Warning, text, choices);
}

} // namespace hookscope
