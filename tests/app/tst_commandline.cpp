#include "app/commandline.h"

#include <QTest>

using namespace hookscope;

class TestCommandLine : public QObject
{
    Q_OBJECT
private slots:
    void refuses_data();
    void refuses();
    void readsWhatIsGiven();
    void readsThePolicy();
    void leavesTheRestToTheSettings();
    void takesAllAfterRunForTheCommand();
    void saysWhenARunNeedsAnEngineOfItsOwn_data();
    void saysWhenARunNeedsAnEngineOfItsOwn();
    void readsPrintEnv();
    void readsWhatToSendAgain();
    void namesEveryOptionInTheHelp();
};

void TestCommandLine::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named"); // what the sentence must name
    const auto row = [](const char *name, const QStringList &arguments, const char *named) {
        QTest::newRow(name) << arguments << QString::fromLatin1(named);
    };
    row("unknown option", {QStringLiteral("--nope")}, "nope");
    row("a stray word", {QStringLiteral("start")}, "start");
    row("listen without a port", {QStringLiteral("--listen"), QStringLiteral("127.0.0.1")}, "--listen");
    row("listen on port 70000", {QStringLiteral("--listen"), QStringLiteral("127.0.0.1:70000")}, "--listen");
    row("listen for everybody", {QStringLiteral("--listen"), QStringLiteral("0.0.0.0:8790")}, "--allow-remote");
    row("route without a URL", {QStringLiteral("--route"), QStringLiteral("x")}, "--route");
    row("route to ftp", {QStringLiteral("--route"), QStringLiteral("x=ftp://a")}, "--route");
    row("connect-to of two parts", {QStringLiteral("--connect-to"), QStringLiteral("a:1")}, "--connect-to");
    row("unknown dialect", {QStringLiteral("--llm-domain"), QStringLiteral("a.test=klingon")}, "--llm-domain");
    row("no threads", {QStringLiteral("--proxy-threads"), QStringLiteral("0")}, "--proxy-threads");
    row("more threads than are allowed", {QStringLiteral("--proxy-threads"), QStringLiteral("17")}, "--proxy-threads");
    row("threads in words", {QStringLiteral("--proxy-threads"), QStringLiteral("two")}, "--proxy-threads");
    row("exit after nothing", {QStringLiteral("--exit-after"), QStringLiteral("0")}, "--exit-after");
    row("exit after a word", {QStringLiteral("--exit-after"), QStringLiteral("soon")}, "--exit-after");
    row("an option without its value", {QStringLiteral("--hooks")}, "hooks");
    const auto with = [&](const char *name, const char *option, const char *value, const char *part) {
        row(name, {QString::fromLatin1(option), QString::fromLatin1(value)}, part);
    };
    with("a blocked URL", "--block-host", "https://a.test", "--block-host https://a.test: leave out the scheme");
    with("every host blocked", "--block-host", "*", "every host");
    with("an allowed star within", "--allow-host", "api.*.test", "--allow-host");
    with("a proxy that speaks TLS", "--upstream-proxy", "https://p.test:3128", "http://");
    with("a proxy with a path", "--upstream-proxy", "http://p.test/x", "ends behind the port");
    with("a proxy with a password", "--upstream-proxy", "http://u:hunter2hunter2@p.test",
         "HOOKSCOPE_UPSTREAM_PROXY_PASSWORD");
    with("a bad exception", "--upstream-proxy-except", "10.0.0.0/8", "--upstream-proxy-except");
    with("a secret without a host", "--secret", "KEY", "NAME:HOST");
    with("a secret with its value", "--secret", "KEY=hunter2hunter2:a.test", "--secret ***: leave the value out");
    with("a secret for a domain", "--secret", "KEY:*.a.test", "one host");
    with("a secret at a port", "--secret", "KEY:a.test:8443", "leave out the port");
    with("a secret in Host", "--secret", "KEY:a.test:Host", "belongs to the connection");
    with("a secret for nobody", "--secret", "KEY:a.test", "--secret-sandbox KEY:LABEL");
    with("a label for no secret", "--secret-sandbox", "KEY:me", "no --secret");
    with("a secret name to store", "--store-secret", "my key", "letters");
    row("run without a command", {QStringLiteral("--run")}, "--run");
    row("run without a command after --", {QStringLiteral("--run"), QStringLiteral("--")}, "--run");
    row("run and demo", {QStringLiteral("--demo"), QStringLiteral("--run"), QStringLiteral("x")}, "--demo");
    row("run and exit after", {QStringLiteral("--exit-after"), QStringLiteral("1"), QStringLiteral("--run"), QStringLiteral("x")},
        "--exit-after");
    row("shell without print-env", {QStringLiteral("--shell"), QStringLiteral("sh")}, "--shell");
    row("undo without print-env", {QStringLiteral("--undo")}, "--undo");
    row("check-trust and run", {QStringLiteral("--check-trust"), QStringLiteral("--run"), QStringLiteral("x")},
        "--check-trust");
    row("check-trust and demo", {QStringLiteral("--check-trust"), QStringLiteral("--demo")}, "--demo");
    row("an unknown shell", {QStringLiteral("--print-env"), QStringLiteral("--shell"), QStringLiteral("tcsh")}, "tcsh");
    row("audit without run", {QStringLiteral("--audit")}, "--audit");
    with("a filter that is none", "--list-given-up", "status>=", "--list-given-up status>=: ");
    row("two things at once",
        {QStringLiteral("--list-given-up"), QString(), QStringLiteral("--resend-given-up"), QString()}, "at a time");
    row("an empty sandbox", {QStringLiteral("--sandbox"), QString()}, "--sandbox");
}

