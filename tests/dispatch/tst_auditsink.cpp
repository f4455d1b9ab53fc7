#include "core/dispatch/auditsink.h"

#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace hookscope;

class AuditSinkTest : public QObject {
    Q_OBJECT

    int m_read = -1;
    int m_write = -1;

    // Everything that can be read at once.
    QByteArray readAll() const
    {
        QByteArray all;
        char buffer[4096];
        for (ssize_t n; (n = ::read(m_read, buffer, sizeof buffer)) > 0;)
            all.append(buffer, n);
        return all;
    }

    static QByteArray line(int i)
    {
        return "[proxy:audit] line " + QByteArray::number(i) + ' ' + QByteArray(80, 'x');
    }

private slots:
    void init()
    {
        int ends[2];
        QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
        m_read = ends[0];
        m_write = ends[1];
        QCOMPARE(::fcntl(m_read, F_SETFL, O_NONBLOCK), 0);
    }

    void cleanup()
    {
        ::close(m_read);
        ::close(m_write);
    }

    void writesLines()
    {
        AuditSink sink(m_write);
        QVERIFY(sink.append("one"));
        QVERIFY(sink.append("two"));
        sink.write();
        QVERIFY(sink.isDrained());
        QCOMPARE(readAll(), QByteArray("one\ntwo\n"));
    }

    void writesNothingWithoutADescriptor()
    {
        AuditSink sink(-1);
        QVERIFY(sink.append("one"));
        sink.write();
        QVERIFY(sink.isDrained());
    }

    void leavesTheFlagsOfTheDescriptorAlone()
    {
        const int before = ::fcntl(m_write, F_GETFL);
        AuditSink sink(m_write);
        for (int i = 0; i < 20'000; ++i)
            sink.append(line(i).toStdString());
        sink.write();
        QCOMPARE(::fcntl(m_write, F_GETFL), before);
    }

    void doesNotWaitForAStalledReader()
    {
        AuditSink sink(m_write);
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < 20'000; ++i)
            ++(sink.append(line(i).toStdString()) ? accepted : refused);
        sink.write();
        QVERIFY(!sink.isDrained());
        QVERIFY(refused > 0);

        QSignalSpy drained(&sink, &AuditSink::drained);
        QByteArray all;
        QTRY_VERIFY((all += readAll(), drained.count() > 0));
        all += readAll();
        QByteArray expected;
        for (int i = 0; i < accepted; ++i)
            expected += line(i) + '\n';
        expected += "[proxy:audit] " + QByteArray::number(refused) + " lines left out\n";
        QCOMPARE(all.size(), expected.size());
        QVERIFY(all == expected);

        QVERIFY(sink.append("again"));
        sink.write();
        QCOMPARE(readAll(), QByteArray("again\n"));
    }

    void writesALineThatIsLongerThanAPipeTakesAtOnce()
    {
        AuditSink sink(m_write);
        const std::string longLine(200'000, 'y');
        QVERIFY(sink.append("first"));
        QVERIFY(sink.append(longLine));
        sink.write();
        QByteArray all;
        QTRY_COMPARE((all += readAll(), all.size()), 200'007);
        QVERIFY(sink.isDrained());
    }

    void survivesAReaderThatLeft()
    {
        ::close(m_read);
        m_read = -1;
        AuditSink sink(m_write);
        QVERIFY(sink.append("one"));
        sink.write();
        QVERIFY(sink.isDrained());
        QVERIFY(!sink.append("two"));
    }

    void doesNotWaitForAStalledSocket()
    {
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
        AuditSink sink(ends[0]);
        for (int i = 0; i < 20'000; ++i)
            sink.append(line(i).toStdString());
        sink.write();
        QVERIFY(!sink.isDrained());
        ::close(ends[1]);
        QTRY_VERIFY(sink.isDrained());
        ::close(ends[0]);
    }

    void doesNotWaitForAStoppedTerminal()
    {
        const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
        QVERIFY(master >= 0);
        QCOMPARE(::grantpt(master), 0);
        QCOMPARE(::unlockpt(master), 0);
        const int terminal = ::open(::ptsname(master), O_WRONLY | O_NOCTTY | O_CLOEXEC);
        QVERIFY(terminal >= 0);
        {
            AuditSink sink(terminal);
            for (int i = 0; i < 20'000; ++i)
                sink.append(line(i).toStdString());
            sink.write();
            QVERIFY(!sink.isDrained());
            QCOMPARE(::fcntl(terminal, F_GETFL) & O_NONBLOCK, 0);
        }
        ::close(terminal);
        ::close(master);
    }

    void appendsToAFile()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        AuditSink sink(file.handle());
        for (int i = 0; i < 30'000; ++i)
            QVERIFY(sink.append(line(i).toStdString()));
        sink.write();
        QVERIFY(file.seek(0));
        QCOMPARE(file.readAll().count('\n'), 30'000);
    }
};

QTEST_GUILESS_MAIN(AuditSinkTest)
#include "tst_auditsink.moc"
