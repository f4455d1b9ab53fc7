#include "core/dispatch/filerotator.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QSaveFile>
#include <QThreadPool>
#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

namespace hookscope {

namespace {

struct RotatorText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::FileRotator)
};

constexpr const char *compressedEnding = ".zst";

QThreadPool &compressors()
{
    static QThreadPool pool;
    pool.setMaxThreadCount(1);
    return pool;
}

tl::unexpected<Error> fault(const QString &path, const QString &why)
{
    return tl::unexpected(
        Error{ErrorCode::Io, RotatorText::tr("File %1 cannot be put aside and goes on: %2").arg(path, why)});
}

QByteArray aside(const QString &path, int number, const char *ending = "")
{
    return QFile::encodeName(path) + '.' + QByteArray::number(number) + ending;
}

bool isThere(const QByteArray &name, bool &isRegular)
{
    struct stat status;
    if (::lstat(name.constData(), &status) != 0)
        return false;
    isRegular = S_ISREG(status.st_mode) && status.st_uid == ::geteuid();
    return true;
}

// How many were put aside and stand one behind the other, at most `keep`; `obstacle` is the first of these
// names that is no file of ours.
int countAside(const QString &path, int keep, QByteArray &obstacle)
{
    for (int number = 1; number <= keep; ++number) {
        bool isTaken = false;
        for (const char *ending : {"", compressedEnding}) {
            const QByteArray name = aside(path, number, ending);
            bool isRegular = false;
            const bool exists = isThere(name, isRegular);
            isTaken = isTaken || exists;
            if (exists && !isRegular && obstacle.isEmpty())
                obstacle = name;
        }
        if (!isTaken)
            return number - 1;
    }
    return keep;
}

// When the file was begun, since the Unix epoch; 0 if the file system does not say.
qint64 birthS(const QByteArray &name)
{
    struct statx status;
    const bool isKnown = ::statx(AT_FDCWD, name.constData(), AT_SYMLINK_NOFOLLOW, STATX_BTIME, &status) == 0
        && (status.stx_mask & STATX_BTIME) != 0;
    return isKnown ? status.stx_btime.tv_sec : 0;
}

// Whole or not at all.
bool compressTo(const QString &source, const QString &target)
{
    QFile in(source);
    QSaveFile out(target);
    if (!in.open(QIODevice::ReadOnly) || !out.open(QIODevice::WriteOnly))
        return false;
    out.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    const std::unique_ptr<ZSTD_CStream, decltype(&ZSTD_freeCStream)> stream(ZSTD_createCStream(),
                                                                            ZSTD_freeCStream);
    QByteArray buffer(static_cast<qsizetype>(ZSTD_CStreamOutSize()), Qt::Uninitialized);
    for (bool isLast = false; !isLast;) {
        const QByteArray chunk = in.read(static_cast<qint64>(ZSTD_CStreamInSize()));
        isLast = chunk.isEmpty();
        if (isLast && in.error() != QFile::NoError)
            return false;
        ZSTD_inBuffer input{chunk.constData(), static_cast<std::size_t>(chunk.size()), 0};
        for (std::size_t left = 1; left != 0;) {
            ZSTD_outBuffer output{buffer.data(), static_cast<std::size_t>(buffer.size()), 0};
            left = ZSTD_compressStream2(stream.get(), &output, &input, isLast ? ZSTD_e_end : ZSTD_e_continue);
            if (ZSTD_isError(left) != 0 || out.write(buffer.constData(), static_cast<qint64>(output.pos)) < 0)
                return false;
            if (!isLast && input.pos == input.size)
                break;
        }
    }
    return out.commit();
}

} // namespace

FileRotator::~FileRotator()
{
    compressors().waitForDone();
}

Result<void> FileRotator::rotateIfDue(const QString &path, const FileRotation &rotation, qint64 bytes)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat status;
    if (::lstat(name.constData(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0)
        return {}; // appending says what is wrong with it
    const qint64 nowS = QDateTime::currentSecsSinceEpoch();
    qint64 begunS = birthS(name);
    if (begunS == 0) {
        if (!m_firstSeenS.contains(path))
            m_firstSeenS.insert(path, nowS);
        begunS = m_firstSeenS.value(path);
    }
    const bool isBig = rotation.maxBytes > 0 && status.st_size + bytes > rotation.maxBytes;
    const bool isOld = rotation.maxAgeS > 0 && nowS - begunS >= rotation.maxAgeS;
    const auto busy = m_isBusy.value(path);
    if ((!isBig && !isOld) || (busy && busy->load()))
        return {};
    QByteArray obstacle;
    const int count = countAside(path, rotation.keep, obstacle);
    if (!obstacle.isEmpty())
        return fault(path, RotatorText::tr("%1 is no file of this user").arg(QFile::decodeName(obstacle)));
    for (const char *ending : {"", compressedEnding}) {
        if (count == rotation.keep)
            ::unlink(aside(path, count, ending).constData());
        for (int number = std::min(count, rotation.keep - 1); number >= 1; --number)
            ::rename(aside(path, number, ending).constData(), aside(path, number + 1, ending).constData());
    }
    if (::rename(name.constData(), aside(path, 1).constData()) != 0)
        return fault(path, qt_error_string(errno));
    m_firstSeenS.remove(path);
    if (rotation.isCompressed)
        compress(path);
    return {};
}

void FileRotator::compress(const QString &path)
{
    auto &busy = m_isBusy[path];
    if (!busy)
        busy = std::make_shared<std::atomic<bool>>(false);
    busy->store(true);
    compressors().start([source = QFile::decodeName(aside(path, 1)), busy] {
        if (compressTo(source, source + QLatin1String(compressedEnding)))
            QFile::remove(source);
        busy->store(false);
    });
}

} // namespace hookscope
