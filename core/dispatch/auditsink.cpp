#include "core/dispatch/auditsink.h"

#include <QSocketNotifier>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hookscope {

namespace {

constexpr std::size_t fileChunk = 1024 * 1024;

// A terminal takes part of a write and waits for room for the rest. Opened once more it has flags of
// its own, so that it can be told not to wait without telling everyone who shares stderr.
int openTerminalAgain(int fd)
{
    return ::open(("/proc/self/fd/" + std::to_string(fd)).c_str(),
                  O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

} // namespace

AuditSink::AuditSink(int fd, QObject *parent)
    : QObject(parent)
    , m_fd(fd)
{
    struct stat status;
    if (m_fd < 0 || ::fstat(m_fd, &status) != 0)
        return;
    m_isSocket = S_ISSOCK(status.st_mode);
    m_isFile = S_ISREG(status.st_mode);
    if (S_ISCHR(status.st_mode) && ::isatty(m_fd)) {
        if (const int again = openTerminalAgain(m_fd); again >= 0) {
            m_fd = again;
            m_ownsFd = true;
        }
    }
}

AuditSink::~AuditSink()
{
    delete m_notifier;
    if (m_ownsFd)
        ::close(m_fd);
}

bool AuditSink::append(std::string_view line)
{
    if (m_fd < 0)
        return true;
    const auto isFull = [&] {
        return m_pending.size() - m_offset + line.size() + 1 > backlogLimit;
    };
    if (isFull())
        write();
    // Once a line is left out the others are too, until the reader has caught up.
    if (isFull() || m_omitted > 0 || m_isGone) {
        ++m_omitted;
        return false;
    }
    m_pending.append(line);
    m_pending += '\n';
    return true;
}

void AuditSink::write()
{
    while (m_fd >= 0 && !isDrained()) {
        const Readiness state = readiness();
        if (state == Readiness::Gone)
            giveUp();
        else if (state == Readiness::Busy || !writeChunk(nextChunk()))
            return waitForReader();
        if (isDrained())
            noteOmitted();
    }
    m_pending.clear();
    m_offset = 0;
    if (m_notifier)
        m_notifier->setEnabled(false);
    emit drained();
}

AuditSink::Readiness AuditSink::readiness() const
{
    pollfd waiting{m_fd, POLLOUT, 0};
    if (::poll(&waiting, 1, 0) < 0)
        return Readiness::Busy;
    // Writing to a pipe without a reader would raise SIGPIPE.
    if (waiting.revents & (POLLERR | POLLHUP | POLLNVAL))
        return Readiness::Gone;
    return waiting.revents & POLLOUT ? Readiness::Ready : Readiness::Busy;
}

// Whole lines up to the size that a pipe which is ready takes without waiting, and in one piece.
std::string_view AuditSink::nextChunk() const
{
    const std::string_view rest = std::string_view(m_pending).substr(m_offset);
    const std::size_t limit = m_isFile ? fileChunk : PIPE_BUF;
    if (rest.size() <= limit)
        return rest;
    const auto lineEnd = rest.rfind('\n', limit - 1);
    return rest.substr(0, lineEnd == std::string_view::npos ? limit : lineEnd + 1);
}

bool AuditSink::writeChunk(std::string_view chunk)
{
    const ssize_t written = m_isSocket ? ::send(m_fd, chunk.data(), chunk.size(), MSG_DONTWAIT | MSG_NOSIGNAL)
                                       : ::write(m_fd, chunk.data(), chunk.size());
    if (written < 0)
        return errno == EINTR; // a full disk may have room again later: the lines wait
    m_offset += static_cast<std::size_t>(written);
    return true;
}

void AuditSink::waitForReader()
{
    // What was written is dropped from the front now and then, not at every chunk.
    if (m_offset > backlogLimit / 2) {
        m_pending.erase(0, m_offset);
        m_offset = 0;
    }
    if (m_isFile)
        return; // always "ready", even if its disk is full; the next line tries again
    if (!m_notifier) {
        m_notifier = new QSocketNotifier(m_fd, QSocketNotifier::Write, this);
        connect(m_notifier, &QSocketNotifier::activated, this, &AuditSink::write);
    }
    m_notifier->setEnabled(true);
}

void AuditSink::giveUp()
{
    m_isGone = true;
    m_pending.clear();
    m_offset = 0;
}

void AuditSink::noteOmitted()
{
    if (m_omitted == 0 || m_isGone)
        return;
    const std::string note = "[proxy:audit] " + std::to_string(m_omitted) + " lines left out\n";
    m_omitted = 0;
    m_pending = note;
    m_offset = 0;
}

} // namespace hookscope
