#include "app/attachdesk.h"
#include "app/instancelock.h"
#include "app/runcount.h"
#include "app/runningwindow.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace hookscope;

namespace {

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

// A provider on loopback that answers each request with one sentence of ten and twenty tokens.
class Provider : public QTcpServer {
public:
    Provider()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                if (!socket->peek(65536).contains("\r\n\r\n"))
                    return;
                socket->readAll();
                const QByteArray body =
                    R"({"id":"c1","object":"chat.completion","model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,)"
                    R"("message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],)"
                    R"("usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30}})";
                socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: "
                              "close\r\nContent-Length: "
                              + QByteArray::number(body.size()) + "\r\n\r\n" + body);
                socket->disconnectFromHost();
            });
        });
    }

    QStringList asRoute() const
    {
        return {text("--route"), text("openai=http://127.0.0.1:") + QString::number(serverPort())};
    }
};

struct Outcome {
    int exitCode = -1;
    QString out;
    QString err;
};

// The program itself, in folders of its own.
class Program {
public:
    Program()
    {
        m_process.setProgram(QStringLiteral(HOOKSCOPE_BINARY));
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *name :
             {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy",
              "no_proxy", "SSL_CERT_FILE", "OPENAI_BASE_URL", "NODE_EXTRA_CA_CERTS"})
            environment.remove(text(name));
        environment.insert(text("XDG_RUNTIME_DIR"), m_folder.path());
        m_process.setProcessEnvironment(environment);
    }

    void start(const QStringList &arguments)
    {
        m_process.setArguments(QStringList{text("--config-dir"), m_folder.filePath(text("c")),
                                           text("--data-dir"), m_folder.filePath(text("d"))}
                               + arguments);
        m_process.start();
    }

    Outcome outcome()
    {
        // The provider lives on this thread: its events must run meanwhile.
        const bool hasEnded =
            QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, 30'000);
        m_err += QString::fromUtf8(m_process.readAllStandardError());
        return {hasEnded ? m_process.exitCode() : -1, QString::fromUtf8(m_process.readAllStandardOutput()),
                m_err};
    }

    Outcome run(const QStringList &arguments)
    {
        start(arguments);
        m_process.closeWriteChannel();
        return outcome();
    }

    bool waitForOutput(const QByteArray &line)
    {
        return QTest::qWaitFor([&] { return m_process.peek(4096).contains(line); }, 15'000);
    }

    QProcess &process() { return m_process; }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_err;
};

} // namespace

class TestRunCommand : public QObject {
    Q_OBJECT
private slots:
    void passesTheExitCodeOn_data();
    void passesTheExitCodeOn();
    void passesInputAndOutputOn();
    void passesArgumentsAsTheyAre();
    void passesSignalsOn_data();
    void passesSignalsOn();
    void givesBackWhatItWasStartedWith();
    void leadsTheCommandThroughTheProxy_data();
    void leadsTheCommandThroughTheProxy();
    void saysWhenNothingWasSeen();
    void saysWhyNothingMayHaveBeenSeen_data();
    void saysWhyNothingMayHaveBeenSeen();
    void writesAuditLinesIfAsked();
    void deliversHooksBeforeItEnds();
    void keepsTheUsersBaseUrlAndSaysSo();
    void answersFromTheWindow();
    void printsAnEnvironment();
};

void TestRunCommand::passesTheExitCodeOn_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("said");
    const auto shell = [](const char *script) {
        return QStringList{text("sh"), text("-c"), text(script)};
    };
    QTest::newRow("0") << shell("exit 0") << 0 << text("no LLM call was seen");
    QTest::newRow("7") << shell("exit 7") << 7 << text("no LLM call was seen");
    QTest::newRow("killed") << shell("kill -9 $$") << 137 << text("no LLM call was seen");
    QTest::newRow("terminated") << shell("kill -TERM $$") << 143 << text("no LLM call was seen");
    QTest::newRow("after --") << QStringList{text("--"), text("sh"), text("-c"), text("exit 3")} << 3
                              << QString();
    QTest::newRow("no such command") << QStringList{text("no-such-command")} << 127
                                     << text("hookscope: Cannot run 'no-such-command': no such command");
    QTest::newRow("no such path") << QStringList{text("/no/such")} << 127 << text("Cannot run '/no/such'");
    QTest::newRow("not executable") << QStringList{text("/etc/passwd")} << 126
                                    << text("Cannot run '/etc/passwd'");
    QTest::newRow("a folder") << QStringList{text("/tmp")} << 126 << text("Cannot run '/tmp'");
}

