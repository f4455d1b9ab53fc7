#pragma once

#include "core/hooks/hook.h"

#include <QList>
#include <QObject>
#include <memory>

namespace hookscope {

// The hooks that are in force, in the order of their registration. Main thread; other threads take a
// snapshot(), which never changes. Nothing is delivered from here and no lock is held.
class HookRegistry final : public QObject {
    Q_OBJECT
public:
    using Snapshot = std::shared_ptr<const QList<Hook>>;

    explicit HookRegistry(QObject *parent = nullptr);

    // Initial hooks; those that do not validate are left out.
    explicit HookRegistry(const QList<Hook> &initial, QObject *parent = nullptr);

    // Validates, then adds the hook at the end, or replaces the one of that name in its place.
    Result<void> registerHook(const Hook &hook);

    // Whether there was one of that name.
    bool remove(const QString &name);

    // Switches the hook of that name off, if there is one.
    void disable(const QString &name);

    // What it means for a hook that it is not in the new list.
    enum class Absence {
        NotLoaded, // another set is in force; this one may come back
        Removed, // its user removed it
    };

    // Makes `hooks` the whole list, in that order: all or, if one does not validate or a name comes
    // twice, none. Emits the same signals as single changes would.
    Result<void> replaceAll(const QList<Hook> &hooks, Absence absence = Absence::NotLoaded);

    QList<Hook> hooks() const;
    const Hook *find(const QString &name) const; // null if there is none; valid until the next change

    // Enabled hooks of that event, in order.
    QList<Hook> hooksFor(HookEvent event) const;

    Snapshot snapshot() const;

signals:
    void hookAdded(const hookscope::Hook &hook);
    void hookChanged(const hookscope::Hook &hook);
    void hookRemoved(const QString &name);
    // After one or more of the above, or a change of order: the new whole.
    void snapshotChanged(const hookscope::HookRegistry::Snapshot &snapshot);
    // Behind it: these were removed by their user, by remove() or as Absence says. If others came in the same
    // change, they were renamed instead, and it is not emitted.
    void hooksDiscarded(const QList<hookscope::Hook> &hooks);

private:
    Snapshot m_snapshot;
};

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::HookRegistry::Snapshot)
