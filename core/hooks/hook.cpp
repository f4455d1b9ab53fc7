#include "core/hooks/hook.h"

#include "core/events/eventjson.h"
#include "core/events/filtermatcher.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace hookscope {

namespace {

struct HookText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::Hook)
};

tl::unexpected<Error> invalid(const QString &text)
{
    return tl::unexpected(Error{ErrorCode::InvalidInput, text});
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
    for (const char *key :
         {"enabled", "when", "delivery", "parallel", "template", "headers", "sign_with", "allow_private"})
        extra.remove(QLatin1String(key));
    for (const char *key : {"target", "batch", "retry", "limit"}) {
        const QJsonObject inner =
            without(object.value(QLatin1String(key)).toObject(), known.value(QLatin1String(key)).toObject());
        if (!inner.isEmpty())
            extra.insert(QLatin1String(key), inner);
    }
    return extra;
}

Result<std::optional<FiringLimit>> limitFromJson(const QJsonValue &value)
{
    if (value.isUndefined())
        return std::optional<FiringLimit>();
    const auto whole = [&value](const char *key, int most) {
        const double number = value.toObject().value(QLatin1String(key)).toDouble(0);
        return number == std::floor(number) && number >= 1 && number <= most ? static_cast<int>(number) : 0;
    };
    const FiringLimit limit{whole("events", FiringLimit::mostEvents), whole("per_s", FiringLimit::mostS)};
    if (limit.events == 0 || limit.perS == 0) {
        return invalid(
            HookText::tr("\"limit\" must be an object: {\"events\": from 1 to %1, \"per_s\": from 1 to %2}")
                .arg(FiringLimit::mostEvents)
                .arg(FiringLimit::mostS));
    }
    return std::optional(limit);
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
    if (std::holds_alternative<WebhookTarget>(hook.target)) {
        if (const auto delivery = validate(hook.delivery); !delivery)
            return delivery;
    } else if (!hook.sending.body.isEmpty() || !hook.sending.signWith.isEmpty()) {
        return invalid(HookText::tr("\"template\" and \"sign_with\" are for webhooks"));
    } else if (hook.sending != SendingPolicy() && !std::holds_alternative<OtlpTarget>(hook.target)) {
        return invalid(HookText::tr("\"headers\" and \"allow_private\" are for webhooks and collectors"));
    }
    if (const auto sending = validate(hook.sending); !sending)
        return sending;
    if (!std::holds_alternative<WebhookTarget>(hook.target) && hook.delivery != DeliveryPolicy()) {
        return invalid(
            HookText::tr("\"delivery\", \"parallel\", \"batch\" and \"retry\" are for webhooks: lines "
                         "of files and of the audit log are written at once"));
    }
    if (std::holds_alternative<OtlpTarget>(hook.target)) {
        if (hook.event != HookEvent::OnResponse)
            return invalid(HookText::tr("A collector gets spans, which have an end: its \"event\" must be "
                                        "\"on_response\""));
        if (hook.limit)
            return invalid(HookText::tr("\"limit\" is not for collectors: a digest is no span"));
    }
    if (hook.event == HookEvent::OnBudget && std::holds_alternative<AuditTarget>(hook.target))
        return invalid(
            HookText::tr("The audit log has no line for budgets: deliver them to a webhook or a file"));
    return validate(hook.target);
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
    const QJsonObject known = toJson(hook.target);
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
    writeTo(object, hook.sending);
    QJsonObject limit = object.take(QStringLiteral("limit")).toObject();
    if (hook.limit) {
        limit.insert(QStringLiteral("events"), hook.limit->events);
        limit.insert(QStringLiteral("per_s"), hook.limit->perS);
        object.insert(QStringLiteral("limit"), limit);
    }
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
    auto sending = sendingPolicyFromJson(object);
    if (!sending)
        return tl::unexpected(sending.error());
    hook.sending = *std::move(sending);
    const auto limit = limitFromJson(object.value(QLatin1String("limit")));
    if (!limit)
        return tl::unexpected(limit.error());
    hook.limit = *limit;
    hook.extra = extraOf(object, hook);
    return hook;
}

} // namespace hookscope
