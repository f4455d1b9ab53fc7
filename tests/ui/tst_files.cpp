#include "core/formats/importedevents.h"
#include "tests/ui/sampleevents.h"
#include "ui/files/exportdialog.h"
#include "ui/files/exportjob.h"
#include "ui/files/importjob.h"
#include "ui/live/filterbar.h"
#include "ui/live/livepage.h"
#include "ui/live/liveview.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace hookscope;
using samples::Batch;

class TestFiles : public QObject {
    Q_OBJECT
private slots:
    void init();
    void countsEachScope();
    void takesTheRowsOfAScopeInTheirOrder();
    void followsTheFormatWithTheFilesEnding();
    void saysWhyItCannotExport_data();
    void saysWhyItCannotExport();
    void exportsWhileTheLogChanges();
    void leavesNothingWhenItEndsInTheMiddle();
    void saysWhyAnExportFailed();
    void importsIntoTheLogWithoutAHookNoticing();
    void importsNothingTwice();
    void copiesTheSelectionAsCurl();

private:
    void add(int count);
    QString file(const char *name) const { return folder->filePath(QLatin1String(name)); }
    static QByteArray content(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    std::vector<EventLog::Sequence> all() const { return sequencesOf(ExportScope::All, *page, *log); }

    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<EventLog> log;
    std::unique_ptr<LivePage> page;
};

void TestFiles::init()
{
    page.reset();
    folder = std::make_unique<QTemporaryDir>();
    log = std::make_unique<EventLog>();
    page = std::make_unique<LivePage>(*log);
}

void TestFiles::add(int count)
{
    Batch batch;
    for (int i = 0; i < count; ++i) {
        const ExchangeId id = batch.start();
        batch.answer(id, 200);
        batch.call(id, "gpt-5", samples::tokens(10, 5));
        batch.finish(id, 200);
    }
    batch.giveTo(*log);
    page->model().flush();
}

void TestFiles::countsEachScope()
{
    add(3);
    Batch other;
    other.finish(other.start("example.org", "/other"), 200);
    other.giveTo(*log);
    page->model().flush();
    page->filterBar().setText(QStringLiteral("openai"));
    QTRY_COMPARE(page->model().rowCount(), 3);
    page->view().selectRow(1);
    QCOMPARE(exportCounts(*page, *log), (ExportCounts{1, 3, 4}));
    page->view().selectAll();
    QCOMPARE(exportCounts(*page, *log).selected, 3ULL);
}

void TestFiles::takesTheRowsOfAScopeInTheirOrder()
{
    using Sequences = std::vector<EventLog::Sequence>;
    add(4);
    page->model().sort(static_cast<int>(Column::Time), Qt::DescendingOrder);
    QCOMPARE(sequencesOf(ExportScope::Visible, *page, *log), (Sequences{3, 2, 1, 0}));
    QCOMPARE(sequencesOf(ExportScope::All, *page, *log), (Sequences{0, 1, 2, 3}));
    auto *selection = page->view().selectionModel();
    const auto flags = QItemSelectionModel::Select | QItemSelectionModel::Rows;
    selection->select(page->model().index(3, 0), flags);
    selection->select(page->model().index(0, 0), flags);
    QCOMPARE(sequencesOf(ExportScope::Selected, *page, *log), (Sequences{3, 0}));
}

void TestFiles::followsTheFormatWithTheFilesEnding()
{
    ExportDialog dialog(folder->path());
    dialog.setCounts({0, 0, 1});
    auto *formats = dialog.findChild<QComboBox *>(QStringLiteral("exportFormat"));
    auto *path = dialog.findChild<QLineEdit *>(QStringLiteral("exportPath"));
    QVERIFY(path->text().endsWith(QStringLiteral(".har")));
    formats->setCurrentIndex(formats->findData(int(ExportFormat::Csv)));
    QVERIFY(path->text().endsWith(QStringLiteral(".csv")));
    QCOMPARE(dialog.format(), ExportFormat::Csv);
    path->setText(file("own.name"));
    formats->setCurrentIndex(formats->findData(int(ExportFormat::Curl)));
    QCOMPARE(dialog.path(), file("own.name"));
    path->setText(QStringLiteral("~/x.sh"));
    QCOMPARE(dialog.path(), QDir::homePath() + QStringLiteral("/x.sh"));
}

void TestFiles::saysWhyItCannotExport_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("remark");
    QTest::addColumn<bool>("isUsable");
    QTest::addRow("good") << QStringLiteral("%1/new.har") << 1 << QString() << true;
    QTest::addRow("replaces") << QStringLiteral("%1/old.har") << 1
                              << QStringLiteral("old.har is there already and will be replaced.") << true;
    QTest::addRow("no name") << QString() << 1 << QStringLiteral("Name a file.") << false;
    QTest::addRow("folder") << QStringLiteral("%1/") << 1 << QStringLiteral("Name a file.") << false;
    QTest::addRow("no folder") << QStringLiteral("%1/none/x.har") << 1
                               << QStringLiteral("There is no folder %1/none.") << false;
    QTest::addRow("nothing") << QStringLiteral("%1/new.har") << 0
                             << QStringLiteral("There is nothing to be exported: choose other requests.")
                             << false;
}

