#include "core/launch/shellscript.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace hookscope;

namespace {

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

} // namespace

class TestShellScript : public QObject {
    Q_OBJECT
private slots:
    void quotes_data();
    void quotes();
    void isTakenByTheShellAsItIs_data();
    void isTakenByTheShellAsItIs();
    void writesALinePerChange_data();
    void writesALinePerChange();
    void neverPrintsWhatTheUserHad_data();
    void neverPrintsWhatTheUserHad();
    void setsAndTakesBackInARealShell();
    void namesShells();
};

void TestShellScript::quotes_data()
{
    QTest::addColumn<int>("shell");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("word");
    const auto row = [](Shell shell, const char *value, const char *word) {
        QTest::addRow("%d %s", int(shell), value) << int(shell) << text(value) << text(word);
    };
    row(Shell::Sh, "http://a:x@127.0.0.1:1/~b", "http://a:x@127.0.0.1:1/~b");
    row(Shell::Sh, "~", "'~'");
    row(Shell::Sh, "a:~", "'a:~'");
    row(Shell::Sh, "http://127.0.0.1:1", "http://127.0.0.1:1");
    row(Shell::Sh, "", "''");
    row(Shell::Sh, "it's $HOME `x` \\", "'it'\\''s $HOME `x` \\'");
    row(Shell::Fish, "it's \\ $HOME", "'it\\'s \\\\ $HOME'");
    row(Shell::Fish, "", "''");
    row(Shell::PowerShell, "plain", "'plain'");
    row(Shell::PowerShell, "it's $HOME `x`", "'it''s $HOME `x`'");
    row(Shell::PowerShell, "a\u2019b", "'a\u2019\u2019b'");
}

void TestShellScript::quotes()
{
    QFETCH(int, shell);
    QFETCH(QString, value);
    QTEST(quoted(Shell(shell), value), "word");
}

void TestShellScript::isTakenByTheShellAsItIs_data()
{
    QTest::addColumn<QString>("value");
    for (const char *value : {"",     " ", "a b", "it's", "\"x\"", "$HOME", "`id`", "$(id)", "\\", "\\'",
                              "a\nb", "*", "~",   "-n",   "#x",    "!x",    ";id",  "&",     "ü€", "%20"})
        QTest::newRow(value) << text(value);
}

void TestShellScript::isTakenByTheShellAsItIs()
{
    QFETCH(QString, value);
    int shells = 0;
    for (const auto &[shell, program] : {std::pair{Shell::Sh, "sh"}, std::pair{Shell::Fish, "fish"}}) {
        if (QStandardPaths::findExecutable(text(program)).isEmpty())
            continue;
        QProcess process;
        process.start(text(program),
                      {text("-c"), shellLines(shell, {{text("V"), value}}) + text("printf '%s.' \"$V\"")});
        QVERIFY(process.waitForFinished());
        QCOMPARE(QString::fromUtf8(process.readAllStandardOutput()), value + QLatin1Char('.'));
        ++shells;
    }
    QVERIFY(shells > 0);
}

void TestShellScript::writesALinePerChange_data()
{
    QTest::addColumn<int>("shell");
    QTest::addColumn<QString>("lines");
    QTest::newRow("sh") << int(Shell::Sh) << text("export A='b c'\nunset D\nexport E=\"$F\"\n");
    QTest::newRow("fish") << int(Shell::Fish) << text("set -gx A 'b c'\nset -e D\nset -gx E \"$F\"\n");
    QTest::newRow("powershell")
        << int(Shell::PowerShell)
        << text("$env:A = 'b c'\nRemove-Item Env:D -ErrorAction SilentlyContinue\n$env:E = $env:F\n");
}

void TestShellScript::writesALinePerChange()
{
    QFETCH(int, shell);
    QTEST(shellLines(
              Shell(shell),
              {{text("A"), text("b c")}, {text("D"), std::nullopt}, {text("E"), text("old"), text("F")}}),
          "lines");
}

void TestShellScript::neverPrintsWhatTheUserHad_data()
{
    QTest::addColumn<int>("shell");
    for (const Shell shell : {Shell::Sh, Shell::Fish, Shell::PowerShell})
        QTest::addRow("%d", int(shell)) << int(shell);
}

void TestShellScript::neverPrintsWhatTheUserHad()
{
    QFETCH(int, shell);
    const Environment before{{text("HTTP_PROXY"), text("http://user:hunter2@corp:1")},
                             {text("OPENAI_BASE_URL"), text("https://hunter2@gateway/")}};
    const auto changes = clientEnvironment({}, before).changes;
    const QString lines = shellLines(Shell(shell), changes);
    QVERIFY(lines.contains(text("HOOKSCOPE_BEFORE_HTTP_PROXY")));
    QVERIFY(!lines.contains(text("hunter2")));
    const QString undo = shellLines(Shell(shell), undoEnvironment(applied(before, changes)));
    QVERIFY(undo.contains(text("HOOKSCOPE_BEFORE_HTTP_PROXY")));
    QVERIFY(!undo.contains(text("hunter2")));
}

void TestShellScript::setsAndTakesBackInARealShell()
{
    const Environment before{{text("HTTP_PROXY"), text("http://it's@corp:1")}};
    const auto changes = clientEnvironment({}, before).changes;
    const QString script =
        text("HTTP_PROXY=\"http://it's@corp:1\"; export HTTP_PROXY\n") + shellLines(Shell::Sh, changes)
        + text("echo $HTTP_PROXY $ANTHROPIC_BASE_URL\n")
        + shellLines(Shell::Sh, undoEnvironment(applied(before, changes)))
        + text(
            "echo \"$HTTP_PROXY\" ${ANTHROPIC_BASE_URL-none} ${HTTPS_PROXY-none}; env | grep -c HOOKSCOPE\n");
    // What the test's own environment holds is not what the lines left.
    QProcessEnvironment environment;
    environment.insert(text("PATH"), qEnvironmentVariable("PATH"));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(text("sh"), {text("-euc"), script});
    QVERIFY(process.waitForFinished());
    QCOMPARE(
        QString::fromUtf8(process.readAllStandardOutput()),
        text("http://127.0.0.1:8790 http://127.0.0.1:8790/anthropic\nhttp://it's@corp:1 none none\n0\n"));
}

void TestShellScript::namesShells()
{
    QCOMPARE(shellNames(), text("sh, fish, powershell"));
    QVERIFY(shellNamed(text("fish")) == Shell::Fish);
    QVERIFY(!shellNamed(text("tcsh")));
    QVERIFY(shellOfUser(text("/usr/bin/fish")) == Shell::Fish);
    QVERIFY(shellOfUser(text("/usr/bin/pwsh")) == Shell::PowerShell);
    QVERIFY(shellOfUser(text("/bin/zsh")) == Shell::Sh);
    QVERIFY(shellOfUser({}) == Shell::Sh);
}

QTEST_APPLESS_MAIN(TestShellScript)
#include "tst_shellscript.moc"
