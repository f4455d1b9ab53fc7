#include "ui/hooks/hooktexts.h"

#include "ui/text/visible.h"

#include <QCoreApplication>
#include <QStringList>
#include <QUrl>

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
    if (const auto *exec = std::get_if<ExecTarget>(&target))
        return HookTexts::tr("Program %1").arg(visible(exec->command.join(QLatin1Char(' '))));
    if (const auto *otlp = std::get_if<OtlpTarget>(&target))
        return HookTexts::tr("Collector %1").arg(visible(otlp->url));
    if (std::holds_alternative<NotifyTarget>(target))
        return HookTexts::tr("Desktop notification");
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

QString commandLine(const QStringList &command)
{
    QStringList words;
    for (QString word : command) {
        word.replace(QLatin1Char('"'), QStringLiteral("\"\"\""));
        const bool isPlain =
            !word.isEmpty() && !word.contains(QLatin1Char(' ')) && !word.contains(QLatin1Char('"'));
        words << (isPlain ? word : QLatin1Char('"') + word + QLatin1Char('"'));
    }
    return words.join(QLatin1Char(' '));
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

QString effectsText(const QList<Hook> &hooks)
{
    QStringList hosts, files, programs, secrets;
    for (const Hook &hook : hooks) {
        if (const auto *webhook = std::get_if<WebhookTarget>(&hook.target))
            hosts << QUrl(webhook->url).host();
        else if (const auto *otlp = std::get_if<OtlpTarget>(&hook.target))
            hosts << QUrl(otlp->url).host();
        else if (const auto *file = std::get_if<FileTarget>(&hook.target))
            files << file->path;
        else if (const auto *exec = std::get_if<ExecTarget>(&hook.target))
            programs << exec->command.value(0);
        secrets += secretNames(hook.sending);
    }
    QStringList parts;
    const auto add = [&parts](QStringList names, const QString &text) {
        names.sort();
        names.removeDuplicates();
        if (!names.isEmpty())
            parts << text.arg(visible(names.join(QStringLiteral(", "))));
    };
    add(hosts, HookTexts::tr("send to %1"));
    add(files, HookTexts::tr("write %1"));
    add(programs, HookTexts::tr("run %1"));
    add(secrets, HookTexts::tr("use the value of %1"));
    return parts.join(QStringLiteral("; "));
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
