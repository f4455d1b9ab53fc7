#include "ui/hooks/hookhealth.h"

#include <algorithm>

namespace hookscope {

HookHealth::HookHealth(int afterMs, QObject *parent)
    : QObject(parent)
    , m_afterMs(afterMs)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &HookHealth::look);
}

void HookHealth::setHooks(const QStringList &names)
{
    m_counts.removeIf([&names](const auto &entry) { return !names.contains(entry.key()); });
    look();
}

void HookHealth::note(const QString &hookName, const DeliveryCounts &counts)
{
    // A receiver that wants no more has a message of its own.
    if (counts.failingSince.isValid() && counts.state != DeliveryState::Gone)
        m_counts.insert(hookName, counts);
    else
        m_counts.remove(hookName);
    look();
}

void HookHealth::look()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QStringList failing;
    qint64 nextMs = -1;
    for (auto it = m_counts.cbegin(); it != m_counts.cend(); ++it) {
        const qint64 leftMs = m_afterMs - it->failingSince.msecsTo(now);
        if (leftMs <= 0)
            failing << it.key();
        else
            nextMs = nextMs < 0 ? leftMs : std::min(nextMs, leftMs);
    }
    failing.sort();
    if (nextMs >= 0)
        m_timer.start(static_cast<int>(nextMs));
    if (failing == m_failing)
        return;
    const QStringList before = std::exchange(m_failing, failing);
    emit failingChanged(failing);
    for (const QString &name : std::as_const(failing)) {
        if (!before.contains(name))
            emit hookFailed(name, m_counts.value(name).failingSince, m_counts.value(name).lastError);
    }
}

} // namespace hookscope
