#include "core/formats/exporter.h"

#include "tests/formats/sampleexchanges.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>
#include <unistd.h>

using namespace hookscope;

class TestExporter : public QObject {
    Q_OBJECT
private slots:
    void writesAFileForItsOwnerAlone();
    void leavesNothingWhenCancelled();
    void keepsTheOldFileUntilTheNewOneIsWhole();
    void saysWhyItCannotWrite_data();
    void saysWhyItCannotWrite();
    void failsOnAFullDisk();

private:
    static ExchangeSlice slice(std::vector<Exchange> exchanges)
    {
        return std::make_shared<const std::vector<Exchange>>(std::move(exchanges));
    }
    static QByteArray content(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
};

void TestExporter::writesAFileForItsOwnerAlone()
{
    const QString path = m_folder.filePath(QStringLiteral("out.jsonl"));
    Exporter exporter;
    QSignalSpy written(&exporter, &Exporter::sliceWritten);
    QSignalSpy finished(&exporter, &Exporter::finished);
    exporter.start(path, ExportFormat::Jsonl);
    QCOMPARE(written.count(), 1);
    QVERIFY(!QFile::exists(path));
    exporter.write(slice({samples::finishedCall(), samples::Builder(9).exchange()}));
    exporter.write(slice({samples::tunnel()}));
    QCOMPARE(written.count(), 3);
    exporter.finish();
    QCOMPARE(finished.count(), 1);
    QCOMPARE(finished.first().at(0).toULongLong(), 2ULL);
    QCOMPARE(finished.first().at(1).toULongLong(), 1ULL);
    QCOMPARE(content(path).count('\n'), 5);
    // Those of ReadUser and WriteUser are the test's own, and the same.
    QCOMPARE(int(QFile::permissions(path) & 0xf0ff), int(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
}

void TestExporter::leavesNothingWhenCancelled()
{
    const QDir folder(m_folder.filePath(QStringLiteral("cancelled")));
    QVERIFY(folder.mkpath(QStringLiteral(".")));
    {
        Exporter exporter;
        exporter.start(folder.filePath(QStringLiteral("a.har")), ExportFormat::Har);
        exporter.write(slice({samples::finishedCall()}));
        exporter.cancel();
        exporter.write(slice({samples::finishedCall()}));
        exporter.finish();
        exporter.start(folder.filePath(QStringLiteral("b.har")), ExportFormat::Har);
        exporter.write(slice({samples::finishedCall()}));
    } // the program ends in the middle
    QCOMPARE(folder.entryList(QDir::Files | QDir::Hidden), QStringList());
}

void TestExporter::keepsTheOldFileUntilTheNewOneIsWhole()
{
    const QString path = m_folder.filePath(QStringLiteral("old.csv"));
    QFile old(path);
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    Exporter exporter;
    exporter.start(path, ExportFormat::Csv);
    exporter.write(slice({samples::finishedCall()}));
    QCOMPARE(content(path), "old");
    exporter.finish();
    QVERIFY(content(path).startsWith("timestamp,"));
}

void TestExporter::saysWhyItCannotWrite_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("reason");
    QTest::addRow("no folder") << QStringLiteral("none/x.har") << QStringLiteral("cannot be written");
    QTest::addRow("folder") << QStringLiteral("folder")
                            << QStringLiteral("is not a file that can be replaced");
    QTest::addRow("pipe") << QStringLiteral("pipe") << QStringLiteral("is not a file that can be replaced");
}

void TestExporter::saysWhyItCannotWrite()
{
    QFETCH(QString, name);
    QFETCH(QString, reason);
    const QString path = m_folder.filePath(name);
    if (name == u"folder")
        QDir().mkpath(path);
    if (name == u"pipe")
        QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    Exporter exporter;
    QSignalSpy failed(&exporter, &Exporter::failed);
    QSignalSpy written(&exporter, &Exporter::sliceWritten);
    exporter.start(path, ExportFormat::Har);
    exporter.write(slice({samples::finishedCall()}));
    exporter.finish();
    QCOMPARE(failed.count(), 1);
    QCOMPARE(written.count(), 0);
    const auto error = failed.first().at(0).value<Error>();
    QVERIFY2(error.text.contains(reason) && error.text.contains(path), qUtf8Printable(error.text));
}

void TestExporter::failsOnAFullDisk()
{
    // A file system of one page, if this machine lets us have one.
    const QString path = m_folder.filePath(QStringLiteral("small"));
    QDir().mkpath(path);
    const QString mount = QStringLiteral("mount -t tmpfs -o size=4k tmpfs ") + path;
    if (::geteuid() != 0 || std::system(qPrintable(mount + QStringLiteral(" 2>/dev/null"))) != 0)
        QSKIP("only root can mount a file system");
    Exporter exporter;
    QSignalSpy failed(&exporter, &Exporter::failed);
    QSignalSpy finished(&exporter, &Exporter::finished);
    exporter.start(path + QStringLiteral("/x.jsonl"), ExportFormat::Jsonl);
    for (int i = 0; i < 100; ++i)
        exporter.write(slice(std::vector<Exchange>(10, samples::finishedCall())));
    exporter.finish();
    const QStringList left = QDir(path).entryList(QDir::Files | QDir::Hidden);
    QCOMPARE(std::system(qPrintable(QStringLiteral("umount ") + path)), 0);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(finished.count(), 0);
    QCOMPARE(left, QStringList());
}

QTEST_GUILESS_MAIN(TestExporter)
#include "tst_exporter.moc"