void TestRunCommand::passesTheExitCodeOn()
{
    QFETCH(QStringList, command);
    QFETCH(QString, said);
    const Outcome outcome = Program().run(QStringList{text("--run")} + command);
    QTEST(outcome.exitCode, "exitCode");
    QVERIFY2(outcome.err.contains(said), qPrintable(outcome.err));
    QCOMPARE(outcome.out, QString());
}

void TestRunCommand::passesInputAndOutputOn()
{
    Program program;
    program.start({text("--run"), text("sh"), text("-c"), text("cat; echo to stderr >&2")});
    program.process().write("a\nb");
    program.process().closeWriteChannel();
    const Outcome outcome = program.outcome();
    QCOMPARE(outcome.out, text("a\nb"));
    QVERIFY(outcome.err.contains(text("to stderr\n")));
}

void TestRunCommand::passesArgumentsAsTheyAre()
{
    const Outcome outcome = Program().run({text("--run"), text("printf"), text("%s|"), text("--help"),
                                           QString(), text("a b"), text("--run"), text("--"), text("ü$'\"")});
    QCOMPARE(outcome.out, text("--help||a b|--run|--|ü$'\"|"));
    QCOMPARE(outcome.exitCode, 0);
}

void TestRunCommand::passesSignalsOn_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("name");
    QTest::newRow("interrupt") << SIGINT << text("INT");
    QTest::newRow("terminate") << SIGTERM << text("TERM");
    QTest::newRow("hang up") << SIGHUP << text("HUP");
    QTest::newRow("user's") << SIGUSR1 << text("USR1");
}

void TestRunCommand::passesSignalsOn()
{
    QFETCH(int, number);
    QFETCH(QString, name);
    Program program;
    program.start(
        {text("--run"), text("sh"), text("-c"),
         text("trap 'echo got %1; exit 5' %1; echo ready; while :; do sleep 0.05; done").arg(name)});
    QVERIFY(program.waitForOutput("ready"));
    ::kill(static_cast<pid_t>(program.process().processId()), number);
    const Outcome outcome = program.outcome();
    QCOMPARE(outcome.exitCode, 5);
    QCOMPARE(outcome.out, text("ready\ngot %1\n").arg(name));
    QVERIFY2(outcome.err.contains(text("no LLM call was seen")),
             qPrintable(outcome.err)); // ended in good order
}

void TestRunCommand::givesBackWhatItWasStartedWith()
{
    const mode_t mask = ::umask(0);
    ::umask(mask);
    rlimit core{};
    ::getrlimit(RLIMIT_CORE, &core);
    const QString limit = core.rlim_cur == RLIM_INFINITY
        ? text("unlimited")
        : QString::number(core.rlim_cur / 512); // sh counts blocks
    // Descriptors above 2, the shell's own and that of the listing apart: none of the engine's.
    const Outcome outcome = Program().run(
        {text("--run"), text("sh"), text("-c"),
         text("umask; ulimit -c; grep SigIgn /proc/self/status | cut -c9-; ls -l /proc/self/fd | grep -c -e "
              "socket -e eventpoll -e eventfd")});
    const QStringList lines = outcome.out.split(QLatin1Char('\n'));
    QVERIFY2(lines.size() >= 4, qPrintable(outcome.err));
    QCOMPARE(lines[0].toUInt(nullptr, 8), uint(mask));
    QCOMPARE(lines[1], limit);
    QCOMPARE(lines[2].trimmed().toULongLong(nullptr, 16) & (1ULL << (SIGXFSZ - 1)), 0ULL);
    QCOMPARE(lines[3], text("0"));
}

