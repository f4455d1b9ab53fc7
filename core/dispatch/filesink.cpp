#include "core/dispatch/filesink.h"

#include "core/hooks/privatefolder.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hookscope {

namespace {

struct FileText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::FileSink)
};

// Why a file with that status is not written to; empty if it is.
QString objection(const QString &path, const struct stat &status)
{
    if (S_ISLNK(status.st_mode))
        return FileText::tr("File %1 is a symbolic link: name the file itself").arg(path);
    if (S_ISDIR(status.st_mode))
        return FileText::tr("File %1 is a folder: name a file").arg(path);
    if (!S_ISREG(status.st_mode))
        return FileText::tr("File %1 is a pipe, socket or device: name a regular file").arg(path);
    if (status.st_uid != ::geteuid())
        return FileText::tr("File %1 belongs to another user: name a file of your own").arg(path);
    if (status.st_nlink > 1)
        return FileText::tr("File %1 has a second name (hard link): name a file that has only one").arg(path);
    return {};
}

bool endsWithinLine(int fd, off_t size)
{
    char last = '\n';
    return size > 0 && ::pread(fd, &last, 1, size - 1) == 1 && last != '\n';
}

// Takes back the part of a failed append that is in the file, if nothing stands behind it.
void takeBack(int fd, off_t written)
{
    struct stat status;
    const off_t end = ::lseek(fd, 0, SEEK_CUR); // O_APPEND: behind our last byte
    if (written > 0 && end >= written && ::fstat(fd, &status) == 0 && status.st_size == end) {
        // If this fails too, the next opening finds the torn line and closes it.
        [[maybe_unused]] const int result = ::ftruncate(fd, end - written);
    }
}

} // namespace

FileSink::~FileSink()
{
    closeAllBut({});
}

FileSink::Outcome FileSink::append(const QString &path, const QByteArray &lines)
{
    Outcome outcome;
    if (m_handles.contains(path) && !isSame(path, m_handles.value(path)))
        close(path);
    if (!m_handles.contains(path)) {
        Handle handle;
        outcome.error = open(path, handle);
        if (!outcome.error.isEmpty())
            return outcome;
        m_handles.insert(path, handle);
    }
    Handle &handle = m_handles[path];
    const QByteArray bytes = handle.isTorn ? '\n' + lines : lines;
    qsizetype written = 0;
    while (written < bytes.size()) {
        const ssize_t n = ::write(handle.fd, bytes.constData() + written, bytes.size() - written);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            const int error = n < 0 ? errno : EIO;
            takeBack(handle.fd, written);
            close(path);
            outcome.error =
                FileText::tr("File %1 could not be appended to: %2").arg(path, qt_error_string(error));
            return outcome;
        }
        written += n;
    }
    outcome.closedTornLine = handle.isTorn;
    handle.isTorn = false;
    return outcome;
}

void FileSink::closeAllBut(const QSet<QString> &paths)
{
    const QStringList open = m_handles.keys();
    for (const QString &path : open) {
        if (!paths.contains(path))
            close(path);
    }
}

QString FileSink::open(const QString &path, Handle &handle) const
{
    const QByteArray name = QFile::encodeName(path);
    struct stat status;
    // Looked at first, because opening alone acts on some devices and on the readers of pipes.
    if (::lstat(name.constData(), &status) == 0) {
        if (const QString reason = objection(path, status); !reason.isEmpty())
            return reason;
    } else if (const auto made = makePrivateFolder(QFileInfo(path).path()); !made) {
        return made.error().text;
    }
    // Readable too where the mode allows it: for the look at the last byte.
    const int flags = O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;
    int fd = ::open(name.constData(), flags | O_RDWR, S_IRUSR | S_IWUSR);
    if (fd < 0 && errno == EACCES)
        fd = ::open(name.constData(), flags | O_WRONLY, S_IRUSR | S_IWUSR);
    if (fd < 0) {
        const int error = errno;
        return error == ELOOP
            ? FileText::tr("File %1 is a symbolic link: name the file itself").arg(path)
            : FileText::tr("File %1 cannot be opened: %2").arg(path, qt_error_string(error));
    }
    QString reason = ::fstat(fd, &status) == 0
        ? objection(path, status)
        : FileText::tr("File %1 cannot be looked at: %2").arg(path, qt_error_string(errno));
    if (!reason.isEmpty()) {
        ::close(fd);
        return reason;
    }
    handle = {fd, status.st_dev, status.st_ino, endsWithinLine(fd, status.st_size)};
    return {};
}

bool FileSink::isSame(const QString &path, const Handle &handle) const
{
    struct stat status;
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 && status.st_dev == handle.device
        && status.st_ino == handle.inode && S_ISREG(status.st_mode) && status.st_nlink == 1;
}

void FileSink::close(const QString &path)
{
    ::close(m_handles.take(path).fd);
}

} // namespace hookscope
