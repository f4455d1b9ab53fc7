#include "ui/files/exportdialog.h"
#include "ui/files/exportjob.h"
#include "ui/files/importjob.h"
#include "ui/live/livepage.h"
#include "ui/live/liveview.h"
#include "ui/main/mainwindow_p.h"
#include "ui/main/messagearea.h"
#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QAction>
#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QItemSelectionModel>
#include <QMenu>
#include <QProgressDialog>

// Requests as files, and back: the dialogs, the progress, and what became of it.
namespace hookscope {

namespace {

constexpr int progressSteps = 1000;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(hookscope::MainWindow)
};

QString exportKey()
{
    return QStringLiteral("export");
}

QString importKey()
{
    return QStringLiteral("import");
}

QString requestsText(quint64 count)
{
    return count == 1 ? Text::tr("1 request") : Text::tr("%1 requests").arg(countText(count));
}

// Shown if it takes a while; the window stays of use meanwhile.
QProgressDialog *progressDialog(QWidget &window, const QString &title, const QString &text)
{
    auto *dialog = new QProgressDialog(text, Text::tr("Cancel"), 0, progressSteps, &window);
    dialog->setObjectName(QStringLiteral("progress"));
    dialog->setWindowTitle(title);
    dialog->setWindowModality(Qt::NonModal);
    dialog->setMinimumDuration(500);
    dialog->setAutoReset(false);
    dialog->setAutoClose(false);
    dialog->setValue(0);
    return dialog;
}

// The first sentence of a message says how many; the others, what is missing.
QString exportText(const ExportJob::Result &result, const QString &name)
{
    QStringList sentences{Text::tr("%1 written to %2.").arg(requestsText(result.exchanges), name)};
    if (result.leftOut > 0)
        sentences.append(Text::tr("%1 left out: the format has nothing to say of them.")
                             .arg(requestsText(result.leftOut)));
    if (result.gone > 0)
        sentences.append(Text::tr("%1 had left the table before.").arg(requestsText(result.gone)));
    if (result.bare > 0)
        sentences.append(
            Text::tr("%1 without heads and with the sum of their calls: more of them is not in memory.")
                .arg(requestsText(result.bare)));
    return sentences.join(QLatin1Char(' '));
}

QString importText(const ImportCounts &counts, const QString &name)
{
    QStringList sentences{Text::tr("%1 imported from %2.").arg(requestsText(counts.exchanges), name)};
    if (counts.known > 0)
        sentences.append(Text::tr("%1 left out: they are here already.").arg(requestsText(counts.known)));
    if (counts.bad > 0)
        sentences.append(Text::tr("%1 of its entries cannot be used (%2).")
                             .arg(countText(counts.bad), visible(counts.firstFault)));
    if (!counts.note.isEmpty())
        sentences.append(counts.note);
    return sentences.join(QLatin1Char(' '));
}

} // namespace

void MainWindow::Private::addFileActions(QMenu *menu)
{
    exportAction = menu->addAction(tr("&Export Requests…"), this, &Private::exportFromDialog);
    exportAction->setObjectName(QStringLiteral("export"));
    exportAction->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    importAction = menu->addAction(tr("&Import Requests…"), this, &Private::importFromDialog);
    importAction->setObjectName(QStringLiteral("import"));
    importAction->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_I));
    exchangeFolder = QDir::homePath();
}

void MainWindow::Private::exportFromDialog()
{
    auto *dialog = new ExportDialog(exchangeFolder, &q);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const auto count = [this, dialog] {
        dialog->setCounts(exportCounts(*livePage, context.log));
    };
    connect(&livePage->model(), &LiveModel::flushed, dialog, count);
    connect(livePage->view().selectionModel(), &QItemSelectionModel::selectionChanged, dialog, count);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        exchangeFolder = QFileInfo(dialog->path()).path();
        exportTo(dialog->path(), dialog->format(), sequencesOf(dialog->scope(), *livePage, context.log));
    });
    livePage->model().flush(); // or the newest rows would look filtered out
    count();
    const ExportCounts counts = exportCounts(*livePage, context.log);
    dialog->setScope(counts.selected > 1               ? ExportScope::Selected
                         : counts.visible < counts.all ? ExportScope::Visible
                                                       : ExportScope::All);
    dialog->open();
}

