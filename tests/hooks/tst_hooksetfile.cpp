#include "core/hooks/hooksetfile.h"

#include <QFile>
#include <QSaveFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace hookscope;

class HookSetFileTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_count = 0;

    QString newPath() { return m_dir.filePath(QStringLiteral("set%1.json").arg(++m_count)); }

    static bool write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }

    static bool replace(const QString &path, const QByteArray &bytes)
    {
        QSaveFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
    }

private slots:
    void noticesAFileWrittenInPlace()
    {
        const QString path = newPath();
        QVERIFY(write(path, "one"));
        HookSetFile file;
        QSignalSpy spy(&file, &HookSetFile::changedOutside);
        file.watch(path);
        QVERIFY(write(path, "two"));
        QTRY_COMPARE(spy.count(), 1);
        QCOMPARE(spy.first().first().toString(), path);
    }

    void noticesEverySaveByRename()
    {
        const QString path = newPath();
        QVERIFY(write(path, "0"));
        HookSetFile file;
        QSignalSpy spy(&file, &HookSetFile::changedOutside);
        file.watch(path);
        for (int i = 1; i <= 3; ++i) {
            QVERIFY(replace(path, QByteArray::number(i)));
            QTRY_COMPARE(spy.count(), i);
        }
    }

    void noticesRemovalAndReturn()
    {
        const QString path = newPath();
        QVERIFY(write(path, "one"));
        HookSetFile file;
        QSignalSpy spy(&file, &HookSetFile::changedOutside);
        file.watch(path);
        QVERIFY(QFile::remove(path));
        QTRY_COMPARE(spy.count(), 1);
        QVERIFY(write(path, "two"));
        QTRY_COMPARE(spy.count(), 2);
    }

    void tellsOnceOfABurst()
    {
        const QString path = newPath();
        QVERIFY(write(path, "one"));
        HookSetFile file;
        QSignalSpy spy(&file, &HookSetFile::changedOutside);
        file.watch(path);
        for (int i = 0; i < 20; ++i)
            QVERIFY(replace(path, "burst " + QByteArray::number(i)));
        QTRY_COMPARE(spy.count(), 1);
        QVERIFY(!spy.wait(500));
    }

    void isSilentAboutTheSameContentAndOwnSaves()
    {
        const QString path = newPath();
        QVERIFY(write(path, "one"));
        HookSetFile file;
        QSignalSpy spy(&file, &HookSetFile::changedOutside);
        file.watch(path);
        QVERIFY(replace(path, "one"));
        QVERIFY(replace(path, "own"));
        file.saved();
        QVERIFY(write(m_dir.filePath(QStringLiteral("neighbour")), "x"));
        QVERIFY(!spy.wait(600));
    }

    void watchesOneFileOnly()
    {
        const QString first = newPath();
        const QString second = newPath();
        QVERIFY(write(first, "one"));
        QVERIFY(write(second, "one"));
        HookSetFile file;
        QSignalSpy spy(&file, &HookSetFile::changedOutside);
        file.watch(first);
        file.watch(second);
        QCOMPARE(file.path(), second);
        QVERIFY(write(first, "two"));
        QVERIFY(!spy.wait(500));
        file.watch(QString());
        QVERIFY(write(second, "two"));
        QVERIFY(!spy.wait(500));
    }

    void doesNotWaitForAPipeInItsPlace()
    {
        const QString path = newPath();
        QVERIFY(write(path, "one"));
        HookSetFile file;
        QSignalSpy spy(&file, &HookSetFile::changedOutside);
        file.watch(path);
        QVERIFY(QFile::remove(path));
        QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
        QTRY_COMPARE(spy.count(), 1);
    }
};

QTEST_GUILESS_MAIN(HookSetFileTest)
#include "tst_hooksetfile.moc"