void TestCommandLine::refuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    const auto parsed = parseCommandLine(QStringList{QStringLiteral("hookscope")} + arguments);
    QVERIFY(!parsed);
    QVERIFY2(parsed.error().text.contains(named), qPrintable(parsed.error().text));
    QVERIFY(!parsed.error().text.contains(QLatin1Char('\n')));
    QVERIFY(!parsed.error().text.contains(QStringLiteral("hunter2")));
}

void TestCommandLine::readsWhatIsGiven()
{
    const auto parsed = parseCommandLine(
        {QStringLiteral("hookscope"), QStringLiteral("--headless"), QStringLiteral("--listen"), QStringLiteral("[::1]:0"),
         QStringLiteral("--route"), QStringLiteral("a=http://b:1/c"), QStringLiteral("--route"),
         QStringLiteral("openai=http://127.0.0.1:9"), QStringLiteral("--connect-to"), QStringLiteral("h:443:127.0.0.1:5"),
         QStringLiteral("--llm-domain"), QStringLiteral("llm.test=anthropic"), QStringLiteral("--sandbox"),
         QStringLiteral("me"), QStringLiteral("--exit-after"), QStringLiteral("1.5"), QStringLiteral("--hooks"),
         QStringLiteral("h.json")});
    QVERIFY(parsed);
    QVERIFY(parsed->isHeadless);
    QCOMPARE(parsed->listenHost.value_or(""), std::string("::1"));
    QCOMPARE(int(parsed->listenPort.value_or(1)), 0);
    QCOMPARE(parsed->routes.size(), std::size_t(2));
    QVERIFY(!parsed->routes[0].provider);
    QVERIFY(parsed->routes[1].provider);
    QCOMPARE(parsed->connectTo.size(), std::size_t(1));
    QCOMPARE(parsed->llmDomains[0].dialect, llm::Dialect::Anthropic);
    QCOMPARE(parsed->sandbox.value_or(QString()), QStringLiteral("me"));
    QCOMPARE(parsed->exitAfterMs.value_or(0), 1500);
    QCOMPARE(parsed->hooksFile, QStringLiteral("h.json"));
}

void TestCommandLine::readsThePolicy()
{
    const auto parsed = parseCommandLine(
        QStringLiteral("hookscope --block-host *.bad.test --block-host 10.0.0.1 --allow-host good.test --allowlist-only "
                       "--upstream-proxy http://me@proxy.test:3128 --upstream-proxy-except *.lan.test "
                       "--secret KEY:Api.test --secret OTHER:b.test:x-api-key --secret-sandbox KEY:me "
                       "--secret-sandbox KEY:you --secret-sandbox OTHER:me").split(QLatin1Char(' ')));
    QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().text));
    QCOMPARE(parsed->hosts.blocked.size(), std::size_t(2));
    QCOMPARE(parsed->hosts.allowed.size(), std::size_t(1));
    QVERIFY(parsed->hosts.allowlistOnly);
    QCOMPARE(parsed->upstreamProxy->address(), std::string("proxy.test:3128"));
    QCOMPARE(parsed->upstreamProxy->user, std::string("me"));
    QCOMPARE(parsed->upstreamProxyExceptions.size(), std::size_t(1));
    using Binding = policy::SecretBinding;
    QCOMPARE(parsed->secrets.at(0), (Binding{"KEY", "api.test", "Authorization", "Bearer ", {"me", "you"}}));
    QCOMPARE(parsed->secrets.at(1), (Binding{"OTHER", "b.test", "x-api-key", "", {"me"}}));
}

