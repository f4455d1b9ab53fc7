#include "core/history/sessionfolder.h"

#include "core/files/folders.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hookscope {

namespace {

constexpr qint64 leastSegment = 256 * 1024;
constexpr qint64 mostSegment = 16 * 1024 * 1024;
constexpr qint64 partsOfCap = 16;

struct FolderText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::SessionFolder)
};

QString pathOf(const QString &folder, quint64 number)
{
    return QStringLiteral("%1/%2.jsonl").arg(folder).arg(number, 8, 10, QLatin1Char('0'));
}

bool endsWithinLine(int fd, off_t size)
{
    char last = '\n';
    return size > 0 && ::pread(fd, &last, 1, size - 1) == 1 && last != '\n';
}

} // namespace

QList<Segment> segmentsIn(const QString &folder)
{
    static const QRegularExpression name(QStringLiteral(R"(^(\d{8,18})\.jsonl$)"));
    QList<Segment> segments;
    const auto entries =
        QDir(folder).entryInfoList(QDir::Files | QDir::NoSymLinks | QDir::Hidden, QDir::NoSort);
    for (const QFileInfo &entry : entries) {
        if (const auto match = name.match(entry.fileName()); match.hasMatch())
            segments.append({entry.filePath(), match.captured(1).toULongLong(), entry.size()});
    }
    std::sort(segments.begin(), segments.end(),
              [](const Segment &left, const Segment &right) { return left.number < right.number; });
    return segments;
}

QString makeSessionFolder(const QString &folder)
{
    QString path;
    const int error = makeFolders(folder, &path);
    return error == 0 ? QString()
                      : FolderText::tr("The folder %1 cannot be made: %2.").arg(path, qt_error_string(error));
}

SessionFolder::SessionFolder(QString folder)
    : m_folder(std::move(folder))
{
}

SessionFolder::~SessionFolder()
{
    close();
}

QString SessionFolder::open()
{
    if (isOpen())
        return {};
    if (const QString fault = makeSessionFolder(m_folder); !fault.isEmpty())
        return fault;
    const QByteArray name = QFile::encodeName(m_folder);
    const int fd = ::open(name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return FolderText::tr("The folder %1 cannot be opened: %2.").arg(m_folder, qt_error_string(errno));
    struct stat status;
    if (::fstat(fd, &status) != 0 || status.st_uid != ::geteuid()) {
        ::close(fd);
        return FolderText::tr("The folder %1 belongs to another user.").arg(m_folder);
    }
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        ::close(fd);
        return FolderText::tr("Another Hookscope keeps its session in %1.").arg(m_folder);
    }
    m_lock = fd;
    m_segments = segmentsIn(m_folder);
    return {};
}

void SessionFolder::close()
{
    closeSegment();
    if (m_lock >= 0)
        ::close(m_lock); // and the lock with it
    m_lock = -1;
}

void SessionFolder::setMostBytes(qint64 mostBytes)
{
    m_mostBytes = std::max(mostBytes, leastSegment);
    makeRoom();
}

void SessionFolder::setHeld(bool isHeld)
{
    m_isHeld = isHeld;
    makeRoom();
}

QList<Segment> SessionFolder::segments() const
{
    return isOpen() ? m_segments : QList<Segment>();
}

qint64 SessionFolder::segmentBytes() const
{
    return std::clamp(m_mostBytes / partsOfCap, leastSegment, mostSegment);
}

QString SessionFolder::openSegment(quint64 number)
{
    const QString path = pathOf(m_folder, number);
    const int flags = O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;
    const int fd = ::open(QFile::encodeName(path).constData(), flags, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return FolderText::tr("%1 cannot be opened: %2.").arg(path, qt_error_string(errno));
    struct stat status;
    if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_uid != ::geteuid()
        || status.st_nlink != 1) {
        ::close(fd);
        return FolderText::tr("%1 is not a regular file of this user's with one name.").arg(path);
    }
    m_file = fd;
    m_isTorn = endsWithinLine(fd, status.st_size);
    if (m_segments.isEmpty() || m_segments.last().number != number)
        m_segments.append({path, number, 0});
    m_segments.last().bytes = status.st_size;
    return {};
}

// A file that was deleted, or the whole folder, would take what is written with it.
bool SessionFolder::isStillThere() const
{
    struct stat status;
    return ::fstat(m_file, &status) == 0 && status.st_nlink == 1;
}

QString SessionFolder::ensureSegment(qsizetype more)
{
    if (m_file >= 0 && !isStillThere()) {
        closeSegment();
        m_segments = segmentsIn(m_folder);
        if (const QString fault = makeSessionFolder(m_folder); !fault.isEmpty())
            return fault;
    }
    const auto isFull = [&] {
        return m_segments.last().bytes > 0 && m_segments.last().bytes + more > segmentBytes();
    };
    if (m_file >= 0 && !isFull())
        return {};
    closeSegment();
    quint64 number = m_segments.isEmpty() ? 1 : m_segments.last().number;
    if (!m_segments.isEmpty() && isFull())
        ++number;
    // One that cannot be used, a link in its place for example, is left alone.
    const QString fault = openSegment(number);
    return fault.isEmpty() ? fault : openSegment(number + 1);
}

SessionFolder::Outcome SessionFolder::append(const QByteArray &lines)
{
    if (!isOpen())
        return {FolderText::tr("The folder %1 is not open.").arg(m_folder)};
    if (const QString fault = ensureSegment(lines.size()); !fault.isEmpty())
        return {fault, errno == ENOSPC || errno == EDQUOT};
    if (m_isTorn)
        ++m_tornLines;
    const QByteArray bytes = m_isTorn ? '\n' + lines : lines;
    qsizetype written = 0;
    while (written < bytes.size()) {
        const ssize_t n = ::write(m_file, bytes.constData() + written, bytes.size() - written);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            const int error = n < 0 ? errno : EIO;
            // If this fails too, the line is torn: opening the segment again finds it.
            [[maybe_unused]] const int result = ::ftruncate(m_file, m_segments.last().bytes);
            const QString path = m_segments.last().path;
            closeSegment();
            return {FolderText::tr("%1 could not be appended to: %2.").arg(path, qt_error_string(error)),
                    error == ENOSPC || error == EDQUOT};
        }
        written += n;
    }
    m_isTorn = false;
    m_segments.last().bytes += bytes.size();
    makeRoom();
    return {};
}

void SessionFolder::makeRoom()
{
    if (m_isHeld || !isOpen())
        return;
    qint64 total = 0;
    for (const Segment &segment : std::as_const(m_segments))
        total += segment.bytes;
    while (total > m_mostBytes && m_segments.size() > 1) {
        total -= m_segments.first().bytes;
        QFile::remove(m_segments.takeFirst().path);
    }
}

void SessionFolder::clear()
{
    if (!isOpen())
        return;
    closeSegment();
    for (const Segment &segment : std::as_const(m_segments))
        QFile::remove(segment.path);
    m_segments.clear();
}

void SessionFolder::closeSegment()
{
    if (m_file >= 0)
        ::close(m_file);
    m_file = -1;
}

} // namespace hookscope
