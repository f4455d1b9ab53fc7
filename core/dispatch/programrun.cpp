#include "core/dispatch/programrun.h"

#include "core/dispatch/printable.h"

#include <QDir>
#include <QFileInfo>
#include <csignal>
#include <sys/resource.h>
#include <unistd.h>

namespace hookscope {

namespace {

// What programs need to find their way. All else may be a key of the user's.
QProcessEnvironment environmentForPrograms()
{
    const QProcessEnvironment ours = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment given;
    for (const char *name : {"PATH",
                             "HOME",
                             "USER",
                             "LOGNAME",
                             "SHELL",
                             "LANG",
                             "LANGUAGE",
                             "TZ",
                             "TMPDIR",
                             "DISPLAY",
                             "WAYLAND_DISPLAY",
                             "XAUTHORITY",
                             "DBUS_SESSION_BUS_ADDRESS",
                             "XDG_RUNTIME_DIR",
                             "XDG_CONFIG_HOME",
                             "XDG_DATA_HOME",
                             "XDG_CACHE_HOME",
                             "XDG_STATE_HOME",
                             "XDG_CURRENT_DESKTOP",
                             "XDG_SESSION_TYPE"}) {
        if (ours.contains(QLatin1String(name)))
            given.insert(QLatin1String(name), ours.value(QLatin1String(name)));
    }
    for (const QString &name : ours.keys()) {
        if (name.startsWith(QLatin1String("LC_")))
            given.insert(name, ours.value(name));
    }
    return given;
}

} // namespace

ProgramRun::ProgramRun(const ExecTarget &target, const QByteArray &json, QObject *parent)
    : QObject(parent)
    , m_target(target)
    , m_process(this)
    , m_limit(this)
    , m_grace(this)
{
    m_elapsed.start();
    m_limit.setSingleShot(true);
    m_grace.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        m_isTimedOut = true;
        signalAll(SIGTERM);
        m_grace.start(graceMs);
    });
    connect(&m_grace, &QTimer::timeout, this, [this] { signalAll(SIGKILL); });
    QMetaObject::invokeMethod(
        this, [this, json] { begin(json); }, Qt::QueuedConnection);
}

ProgramRun::~ProgramRun()
{
    m_process.disconnect(this);
    if (m_process.state() != QProcess::NotRunning) {
        signalAll(SIGKILL);
        m_process.waitForFinished(graceMs);
    }
}

void ProgramRun::begin(const QByteArray &json)
{
    const QString program = m_target.command.front();
    const QFileInfo file(program);
    if (!file.isFile() || !file.isExecutable()) {
        settle(false,
               !file.exists() ? tr("%1 is not there").arg(program)
                              : tr("%1 is no program: its file cannot be executed").arg(program));
        return;
    }
    m_process.setProgram(program);
    m_process.setArguments(m_target.command.mid(1));
    m_process.setProcessEnvironment(environmentForPrograms());
    m_process.setWorkingDirectory(QDir::homePath());
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    const rlim_t bytes = static_cast<rlim_t>(m_target.memoryMb) * 1024 * 1024;
    m_process.setChildProcessModifier([bytes] {
        ::setsid();
        const rlimit space{bytes, bytes};
        ::setrlimit(RLIMIT_AS, &space);
        const rlimit none{0, 0};
        ::setrlimit(RLIMIT_CORE, &none);
    });
    connect(&m_process, &QProcess::readyRead, this, &ProgramRun::readOutput);
    connect(&m_process, &QProcess::finished, this,
            [this](int, QProcess::ExitStatus status) { end(status == QProcess::CrashExit); });
    connect(&m_process, &QProcess::errorOccurred, this, [this, program](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            settle(false, tr("%1 could not be started: %2").arg(program, m_process.errorString()));
    });
    m_limit.start(m_target.timeoutMs);
    m_process.start();
    m_pid = m_process.processId();
    m_process.write(json + '\n');
    m_process.closeWriteChannel();
}

void ProgramRun::readOutput()
{
    m_output += m_process.readAll().left(outputKept - m_output.size());
}

void ProgramRun::signalAll(int signal) const
{
    if (m_pid > 0)
        ::kill(static_cast<pid_t>(-m_pid), signal);
}

void ProgramRun::end(bool isKilled)
{
    readOutput();
    signalAll(SIGKILL); // what it left behind
    if (m_isTimedOut)
        settle(false, tr("It was ended after %1 s").arg(m_target.timeoutMs / 1000.0));
    else if (isKilled)
        settle(false, tr("It was ended by signal %1").arg(m_process.exitCode()));
    else
        settle(m_process.exitCode() == 0, tr("It ended with exit code %1").arg(m_process.exitCode()));
}

void ProgramRun::settle(bool isDelivered, const QString &text)
{
    if (m_isFinished)
        return;
    m_isFinished = true;
    m_limit.stop();
    m_grace.stop();
    const QString said = printable(m_output.left(200).trimmed());
    emit finished({isDelivered, said.isEmpty() ? text : text + QLatin1String(": ") + said, m_output,
                   m_elapsed.elapsed()});
}

} // namespace hookscope
