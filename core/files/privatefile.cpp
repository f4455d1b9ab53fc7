#include "core/files/privatefile.h"

#include "core/files/folders.h"

#include <QFile>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hookscope {

namespace {

constexpr qint64 mostBytes = 1024 * 1024;

tl::unexpected<Error> fault(const QString &what, const QString &path, int number)
{
    return tl::unexpected(Error{
        number == EACCES || number == EPERM ? ErrorCode::PermissionDenied : ErrorCode::Io,
        QStringLiteral("Cannot %1 %2: %3.").arg(what, path, QString::fromLocal8Bit(std::strerror(number)))});
}

tl::unexpected<Error> refused(const QString &path, const QString &why)
{
    return tl::unexpected(
        Error{ErrorCode::Refused,
              QStringLiteral("%1 %2. Move it away; Hookscope then makes a new one.").arg(path, why)});
}

class Descriptor {
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    operator int() const { return m_fd; }

private:
    int m_fd;
};

bool writeAll(int fd, const QByteArray &content)
{
    qsizetype written = 0;
    while (written < content.size()) {
        const auto n =
            ::write(fd, content.constData() + written, static_cast<std::size_t>(content.size() - written));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        written += n;
    }
    return ::fsync(fd) == 0;
}

} // namespace

Result<void> makeOwnFolder(const QString &folder)
{
    struct stat status { };
    const QByteArray path = QFile::encodeName(folder);
    QString failed;
    // What is there in its place is told of below.
    if (const int error = makeFolders(folder, &failed); error != 0 && ::stat(path.constData(), &status) != 0)
        return fault(QStringLiteral("make the folder"), failed, error);
    if (::stat(path.constData(), &status) != 0)
        return fault(QStringLiteral("look at"), folder, errno);
    if (!S_ISDIR(status.st_mode))
        return refused(folder, QStringLiteral("is not a folder"));
    if (status.st_uid != ::geteuid() || (status.st_mode & 022) != 0)
        return refused(folder, QStringLiteral("can be written to by others"));
    return {};
}

bool isOpenToOthers(const QString &path)
{
    struct stat status { };
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 && S_ISREG(status.st_mode)
        && (status.st_mode & 077) != 0;
}

Result<QByteArray> readPrivateFile(const QString &path)
{
    const Descriptor file(
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (file < 0) {
        if (errno == ENOENT)
            return QByteArray();
        if (errno == ELOOP)
            return refused(path, QStringLiteral("is a symbolic link"));
        return fault(QStringLiteral("read"), path, errno);
    }
    struct stat status { };
    if (::fstat(file, &status) != 0)
        return fault(QStringLiteral("look at"), path, errno);
    if (!S_ISREG(status.st_mode) || status.st_size > mostBytes)
        return refused(path, QStringLiteral("is no file that Hookscope made"));
    if (status.st_uid != ::geteuid())
        return refused(path, QStringLiteral("belongs to another user"));
    if ((status.st_mode & 077) != 0 && ::fchmod(file, 0600) != 0)
        return fault(QStringLiteral("close to other users"), path, errno);
    QByteArray content(status.st_size, Qt::Uninitialized);
    const auto n = ::read(file, content.data(), static_cast<std::size_t>(content.size()));
    if (n < 0)
        return fault(QStringLiteral("read"), path, errno);
    content.truncate(n);
    return content;
}

Result<void> writePrivateFile(const QString &path, const QByteArray &content)
{
    const QByteArray target = QFile::encodeName(path);
    QByteArray made = target + ".XXXXXX"; // mkstemp gives it mode 0600
    const Descriptor file(::mkostemp(made.data(), O_CLOEXEC));
    if (file < 0)
        return fault(QStringLiteral("write"), path, errno);
    if (!writeAll(file, content) || ::rename(made.constData(), target.constData()) != 0) {
        const int number = errno;
        ::unlink(made.constData());
        return fault(QStringLiteral("write"), path, number);
    }
    return {};
}

} // namespace hookscope
