#include "core/hooks/hookset.h"

#include "core/hooks/orderedjson.h"
#include "core/hooks/privatefolder.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hookscope {

namespace {

constexpr qint64 sizeLimit = 16 * 1024 * 1024; // bytes; a set of 10,000 hooks has about 2 MB

struct HookSetText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::HookSet)
};

tl::unexpected<Error> failure(ErrorCode code, const QString &text)
{
    return tl::unexpected(Error{code, text});
}

// Where the character at `offset` stands, both counted from 1, columns in characters.
std::pair<int, int> placeOf(const QByteArray &bytes, qsizetype offset)
{
    const QByteArray before = bytes.left(offset);
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    const auto line = static_cast<int>(before.count('\n')) + 1;
    const auto column = static_cast<int>(QString::fromUtf8(before.mid(lineStart)).size()) + 1;
    return {line, column};
}

Result<QJsonDocument> parse(const QByteArray &bytes)
{
    if (bytes.trimmed().isEmpty())
        return failure(ErrorCode::InvalidInput, HookSetText::tr("line 1, column 1: the file is empty"));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error == QJsonParseError::NoError)
        return document;
    // Qt's offset is behind the character that it could not take, but for what follows the end.
    const bool isBehind = error.error != QJsonParseError::GarbageAtEnd && error.offset > 0;
    const auto [line, column] = placeOf(bytes, error.offset - (isBehind ? 1 : 0));
    return failure(
        ErrorCode::InvalidInput,
        HookSetText::tr("line %1, column %2: not JSON (%3)").arg(line).arg(column).arg(error.errorString()));
}

void readHooks(const QJsonArray &list, HookSet &set)
{
    QHash<QString, int> positions;
    for (int position = 0; position < list.size(); ++position) {
        const QJsonValue value = list.at(position);
        auto hook = hookFromJson(value);
        Result<void> usable = hook ? validate(*hook) : tl::unexpected(hook.error());
        if (usable && positions.contains(hook->name)) {
            usable = failure(ErrorCode::InvalidInput,
                             HookSetText::tr("a hook named %1 stands at position %2 already")
                                 .arg(hook->name)
                                 .arg(positions.value(hook->name)));
        }
        if (usable) {
            positions.insert(hook->name, position);
            set.hooks.append(*hook);
        } else {
            set.bad.append({position, usable.error().text, value});
        }
    }
}

ErrorCode codeOf(int systemError)
{
    switch (systemError) {
    case EACCES:
    case EPERM:
    case EROFS:
        return ErrorCode::PermissionDenied;
    case ENOENT:
        return ErrorCode::NotFound;
    default:
        return ErrorCode::Io;
    }
}

// Opening a pipe waits for its other end and a device may act on it: only regular files are touched.
Result<void> checkRegular(const QString &path, const struct stat &status)
{
    if (S_ISREG(status.st_mode))
        return {};
    if (S_ISDIR(status.st_mode))
        return failure(ErrorCode::InvalidInput, HookSetText::tr("%1 is a folder: name a file").arg(path));
    return failure(ErrorCode::InvalidInput,
                   HookSetText::tr("%1 is a pipe, socket or device: name a regular file").arg(path));
}

// A new or replaced name survives a power loss only once its folder is on disk too.
Result<void> syncFolder(const QString &folder)
{
    const int fd = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error = fd < 0 ? errno : 0;
    if (fd >= 0 && ::fsync(fd) != 0)
        error = errno;
    if (fd >= 0)
        ::close(fd);
    // Some file systems cannot sync folders, and a folder may be writable but not readable.
    if (error == 0 || error == EINVAL || error == ENOTSUP || error == EACCES)
        return {};
    return failure(
        ErrorCode::Io,
        HookSetText::tr("The folder %1 could not be written to disk: %2. Save again, or elsewhere.")
            .arg(folder, qt_error_string(error)));
}

Result<void> checkTarget(const QString &path)
{
    struct stat status;
    if (::lstat(QFile::encodeName(path).constData(), &status) != 0)
        return {}; // not there, or QSaveFile names what is in the way
    if (S_ISLNK(status.st_mode)) {
        return failure(
            ErrorCode::Refused,
            HookSetText::tr("%1 is a symbolic link and is not written through: save to the file that "
                            "it points to, %2")
                .arg(path, QFileInfo(path).symLinkTarget()));
    }
    return checkRegular(path, status);
}

} // namespace

