#include "core/sources/tailedfile.h"

#include <QCoreApplication>
#include <QFile>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace hookscope {

namespace {

constexpr std::size_t startBytes = 256;
constexpr std::size_t mostLineBytes = 16 * 1024 * 1024;

struct TailText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::TailedFile)
};

tl::unexpected<TailFault> fault(const QString &path, int error)
{
    if (error == ENOENT || error == ENOTDIR)
        return tl::unexpected(
            TailFault{TailFault::Kind::Missing, TailText::tr("%1 is not there.").arg(path)});
    return tl::unexpected(
        TailFault{TailFault::Kind::Unreadable,
                  TailText::tr("%1 cannot be read: %2.").arg(path, qt_error_string(error))});
}

tl::expected<FileIdentity, TailFault> regular(const QString &path, const struct stat &status)
{
    if (S_ISREG(status.st_mode))
        return FileIdentity{status.st_dev, status.st_ino};
    const QString text = S_ISDIR(status.st_mode)
        ? TailText::tr("%1 is a folder: name a file.").arg(path)
        : TailText::tr("%1 is a pipe, socket or device: name a regular file.").arg(path);
    return tl::unexpected(TailFault{TailFault::Kind::NotAFile, text});
}

std::string readAt(int fd, off_t offset, std::size_t most)
{
    std::string text(most, '\0');
    ssize_t n = 0;
    do {
        n = ::pread(fd, text.data(), most, offset);
    } while (n < 0 && errno == EINTR);
    text.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    return text;
}

} // namespace

tl::expected<FileIdentity, TailFault> identify(const QString &path)
{
    struct stat status;
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return fault(path, errno);
    return regular(path, status);
}

tl::expected<TailedFile, TailFault> TailedFile::open(const QString &path)
{
    if (const auto looked = identify(path); !looked)
        return tl::unexpected(looked.error());
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return fault(path, errno);
    struct stat status;
    const int error = ::fstat(fd, &status) == 0 ? 0 : errno;
    const auto identity = error == 0 ? regular(path, status) : fault(path, error);
    if (identity)
        return TailedFile(fd, *identity);
    ::close(fd);
    return tl::unexpected(identity.error());
}

TailedFile::TailedFile(int fd, FileIdentity identity)
    : m_fd(fd)
    , m_identity(identity)
{
}

TailedFile::~TailedFile()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

TailedFile::TailedFile(TailedFile &&other) noexcept
{
    *this = std::move(other);
}

TailedFile &TailedFile::operator=(TailedFile &&other) noexcept
{
    std::swap(m_fd, other.m_fd);
    std::swap(m_identity, other.m_identity);
    std::swap(m_offset, other.m_offset);
    std::swap(m_start, other.m_start);
    std::swap(m_text, other.m_text);
    std::swap(m_taken, other.m_taken);
    std::swap(m_isSkipping, other.m_isSkipping);
    std::swap(until, other.until);
    return *this;
}

bool TailedFile::noticeTruncation()
{
    struct stat status;
    if (::fstat(m_fd, &status) != 0)
        return false;
    const bool isShorter = status.st_size < m_offset;
    if (!isShorter && readAt(m_fd, 0, m_start.size()) == m_start)
        return false;
    const bool isTorn = !m_text.empty();
    m_offset = 0;
    m_start.clear();
    m_text.clear();
    m_isSkipping = false;
    return isTorn;
}

void TailedFile::rememberStart()
{
    if (m_start.size() < startBytes)
        m_start = readAt(m_fd, 0, std::min(startBytes, static_cast<std::size_t>(m_offset)));
}

std::string_view TailedFile::read(std::size_t most)
{
    for (;;) {
        const std::string bytes = readAt(m_fd, m_offset, most);
        if (bytes.empty())
            return {};
        m_offset += static_cast<off_t>(bytes.size());
        rememberStart();
        const auto end = bytes.rfind('\n');
        if (end == std::string::npos) {
            if (!m_isSkipping)
                m_text += bytes;
            if (m_text.size() > mostLineBytes) {
                m_text.clear();
                m_isSkipping = true;
            }
            continue;
        }
        const std::size_t begin = std::exchange(m_isSkipping, false) ? bytes.find('\n') : 0;
        m_taken = std::move(m_text);
        m_taken.append(bytes, begin, end + 1 - begin);
        m_text = bytes.substr(end + 1);
        return m_taken;
    }
}

} // namespace hookscope
