#pragma once

#include "core/dispatch/deliverytally.h"
#include "core/events/budgetevent.h"
#include "core/hooks/hook.h"
#include "core/outbox/queuedevent.h"

#include <array>
#include <unordered_set>
#include <vector>

namespace hookscope {

class AuditSink;
class CollectorDelivery;
class FileDelivery;
class FiringGate;
class NotifyDelivery;
class Outbox;
class ProgramDelivery;
struct Digest;
class WebhookSender;

// Which hooks an event is for, and the handing over to where each of them delivers. Webhooks' events are made
// here, each with its id. Delivery thread; what the constructor is given outlives it.
class EventRouter {
public:
    struct Destinations {
        AuditSink &audit;
        FileDelivery &files;
        Outbox &outbox;
        WebhookSender &webhooks;
        DeliveryTally &tally;
        CollectorDelivery &collectors;
        ProgramDelivery &programs;
        NotifyDelivery &notifications;
        FiringGate &gate;
    };

    explicit EventRouter(const Destinations &destinations);

    // Those that are on.
    void setHooks(const QList<Hook> &enabled);

    void take(const Event &event);

    // An earlier event once more, if the hook is on and a webhook.
    void resend(const QString &hookName, const QByteArray &webhookId, const DeliveryMark &mark,
                const QByteArray &json);
    void take(const BudgetEvent &event);

    // To the hook that it is of, if that is still on.
    void take(const Digest &digest);

    // After all events of a batch: one write for each file, and one commit for the outbox.
    void finishBatch();

private:
    // A hook as delivering needs it.
    struct Due {
        Hook hook;
        QString invalid; // why nothing can be delivered, if so
    };

    template <class E> void deliver(HookEvent moment, const E &event);
    template <class E> void deliverToHooks(HookEvent moment, const E &event, bool isAudited);
    void deliverJson(const Hook &hook, const QByteArray &json, const DeliveryMark &mark);
    void deliverToAudit(const Hook &hook, bool isAudited, const DeliveryMark &mark);
    void deliverToWebhook(const Hook &hook, const QByteArray &id, const QByteArray &json,
                          const DeliveryMark &mark);
    void drop(const QueuedEvent &event, const QString &text);

    Destinations m_to;
    std::array<std::vector<Due>, 3> m_due; // by HookEvent
    std::vector<QueuedEvent> m_forOutbox; // of this batch
    // Exchanges in which this program's own deliveries came by; they fire no hook.
    std::unordered_set<ExchangeId> m_ownDeliveries;
};

// Ids sort by time and are unique over restarts and machines, like those of exchanges.
QByteArray newWebhookId();

} // namespace hookscope