Result<HookSet> hookSetFromJson(const QByteArray &bytes)
{
    const auto document = parse(bytes);
    if (!document)
        return tl::unexpected(document.error());
    HookSet set;
    if (document->isArray()) {
        readHooks(document->array(), set);
        return set;
    }
    QJsonObject object = document->object();
    const QJsonValue hooks = object.take(QStringLiteral("hooks"));
    const QJsonValue name = object.take(QStringLiteral("name"));
    if (!hooks.isArray()) {
        return failure(
            ErrorCode::InvalidInput,
            HookSetText::tr("there is no list \"hooks\": a hook set is {\"name\": \"...\", \"hooks\": "
                            "[...]} or a list of hooks"));
    }
    if (!name.isUndefined() && !name.isString())
        return failure(ErrorCode::InvalidInput, HookSetText::tr("the hook set's \"name\" must be a string"));
    set.name = name.toString();
    set.extra = object;
    readHooks(hooks.toArray(), set);
    return set;
}

const QStringList &hookKeyOrder()
{
    static const QStringList keys{
        QStringLiteral("name"),     QStringLiteral("event"),    QStringLiteral("target"),
        QStringLiteral("type"),     QStringLiteral("url"),      QStringLiteral("path"),
        QStringLiteral("hooks"),    QStringLiteral("enabled"),  QStringLiteral("when"),
        QStringLiteral("delivery"), QStringLiteral("parallel"), QStringLiteral("batch"),
        QStringLiteral("retry")};
    return keys;
}

QByteArray hookSetToJson(const HookSet &set)
{
    QList<BadHook> bad = set.bad;
    std::stable_sort(bad.begin(), bad.end(), [](const BadHook &left, const BadHook &right) {
        return left.position < right.position;
    });
    QJsonArray list;
    auto nextBad = bad.cbegin();
    for (const Hook &hook : set.hooks) {
        while (nextBad != bad.cend() && nextBad->position <= list.size())
            list.append((nextBad++)->json);
        list.append(toJson(hook));
    }
    for (; nextBad != bad.cend(); ++nextBad)
        list.append(nextBad->json);

    QJsonObject object = set.extra;
    object.insert(QStringLiteral("name"), set.name);
    object.insert(QStringLiteral("hooks"), list);
    return orderedJson(object, hookKeyOrder()) + '\n';
}

Result<HookSet> loadHookSet(const QString &path)
{
    struct stat status;
    if (::stat(QFile::encodeName(path).constData(), &status) != 0) {
        const int error = errno;
        return failure(codeOf(error),
                       HookSetText::tr("The hook set %1 cannot be opened: %2. Check the path.")
                           .arg(path, qt_error_string(error)));
    }
    if (auto regular = checkRegular(path, status); !regular)
        return tl::unexpected(regular.error());
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::PermissionDenied,
                       HookSetText::tr("The hook set %1 cannot be opened: %2. Check its permissions.")
                           .arg(path, file.errorString()));
    }
    const QByteArray bytes = file.read(sizeLimit + 1);
    if (file.error() != QFileDevice::NoError) {
        return failure(ErrorCode::Io,
                       HookSetText::tr("The hook set %1 cannot be read: %2").arg(path, file.errorString()));
    }
    if (bytes.size() > sizeLimit) {
        return failure(ErrorCode::InvalidInput,
                       HookSetText::tr("%1 is larger than 16 MiB: that is no hook set").arg(path));
    }
    auto set = hookSetFromJson(bytes);
    if (!set) {
        return failure(set.error().code,
                       HookSetText::tr("The hook set %1 cannot be used: %2. Correct the file.")
                           .arg(path, set.error().text));
    }
    return set;
}

Result<void> saveHookSet(const QString &path, const HookSet &set)
{
    if (auto target = checkTarget(path); !target)
        return target;
    const QString folder = QFileInfo(path).absolutePath();
    if (auto made = makePrivateFolder(folder); !made)
        return made;
    const auto failed = [&path](const QSaveFile &file) {
        const ErrorCode code =
            file.error() == QFileDevice::OpenError || file.error() == QFileDevice::PermissionsError
            ? ErrorCode::PermissionDenied
            : ErrorCode::Io;
        return failure(
            code,
            HookSetText::tr("The hook set %1 could not be saved: %2. What was there before is unchanged; "
                            "make room or choose another place.")
                .arg(path, file.errorString()));
    };
    QSaveFile file(path);
    const QByteArray bytes = hookSetToJson(set);
    // The mode is set while the file is still empty: it may hold URLs with credentials.
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || file.write(bytes) != bytes.size() || !file.commit())
        return failed(file);
    return syncFolder(folder);
}

} // namespace hookscope
