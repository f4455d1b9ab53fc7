#pragma once

#include "core/events/delivery.h"

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace hookscope {

// Which hooks have failed for more than a minute, by what is told of their counts. Main thread.
class HookHealth final : public QObject {
    Q_OBJECT
public:
    static constexpr int troubleMs = 60'000;

    explicit HookHealth(int afterMs = troubleMs, QObject *parent = nullptr);

    void setHooks(const QStringList &names); // what is known of others is forgotten
    void note(const QString &hookName, const DeliveryCounts &counts);

    QStringList failing() const { return m_failing; } // sorted

signals:
    void failingChanged(const QStringList &names);
    void hookFailed(const QString &name, const QDateTime &since, const QString &lastError); // it is now among them

private:
    void look();

    int m_afterMs;
    QHash<QString, DeliveryCounts> m_counts; // of those that fail at the moment
    QStringList m_failing;
    QTimer m_timer; // to the next one's minute
};

} // namespace hookscope
