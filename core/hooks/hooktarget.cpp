#include "core/hooks/hooktarget.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QUrl>
#include <algorithm>
#include <cmath>

namespace hookscope {

namespace {

struct TargetText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::Hook)
};

tl::unexpected<Error> invalid(const QString &text)
{
    return tl::unexpected(Error{ErrorCode::InvalidInput, text});
}

Result<void> validateUrl(const QString &text, const QString &what)
{
    if (!text.startsWith(QLatin1String("http://")) && !text.startsWith(QLatin1String("https://")))
        return invalid(TargetText::tr("%1 must start with http:// or https://").arg(what));
    if (holdsControl(text))
        return invalid(TargetText::tr("%1 cannot hold a line break or another control character").arg(what));
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid()) {
        // Qt puts the URL itself behind the reason; it may hold a password.
        const QString reason = url.errorString().section(QLatin1String("; source was"), 0, 0);
        return invalid(TargetText::tr("%1 is not a URL: %2").arg(what, reason));
    }
    if (url.host().isEmpty())
        return invalid(TargetText::tr("%1 must name a host").arg(what));
    if (url.port() == 0)
        return invalid(TargetText::tr("%1 must have a port from 1 to 65535, or none").arg(what));
    return {};
}

Result<void> validatePath(const QString &path)
{
    if (path.isEmpty())
        return invalid(TargetText::tr("File path cannot be empty"));
    if (holdsControl(path))
        return invalid(
            TargetText::tr("File path cannot hold a line break, NUL or another control character"));
    if (!path.startsWith(QLatin1Char('/')))
        return invalid(TargetText::tr("File path must be absolute: start it with /"));
    if (path.endsWith(QLatin1Char('/')))
        return invalid(TargetText::tr("File path must name a file, not a folder"));
    return {};
}

Result<void> validateCommand(const QStringList &command)
{
    if (command.isEmpty() || command.front().isEmpty())
        return invalid(TargetText::tr("Program cannot be empty"));
    if (!command.front().startsWith(QLatin1Char('/')))
        return invalid(TargetText::tr("Program must be an absolute path: start it with /"));
    const bool holdsNul = std::any_of(command.begin(), command.end(),
                                      [](const QString &word) { return word.contains(QChar::Null); });
    if (holdsNul || holdsControl(command.front()))
        return invalid(
            TargetText::tr("Program and arguments cannot hold NUL, nor the program a control character"));
    return {};
}

// The number under `key`, or `usual` if there is none.
Result<qint64> numberAt(const QJsonObject &object, const char *key, qint64 usual, qint64 least, qint64 most)
{
    const QJsonValue value = object.value(QLatin1String(key));
    if (value.isUndefined())
        return usual;
    const double number = value.toDouble(-1);
    if (!value.isDouble() || number != std::floor(number) || number < static_cast<double>(least)
        || number > static_cast<double>(most)) {
        return invalid(TargetText::tr("\"%1\" of \"target\" must be a whole number from %2 to %3")
                           .arg(QLatin1String(key))
                           .arg(least)
                           .arg(most));
    }
    return static_cast<qint64>(number);
}

Result<QString> textAt(const QJsonObject &object, QLatin1String key)
{
    const QJsonValue value = object.value(key);
    if (!value.isString())
        return invalid(TargetText::tr("\"target\" needs \"%1\", a string").arg(key));
    return value.toString();
}

Result<FileRotation> rotationFromJson(const QJsonValue &value)
{
    if (!value.isObject()) {
        return invalid(
            TargetText::tr("\"rotate\" of \"target\" must be an object: {\"max_bytes\", \"max_age_s\", "
                           "\"keep\", \"compress\"}"));
    }
    const QJsonObject object = value.toObject();
    const auto bytes = numberAt(object, "max_bytes", 0, FileRotation::leastBytes, FileRotation::mostBytes);
    const auto age = numberAt(object, "max_age_s", 0, FileRotation::leastAgeS, FileRotation::mostAgeS);
    const auto keep = numberAt(object, "keep", FileRotation().keep, 1, FileRotation::mostKept);
    for (const auto *number : {&bytes, &age, &keep}) {
        if (!*number)
            return tl::unexpected(number->error());
    }
    const QJsonValue compress = object.value(QLatin1String("compress"));
    if (!compress.isUndefined() && compress != QLatin1String("zstd"))
        return invalid(TargetText::tr("\"compress\" of \"rotate\" must be \"zstd\", or not there"));
    if (*bytes == 0 && *age == 0)
        return invalid(TargetText::tr("\"rotate\" needs \"max_bytes\" or \"max_age_s\""));
    return FileRotation{*bytes, static_cast<int>(*age), static_cast<int>(*keep), compress.isString()};
}

Result<HookTarget> fileFromJson(const QJsonObject &object)
{
    auto path = textAt(object, QLatin1String("path"));
    if (!path)
        return tl::unexpected(path.error());
    FileTarget file{*path, {}};
    if (const QJsonValue rotate = object.value(QLatin1String("rotate")); !rotate.isUndefined()) {
        const auto rotation = rotationFromJson(rotate);
        if (!rotation)
            return tl::unexpected(rotation.error());
        file.rotation = *rotation;
    }
    return HookTarget(file);
}

