#include "ui/hooks/hooktexts.h"

#include "ui/text/visible.h"

#include <QCoreApplication>
#include <QStringList>

namespace hookscope {

namespace {

struct HookTexts {
    Q_DECLARE_TR_FUNCTIONS(HookTexts)
};

} // namespace

QString eventText(HookEvent event)
{
    switch (event) {
    case HookEvent::OnRequest:
        return HookTexts::tr("On request");
    case HookEvent::OnResponse:
        return HookTexts::tr("On response");
    case HookEvent::OnBudget:
        return HookTexts::tr("On budget");
    }
    return {};
}

QString targetText(const HookTarget &target)
{
    if (const auto *webhook = std::get_if<WebhookTarget>(&target))
        return HookTexts::tr("Webhook %1").arg(visible(webhook->url));
    if (const auto *file = std::get_if<FileTarget>(&target))
        return HookTexts::tr("File %1").arg(visible(file->path));
    return HookTexts::tr("Audit log");
}

QString deliveryText(const DeliveryPolicy &policy)
{
    QStringList parts{policy.mode == DeliveryMode::AtLeastOnce ? HookTexts::tr("At least once")
                                                               : HookTexts::tr("Best effort")};
    if (policy.parallel)
        parts.append(HookTexts::tr("%1 at a time").arg(*policy.parallel));
    if (policy.batch)
        parts.append(HookTexts::tr("up to %1 events together").arg(policy.batch->maxEvents));
    return parts.join(QStringLiteral(", "));
}

QString stateText(const Hook &hook, const DeliveryCounts &counts)
{
    if (!hook.enabled)
        return counts.state == DeliveryState::Gone ? HookTexts::tr("Off: the receiver is gone (410)")
                                                   : HookTexts::tr("Off");
    switch (counts.state) {
    case DeliveryState::Ok:
        return HookTexts::tr("OK");
    case DeliveryState::Retrying:
        return HookTexts::tr("Retrying");
    case DeliveryState::Failing:
        return HookTexts::tr("Failing");
    case DeliveryState::CircuitOpen:
        return HookTexts::tr("Paused: the host fails");
    case DeliveryState::Gone:
        return HookTexts::tr("The receiver is gone (410)");
    }
    return {};
}

QString freeName(const QString &name, const QStringList &taken)
{
    if (!taken.contains(name))
        return name;
    QString candidate = HookTexts::tr("%1 copy").arg(name);
    for (int number = 2; taken.contains(candidate); ++number)
        candidate = HookTexts::tr("%1 copy %2").arg(name).arg(number);
    return candidate;
}

} // namespace hookscope
