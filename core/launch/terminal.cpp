#include "core/launch/terminal.h"

#include <QDir>
#include <QProcess>
#include <QProcessEnvironment>
#include <array>

namespace hookscope {

namespace {

struct KnownTerminal {
    const char *name;
    const char *argument; // before the command; null: the command follows at once
};

// Some of them ask a server that runs already to open a window, which would have the server's environment:
// the shell is therefore started by env(1) with what differs (openTerminal()).
constexpr std::array known{
    KnownTerminal{"x-terminal-emulator", "-e"},
    KnownTerminal{"gnome-terminal", "--"},
    KnownTerminal{"kgx", "--"},
    KnownTerminal{"ptyxis", "--"},
    KnownTerminal{"konsole", "-e"},
    KnownTerminal{"xfce4-terminal", "-x"},
    KnownTerminal{"mate-terminal", "-x"},
    KnownTerminal{"tilix", "-e"},
    KnownTerminal{"kitty", nullptr},
    KnownTerminal{"foot", nullptr},
    KnownTerminal{"alacritty", "-e"},
    KnownTerminal{"wezterm", "start"},
    KnownTerminal{"ghostty", "-e"},
    KnownTerminal{"lxterminal", "-e"},
    KnownTerminal{"urxvt", "-e"},
    KnownTerminal{"st", "-e"},
    KnownTerminal{"xterm", "-e"},
};

Terminal terminalAt(const QString &path)
{
    const QString name = path.section(QLatin1Char('/'), -1);
    for (const KnownTerminal &row : known) {
        if (name == QLatin1String(row.name))
            return {path, row.argument ? QStringList{QString::fromLatin1(row.argument)} : QStringList()};
    }
    return {path, {QStringLiteral("-e")}};
}

} // namespace

std::optional<Terminal> findTerminal(const Environment &environment,
                                     const std::function<QString(const QString &)> &find)
{
    const QString chosen = environment.value(QStringLiteral("TERMINAL"));
    if (!chosen.isEmpty()) {
        if (const QString path = find(chosen); !path.isEmpty())
            return terminalAt(path);
    }
    for (const KnownTerminal &row : known) {
        if (const QString path = find(QString::fromLatin1(row.name)); !path.isEmpty())
            return terminalAt(path);
    }
    return std::nullopt;
}

bool openTerminal(const Terminal &terminal, const Environment &environment)
{
    QProcess process;
    process.setProgram(terminal.program);
    QStringList arguments = terminal.arguments;
    arguments.append(QStringLiteral("env"));
    QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    for (auto variable = environment.begin(); variable != environment.end(); ++variable) {
        if (own.value(variable.key()) == variable.value() && own.contains(variable.key()))
            continue;
        // Not on the command line, which other users can read: what the user had may hold a credential.
        if (!variable.key().startsWith(QLatin1String("HOOKSCOPE_BEFORE_")))
            arguments.append(variable.key() + QLatin1Char('=') + variable.value());
        own.insert(variable.key(), variable.value());
    }
    arguments.append(environment.value(QStringLiteral("SHELL"), QStringLiteral("/bin/sh")));
    process.setArguments(arguments);
    process.setProcessEnvironment(own);
    process.setWorkingDirectory(QDir::homePath());
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    return process.startDetached();
}

} // namespace hookscope