void TestFiles::saysWhyItCannotExport()
{
    QFETCH(QString, path);
    QFETCH(int, count);
    QFETCH(QString, remark);
    QFETCH(bool, isUsable);
    QFile old(file("old.har"));
    QVERIFY(old.open(QIODevice::WriteOnly));
    ExportDialog dialog(folder->path());
    dialog.setCounts({static_cast<quint64>(count), 5, 9});
    dialog.setScope(ExportScope::Selected);
    dialog.findChild<QLineEdit *>(QStringLiteral("exportPath"))
        ->setText(path.replace(QStringLiteral("%1"), folder->path()));
    QCOMPARE(dialog.findChild<QLabel *>(QStringLiteral("exportRemark"))->text(),
             remark.replace(QStringLiteral("%1"), folder->path()));
    QCOMPARE(dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->isEnabled(), isUsable);
}

void TestFiles::exportsWhileTheLogChanges()
{
    add(1000);
    ExportJob job(*log, file("x.jsonl"), ExportFormat::Jsonl, all());
    QSignalSpy finished(&job, &ExportJob::finished);
    QSignalSpy progressed(&job, &ExportJob::progressed);
    connect(&job, &ExportJob::progressed, this, [this](quint64 done, quint64) {
        if (done < 1000)
            add(1); // not in the export, which was ordered before
    });
    job.start();
    QVERIFY(finished.wait());
    const auto result = finished.first().at(0).value<ExportJob::Result>();
    QCOMPARE(result.exchanges, 1000ULL);
    QCOMPARE(result.gone, 0ULL);
    QVERIFY(progressed.count() > 3);
    QCOMPARE(content(file("x.jsonl")).count('\n'), 2000);
}

void TestFiles::leavesNothingWhenItEndsInTheMiddle()
{
    add(2000);
    {
        ExportJob job(*log, file("x.har"), ExportFormat::Har, all());
        QSignalSpy progressed(&job, &ExportJob::progressed);
        job.start();
        QVERIFY(progressed.wait());
    }
    QCOMPARE(QDir(folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList());
    add(10);
    ExportJob job(*log, file("x.csv"), ExportFormat::Csv, all());
    QSignalSpy finished(&job, &ExportJob::finished);
    job.start();
    log->clear();
    QVERIFY(finished.wait());
    const auto result = finished.first().at(0).value<ExportJob::Result>();
    QCOMPARE(result.gone, 2010ULL);
    QCOMPARE(result.exchanges, 0ULL);
}

void TestFiles::saysWhyAnExportFailed()
{
    add(1);
    ExportJob job(*log, file("none/x.har"), ExportFormat::Har, all());
    QSignalSpy failed(&job, &ExportJob::failed);
    job.start();
    QVERIFY(failed.wait());
    QVERIFY(failed.first().at(0).value<Error>().text.contains(QStringLiteral("cannot be written")));
}

void TestFiles::importsIntoTheLogWithoutAHookNoticing()
{
    add(700);
    ExportJob writing(*log, file("x.har"), ExportFormat::Har, all());
    QSignalSpy written(&writing, &ExportJob::finished);
    writing.start();
    QVERIFY(written.wait());

    EventLog other;
    QSignalSpy appended(&other, &EventLog::appended);
    QSignalSpy restored(&other, &EventLog::restored);
    ImportJob reading(other, file("x.har"));
    QSignalSpy finished(&reading, &ImportJob::finished);
    reading.start();
    QVERIFY(finished.wait());
    QCOMPARE(finished.first().at(0).value<ImportCounts>().exchanges, 700ULL);
    QCOMPARE(other.end() - other.begin(), 700ULL);
    QCOMPARE(appended.count(), 0);
    QVERIFY(restored.count() > 0);
    QVERIFY(other.record(0)->id == log->record(0)->id);
}

void TestFiles::importsNothingTwice()
{
    add(3);
    ExportJob writing(*log, file("x.jsonl"), ExportFormat::Jsonl, all());
    QSignalSpy written(&writing, &ExportJob::finished);
    writing.start();
    QVERIFY(written.wait());
    ImportJob reading(*log, file("x.jsonl"));
    QSignalSpy finished(&reading, &ImportJob::finished);
    reading.start();
    QVERIFY(finished.wait());
    QCOMPARE(finished.first().at(0).value<ImportCounts>().exchanges, 0ULL);
    QCOMPARE(finished.first().at(0).value<ImportCounts>().known, 3ULL);
    QCOMPARE(log->end() - log->begin(), 3ULL);
}

void TestFiles::copiesTheSelectionAsCurl()
{
    add(3);
    page->view().selectAll();
    page->view().copyAsCurl();
    const QString text = QGuiApplication::clipboard()->text();
    QCOMPARE(text.count(QStringLiteral("curl --request 'POST'")), 3);
    QVERIFY(text.contains(QStringLiteral("--url 'https://api.openai.com/v1/responses'")));
}

QTEST_MAIN(TestFiles)
#include "tst_files.moc"
