#include "core/hooks/plainset.h"
#include "ui/hooks/comparesetsdialog.h"
#include "ui/main/mainwindow_p.h"
#include "ui/main/messagearea.h"
#include "ui/text/visible.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

// The open hook set beside others, and for another program.
namespace hookscope {

namespace {

constexpr qsizetype mostNamed = 12; // of what is not exported; the rest is counted

} // namespace

void MainWindow::Private::addOtherSetActions(QMenu *menu)
{
    QAction *compare = menu->addAction(tr("&Compare Hook Set With…"), this, &Private::compareFromDialog);
    compare->setObjectName(QStringLiteral("compareHookSet"));
    compare->setToolTip(tr("Shows how the hooks of another file differ from these; nothing of it is opened"));
    QAction *plain = menu->addAction(tr("Export Hook Set for a&gentkernel…"), this, &Private::exportPlainSet);
    plain->setObjectName(QStringLiteral("exportPlainSet"));
    plain->setToolTip(tr("As a bare list of the hooks that mean there what they mean here"));
}

void MainWindow::Private::compareFromDialog()
{
    const QString path =
        QFileDialog::getOpenFileName(&q, tr("Compare Hook Set With"), QFileInfo(document.path()).path(),
                                     tr("Hook sets (*.json);;All files (*)"));
    if (!path.isEmpty())
        compareWith(path);
}

void MainWindow::Private::compareWith(const QString &path)
{
    const QString key = QStringLiteral("compareSets");
    const Result<HookSet> there = loadHookSet(path);
    if (!there) {
        messages->show(key, MessageArea::Weight::Error, there.error().text);
        return;
    }
    messages->close(key);
    auto *dialog = new CompareSetsDialog(document.content().hooks, document.title(), *there,
                                         QFileInfo(path).fileName(), &q);
    dialog->open();
}

// What would do something else there is left out, and said so before anything is written.
void MainWindow::Private::exportPlainSet()
{
    const PlainSet set = plainSetOf(document.content().hooks);
    if (set.leftOut.isEmpty() && !set.hooks.isEmpty()) {
        savePlainSetAs(set);
        return;
    }
    QStringList lines;
    for (const PlainSet::LeftOut &left : set.leftOut) {
        if (lines.size() < mostNamed)
            lines << tr("• %1: %2").arg(visible(left.name), visible(left.reason));
    }
    if (set.leftOut.size() > mostNamed)
        lines << tr("… and %1 more").arg(set.leftOut.size() - mostNamed);
    auto *box = new QMessageBox(&q);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("plainSetBox"));
    box->setWindowTitle(tr("Export Hook Set for agentkernel"));
    box->setIcon(QMessageBox::Information);
    box->setTextFormat(Qt::PlainText);
    if (set.leftOut.isEmpty())
        box->setText(tr("There are no hooks to export."));
    else if (set.hooks.isEmpty())
        box->setText(
            tr("None of these hooks can be exported: agentkernel would do something else for them."));
    else
        box->setText(tr("%1 of %2 hooks can be exported. For the others agentkernel would do something else:")
                         .arg(set.hooks.size())
                         .arg(set.hooks.size() + set.leftOut.size()));
    box->setInformativeText(lines.join(QLatin1Char('\n')));
    if (!set.hooks.isEmpty()) {
        box->addButton(QMessageBox::Cancel);
        const QPushButton *others =
            box->addButton(tr("&Export Those %1").arg(set.hooks.size()), QMessageBox::AcceptRole);
        connect(others, &QPushButton::clicked, this, [this, set] { savePlainSetAs(set); });
    } else {
        box->addButton(QMessageBox::Close);
    }
    box->open();
}

void MainWindow::Private::savePlainSetAs(const PlainSet &set)
{
    QFileDialog dialog(&q, tr("Export Hook Set for agentkernel"), QFileInfo(document.path()).path(),
                       tr("Hook sets (*.json);;All files (*)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("json"));
    dialog.selectFile(QStringLiteral("agentkernel-hooks.json"));
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty())
        return;
    const QString path = dialog.selectedFiles().first();
    const QString key = QStringLiteral("exportPlainSet");
    if (const Result<void> saved = savePlainSet(path, set); !saved) {
        messages->show(key, MessageArea::Weight::Error, saved.error().text);
        return;
    }
    messages->show(key, MessageArea::Weight::Note,
                   tr("Exported %1 hooks to %2.").arg(set.hooks.size()).arg(visible(path)));
}

} // namespace hookscope
