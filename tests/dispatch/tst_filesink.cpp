#include "core/dispatch/filesink.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

using namespace hookscope;

class FileSinkTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_count = 0;

    QString newPath() { return m_dir.filePath(QStringLiteral("hook%1.jsonl").arg(++m_count)); }

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("<cannot be read>");
    }

    static bool write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }

    static int modeOf(const QString &path)
    {
        struct stat status;
        return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777 : -1;
    }

    static const char *nameOf(const QByteArray &encoded) { return encoded.constData(); }

private slots:
    void initTestCase() { std::signal(SIGXFSZ, SIG_IGN); }

    void appendsWholeLines()
    {
        const QString path = newPath();
        FileSink sink;
        QCOMPARE(sink.append(path, "{\"a\":1}\n").error, QString());
        QCOMPARE(sink.append(path, "{\"b\":2}\n{\"c\":3}\n").error, QString());
        QCOMPARE(contentOf(path), QByteArray("{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n"));
        QCOMPARE(modeOf(path), 0600);
    }

    void makesMissingFoldersPrivate()
    {
        const QString path = m_dir.filePath(QStringLiteral("x/y/hook.jsonl"));
        FileSink sink;
        QCOMPARE(sink.append(path, "1\n").error, QString());
        QCOMPARE(modeOf(m_dir.filePath(QStringLiteral("x"))), 0700);
        QCOMPARE(modeOf(m_dir.filePath(QStringLiteral("x/y"))), 0700);
    }

    void opensAnewWhatWasMovedOrRemoved()
    {
        const QString path = newPath();
        const QString moved = newPath();
        FileSink sink;
        QCOMPARE(sink.append(path, "1\n").error, QString());
        QVERIFY(QFile::rename(path, moved));
        QCOMPARE(sink.append(path, "2\n").error, QString());
        QCOMPARE(contentOf(moved), QByteArray("1\n"));
        QCOMPARE(contentOf(path), QByteArray("2\n"));
        QVERIFY(QFile::remove(path));
        QCOMPARE(sink.append(path, "3\n").error, QString());
        QCOMPARE(contentOf(path), QByteArray("3\n"));
    }

    void goesOnBehindATruncation()
    {
        const QString path = newPath();
        FileSink sink;
        QCOMPARE(sink.append(path, "1\n").error, QString());
        QVERIFY(QFile::resize(path, 0));
        QCOMPARE(sink.append(path, "2\n").error, QString());
        QCOMPARE(contentOf(path), QByteArray("2\n"));
    }

    void closesATornLineFirst()
    {
        const QString path = newPath();
        QVERIFY(write(path, "{\"a\":1}\n{\"cut"));
        FileSink sink;
        const FileSink::Outcome first = sink.append(path, "{\"b\":2}\n");
        QCOMPARE(first.error, QString());
        QVERIFY(first.closedTornLine);
        QVERIFY(!sink.append(path, "{\"c\":3}\n").closedTornLine);
        QCOMPARE(contentOf(path), QByteArray("{\"a\":1}\n{\"cut\n{\"b\":2}\n{\"c\":3}\n"));
    }

    void refusesWhatIsNoRegularFile_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind :
             {"folder", "pipe", "pipe with a reader", "socket", "link", "dangling link", "hard link"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void refusesWhatIsNoRegularFile()
    {
        QFETCH(QString, kind);
        const QString path = newPath();
        const QString other = newPath();
        const QByteArray name = QFile::encodeName(path);
        QVERIFY(write(other, "precious"));
        FileSink sink;
        // The kind also comes while the file is in use.
        QCOMPARE(sink.append(path, "1\n").error, QString());
        QVERIFY(QFile::remove(path));
        int reader = -1;
        if (kind == QLatin1String("folder")) {
            QCOMPARE(::mkdir(nameOf(name), 0700), 0);
        } else if (kind.startsWith(QLatin1String("pipe"))) {
            QCOMPARE(::mkfifo(nameOf(name), 0600), 0);
            if (kind.endsWith(QLatin1String("reader")))
                reader = ::open(nameOf(name), O_RDONLY | O_NONBLOCK);
        } else if (kind == QLatin1String("socket")) {
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            qstrncpy(address.sun_path, nameOf(name), sizeof address.sun_path);
            reader = ::socket(AF_UNIX, SOCK_STREAM, 0);
            QCOMPARE(::bind(reader, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
        } else if (kind == QLatin1String("link")) {
            QVERIFY(QFile::link(other, path));
        } else if (kind == QLatin1String("dangling link")) {
            QVERIFY(QFile::link(m_dir.filePath(QStringLiteral("nowhere")), path));
        } else {
            QCOMPARE(::link(nameOf(QFile::encodeName(other)), nameOf(name)), 0);
        }
        const FileSink::Outcome outcome = sink.append(path, "2\n");
        QVERIFY2(outcome.error.contains(path), qPrintable(outcome.error));
        QCOMPARE(contentOf(other), QByteArray("precious"));
        QVERIFY(!QFile::exists(m_dir.filePath(QStringLiteral("nowhere"))));
        if (reader >= 0)
            ::close(reader);
        if (kind == QLatin1String("folder"))
            QCOMPARE(::rmdir(nameOf(name)), 0);
        else
            QVERIFY(QFile::remove(path));
        QCOMPARE(sink.append(path, "3\n").error, QString());
        QCOMPARE(contentOf(path), QByteArray("3\n"));
    }

    void refusesADevice()
    {
        FileSink sink;
        QVERIFY(!sink.append(QStringLiteral("/dev/null"), "1\n").error.isEmpty());
        QVERIFY(!sink.append(QStringLiteral("/dev/full"), "1\n").error.isEmpty());
    }

    void aFileAsFolderIsAFailure()
    {
        const QString path = newPath();
        QVERIFY(write(path, "x"));
        FileSink sink;
        QVERIFY(!sink.append(path + QStringLiteral("/hook.jsonl"), "1\n").error.isEmpty());
    }

    void takesBackWhatAFullDiskDidNotTakeWhole()
    {
        const QString path = newPath();
        FileSink sink;
        QCOMPARE(sink.append(path, "{\"a\":1}\n").error, QString());

        rlimit old;
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &old), 0);
        rlimit small{1000, old.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const FileSink::Outcome full = sink.append(path, QByteArray(3000, 'x') + '\n');
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &old), 0);

        QVERIFY2(full.error.contains(path), qPrintable(full.error));
        QCOMPARE(contentOf(path), QByteArray("{\"a\":1}\n"));
        QCOMPARE(sink.append(path, "{\"b\":2}\n").error, QString());
        QCOMPARE(contentOf(path), QByteArray("{\"a\":1}\n{\"b\":2}\n"));
    }

    void twoWritersLeaveWholeLines()
    {
        const QString path = newPath();
        constexpr int batches = 2000;
        const auto writeAll = [&path](char letter) {
            FileSink sink;
            for (int i = 0; i < batches; ++i)
                sink.append(path, QByteArray(100, letter) + '\n' + QByteArray(50, letter) + '\n');
        };
        std::thread other(writeAll, 'a');
        writeAll('b');
        other.join();
        int whole = 0;
        for (const QByteArray &line : contentOf(path).split('\n')) {
            if (line.isEmpty())
                continue;
            QCOMPARE(line.count(line.at(0)), line.size());
            ++whole;
        }
        QCOMPARE(whole, 4 * batches);
    }

    void neverFollowsALinkThatIsSwappedIn()
    {
        const QString path = newPath();
        const QString target = newPath();
        QVERIFY(write(target, "precious"));
        std::atomic<bool> isDone = false;
        std::thread swapper([&] {
            const QByteArray name = QFile::encodeName(path);
            const QByteArray to = QFile::encodeName(target);
            while (!isDone) {
                ::unlink(name.constData());
                if (::symlink(to.constData(), name.constData()) == 0)
                    ::unlink(name.constData());
            }
        });
        FileSink sink;
        for (int i = 0; i < 10'000; ++i)
            sink.append(path, "line\n");
        isDone = true;
        swapper.join();
        QCOMPARE(contentOf(target), QByteArray("precious"));
    }

    void closesHandlesThatNobodyNeeds()
    {
        const QString path = newPath();
        FileSink sink;
        QCOMPARE(sink.append(path, "1\n").error, QString());
        const auto isOpen = [&path] {
            for (int fd = 0; fd < 256; ++fd) {
                if (QFile::symLinkTarget(QStringLiteral("/proc/self/fd/%1").arg(fd)) == path)
                    return true;
            }
            return false;
        };
        QVERIFY(isOpen());
        sink.closeAllBut({path});
        QVERIFY(isOpen());
        sink.closeAllBut({});
        QVERIFY(!isOpen());
        QCOMPARE(sink.append(path, "2\n").error, QString());
    }
};

QTEST_GUILESS_MAIN(FileSinkTest)
#include "tst_filesink.moc"
