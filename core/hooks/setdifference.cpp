#include "core/hooks/setdifference.h"

#include "core/hooks/hookset.h"
#include "core/hooks/orderedjson.h"

#include <QHash>
#include <algorithm>

namespace hookscope {

namespace {

// Objects are looked into, lists are compared as a whole.
void addKeys(QStringList &keys, const QString &prefix, const QJsonObject &here, const QJsonObject &there)
{
    QStringList names = here.keys() + there.keys();
    names.sort();
    names.removeDuplicates();
    for (const QString &name : std::as_const(names)) {
        const QJsonValue one = here.value(name);
        const QJsonValue other = there.value(name);
        if (one == other)
            continue;
        if (one.isObject() && other.isObject())
            addKeys(keys, prefix + name + QLatin1Char('.'), one.toObject(), other.toObject());
        else
            keys << prefix + name;
    }
}

QByteArray textOf(const Hook &hook)
{
    return orderedJson(toJson(hook), hookKeyOrder());
}

} // namespace

SetDifference differenceOf(const QList<Hook> &here, const QList<Hook> &there)
{
    SetDifference difference;
    QHash<QString, qsizetype> places;
    for (qsizetype i = 0; i < there.size(); ++i)
        places.insert(there[i].name, i);
    qsizetype last = -1;
    for (const Hook &hook : here) {
        const qsizetype place = places.value(hook.name, -1);
        if (place < 0) {
            difference.hooks.append({hook.name, HookDifference::Kind::OnlyHere, {}, textOf(hook), {}});
            continue;
        }
        difference.isOrderOther = difference.isOrderOther || place < last;
        last = std::max(last, place);
        places.remove(hook.name);
        HookDifference found{
            hook.name, HookDifference::Kind::Differs, {}, textOf(hook), textOf(there[place])};
        addKeys(found.keys, {}, toJson(hook), toJson(there[place]));
        if (found.keys.isEmpty())
            ++difference.alike;
        else
            difference.hooks.append(found);
    }
    for (const Hook &hook : there) {
        if (places.contains(hook.name))
            difference.hooks.append({hook.name, HookDifference::Kind::OnlyThere, {}, {}, textOf(hook)});
    }
    return difference;
}

} // namespace hookscope
