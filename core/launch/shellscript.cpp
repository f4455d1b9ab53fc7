#include "core/launch/shellscript.h"

#include <QRegularExpression>
#include <array>

namespace hookscope {

namespace {

struct ShellName {
    const char *name;
    Shell shell;
};
constexpr std::array shells{
    ShellName{"sh", Shell::Sh},
    ShellName{"fish", Shell::Fish},
    ShellName{"powershell", Shell::PowerShell},
};

// A tilde has a meaning at a word's beginning, and in an assignment behind a colon.
bool isPlain(const QString &text)
{
    static const QRegularExpression plain(QStringLiteral("\\A(?!~)(?:[A-Za-z0-9_./@%+,~-]|:(?!~))+\\z"));
    return plain.match(text).hasMatch();
}

QString setLine(Shell shell, const QString &name, const QString &value)
{
    switch (shell) {
    case Shell::Sh:
        return QStringLiteral("export %1=%2").arg(name, value);
    case Shell::Fish:
        return QStringLiteral("set -gx %1 %2").arg(name, value);
    case Shell::PowerShell:
        break;
    }
    return QStringLiteral("$env:%1 = %2").arg(name, value);
}

QString removeLine(Shell shell, const QString &name)
{
    switch (shell) {
    case Shell::Sh:
        return QStringLiteral("unset %1").arg(name);
    case Shell::Fish:
        return QStringLiteral("set -e %1").arg(name);
    case Shell::PowerShell:
        break;
    }
    return QStringLiteral("Remove-Item Env:%1 -ErrorAction SilentlyContinue").arg(name);
}

QString reference(Shell shell, const QString &name)
{
    switch (shell) {
    case Shell::Sh:
    case Shell::Fish:
        return QStringLiteral("\"$%1\"").arg(name);
    case Shell::PowerShell:
        break;
    }
    return QStringLiteral("$env:%1").arg(name);
}

} // namespace

std::optional<Shell> shellNamed(const QString &name)
{
    for (const ShellName &row : shells) {
        if (name == QLatin1String(row.name))
            return row.shell;
    }
    return std::nullopt;
}

QString shellNames()
{
    QStringList names;
    for (const ShellName &row : shells)
        names.append(QString::fromLatin1(row.name));
    return names.join(QLatin1String(", "));
}

Shell shellOfUser(const QString &path)
{
    const QString name = path.section(QLatin1Char('/'), -1);
    if (name == QLatin1String("fish"))
        return Shell::Fish;
    return name == QLatin1String("pwsh") ? Shell::PowerShell : Shell::Sh;
}

// Within single quotes nothing has a meaning but the quote; in fish the backslash as well. PowerShell also
// ends a text at the typographic quotes.
QString quoted(Shell shell, const QString &text)
{
    if (isPlain(text) && shell != Shell::PowerShell)
        return text;
    QString inner;
    for (const QChar c : text) {
        const ushort code = c.unicode();
        if (shell == Shell::PowerShell && (code == u'\'' || (code >= 0x2018 && code <= 0x201b)))
            inner += QString(2, c);
        else if (shell == Shell::Sh && c == QLatin1Char('\''))
            inner += QStringLiteral("'\\''");
        else if (shell == Shell::Fish && (c == QLatin1Char('\'') || c == QLatin1Char('\\')))
            inner += QLatin1Char('\\') + QString(c);
        else
            inner += c;
    }
    return QLatin1Char('\'') + inner + QLatin1Char('\'');
}

QString shellLines(Shell shell, const QList<VariableChange> &changes)
{
    QString lines;
    for (const VariableChange &change : changes) {
        if (!change.value)
            lines += removeLine(shell, change.name);
        else if (change.from.isEmpty())
            lines += setLine(shell, change.name, quoted(shell, *change.value));
        else
            lines += setLine(shell, change.name, reference(shell, change.from));
        lines += QLatin1Char('\n');
    }
    return lines;
}

} // namespace hookscope
