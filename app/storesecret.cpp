#include "app/storesecret.h"

#include "core/keyring/keyring.h"

#include <QCoreApplication>
#include <QFile>
#include <cstdio>
#include <termios.h>
#include <unistd.h>

namespace hookscope {

namespace {

constexpr qint64 longestLine = 16 * 1024;

// Turns the terminal's echo off for its lifetime.
class EchoOff {
public:
    EchoOff()
    {
        m_isOff = ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        termios silent = m_before;
        silent.c_lflag &= ~tcflag_t(ECHO);
        if (m_isOff)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~EchoOff()
    {
        if (m_isOff)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    EchoOff(const EchoOff &) = delete;
    EchoOff &operator=(const EchoOff &) = delete;

    bool isTerminal() const { return m_isOff; }

private:
    termios m_before{};
    bool m_isOff = false;
};

QByteArray readLine(const QString &name)
{
    const EchoOff echoOff;
    if (echoOff.isTerminal())
        std::fprintf(stderr, "%s: ", qUtf8Printable(name));
    QFile input;
    if (!input.open(STDIN_FILENO, QIODevice::ReadOnly | QIODevice::Unbuffered))
        return {};
    const QByteArray line = input.readLine(longestLine).trimmed();
    if (echoOff.isTerminal())
        std::fputc('\n', stderr);
    return line;
}

} // namespace

int storeSecret(const QString &name)
{
    const auto say = [](const QString &text) {
        std::fprintf(stderr, "hookscope: %s\n", qUtf8Printable(text));
    };
    const QByteArray value = readLine(name);
    if (value.isEmpty()) {
        say(QStringLiteral("There is no value on stdin to store under %1.").arg(name));
        return 1;
    }
    Keyring keyring;
    int code = 1;
    QObject::connect(&keyring, &Keyring::stored, qApp, [&](const QString &fault) {
        say(fault.isEmpty() ? QStringLiteral("%1 is in the keyring.").arg(name) : fault);
        code = fault.isEmpty() ? 0 : 1;
        QCoreApplication::quit();
    });
    keyring.store(name, value);
    QCoreApplication::exec();
    return code;
}

} // namespace hookscope