Result<HookTarget> execFromJson(const QJsonObject &object)
{
    ExecTarget exec;
    const QJsonValue command = object.value(QLatin1String("command"));
    const QJsonArray words = command.toArray();
    const bool areStrings =
        std::all_of(words.begin(), words.end(), [](const QJsonValue &word) { return word.isString(); });
    if (!command.isArray() || words.isEmpty() || !areStrings) {
        return invalid(
            TargetText::tr("\"target\" needs \"command\", a list of strings: the program's absolute path "
                           "and its arguments"));
    }
    for (const QJsonValue &word : words)
        exec.command << word.toString();
    const auto timeout = numberAt(object, "timeout_ms", exec.timeoutMs, 1, ExecTarget::longestTimeoutMs);
    const auto memory =
        numberAt(object, "memory_mb", exec.memoryMb, ExecTarget::leastMemoryMb, ExecTarget::mostMemoryMb);
    const auto atOnce = numberAt(object, "at_once", exec.atOnce, 1, ExecTarget::mostAtOnce);
    for (const auto *number : {&timeout, &memory, &atOnce}) {
        if (!*number)
            return tl::unexpected(number->error());
    }
    exec.timeoutMs = static_cast<int>(*timeout);
    exec.memoryMb = static_cast<int>(*memory);
    exec.atOnce = static_cast<int>(*atOnce);
    return HookTarget(exec);
}

QJsonObject rotationToJson(const FileRotation &rotation)
{
    QJsonObject object;
    if (rotation.maxBytes > 0)
        object.insert(QStringLiteral("max_bytes"), rotation.maxBytes);
    if (rotation.maxAgeS > 0)
        object.insert(QStringLiteral("max_age_s"), rotation.maxAgeS);
    object.insert(QStringLiteral("keep"), rotation.keep);
    if (rotation.isCompressed)
        object.insert(QStringLiteral("compress"), QStringLiteral("zstd"));
    return object;
}

QJsonObject typed(const char *type, QJsonObject object = {})
{
    object.insert(QStringLiteral("type"), QLatin1String(type));
    return object;
}

} // namespace

bool holdsControl(const QString &text)
{
    return std::any_of(text.cbegin(), text.cend(), [](QChar c) {
        return c.category() == QChar::Other_Control || c == QChar::LineSeparator
            || c == QChar::ParagraphSeparator;
    });
}

Result<HookTarget> targetFromJson(const QJsonObject &object)
{
    const QJsonValue type = object.value(QLatin1String("type"));
    if (type == QLatin1String("webhook")) {
        return textAt(object, QLatin1String("url")).map([](const QString &url) {
            return HookTarget(WebhookTarget{url});
        });
    }
    if (type == QLatin1String("file"))
        return fileFromJson(object);
    if (type == QLatin1String("audit"))
        return HookTarget(AuditTarget());
    if (type == QLatin1String("notify"))
        return HookTarget(NotifyTarget());
    if (type == QLatin1String("exec"))
        return execFromJson(object);
    if (type == QLatin1String("otlp")) {
        return textAt(object, QLatin1String("url")).map([](const QString &url) {
            return HookTarget(OtlpTarget{url});
        });
    }
    return invalid(
        TargetText::tr("\"type\" of \"target\" must be \"webhook\", \"file\", \"audit\", \"notify\", "
                       "\"exec\" or \"otlp\""));
}

QJsonObject toJson(const HookTarget &target)
{
    if (const auto *webhook = std::get_if<WebhookTarget>(&target))
        return typed("webhook", {{QStringLiteral("url"), webhook->url}});
    if (const auto *file = std::get_if<FileTarget>(&target)) {
        QJsonObject object = typed("file", {{QStringLiteral("path"), file->path}});
        if (file->rotation)
            object.insert(QStringLiteral("rotate"), rotationToJson(*file->rotation));
        return object;
    }
    if (const auto *exec = std::get_if<ExecTarget>(&target)) {
        const ExecTarget usual;
        QJsonObject object =
            typed("exec", {{QStringLiteral("command"), QJsonArray::fromStringList(exec->command)}});
        if (exec->timeoutMs != usual.timeoutMs)
            object.insert(QStringLiteral("timeout_ms"), exec->timeoutMs);
        if (exec->memoryMb != usual.memoryMb)
            object.insert(QStringLiteral("memory_mb"), exec->memoryMb);
        if (exec->atOnce != usual.atOnce)
            object.insert(QStringLiteral("at_once"), exec->atOnce);
        return object;
    }
    if (const auto *otlp = std::get_if<OtlpTarget>(&target))
        return typed("otlp", {{QStringLiteral("url"), otlp->url}});
    return typed(std::holds_alternative<NotifyTarget>(target) ? "notify" : "audit");
}

Result<void> validate(const HookTarget &target)
{
    if (const auto *webhook = std::get_if<WebhookTarget>(&target))
        return validateUrl(webhook->url, TargetText::tr("Webhook URL"));
    if (const auto *file = std::get_if<FileTarget>(&target))
        return validatePath(file->path);
    if (const auto *exec = std::get_if<ExecTarget>(&target))
        return validateCommand(exec->command);
    if (const auto *otlp = std::get_if<OtlpTarget>(&target))
        return validateUrl(otlp->url, TargetText::tr("Collector URL"));
    return {};
}

} // namespace hookscope
