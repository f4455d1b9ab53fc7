#include "running.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

using namespace hookscope;

namespace {

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

Hook program(const QStringList &command)
{
    ExecTarget exec;
    exec.command = command;
    exec.timeoutMs = 20'000; // no test waits for it
    return hookTo(text("a"), exec);
}

Hook shell(const char *script)
{
    return program({text("/bin/sh"), text("-c"), text(script)});
}

} // namespace

class TestPrograms : public QObject {
    Q_OBJECT
private slots:
    void init() { folder = std::make_unique<QTemporaryDir>(); }
    void givesTheEventToTheProgram();
    void saysWhatBecameOfIt_data();
    void saysWhatBecameOfIt();
    void endsWhatTakesTooLong();
    void leavesNothingBehind();
    void keepsTheOrder();
    void givesNoCredentialOn();
    void waitsForThemAtTheEnd();
    void testsOne();

private:
    QByteArray content(const QString &name) const
    {
        QFile file(folder->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> folder;
};

void TestPrograms::givesTheEventToTheProgram()
{
    Running running;
    const QString out = folder->filePath(text("out"));
    running.setHooks({program({text("/bin/sh"), text("-c"), text("cat >> \"$1\""), text("sh"), out})});
    running.dispatch(batchOf({proxyEvent(HookEvent::OnRequest, "http://example.com/$HOME;`id`")}));
    QTRY_COMPARE(running.counts("a").delivered, 1u);
    const QByteArray got = content(text("out"));
    QVERIFY(got.startsWith('{') && got.endsWith("}\n"));
    QVERIFY(got.contains("http://example.com/$HOME;`id`"));
    QVERIFY(running.attempts.value(0).isDelivered);
}

void TestPrograms::saysWhatBecameOfIt_data()
{
    QTest::addColumn<Hook>("hook");
    QTest::addColumn<QString>("said"); // part of it; empty: it succeeded
    QTest::newRow("reads nothing") << program({text("/bin/true")}) << QString();
    QTest::newRow("closes its input") << shell("exec <&-; sleep 0.1") << QString();
    QTest::newRow("fails") << shell("cat >/dev/null; echo no such thing >&2; exit 3")
                           << text("It ended with exit code 3: no such thing");
    QTest::newRow("ends by a signal") << shell("kill -9 $$") << text("signal 9");
    QTest::newRow("is not there") << program({text("/no/such/program")}) << text("is not there");
    QTest::newRow("is a folder") << program({text("/bin/")}) << text("is no program");
    QTest::newRow("cannot be executed") << program({text("/etc/passwd")}) << text("is no program");
    Hook hungry = program({text("/usr/bin/python3"), text("-c"), text("bytearray(1 << 30)")});
    std::get<ExecTarget>(hungry.target).memoryMb = 200;
    QTest::newRow("wants too much memory") << hungry << text("MemoryError");
}

void TestPrograms::saysWhatBecameOfIt()
{
    QFETCH(Hook, hook);
    QFETCH(QString, said);
    Running running;
    running.setHooks({hook});
    running.dispatch(requests(1));
    QTRY_COMPARE(running.attempts.size(), 1);
    QTRY_COMPARE(running.counts("a").delivered, said.isEmpty() ? 1u : 0u);
    QTRY_COMPARE(running.counts("a").failed, said.isEmpty() ? 0u : 1u);
    if (said.contains(text("MemoryError")))
        QVERIFY2(running.attempts[0].answer.contains("MemoryError"), running.attempts[0].answer.constData());
    else
        QVERIFY2(running.attempts[0].text.contains(said), qPrintable(running.attempts[0].text));
    QVERIFY(running.attempts[0].answer.size() <= 1024);
}

void TestPrograms::endsWhatTakesTooLong()
{
    Hook hook = shell("trap '' TERM; while :; do sleep 1; done");
    std::get<ExecTarget>(hook.target).timeoutMs = 50;
    Running running;
    running.setHooks({hook});
    running.dispatch(requests(1));
    QTRY_COMPARE_WITH_TIMEOUT(running.counts("a").failed, 1u, 15'000);
    QVERIFY2(running.counts("a").lastError.contains(text("ended after 0.05 s")),
             qPrintable(running.counts("a").lastError));
}

void TestPrograms::leavesNothingBehind()
{
    const QString out = folder->filePath(text("pid"));
    Running running;
    running.setHooks({program({text("/bin/sh"), text("-c"),
                               text("sleep 1000 >/dev/null 2>&1 & echo $! > \"$1\""), text("sh"), out})});
    running.dispatch(requests(1));
    QTRY_COMPARE(running.counts("a").delivered, 1u);
    const int pid = content(text("pid")).trimmed().toInt();
    QVERIFY(pid > 0);
    QTRY_VERIFY(::kill(pid, 0) != 0 || content(text("pid")).isEmpty()
                || QFile(QStringLiteral("/proc/%1/stat").arg(pid)).exists() == false || [pid] {
                       QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
                       return stat.open(QIODevice::ReadOnly)
                           && stat.readAll().contains(") Z "); // nobody waits for it here
                   }());
}

void TestPrograms::keepsTheOrder()
{
    const QString out = folder->filePath(text("out"));
    Running running;
    running.setHooks(
        {program({text("/bin/sh"), text("-c"), text("grep -o 'x/[0-9]*' >> \"$1\""), text("sh"), out})});
    std::vector<Event> events;
    QByteArray expected;
    for (int i = 0; i < 20; ++i) {
        events.emplace_back(proxyEvent(HookEvent::OnRequest, "http://example.com/x/" + std::to_string(i)));
        expected += "x/" + QByteArray::number(i) + '\n';
    }
    running.dispatch(batchOf(events));
    QTRY_COMPARE_WITH_TIMEOUT(running.counts("a").delivered, 20u, 20'000);
    QCOMPARE(content(text("out")), expected);
}

void TestPrograms::givesNoCredentialOn()
{
    qputenv("OPENAI_API_KEY", "sk-of-the-user");
    const QString out = folder->filePath(text("out"));
    Running running;
    running.setHooks({program({text("/bin/sh"), text("-c"), text("env > \"$1\""), text("sh"), out})});
    running.dispatch(requests(1));
    QTRY_COMPARE(running.counts("a").delivered, 1u);
    const QByteArray environment = content(text("out"));
    qunsetenv("OPENAI_API_KEY");
    QVERIFY(environment.contains("PATH="));
    QVERIFY(!environment.contains("sk-of-the-user"));
}

void TestPrograms::waitsForThemAtTheEnd()
{
    const QString out = folder->filePath(text("out"));
    Running running;
    running.setHooks(
        {program({text("/bin/sh"), text("-c"), text("sleep 0.2; echo done >> \"$1\""), text("sh"), out})});
    running.dispatch(requests(3));
    running.flush(20'000);
    QTRY_COMPARE_WITH_TIMEOUT(running.flushed, 1, 20'000);
    QCOMPARE(content(text("out")), QByteArray("done\ndone\ndone\n"));
}

void TestPrograms::testsOne()
{
    Running running;
    running.test(shell("echo got it; exit 1"));
    QTRY_COMPARE(running.tested.size(), 1);
    QVERIFY(!running.tested[0].delivered);
    QVERIFY2(running.tested[0].text.startsWith(text("It ended with exit code 1: got it")),
             qPrintable(running.tested[0].text));
}

QTEST_GUILESS_MAIN(TestPrograms)
#include "tst_programs.moc"