void MainWindow::Private::exportTo(const QString &path, ExportFormat format,
                                   std::vector<EventLog::Sequence> sequences)
{
    auto *job = new ExportJob(context.log, path, format, std::move(sequences), this);
    auto *progress =
        progressDialog(q, tr("Export"), tr("Writing %1…").arg(visible(QFileInfo(path).fileName())));
    const auto end = [this, job, progress] {
        job->deleteLater();
        progress->deleteLater();
        exportAction->setEnabled(true);
    };
    connect(job, &ExportJob::progressed, progress, [progress](quint64 done, quint64 all) {
        progress->setValue(static_cast<int>(done * progressSteps / std::max<quint64>(1, all)));
    });
    connect(job, &ExportJob::finished, this, [this, path, end](const ExportJob::Result &result) {
        end();
        const bool isWhole = result.leftOut + result.gone + result.bare == 0;
        messages->show(exportKey(), isWhole ? MessageArea::Weight::Note : MessageArea::Weight::Warning,
                       exportText(result, visible(path)));
    });
    connect(job, &ExportJob::failed, this, [this, end](const Error &error) {
        end();
        messages->show(exportKey(), MessageArea::Weight::Error, visible(error.text));
    });
    connect(progress, &QProgressDialog::canceled, this, [this, path, job] {
        delete job; // takes what is written of the file with it
        exportAction->setEnabled(true);
        messages->show(exportKey(), MessageArea::Weight::Note,
                       tr("The export to %1 was cancelled; nothing was written.").arg(visible(path)));
    });
    connect(progress, &QProgressDialog::canceled, progress, &QObject::deleteLater);
    messages->close(exportKey());
    exportAction->setEnabled(false);
    job->start();
}

void MainWindow::Private::importFromDialog()
{
    auto *dialog =
        new QFileDialog(&q, tr("Import Requests"), exchangeFolder,
                        tr("HAR and JSON lines (*.har *.jsonl *.ndjson *.json *.log);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &Private::importFrom);
    dialog->open();
}

void MainWindow::Private::importFrom(const QString &path)
{
    exchangeFolder = QFileInfo(path).path();
    auto *job = new ImportJob(context.log, path, this);
    auto *progress =
        progressDialog(q, tr("Import"), tr("Reading %1…").arg(visible(QFileInfo(path).fileName())));
    const auto end = [this, job, progress] {
        job->deleteLater();
        progress->deleteLater();
        importAction->setEnabled(true);
    };
    connect(job, &ImportJob::progressed, progress,
            [progress](double part) { progress->setValue(static_cast<int>(part * progressSteps)); });
    connect(job, &ImportJob::finished, this, [this, path, end](const ImportCounts &counts) {
        end();
        const bool isWhole = counts.bad == 0 && counts.note.isEmpty();
        messages->show(importKey(), isWhole ? MessageArea::Weight::Note : MessageArea::Weight::Warning,
                       importText(counts, visible(path)));
    });
    connect(job, &ImportJob::failed, this, [this, end](const Error &error) {
        end();
        messages->show(importKey(), MessageArea::Weight::Error, visible(error.text));
    });
    connect(progress, &QProgressDialog::canceled, this, [this, path, job] {
        delete job;
        importAction->setEnabled(true);
        messages->show(
            importKey(), MessageArea::Weight::Note,
            tr("The import of %1 was cancelled; what had come in until then stays.").arg(visible(path)));
    });
    connect(progress, &QProgressDialog::canceled, progress, &QObject::deleteLater);
    messages->close(importKey());
    importAction->setEnabled(false);
    job->start();
}

} // namespace hookscope
