#include "core/hooks/deliverypolicy.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <cmath>

namespace hookscope {

namespace {

constexpr int mostWaits = 100;
constexpr qint64 longestWaitMs = 24 * 60 * 60 * 1000;
constexpr qint64 longestRetryMs = 3 * longestWaitMs;

struct PolicyText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::Hook)
};

tl::unexpected<Error> invalid(const QString &text)
{
    return tl::unexpected(Error{ErrorCode::InvalidInput, text});
}

std::optional<qint64> wholeNumber(const QJsonValue &value, qint64 least, qint64 most)
{
    const double number = value.toDouble(-1);
    if (!value.isDouble() || number != std::floor(number) || number < static_cast<double>(least)
        || number > static_cast<double>(most))
        return std::nullopt;
    return static_cast<qint64>(number);
}

Result<DeliveryMode> modeFromJson(const QJsonValue &value)
{
    if (value.isUndefined() || value == QLatin1String("best_effort"))
        return DeliveryMode::BestEffort;
    if (value == QLatin1String("at_least_once"))
        return DeliveryMode::AtLeastOnce;
    return invalid(PolicyText::tr("\"delivery\" must be \"best_effort\" or \"at_least_once\""));
}

Result<Batching> batchFromJson(const QJsonValue &value)
{
    if (!value.isObject())
        return invalid(PolicyText::tr("\"batch\" must be an object: {\"max_events\", \"max_wait_ms\"}"));
    const QJsonObject object = value.toObject();
    Batching batch;
    if (const QJsonValue events = object.value(QLatin1String("max_events")); !events.isUndefined()) {
        const auto number = wholeNumber(events, 1, Batching::mostEvents);
        if (!number)
            return invalid(PolicyText::tr("\"max_events\" must be a whole number from 1 to %1")
                               .arg(Batching::mostEvents));
        batch.maxEvents = static_cast<int>(*number);
    }
    if (const QJsonValue wait = object.value(QLatin1String("max_wait_ms")); !wait.isUndefined()) {
        const auto number = wholeNumber(wait, 0, Batching::longestWaitMs);
        if (!number)
            return invalid(PolicyText::tr("\"max_wait_ms\" must be a whole number from 0 to %1")
                               .arg(Batching::longestWaitMs));
        batch.maxWaitMs = static_cast<int>(*number);
    }
    return batch;
}

Result<std::vector<qint64>> waitsFromJson(const QJsonValue &value)
{
    const QJsonValue schedule = value.toObject().value(QLatin1String("schedule_ms"));
    const QJsonArray list = schedule.toArray();
    if (!value.isObject() || !schedule.isArray() || list.isEmpty() || list.size() > mostWaits) {
        return invalid(PolicyText::tr("\"retry\" must be an object with \"schedule_ms\": a list of 1 to %1 "
                                      "waits in milliseconds, before the second try, the third, ...")
                           .arg(mostWaits));
    }
    std::vector<qint64> waits;
    qint64 sum = 0;
    for (const QJsonValue &entry : list) {
        const auto wait = wholeNumber(entry, 0, longestWaitMs);
        if (!wait) {
            return invalid(PolicyText::tr("\"schedule_ms\" must hold whole numbers from 0 to %1 (24 hours)")
                               .arg(longestWaitMs));
        }
        waits.push_back(*wait);
        sum += *wait;
    }
    if (sum > longestRetryMs)
        return invalid(PolicyText::tr("\"schedule_ms\" must come to at most three days"));
    return waits;
}

} // namespace

const QStringList &deliveryKeys()
{
    static const QStringList keys{QStringLiteral("delivery"), QStringLiteral("parallel"),
                                  QStringLiteral("batch"), QStringLiteral("retry")};
    return keys;
}

Result<DeliveryPolicy> deliveryPolicyFromJson(const QJsonObject &hook)
{
    DeliveryPolicy policy;
    const auto mode = modeFromJson(hook.value(QLatin1String("delivery")));
    if (!mode)
        return tl::unexpected(mode.error());
    policy.mode = *mode;
    if (const QJsonValue parallel = hook.value(QLatin1String("parallel")); !parallel.isUndefined()) {
        const auto number = wholeNumber(parallel, 1, DeliveryPolicy::mostParallel);
        if (!number) {
            return invalid(PolicyText::tr("\"parallel\" must be a whole number from 1 to %1")
                               .arg(DeliveryPolicy::mostParallel));
        }
        policy.parallel = static_cast<int>(*number);
    }
    if (const QJsonValue batch = hook.value(QLatin1String("batch")); !batch.isUndefined()) {
        const auto read = batchFromJson(batch);
        if (!read)
            return tl::unexpected(read.error());
        policy.batch = *read;
    }
    if (const QJsonValue retry = hook.value(QLatin1String("retry")); !retry.isUndefined()) {
        auto waits = waitsFromJson(retry);
        if (!waits)
            return tl::unexpected(waits.error());
        policy.retryWaitsMs = *std::move(waits);
    }
    return policy;
}

void writeTo(QJsonObject &hook, const DeliveryPolicy &policy)
{
    QJsonObject batch = hook.value(QLatin1String("batch")).toObject();
    QJsonObject retry = hook.value(QLatin1String("retry")).toObject();
    for (const QString &key : deliveryKeys())
        hook.remove(key);
    if (policy.mode == DeliveryMode::AtLeastOnce)
        hook.insert(QStringLiteral("delivery"), QStringLiteral("at_least_once"));
    if (policy.parallel)
        hook.insert(QStringLiteral("parallel"), *policy.parallel);
    if (policy.batch) {
        batch.insert(QStringLiteral("max_events"), policy.batch->maxEvents);
        batch.insert(QStringLiteral("max_wait_ms"), policy.batch->maxWaitMs);
        hook.insert(QStringLiteral("batch"), batch);
    }
    if (!policy.retryWaitsMs.empty()) {
        QJsonArray waits;
        for (const qint64 wait : policy.retryWaitsMs)
            waits.append(wait);
        retry.insert(QStringLiteral("schedule_ms"), waits);
        hook.insert(QStringLiteral("retry"), retry);
    }
}

Result<void> validate(const DeliveryPolicy &policy)
{
    if (!policy.retryWaitsMs.empty() && policy.mode != DeliveryMode::AtLeastOnce) {
        return invalid(
            PolicyText::tr("\"retry\" is for \"delivery\": \"at_least_once\"; best effort is tried "
                           "three times within seconds"));
    }
    return {};
}

} // namespace hookscope
