#include "app/approveprograms.h"

#include "core/hooks/hookset.h"
#include "core/hooks/knowneffects.h"

#include <QFile>
#include <cstdio>
#include <unistd.h>

namespace hookscope {

namespace {

void say(const QString &text)
{
    std::fprintf(stderr, "hookscope: %s\n", qUtf8Printable(text));
}

KnownEffects knownIn(const QString &configDir)
{
    return KnownEffects(configDir + QStringLiteral("/known-effects.json"));
}

// The words as one line in which nothing hides.
QString lineOf(const QStringList &command)
{
    QStringList words;
    for (const QString &word : command) {
        QString shown;
        for (const QChar c : word)
            shown += c.isPrint() ? QString(c)
                                 : QStringLiteral("\\u%1").arg(int(c.unicode()), 4, 16, QLatin1Char('0'));
        words << QLatin1Char('\'') + shown.replace(QLatin1Char('\''), QStringLiteral("'\\''"))
                + QLatin1Char('\'');
    }
    return words.join(QLatin1Char(' '));
}

bool isAgreed()
{
    std::fprintf(stderr, "Allow them on this machine? [y/N] ");
    QFile input;
    if (!input.open(STDIN_FILENO, QIODevice::ReadOnly | QIODevice::Unbuffered))
        return false;
    return input.readLine(100).trimmed().toLower() == "y";
}

} // namespace

void switchOffUnknownPrograms(HookSet &set, const QString &file, const QString &configDir)
{
    const KnownEffects known = knownIn(configDir);
    for (Hook &hook : set.hooks) {
        if (!hook.enabled || !std::holds_alternative<ExecTarget>(hook.target) || known.knows(hook))
            continue;
        hook.enabled = false;
        say(QStringLiteral(
                "%1: the hook \"%2\" is off: its program was not allowed on this machine yet. Look at it "
                "with hookscope --approve-programs %1")
                .arg(file, hook.name));
    }
}

int approvePrograms(const QString &file, const QString &configDir)
{
    const auto set = loadHookSet(file);
    if (!set) {
        say(set.error().text);
        return 1;
    }
    KnownEffects known = knownIn(configDir);
    QList<Hook> asked;
    for (const Hook &hook : set->hooks) {
        const auto *exec = std::get_if<ExecTarget>(&hook.target);
        if (!exec || known.knows(hook))
            continue;
        std::fprintf(stderr, "%s: %s\n", qUtf8Printable(lineOf({hook.name})),
                     qUtf8Printable(lineOf(exec->command)));
        asked << hook;
    }
    if (asked.isEmpty()) {
        say(QStringLiteral("%1 runs no program that is not allowed already.").arg(file));
        return 0;
    }
    if (::isatty(STDIN_FILENO) == 0) {
        say(QStringLiteral("This is asked on a terminal only: nothing was allowed."));
        return 1;
    }
    if (!isAgreed()) {
        say(QStringLiteral("Nothing was allowed."));
        return 1;
    }
    if (const auto learned = known.learn(asked); !learned) {
        say(learned.error().text);
        return 1;
    }
    return 0;
}

} // namespace hookscope
