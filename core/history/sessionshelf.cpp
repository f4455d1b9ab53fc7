#include "core/history/sessionshelf.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hookscope {

namespace {

constexpr qsizetype mostCharacters = 64;

struct ShelfText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::SessionShelf)
};

tl::unexpected<Error> failure(ErrorCode code, const QString &text)
{
    return tl::unexpected(Error{code, text});
}

// Half a copy, which a crash may leave behind; no session has a name with a point in front.
QString partPath(const QString &shelf, const QString &name)
{
    return shelf + QStringLiteral("/.") + name + QStringLiteral(".part");
}

bool isRealFolder(const QString &path)
{
    const QFileInfo info(path);
    return info.isDir() && !info.isSymLink();
}

QString copy(const Segment &segment, const QString &folder)
{
    QFile from(segment.path);
    if (!from.open(QIODevice::ReadOnly))
        return from.errorString();
    const QString path = folder + u'/' + QFileInfo(segment.path).fileName();
    const int fd = ::open(QFile::encodeName(path).constData(),
                          O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    QFile to;
    if (fd < 0 || !to.open(fd, QIODevice::WriteOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle))
        return qt_error_string(errno);
    for (qint64 left = segment.bytes; left > 0;) {
        const QByteArray bytes = from.read(std::min<qint64>(left, 1024 * 1024));
        if (bytes.isEmpty() || to.write(bytes) != bytes.size())
            return bytes.isEmpty() ? from.errorString() : to.errorString();
        left -= bytes.size();
    }
    return {};
}

} // namespace

Result<void> checkSessionName(const QString &name)
{
    const auto isGood = [](QChar c) {
        return c.isLetterOrNumber() || c == u' ' || c == u'.' || c == u'-' || c == u'_';
    };
    const auto isEdge = [](QChar c) {
        return c == u' ' || c == u'.';
    };
    if (name.isEmpty())
        return failure(ErrorCode::InvalidInput, ShelfText::tr("A session needs a name."));
    if (name.size() > mostCharacters)
        return failure(ErrorCode::InvalidInput,
                       ShelfText::tr("The name is too long: at most %1 characters.").arg(mostCharacters));
    if (!std::all_of(name.cbegin(), name.cend(), isGood) || isEdge(name.front()) || isEdge(name.back()))
        return failure(
            ErrorCode::InvalidInput,
            ShelfText::tr("A name is made of letters, digits, spaces, points and lines, and begins and "
                          "ends with neither a space nor a point."));
    if (name.compare(QLatin1String("current"), Qt::CaseInsensitive) == 0)
        return failure(ErrorCode::InvalidInput,
                       ShelfText::tr("The running session has that name; choose another."));
    return {};
}

QString sessionPath(const QString &shelf, const QString &name)
{
    return shelf + u'/' + name;
}

QString currentSessionPath(const QString &shelf)
{
    return sessionPath(shelf, QStringLiteral("current"));
}

QList<SessionInfo> savedSessions(const QString &shelf)
{
    QList<SessionInfo> sessions;
    const auto entries =
        QDir(shelf).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name);
    for (const QFileInfo &entry : entries) {
        const QList<Segment> segments = segmentsIn(entry.filePath());
        if (segments.isEmpty() || !checkSessionName(entry.fileName()))
            continue;
        SessionInfo info{entry.fileName(), 0, entry.lastModified()};
        for (const Segment &segment : segments)
            info.bytes += segment.bytes;
        sessions.append(info);
    }
    return sessions;
}

Result<void> saveSession(const QString &shelf, const QString &name, const QList<Segment> &segments)
{
    if (auto checked = checkSessionName(name); !checked)
        return checked;
    if (segments.isEmpty())
        return failure(ErrorCode::NotFound,
                       ShelfText::tr("There is nothing to save yet: nothing of this session is on disk."));
    const QString target = sessionPath(shelf, name);
    if (QFileInfo::exists(target) || QFileInfo(target).isSymLink())
        return failure(
            ErrorCode::AlreadyInUse,
            ShelfText::tr("There is a session %1 already; choose another name, or delete that one first.")
                .arg(name));
    const QString part = partPath(shelf, name);
    if (isRealFolder(part))
        QDir(part).removeRecursively();
    if (QString fault = makeSessionFolder(part); !fault.isEmpty())
        return failure(ErrorCode::Io, ShelfText::tr("The session could not be saved: %1").arg(fault));
    QString fault;
    for (const Segment &segment : segments) {
        if (fault.isEmpty())
            fault = copy(segment, part);
    }
    if (fault.isEmpty() && !QDir().rename(part, target))
        fault = qt_error_string(errno);
    if (fault.isEmpty())
        return {};
    QDir(part).removeRecursively();
    return failure(ErrorCode::Io,
                   ShelfText::tr("The session could not be saved as %1: %2.").arg(target, fault));
}

Result<void> removeSession(const QString &shelf, const QString &name)
{
    if (auto checked = checkSessionName(name); !checked)
        return checked;
    const QString path = sessionPath(shelf, name);
    if (!isRealFolder(path))
        return failure(ErrorCode::NotFound, ShelfText::tr("There is no session %1.").arg(name));
    // What is not of the session stays, and the folder with it.
    bool isGone = true;
    for (const Segment &segment : segmentsIn(path))
        isGone = QFile::remove(segment.path) && isGone;
    if (!isGone || !QDir().rmdir(path))
        return failure(
            ErrorCode::Io,
            ShelfText::tr("The session %1 could not be deleted whole: look at %2.").arg(name, path));
    return {};
}

} // namespace hookscope
