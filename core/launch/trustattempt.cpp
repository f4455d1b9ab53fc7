#include "core/launch/trustattempt.h"

#include <QDir>
#include <QFile>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <csignal>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace hookscope {

namespace {

constexpr qsizetype mostWritten = 8 * 1024;

// In the child, between fork and exec: a group of its own, to be killed as one, that does not outlive us, and
// none of our sockets.
void becomeOwnGroup()
{
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
}

} // namespace

TrustAttempt::TrustAttempt(const TrustProbe &probe, std::shared_ptr<SSL_CTX> shown, QObject *parent)
    : QObject(parent)
    , m_probe(probe)
    , m_listener(std::move(shown))
{
    m_result.program = probe.names.first();
    m_limit.setSingleShot(true);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.setWorkingDirectory(QDir::rootPath()); // what is in another could be taken for a module
    m_process.setChildProcessModifier(becomeOwnGroup);
    connect(&m_limit, &QTimer::timeout, this, &TrustAttempt::giveUp);
    connect(&m_process, &QProcess::readyReadStandardError, this, &TrustAttempt::takeOutput);
    connect(&m_process, &QProcess::finished, this, &TrustAttempt::noteEnd);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            end(TrustResult::State::NotTried, m_process.errorString());
    });
}

TrustAttempt::~TrustAttempt()
{
    m_process.disconnect(this);
    killAll();
}

void TrustAttempt::start(const QString &host, const Environment &environment, int limitMs)
{
    const auto later = [this](TrustResult::State state, const QString &words) {
        QTimer::singleShot(0, this, [this, state, words] { end(state, words); });
    };
    if (!findProgram(environment))
        return later(TrustResult::State::NotInstalled, {});
    if (!m_listener.listen())
        return later(TrustResult::State::NotTried, m_listener.fault());
    const QString source = writeSource();
    if (source.isNull())
        return later(TrustResult::State::NotTried, m_folder->errorString());
    m_limit.start(limitMs);
    startProgram(host, source, environment);
}

bool TrustAttempt::findProgram(const Environment &environment)
{
    const QStringList folders =
        environment.value(QStringLiteral("PATH")).split(QLatin1Char(':'), Qt::SkipEmptyParts);
    for (const QString &name : std::as_const(m_probe.names)) {
        // Without folders it would look into those of our own environment.
        const QString path = folders.isEmpty() ? QString() : QStandardPaths::findExecutable(name, folders);
        if (path.isEmpty())
            continue;
        m_result.program = name;
        m_result.path = path;
        return true;
    }
    return false;
}

// Empty if none is needed, null if it could not be written.
QString TrustAttempt::writeSource()
{
    if (m_probe.source.isEmpty())
        return QLatin1String("");
    m_folder = std::make_unique<QTemporaryDir>();
    QFile file(m_folder->filePath(QStringLiteral("check.go")));
    const bool isWritten = m_folder->isValid() && file.open(QIODevice::WriteOnly)
        && file.write(m_probe.source) == m_probe.source.size();
    return isWritten ? file.fileName() : QString();
}

void TrustAttempt::startProgram(const QString &host, const QString &source, const Environment &environment)
{
    QProcessEnvironment variables;
    const Environment probing = trustProbeEnvironment(environment);
    for (auto variable = probing.begin(); variable != probing.end(); ++variable)
        variables.insert(variable.key(), variable.value());
    m_process.setProcessEnvironment(variables);
    m_process.setProgram(m_result.path);
    m_process.setArguments(argumentsOf(m_probe, m_listener.port(), host, source));
    m_process.start();
}

// Read to the end, whatever is kept of it, so that the program is not held up.
void TrustAttempt::takeOutput()
{
    m_written += m_process.readAllStandardError();
    m_written.truncate(mostWritten);
}

void TrustAttempt::noteEnd()
{
    takeOutput();
    QString words = tellingLine(m_written, m_probe.lead);
    if (m_listener.wasAccepted())
        return end(TrustResult::State::Accepts, {});
    if (m_listener.wasReached() && words.isEmpty())
        words = m_listener.alert();
    if (words.isEmpty()) {
        return end(TrustResult::State::NotTried,
                   tr("it ended without a word, with exit code %1").arg(m_process.exitCode()));
    }
    end(m_listener.wasReached() ? TrustResult::State::Refuses : TrustResult::State::NotTried, words);
}

void TrustAttempt::giveUp()
{
    if (m_listener.wasAccepted())
        return end(TrustResult::State::Accepts, {});
    end(TrustResult::State::NotTried,
        tr("it did not come to an end within %1 s").arg(m_limit.interval() / 1000.0));
}

void TrustAttempt::end(TrustResult::State state, const QString &words)
{
    if (m_isEnded)
        return;
    m_isEnded = true;
    m_limit.stop();
    killAll();
    m_result.state = state;
    m_result.words = words;
    emit ended(m_result);
}

// While it is not reaped, its id is no other's.
void TrustAttempt::killAll()
{
    if (m_process.state() != QProcess::NotRunning && m_process.processId() > 0)
        ::kill(-static_cast<pid_t>(m_process.processId()), SIGKILL);
}

} // namespace hookscope
