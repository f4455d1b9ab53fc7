#include "core/dispatch/filerotator.h"
#include "running.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <zstd.h>

using namespace hookscope;

class TestFileRotator : public QObject {
    Q_OBJECT
private slots:
    void init() { folder = std::make_unique<QTemporaryDir>(); }
    void putsAsideWhatIsTooBig();
    void putsAsideWhatIsTooOld();
    void keepsNoMoreThanItSays();
    void compressesWhatIsPutAside();
    void touchesNothingOfOthers();
    void losesNoLine();

private:
    QString path() const { return folder->filePath(QStringLiteral("events.jsonl")); }
    QStringList names() const { return QDir(folder->path()).entryList(QDir::Files, QDir::Name); }
    void write(const QString &name, const QByteArray &content) const
    {
        QFile file(folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QByteArray read(const QString &name) const
    {
        QFile file(folder->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> folder;
};

void TestFileRotator::putsAsideWhatIsTooBig()
{
    FileRotator rotator;
    const FileRotation rotation{100, 0, 3, false};
    QVERIFY(rotator.rotateIfDue(path(), rotation, 1000)); // it is not there yet
    write(QStringLiteral("events.jsonl"), QByteArray(60, 'a'));
    QVERIFY(rotator.rotateIfDue(path(), rotation, 40));
    QCOMPARE(names(), QStringList{QStringLiteral("events.jsonl")});
    QVERIFY(rotator.rotateIfDue(path(), rotation, 41));
    QCOMPARE(names(), QStringList{QStringLiteral("events.jsonl.1")});
    QCOMPARE(read(QStringLiteral("events.jsonl.1")), QByteArray(60, 'a'));
}

void TestFileRotator::putsAsideWhatIsTooOld()
{
    FileRotator rotator;
    write(QStringLiteral("events.jsonl"), "a\n");
    QVERIFY(rotator.rotateIfDue(path(), {0, 3600, 3, false}, 10));
    QCOMPARE(names(), QStringList{QStringLiteral("events.jsonl")});
    QTRY_VERIFY_WITH_TIMEOUT(rotator.rotateIfDue(path(), {0, 1, 3, false}, 10)
                                 && names() == QStringList{QStringLiteral("events.jsonl.1")},
                             10'000);
}

void TestFileRotator::keepsNoMoreThanItSays()
{
    FileRotator rotator;
    for (int i = 0; i < 5; ++i) {
        write(QStringLiteral("events.jsonl"), QByteArray::number(i));
        QVERIFY(rotator.rotateIfDue(path(), {1, 0, 3, false}, 1));
    }
    QCOMPARE(names(),
             (QStringList{QStringLiteral("events.jsonl.1"), QStringLiteral("events.jsonl.2"),
                          QStringLiteral("events.jsonl.3")}));
    QCOMPARE(read(QStringLiteral("events.jsonl.1")), QByteArray("4"));
    QCOMPARE(read(QStringLiteral("events.jsonl.3")), QByteArray("2"));
}

void TestFileRotator::compressesWhatIsPutAside()
{
    QByteArray content;
    for (int i = 0; i < 100'000; ++i)
        content += "{\"line\":" + QByteArray::number(i) + "}\n";
    write(QStringLiteral("events.jsonl"), content);
    {
        FileRotator rotator;
        QVERIFY(rotator.rotateIfDue(path(), {1, 0, 3, true}, 1));
    } // waits
    QCOMPARE(names(), QStringList{QStringLiteral("events.jsonl.1.zst")});
    const QByteArray compressed = read(QStringLiteral("events.jsonl.1.zst"));
    QVERIFY(compressed.size() < content.size() / 4);
    QByteArray unpacked(content.size() + 1, 'x');
    const auto size = ZSTD_decompress(unpacked.data(), std::size_t(unpacked.size()), compressed.constData(),
                                      std::size_t(compressed.size()));
    if (ZSTD_isError(size) != 0) { // a stream does not tell its size beforehand
        ZSTD_DStream *stream = ZSTD_createDStream();
        ZSTD_inBuffer in{compressed.constData(), std::size_t(compressed.size()), 0};
        ZSTD_outBuffer out{unpacked.data(), std::size_t(unpacked.size()), 0};
        while (in.pos < in.size)
            QVERIFY(ZSTD_isError(ZSTD_decompressStream(stream, &out, &in)) == 0);
        ZSTD_freeDStream(stream);
        unpacked.truncate(qsizetype(out.pos));
    } else {
        unpacked.truncate(qsizetype(size));
    }
    QCOMPARE(unpacked, content);
    QCOMPARE(QFile::permissions(folder->filePath(QStringLiteral("events.jsonl.1.zst"))) & QFile::ReadOther,
             QFile::Permissions());
}

void TestFileRotator::touchesNothingOfOthers()
{
    FileRotator rotator;
    QVERIFY(QDir(folder->path()).mkdir(QStringLiteral("events.jsonl.2")));
    write(QStringLiteral("events.jsonl.1"), "before\n");
    write(QStringLiteral("events.jsonl"), "a\n");
    write(QStringLiteral("events.jsonl.old"), "mine");
    const auto done = rotator.rotateIfDue(path(), {1, 0, 3, false}, 1);
    QVERIFY(!done);
    QVERIFY2(done.error().text.contains(QStringLiteral("events.jsonl.2")), qPrintable(done.error().text));
    QCOMPARE(read(QStringLiteral("events.jsonl")), QByteArray("a\n"));
    QVERIFY(QDir(folder->path()).rmdir(QStringLiteral("events.jsonl.2")));
    QVERIFY(rotator.rotateIfDue(path(), {1, 0, 3, false}, 1));
    QCOMPARE(read(QStringLiteral("events.jsonl.old")), QByteArray("mine"));
}

void TestFileRotator::losesNoLine()
{
    const FileTarget target{path(), FileRotation{4096, 0, 1000, false}};
    Running running;
    running.setHooks(
        {hookTo(QStringLiteral("a"), target), hookTo(QStringLiteral("b"), FileTarget{path(), {}})});
    for (int i = 0; i < 50; ++i)
        running.dispatch(requests(10));
    QTRY_COMPARE_WITH_TIMEOUT(running.counts("a").delivered, 500u, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(running.counts("b").delivered, 500u, 20'000);
    QVERIFY(names().size() > 10);
    qsizetype lines = 0;
    for (const QString &name : names()) {
        const QByteArray content = read(name);
        QVERIFY(content.endsWith("}\n"));
        lines += content.count('\n');
    }
    QCOMPARE(lines, qsizetype(1000));
}

QTEST_GUILESS_MAIN(TestFileRotator)
#include "tst_filerotator.moc"
