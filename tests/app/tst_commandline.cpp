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
    void leavesTheRestToTheSettings();
    void takesAllAfterRunForTheCommand();
    void saysWhenARunNeedsAnEngineOfItsOwn_data();
    void saysWhenARunNeedsAnEngineOfItsOwn();
    void readsPrintEnv();
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
    row("exit after nothing", {QStringLiteral("--exit-after"), QStringLiteral("0")}, "--exit-after");
    row("exit after a word", {QStringLiteral("--exit-after"), QStringLiteral("soon")}, "--exit-after");
    row("an option without its value", {QStringLiteral("--hooks")}, "hooks");
    row("run without a command", {QStringLiteral("--run")}, "--run");
    row("run without a command after --", {QStringLiteral("--run"), QStringLiteral("--")}, "--run");
    row("run and demo", {QStringLiteral("--demo"), QStringLiteral("--run"), QStringLiteral("x")}, "--demo");
    row("run and exit after", {QStringLiteral("--exit-after"), QStringLiteral("1"), QStringLiteral("--run"), QStringLiteral("x")},
        "--exit-after");
    row("shell without print-env", {QStringLiteral("--shell"), QStringLiteral("sh")}, "--shell");
    row("undo without print-env", {QStringLiteral("--undo")}, "--undo");
    row("an unknown shell", {QStringLiteral("--print-env"), QStringLiteral("--shell"), QStringLiteral("tcsh")}, "tcsh");
    row("audit without run", {QStringLiteral("--audit")}, "--audit");
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

void TestCommandLine::namesEveryOptionInTheHelp()
{
    const QString help = commandLineHelp();
    for (const char *option : {"--headless", "--listen", "--allow-remote", "--hooks", "--config-dir", "--data-dir",
                               "--route", "--connect-to", "--upstream-ca", "--llm-domain", "--sandbox", "--demo",
                               "--exit-after", "--run", "--audit", "--print-env", "--shell", "--undo", "--version", "--help"})
        QVERIFY2(help.contains(QLatin1String(option)), option);
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
