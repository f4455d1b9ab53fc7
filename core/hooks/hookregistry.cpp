#include "core/hooks/hookregistry.h"

#include <QSet>
#include <algorithm>

namespace hookscope {

namespace {

QList<Hook>::const_iterator findIn(const QList<Hook> &hooks, const QString &name)
{
    return std::find_if(hooks.cbegin(), hooks.cend(),
                        [&name](const Hook &hook) { return hook.name == name; });
}

} // namespace

HookRegistry::HookRegistry(QObject *parent)
    : QObject(parent)
    , m_snapshot(std::make_shared<const QList<Hook>>())
{
    qRegisterMetaType<hookscope::Hook>();
    qRegisterMetaType<hookscope::HookRegistry::Snapshot>();
    qRegisterMetaType<QList<hookscope::Hook>>();
}

HookRegistry::HookRegistry(const QList<Hook> &initial, QObject *parent)
    : HookRegistry(parent)
{
    for (const Hook &hook : initial)
        (void)registerHook(hook); // what does not validate is left out: that is the contract
}

Result<void> HookRegistry::registerHook(const Hook &hook)
{
    if (auto valid = validate(hook); !valid)
        return valid;
    QList<Hook> hooks = *m_snapshot;
    const auto place = findIn(hooks, hook.name);
    if (place == hooks.cend())
        hooks.append(hook);
    else
        hooks[place - hooks.cbegin()] = hook;
    return replaceAll(hooks);
}

bool HookRegistry::remove(const QString &name)
{
    QList<Hook> hooks = *m_snapshot;
    const auto place = findIn(hooks, name);
    if (place == hooks.cend())
        return false;
    hooks.erase(place);
    return replaceAll(hooks, Absence::Removed).has_value();
}

void HookRegistry::disable(const QString &name)
{
    if (const Hook *hook = find(name)) {
        Hook off = *hook;
        off.enabled = false;
        (void)registerHook(off); // it is valid: it is registered
    }
}

Result<void> HookRegistry::replaceAll(const QList<Hook> &hooks, Absence absence)
{
    QSet<QString> names;
    for (const Hook &hook : hooks) {
        if (auto valid = validate(hook); !valid)
            return valid;
        if (names.contains(hook.name)) {
            return tl::unexpected(
                Error{ErrorCode::InvalidInput, tr("Two hooks are named \"%1\": rename one").arg(hook.name)});
        }
        names.insert(hook.name);
    }
    if (hooks == *m_snapshot)
        return {};

    // The new whole is in force before the first signal, so that every receiver sees the same.
    const Snapshot before = m_snapshot;
    const Snapshot after = std::make_shared<const QList<Hook>>(hooks);
    m_snapshot = after;
    QList<Hook> gone;
    bool isAnyNew = false;
    for (const Hook &hook : *before) {
        if (names.contains(hook.name))
            continue;
        gone.append(hook);
        emit hookRemoved(hook.name);
    }
    for (const Hook &hook : *after) {
        const auto old = findIn(*before, hook.name);
        isAnyNew = isAnyNew || old == before->cend();
        if (old == before->cend())
            emit hookAdded(hook);
        else if (*old != hook)
            emit hookChanged(hook);
    }
    emit snapshotChanged(after);
    if (absence == Absence::Removed && !gone.isEmpty() && !isAnyNew)
        emit hooksDiscarded(gone);
    return {};
}

QList<Hook> HookRegistry::hooks() const
{
    return *m_snapshot;
}

const Hook *HookRegistry::find(const QString &name) const
{
    const auto place = findIn(*m_snapshot, name);
    return place == m_snapshot->cend() ? nullptr : &*place;
}

QList<Hook> HookRegistry::hooksFor(HookEvent event) const
{
    QList<Hook> due;
    for (const Hook &hook : *m_snapshot) {
        if (hook.enabled && hook.event == event)
            due.append(hook);
    }
    return due;
}

HookRegistry::Snapshot HookRegistry::snapshot() const
{
    return m_snapshot;
}

} // namespace hookscope
