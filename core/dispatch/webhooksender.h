#pragma once

#include "core/dispatch/webhooklane.h"
#include "core/hooks/hook.h"

#include <QHash>
#include <QObject>

namespace hookscope {

// The lanes of all webhooks: makes them as hooks come, ends them as they go, and joins what they tell. Their
// hosts' circuit breakers are common to them. Delivery thread.
class WebhookSender final : public QObject {
    Q_OBJECT
public:
    // `outbox` outlives it. queueLimit: best-effort events that wait for one hook, besides those under way.
    WebhookSender(const DeliveryTiming &timing, int queueLimit, Outbox &outbox, QObject *parent = nullptr);
    ~WebhookSender() override;

    // The webhooks that are on and valid. Those that are no longer there send nothing more: how many of their
    // events in memory are dropped, by hook; those in the outbox stay there.
    QHash<QString, quint64> setHooks(const QList<Hook> &webhooks);

    // Values by the names that hooks give for them; what waits for one goes at once.
    void setSecrets(const QHash<QString, QByteArray> &secrets);
    QByteArray secret(const QString &name) const { return m_secrets.value(name); }

    // False if there is no room; the event is then dropped. Of a hook that is there.
    bool enqueue(const QueuedEvent &event);

    // The outbox has more events for these hooks; `isFromStart`: also among the earlier ones.
    void wake(const QStringList &hookNames, bool isFromStart = false);
    void wakeAll();

    // From now on, half batches go at once.
    void setFlushing(bool isFlushing);

    // In memory, waiting or under way, by hook: lost if it ends now.
    QHash<QString, quint64> undelivered() const;

    // Nothing is under way, and nothing can be sent now.
    bool isIdle() const;

    // None if that hook is not there.
    std::optional<WebhookLane::Status> statusOf(const QString &hookName) const;

signals:
    // As the lanes say, in this order after each try.
    void tried(const hookscope::DeliveryAttempt &attempt);
    void ended(hookscope::WebhookLane::End end, const std::vector<hookscope::QueuedEvent> &events,
               const hookscope::DeliveryAttempt &attempt);
    void gone(const QString &hookName);
    void changed(const QString &hookName);
    void drained(); // isIdle() has become true

private:
    WebhookLane *makeLane(const QString &hookName);
    void pumpAll(const QString &host);
    void noteChanged(WebhookLane *lane);

    DeliveryTiming m_timing;
    std::size_t m_queueLimit;
    Outbox &m_outbox;
    HostCircuits m_circuits;
    QHash<QString, QByteArray> m_secrets;
    QHash<QString, WebhookLane *> m_lanes; // also those that are off and still have something under way
    QSet<QString> m_on;
    QSet<QString> m_known; // were on at some time
    bool m_isFlushing = false;
};

} // namespace hookscope
