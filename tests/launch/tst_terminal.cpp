#include "core/launch/terminal.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hookscope;

namespace {

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

} // namespace

class TestTerminal : public QObject {
    Q_OBJECT
private slots:
    void findsTheUsersTerminal_data();
    void findsTheUsersTerminal();
    void opensAShellInTheEnvironment();
};

void TestTerminal::findsTheUsersTerminal_data()
{
    QTest::addColumn<QString>("chosen");
    QTest::addColumn<QStringList>("installed");
    QTest::addColumn<QString>("program");
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char *name, const char *chosen, const QStringList &installed,
                        const char *program, const QStringList &arguments) {
        QTest::newRow(name) << text(chosen) << installed << text(program) << arguments;
    };
    const QStringList e{text("-e")};
    row("none", "", {}, "", {});
    row("none, but one named", "kitty", {}, "", {});
    row("Debian's alternative", "", {text("xterm"), text("x-terminal-emulator")}, "/bin/x-terminal-emulator",
        e);
    row("the user's choice", "kitty", {text("xterm"), text("kitty")}, "/bin/kitty", {});
    row("the user's unknown choice", "myterm", {text("xterm"), text("myterm")}, "/bin/myterm", e);
    row("a choice that is gone", "gone", {text("xterm")}, "/bin/xterm", e);
    row("GNOME", "", {text("gnome-terminal"), text("xterm")}, "/bin/gnome-terminal", {text("--")});
    row("KDE", "", {text("konsole"), text("xterm")}, "/bin/konsole", e);
}

void TestTerminal::findsTheUsersTerminal()
{
    QFETCH(QString, chosen);
    QFETCH(QStringList, installed);
    QFETCH(QString, program);
    QFETCH(QStringList, arguments);
    const auto terminal = findTerminal({{text("TERMINAL"), chosen}}, [&](const QString &name) {
        return installed.contains(name) ? text("/bin/") + name : QString();
    });
    QCOMPARE(terminal.has_value(), !program.isEmpty());
    if (terminal)
        QCOMPARE(*terminal, (Terminal{program, arguments}));
}

void TestTerminal::opensAShellInTheEnvironment()
{
    const QTemporaryDir folder;
    const auto script = [&](const char *name, const QByteArray &content) {
        const QString path = folder.filePath(text(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return QString();
        file.write("#!/bin/sh\n" + content);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path;
    };
    const QString result = folder.filePath(text("result"));
    // A terminal whose windows have the environment of a server, as GNOME's.
    const QString terminal = script("terminal", "shift\nexec env -i PATH=\"$PATH\" \"$@\"\n");
    Environment environment{{text("ANTHROPIC_BASE_URL"), text("http://127.0.0.1:1/~it's $HOME")}};
    environment.insert(text("SHELL"),
                       script("shell",
                              "printf '%s' \"$ANTHROPIC_BASE_URL\" > " + result.toUtf8() + ".new && mv "
                                  + result.toUtf8() + ".new " + result.toUtf8() + "\n"));
    QVERIFY(openTerminal({terminal, {text("-e")}}, environment));
    QFile file(result);
    QTRY_VERIFY(file.exists());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()), text("http://127.0.0.1:1/~it's $HOME"));
    QVERIFY(!openTerminal({folder.filePath(text("gone")), {}}, environment));
}

QTEST_GUILESS_MAIN(TestTerminal)
#include "tst_terminal.moc"