void TestCommandLine::leavesTheRestToTheSettings()
{
    const auto parsed = parseCommandLine({QStringLiteral("hookscope")});
    QVERIFY(parsed);
    QVERIFY(!parsed->isHeadless);
    QVERIFY(!parsed->listenHost && !parsed->listenPort && !parsed->sandbox && !parsed->exitAfterMs);
}

void TestCommandLine::takesAllAfterRunForTheCommand()
{
    const QStringList command{QStringLiteral("/usr/bin/my claude"), QStringLiteral("--help"), QStringLiteral("--run"),
                              QStringLiteral("--"), QStringLiteral("-p")};
    for (const QStringList &between : {QStringList(), QStringList{QStringLiteral("--")}}) {
        const auto parsed =
            parseCommandLine(QStringList{QStringLiteral("hookscope"), QStringLiteral("--run")} + between + command);
        QVERIFY(parsed);
        QVERIFY(parsed->action == CommandLine::Action::RunCommand);
        QCOMPARE(parsed->command, command);
        QCOMPARE(parsed->sandbox.value_or(QString()), QStringLiteral("myclaude"));
        QVERIFY(parsed->isHeadless && !parsed->isAudited && !parsed->needsOwnEngine);
        QCOMPARE(int(parsed->listenPort.value_or(1)), 0);
    }
}

void TestCommandLine::saysWhenARunNeedsAnEngineOfItsOwn_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<bool>("needs");
    const auto row = [](const char *first, const char *second, bool needs) {
        QTest::newRow(first) << QStringList{QString::fromLatin1(first), QString::fromLatin1(second)} << needs;
    };
    row("--sandbox", "x", false);
    row("--config-dir", "x", false);
    row("--data-dir", "x", false);
    row("--listen", "127.0.0.1:0", true);
    row("--hooks", "x", true);
    row("--route", "x=http://y", true);
    row("--connect-to", "a:1:b:2", true);
    row("--upstream-ca", "x", true);
    row("--llm-domain", "x", true);
}

void TestCommandLine::saysWhenARunNeedsAnEngineOfItsOwn()
{
    QFETCH(QStringList, options);
    const auto parsed = parseCommandLine(QStringList{QStringLiteral("hookscope")} + options
                                         + QStringList{QStringLiteral("--run"), QStringLiteral("x")});
    QVERIFY(parsed);
    QTEST(parsed->needsOwnEngine, "needs");
}

void TestCommandLine::readsPrintEnv()
{
    const auto parsed = parseCommandLine({QStringLiteral("hookscope"), QStringLiteral("--print-env"), QStringLiteral("--shell"),
                                          QStringLiteral("fish"), QStringLiteral("--undo")});
    QVERIFY(parsed);
    QVERIFY(parsed->action == CommandLine::Action::PrintEnvironment);
    QVERIFY(parsed->shell == Shell::Fish && parsed->isUndo);
}

void TestCommandLine::readsWhatToSendAgain()
{
    const auto parsed = parseCommandLine(
        {QStringLiteral("hookscope"), QStringLiteral("--resend-given-up"), QStringLiteral("status>=500 since:2h")});
    QVERIFY(parsed);
    QCOMPARE(parsed->action, CommandLine::Action::ResendGivenUp);
    QCOMPARE(parsed->givenUp.text(), QStringLiteral("status>=500 since:2h"));
    const auto all = parseCommandLine({QStringLiteral("hookscope"), QStringLiteral("--list-given-up"), QString()});
    QVERIFY(all);
    QCOMPARE(all->action, CommandLine::Action::ListGivenUp);
    QVERIFY(all->givenUp.isEmpty());
}

void TestCommandLine::namesEveryOptionInTheHelp()
{
    const QString help = commandLineHelp();
    for (const char *option : {"--headless", "--listen", "--allow-remote", "--hooks", "--config-dir", "--data-dir",
                               "--route", "--connect-to", "--upstream-ca", "--llm-domain", "--sandbox", "--demo",
                               "--exit-after", "--proxy-threads", "--version", "--help", "--block-host", "--allow-host", "--allowlist-only",
                               "--upstream-proxy", "--upstream-proxy-except", "--secret", "--secret-sandbox",
                               "--store-secret",
                               "--run", "--audit", "--print-env", "--shell", "--undo", "--intercept"})
        QVERIFY2(help.contains(QLatin1String(option)), option);
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
