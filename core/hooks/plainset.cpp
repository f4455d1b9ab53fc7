#include "core/hooks/plainset.h"

#include "core/files/privatefile.h"
#include "core/hooks/hookset.h"
#include "core/hooks/orderedjson.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace hookscope {

namespace {

struct PlainSetText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::PlainSet)
};

const QStringList &plainKeys()
{
    static const QStringList keys{QStringLiteral("name"), QStringLiteral("event"), QStringLiteral("target")};
    return keys;
}

// Those of "target", by its type; none: agentkernel has no such target.
QStringList targetKeys(const HookTarget &target)
{
    if (std::holds_alternative<WebhookTarget>(target))
        return {QStringLiteral("type"), QStringLiteral("url")};
    if (std::holds_alternative<FileTarget>(target))
        return {QStringLiteral("type"), QStringLiteral("path")};
    if (std::holds_alternative<AuditTarget>(target))
        return {QStringLiteral("type")};
    return {};
}

QStringList otherKeys(const QJsonObject &object, const QStringList &known, const QString &prefix)
{
    QStringList others;
    for (const QString &key : object.keys()) {
        if (!known.contains(key))
            others << QLatin1Char('"') + prefix + key + QLatin1Char('"');
    }
    return others;
}

// Empty: nothing stands against it.
QString reasonAgainst(const Hook &hook)
{
    QJsonObject object = toJson(hook);
    const QJsonObject target = object.value(QLatin1String("target")).toObject();
    QStringList reasons;
    if (!hook.enabled)
        reasons << PlainSetText::tr("it is off, and agentkernel would fire it");
    object.remove(QStringLiteral("enabled"));
    if (hook.event == HookEvent::OnBudget)
        reasons << PlainSetText::tr("agentkernel has no budgets");
    const QStringList keysOfTarget = targetKeys(hook.target);
    QStringList keys = otherKeys(object, plainKeys(), {});
    if (keysOfTarget.isEmpty()) {
        reasons << PlainSetText::tr("agentkernel has no target \"%1\"")
                       .arg(target.value(QLatin1String("type")).toString());
    } else {
        keys += otherKeys(target, keysOfTarget, QStringLiteral("target."));
    }
    if (!keys.isEmpty())
        reasons << PlainSetText::tr("agentkernel has no %1").arg(keys.join(QStringLiteral(", ")));
    return reasons.join(QStringLiteral("; "));
}

} // namespace

PlainSet plainSetOf(const QList<Hook> &hooks)
{
    PlainSet set;
    for (const Hook &hook : hooks) {
        const QString reason = reasonAgainst(hook);
        if (reason.isEmpty())
            set.hooks << hook;
        else
            set.leftOut.append({hook.name, reason});
    }
    return set;
}

QByteArray toJson(const PlainSet &set)
{
    QJsonArray list;
    for (const Hook &hook : set.hooks)
        list.append(toJson(hook));
    return orderedJson(list, hookKeyOrder()) + '\n';
}

Result<void> savePlainSet(const QString &path, const PlainSet &set)
{
    return writePrivateFile(path, toJson(set));
}

} // namespace hookscope
