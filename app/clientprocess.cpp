#include "app/clientprocess.h"

#include <QDir>
#include <QFile>
#include <QSocketNotifier>
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hookscope {

namespace {

constexpr int forwarded[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};
constexpr int ignoredHere[] = {SIGPIPE, SIGXFSZ}; // by the engine, not by the command

struct sigaction actionsBefore[NSIG];
std::atomic<pid_t> running = 0;
std::atomic<bool> hasEnded = false;
std::atomic<int> waiting = 0; // a signal that came before the command was there

// The terminal sends its own to the whole foreground group, so that the command has them already: a second
// Ctrl+C would mean something else to it.
void onSignal(int number, siginfo_t *info, void *)
{
    const int before = errno;
    if (hasEnded)
        ::_exit(128 + number);
    const pid_t pid = running;
    const bool isOfTerminal = info->si_code == SI_KERNEL;
    if (pid == 0)
        waiting = number;
    else if (!isOfTerminal)
        ::kill(pid, number);
    errno = before;
}

struct ExecPlan {
    std::vector<char *> arguments; // null at the end, as the next
    std::vector<char *> environment;
    const InheritedState *state;
    int failed; // where errno goes
};

// Between fork and exec, where other threads hold locks that nobody will give back: system calls only.
[[noreturn]] void becomeCommand(const ExecPlan &plan)
{
    for (const int number : forwarded)
        ::sigaction(number, &actionsBefore[number], nullptr);
    for (const int number : ignoredHere)
        ::sigaction(number, &actionsBefore[number], nullptr);
    ::umask(plan.state->fileMask);
    ::setrlimit(RLIMIT_CORE, &plan.state->coreSize);
    ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC); // our sockets; not all were made so
    for (const int descriptor : plan.state->descriptors)
        ::fcntl(descriptor, F_SETFD, 0);
    sigset_t none;
    ::sigemptyset(&none);
    ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
    ::execvpe(plan.arguments.front(), plan.arguments.data(), plan.environment.data());
    const int error = errno;
    [[maybe_unused]] const ssize_t written = ::write(plan.failed, &error, sizeof error);
    ::_exit(ClientProcess::NotFound);
}

std::vector<char *> pointers(QByteArrayList &texts)
{
    std::vector<char *> result;
    for (QByteArray &text : texts)
        result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

// As bytes: what is not ours goes on as it came, whatever its encoding.
QByteArrayList changedEnvironment(const QList<VariableChange> &changes)
{
    QByteArrayList result;
    for (char **variable = environ; *variable; ++variable) {
        const QByteArray text(*variable);
        const QByteArray name = text.left(text.indexOf('='));
        const bool isChanged = std::any_of(changes.begin(), changes.end(), [&](const VariableChange &change) {
            return change.name.toLocal8Bit() == name;
        });
        if (!isChanged)
            result.append(text);
    }
    for (const VariableChange &change : changes) {
        if (change.value)
            result.append(change.name.toLocal8Bit() + '=' + change.value->toLocal8Bit());
    }
    return result;
}

// Not translated: scripts read it.
QString plain(const char *text)
{
    return QString::fromLatin1(text);
}

Error cannotRun(const QByteArray &program, int error)
{
    const QString name = QString::fromLocal8Bit(program);
    if (error == ENOENT && !program.contains('/')) {
        return {ErrorCode::NotFound,
                plain("Cannot run '%1': no such command; check its name and PATH.").arg(name)};
    }
    const QString reason = QString::fromLocal8Bit(std::strerror(error));
    return {error == ENOENT ? ErrorCode::NotFound : ErrorCode::PermissionDenied,
            plain("Cannot run '%1': %2; check its path and that it is executable.").arg(name, reason)};
}

} // namespace

InheritedState InheritedState::record()
{
    InheritedState state;
    state.fileMask = ::umask(077);
    ::getrlimit(RLIMIT_CORE, &state.coreSize);
    for (const QString &name : QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::System | QDir::Files)) {
        const int descriptor = name.toInt();
        // The folder's own is among them, and closed by now.
        if (descriptor > 2 && ::fcntl(descriptor, F_GETFD) == 0)
            state.descriptors.push_back(descriptor);
    }
    return state;
}

ClientProcess::ClientProcess(InheritedState state, QObject *parent)
    : QObject(parent)
    , m_state(std::move(state))
{
}

void ClientProcess::takeSignals()
{
    struct sigaction action = {};
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    action.sa_sigaction = onSignal;
    ::sigemptyset(&action.sa_mask);
    for (const int number : forwarded) {
        ::sigaction(number, nullptr, &actionsBefore[number]);
        if (actionsBefore[number].sa_handler != SIG_IGN) // as under nohup
            ::sigaction(number, &action, nullptr);
    }
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    for (const int number : ignoredHere)
        ::sigaction(number, &ignore, &actionsBefore[number]);
}

Result<void> ClientProcess::start(const QByteArrayList &command, const QList<VariableChange> &changes)
{
    Q_ASSERT(m_pid == 0 && !command.isEmpty());
    int failed[2];
    if (::pipe2(failed, O_CLOEXEC) != 0) {
        m_exitCode = CannotExecute;
        return tl::unexpected(cannotRun(command.first(), errno));
    }
    QByteArrayList arguments = command;
    QByteArrayList environment = changedEnvironment(changes);
    const ExecPlan plan{pointers(arguments), pointers(environment), &m_state, failed[1]};
    m_pid = ::fork();
    if (m_pid == 0)
        becomeCommand(plan);
    int error = m_pid < 0 ? errno : 0;
    ::close(failed[1]);
    while (m_pid > 0 && ::read(failed[0], &error, sizeof error) < 0 && errno == EINTR) { }
    ::close(failed[0]);
    if (error != 0) {
        if (m_pid > 0)
            ::waitpid(m_pid, nullptr, 0);
        m_exitCode = error == ENOENT ? NotFound : CannotExecute;
        hasEnded = true;
        return tl::unexpected(cannotRun(command.first(), error));
    }
    running = m_pid;
    if (const int number = waiting.exchange(0))
        ::kill(m_pid, number);
    m_pidFd = static_cast<int>(::syscall(SYS_pidfd_open, m_pid, 0));
    auto *notifier = new QSocketNotifier(m_pidFd, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false);
        reap();
    });
    return {};
}

void ClientProcess::reap()
{
    running = 0; // before its number can be another's
    hasEnded = true;
    int status = 0;
    while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) { }
    ::close(m_pidFd);
    m_exitCode = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    emit ended();
}

} // namespace hookscope