void TestRunCommand::leadsTheCommandThroughTheProxy_data()
{
    QTest::addColumn<QString>("script");
    const char *const call = "curl -sS -H 'content-type: application/json' -d '{\"model\":\"gpt-4o-mini\"}' ";
    QTest::newRow("base URL") << text(call) + text("$OPENAI_BASE_URL/chat/completions");
    // curl sends a base URL through http_proxy as well.
    QTest::newRow("base URL by the proxy, whatever is excluded")
        << text("unset NO_PROXY no_proxy; ") + text(call) + text("$OPENAI_BASE_URL/chat/completions");
}

void TestRunCommand::leadsTheCommandThroughTheProxy()
{
    QFETCH(QString, script);
    const Provider provider;
    const Outcome outcome =
        Program().run(provider.asRoute() + QStringList{text("--run"), text("sh"), text("-c"), script});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY2(outcome.out.contains(text("\"total_tokens\":30")), qPrintable(outcome.out));
    const QString last = outcome.err.trimmed().section(QLatin1Char('\n'), -1);
    const QRegularExpression summary(
        text("^hookscope: sh: 1 request, 1 LLM call, 10 tokens in, 20 out, \\$0\\.0000135$"));
    QVERIFY2(summary.match(last).hasMatch(), qPrintable(last));
    QVERIFY(!outcome.err.contains(text("[proxy:")));
}

void TestRunCommand::saysWhenNothingWasSeen()
{
    UsageTotals::Overall overall;
    QCOMPARE(runSummary(overall), text("0 requests, no LLM call was seen"));
    overall.requests = 3;
    overall.errors = 1;
    overall.calls = 2;
    overall.withoutUsage = 2;
    overall.withoutCost = 2;
    QCOMPARE(runSummary(overall), text("3 requests (1 failed), 2 LLM calls, tokens unknown, cost unknown"));
    overall.withoutUsage = 1;
    overall.inputTokens = 10;
    overall.outputTokens = 5;
    overall.withoutCost = 1;
    overall.cost = 1'500'000'000'000;
    QCOMPARE(runSummary(overall),
             text("3 requests (1 failed), 2 LLM calls, ≥ 10 tokens in, ≥ 5 out, ≥ $1.50"));
}

void TestRunCommand::saysWhyNothingMayHaveBeenSeen_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("isSaid");
    const QStringList opened{text("--intercept"), text("api.openai.com")};
    QTest::newRow("opened, and nothing came") << opened << text("exit 0") << true;
    QTest::newRow("opened, and something came")
        << opened << text("curl -sS -o /dev/null \"$HTTP_PROXY/openai/\"") << false;
    QTest::newRow("not opened") << QStringList() << text("exit 0") << false;
}

void TestRunCommand::saysWhyNothingMayHaveBeenSeen()
{
    QFETCH(QStringList, options);
    QFETCH(QString, script);
    const Provider provider;
    const Outcome outcome = Program().run(provider.asRoute() + options
                                          + QStringList{text("--run"), text("sh"), text("-c"), script});
    QCOMPARE(outcome.exitCode, 0);
    const qsizetype hint = outcome.err.indexOf(text("does not look at HTTPS_PROXY"));
    QTEST(hint >= 0, "isSaid");
    QVERIFY(outcome.err.lastIndexOf(text("hookscope: sh: ")) > hint); // the summary stays the last line
}

void TestRunCommand::writesAuditLinesIfAsked()
{
    const Provider provider;
    const QStringList command{text("--run"), text("sh"), text("-c"),
                              text("curl -sS $OPENAI_BASE_URL/models -d '{}'")};
    const Outcome outcome = Program().run(provider.asRoute() + QStringList{text("--audit")} + command);
    QVERIFY2(outcome.err.contains(text("[proxy:audit] sh POST http://127.0.0.1")), qPrintable(outcome.err));
}

void TestRunCommand::deliversHooksBeforeItEnds()
{
    const QTemporaryDir folder;
    const QString lines = folder.filePath(text("lines"));
    QFile set(folder.filePath(text("set.json")));
    QVERIFY(set.open(QIODevice::WriteOnly));
    set.write(R"([{"name":"f","event":"on_response","target":{"type":"file","path":")" + lines.toUtf8()
              + R"("}}])");
    set.close();
    const Provider provider;
    const Outcome outcome = Program().run(
        provider.asRoute()
        + QStringList{text("--hooks"), set.fileName(), text("--run"), text("sh"), text("-c"),
                      text("curl -sS $OPENAI_BASE_URL/chat/completions -d '{\"model\":\"m\"}'")});
    QFile file(lines);
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(outcome.err));
    const QByteArray content = file.readAll();
    QVERIFY(content.contains("\"input_tokens\":10"));
    QVERIFY(content.contains("\"sandbox\":\"sh\""));
}

