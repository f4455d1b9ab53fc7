#include "core/hooks/hook.h"

#include "core/events/eventjson.h"
#include "core/events/filtermatcher.h"

#include <QCoreApplication>
#include <QUrl>
#include <algorithm>

namespace hookscope {

namespace {

struct HookText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::Hook)
};

tl::unexpected<Error> invalid(const QString &text)
{
    return tl::unexpected(Error{ErrorCode::InvalidInput, text});
}

// C0, C1 and DEL, and the two separators that some readers of logs take for a line end.
bool holdsControl(const QString &text)
{
    return std::any_of(text.cbegin(), text.cend(), [](QChar c) {
        return c.category() == QChar::Other_Control || c == QChar::LineSeparator
            || c == QChar::ParagraphSeparator;
    });
}

Result<void> validateWebhook(const QString &text)
{
    if (!text.startsWith(QLatin1String("http://")) && !text.startsWith(QLatin1String("https://")))
        return invalid(HookText::tr("Webhook URL must start with http:// or https://"));
    if (holdsControl(text))
        return invalid(HookText::tr("Webhook URL cannot hold a line break or another control character"));
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid()) {
        // Qt puts the URL itself behind the reason; it may hold a password.
        const QString reason = url.errorString().section(QLatin1String("; source was"), 0, 0);
        return invalid(HookText::tr("Webhook URL is not a URL: %1").arg(reason));
    }
    if (url.host().isEmpty())
        return invalid(HookText::tr("Webhook URL must name a host"));
    if (url.port() == 0)
        return invalid(HookText::tr("Webhook URL must have a port from 1 to 65535, or none"));
    return {};
}

Result<void> validateFile(const QString &path)
{
    if (path.isEmpty())
        return invalid(HookText::tr("File path cannot be empty"));
    if (holdsControl(path))
        return invalid(HookText::tr("File path cannot hold a line break, NUL or another control character"));
    if (!path.startsWith(QLatin1Char('/')))
        return invalid(HookText::tr("File path must be absolute: start it with /"));
    if (path.endsWith(QLatin1Char('/')))
        return invalid(HookText::tr("File path must name a file, not a folder"));
    return {};
}

Result<HookTarget> targetFromJson(const QJsonObject &object)
{
    const QJsonValue type = object.value(QLatin1String("type"));
    const auto text = [&object](QLatin1String key) -> Result<QString> {
        const QJsonValue value = object.value(key);
        if (!value.isString())
            return invalid(HookText::tr("\"target\" needs \"%1\", a string").arg(key));
        return value.toString();
    };
    if (type == QLatin1String("webhook"))
        return text(QLatin1String("url")).map([](const QString &url) {
            return HookTarget(WebhookTarget{url});
        });
    if (type == QLatin1String("file"))
        return text(QLatin1String("path")).map([](const QString &path) {
            return HookTarget(FileTarget{path});
        });
    if (type == QLatin1String("audit"))
        return Result<HookTarget>(tl::in_place, std::in_place_type<AuditTarget>);
    return invalid(HookText::tr("\"type\" of \"target\" must be \"webhook\", \"file\" or \"audit\""));
}

QJsonObject targetToJson(const HookTarget &target)
{
    if (const auto *webhook = std::get_if<WebhookTarget>(&target))
        return {{QStringLiteral("type"), QStringLiteral("webhook")}, {QStringLiteral("url"), webhook->url}};
    if (const auto *file = std::get_if<FileTarget>(&target))
        return {{QStringLiteral("type"), QStringLiteral("file")}, {QStringLiteral("path"), file->path}};
    return {{QStringLiteral("type"), QStringLiteral("audit")}};
}

std::optional<HookEvent> eventNamed(const QString &name)
{
    for (const HookEvent event : {HookEvent::OnRequest, HookEvent::OnResponse, HookEvent::OnBudget}) {
        if (name == QLatin1String(nameOf(event)))
            return event;
    }
    return std::nullopt;
}

// What `object` holds besides the keys that its known form has.
QJsonObject without(QJsonObject object, const QJsonObject &known)
{
    for (const QString &key : known.keys())
        object.remove(key);
    return object;
}

// Keys that are not known, also within the objects of known ones.
QJsonObject extraOf(const QJsonObject &object, const Hook &hook)
{
    const QJsonObject known = toJson(hook);
    QJsonObject extra = without(object, known);
    for (const char *key : {"enabled", "when", "delivery", "parallel"})
        extra.remove(QLatin1String(key));
    for (const char *key : {"target", "batch", "retry"}) {
        const QJsonObject inner =
            without(object.value(QLatin1String(key)).toObject(), known.value(QLatin1String(key)).toObject());
        if (!inner.isEmpty())
            extra.insert(QLatin1String(key), inner);
    }
    return extra;
}

} // namespace