void TestRunCommand::keepsTheUsersBaseUrlAndSaysSo()
{
    Program program;
    QProcessEnvironment environment = program.process().processEnvironment();
    environment.insert(text("OPENAI_BASE_URL"), text("https://gateway.test/v1"));
    program.process().setProcessEnvironment(environment);
    const Outcome outcome = program.run({text("--run"), text("printenv"), text("OPENAI_BASE_URL")});
    QCOMPARE(outcome.out, text("https://gateway.test/v1\n"));
    QVERIFY2(outcome.err.contains(text("OPENAI_BASE_URL is set already and was kept")),
             qPrintable(outcome.err));
}

// Both sides in one process: the asking one waits, so that its lines are sent by hand.
void TestRunCommand::answersFromTheWindow()
{
    const QTemporaryDir folder;
    EventLog log;
    InstanceLock lock(folder.path());
    QVERIFY(lock.acquire());
    AttachDesk desk(log);
    connect(&lock, &InstanceLock::asked, &desk, &AttachDesk::answer);
    LaunchInputs inputs;
    inputs.port = 9001;
    desk.setInputs(inputs);
    const auto ask = [](QLocalSocket &socket, const QByteArray &question) {
        socket.write(question + '\n');
        return QTest::qWaitFor([&] { return socket.canReadLine(); }) ? socket.readLine() : QByteArray();
    };
    QLocalSocket first;
    first.connectToServer(InstanceLock::socketName(folder.path()));
    auto told = launchInputsFromJson(ask(first, "where"));
    QVERIFY(told && *told == inputs);
    told = launchInputsFromJson(ask(first, "attach a%20b"));
    QCOMPARE(told ? told->sandbox : QString(), text("a b"));
    QLocalSocket second;
    second.connectToServer(InstanceLock::socketName(folder.path()));
    told = launchInputsFromJson(ask(second, "attach a%20b"));
    QCOMPARE(told ? told->sandbox : QString(), text("a b-2"));
    const auto start = [&log](const char *sandbox) {
        Started started;
        started.id = ExchangeId::next();
        started.sandbox = sandbox;
        ProxyEvent ended;
        ended.event = HookEvent::OnResponse;
        ended.id = started.id;
        ended.sandbox = sandbox;
        log.append(std::make_shared<const std::vector<RedactedEvent>>(
            std::vector{redact(started, {}), redact(ended, {})}));
    };
    for (const char *sandbox : {"a b", "a b", "a b-2", "local"})
        start(sandbox);
    QCOMPARE(ask(first, "summary"), QByteArray("{\"summary\":\"2 requests, no LLM call was seen\"}\n"));
    QCOMPARE(ask(second, "summary"), QByteArray("{\"summary\":\"1 request, no LLM call was seen\"}\n"));
    first.disconnectFromServer();
    second.write("nonsense\n");
    QTRY_COMPARE(second.state(), QLocalSocket::UnconnectedState);
}

void TestRunCommand::printsAnEnvironment()
{
    const Outcome outcome =
        Program().run({text("--print-env"), text("--shell"), text("fish"), text("--sandbox"), text("me"),
                       text("--listen"), text("127.0.0.1:9009")});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.out.contains(text("set -gx ANTHROPIC_BASE_URL http://127.0.0.1:9009/~me/anthropic\n")));
    QVERIFY2(outcome.err.contains(text("no window runs now")), qPrintable(outcome.err));
    Program program;
    const Outcome undone = program.run({text("--print-env"), text("--undo")});
    QCOMPARE(undone.out, QString());
    QVERIFY(undone.err.contains(text("nothing to take back")));
}

QTEST_GUILESS_MAIN(TestRunCommand)
#include "tst_runcommand.moc"