Result<void> validate(const Hook &hook)
{
    if (hook.name.isEmpty())
        return invalid(HookText::tr("Hook name cannot be empty"));
    if (holdsControl(hook.name))
        return invalid(HookText::tr("Hook name cannot hold a line break or another control character"));
    if (hook.event == HookEvent::OnBudget && !hook.when.isEmpty())
        return invalid(
            HookText::tr("\"when\" is for requests and answers: a budget has a filter of its own"));
    if (const auto *webhook = std::get_if<WebhookTarget>(&hook.target)) {
        const auto delivery = validate(hook.delivery);
        return delivery ? validateWebhook(webhook->url) : delivery;
    }
    if (hook.delivery != DeliveryPolicy()) {
        return invalid(
            HookText::tr("\"delivery\", \"parallel\", \"batch\" and \"retry\" are for webhooks: lines "
                         "of files and of the audit log are written at once"));
    }
    if (const auto *file = std::get_if<FileTarget>(&hook.target))
        return validateFile(file->path);
    if (hook.event == HookEvent::OnBudget)
        return invalid(
            HookText::tr("The audit log has no line for budgets: deliver them to a webhook or a file"));
    return {};
}

bool isDue(const Hook &hook, const ProxyEvent &event, std::int64_t nowUs)
{
    return hook.event == event.event && (hook.when.isEmpty() || matches(hook.when, event, nowUs));
}

bool isDue(const Hook &hook, const LlmEvent &event, std::int64_t nowUs)
{
    return hook.event == HookEvent::OnResponse && (hook.when.isEmpty() || matches(hook.when, event, nowUs));
}

bool wouldFire(const Hook &hook, const Exchange &exchange, std::int64_t nowUs)
{
    return (exchange.request && isDue(hook, *exchange.request, nowUs))
        || (exchange.response && isDue(hook, *exchange.response, nowUs))
        || std::any_of(exchange.calls.begin(), exchange.calls.end(),
                       [&](const LlmEvent &call) { return isDue(hook, call, nowUs); });
}

QJsonObject toJson(const Hook &hook)
{
    QJsonObject object = hook.extra;
    // Unknown keys of the target wait in extra under the target's own name.
    QJsonObject target = object.value(QLatin1String("target")).toObject();
    const QJsonObject known = targetToJson(hook.target);
    for (auto it = known.begin(); it != known.end(); ++it)
        target.insert(it.key(), it.value());
    object.insert(QStringLiteral("name"), hook.name);
    object.insert(QStringLiteral("event"), QLatin1String(nameOf(hook.event)));
    object.insert(QStringLiteral("target"), target);
    object.remove(QStringLiteral("enabled"));
    if (!hook.enabled)
        object.insert(QStringLiteral("enabled"), false);
    object.remove(QStringLiteral("when"));
    if (!hook.when.isEmpty())
        object.insert(QStringLiteral("when"), hook.when.text());
    writeTo(object, hook.delivery);
    return object;
}

Result<Hook> hookFromJson(const QJsonValue &value)
{
    if (!value.isObject())
        return invalid(HookText::tr("A hook must be an object: {\"name\", \"event\", \"target\"}"));
    const QJsonObject object = value.toObject();
    Hook hook;
    const QJsonValue name = object.value(QLatin1String("name"));
    if (!name.isString())
        return invalid(HookText::tr("\"name\" is missing or not a string"));
    hook.name = name.toString();
    const auto event = eventNamed(object.value(QLatin1String("event")).toString());
    if (!event)
        return invalid(HookText::tr("\"event\" must be \"on_request\", \"on_response\" or \"on_budget\""));
    hook.event = *event;
    const QJsonValue target = object.value(QLatin1String("target"));
    if (!target.isObject())
        return invalid(HookText::tr("\"target\" is missing or not an object"));
    auto read = targetFromJson(target.toObject());
    if (!read)
        return tl::unexpected(read.error());
    hook.target = *read;
    const QJsonValue enabled = object.value(QLatin1String("enabled"));
    if (!enabled.isUndefined() && !enabled.isBool())
        return invalid(HookText::tr("\"enabled\" must be true or false"));
    hook.enabled = enabled.toBool(true);
    const QJsonValue when = object.value(QLatin1String("when"));
    if (!when.isUndefined() && !when.isString())
        return invalid(HookText::tr("\"when\" must be a string, as typed into the filter of the window"));
    auto filter = Filter::compile(when.toString());
    if (!filter) {
        return invalid(HookText::tr("\"when\" is not a filter, at character %1: %2")
                           .arg(filter.error().position + 1)
                           .arg(filter.error().sentence));
    }
    hook.when = *filter;

    auto delivery = deliveryPolicyFromJson(object);
    if (!delivery)
        return tl::unexpected(delivery.error());
    hook.delivery = *std::move(delivery);
    hook.extra = extraOf(object, hook);
    return hook;
}

} // namespace hookscope
