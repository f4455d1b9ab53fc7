#pragma once

#include "core/dispatch/hostcircuits.h"
#include "core/hooks/deliverypolicy.h"
#include "core/hooks/sendingpolicy.h"
#include "core/outbox/outbox.h"

#include <QObject>
#include <QTimer>
#include <deque>
#include <list>

namespace hookscope {

// One hook's way to its webhook: its queue, what is under way, when what is tried again. It has connections
// of its own, so that a receiver that hangs holds up no other hook, not even one to the same host. What waits
// in the outbox goes before what waits in memory. Deliveries start in the order of the events; with one at a
// time they also arrive so, since what failed is tried again before the next is sent. Waits are of the steady
// clock: neither a clock that is set nor a machine that slept brings tries forward. Those that became due
// while the program did not run go one after the other, in parallel lanes over lateSpreadMs. Delivery thread.
class WebhookLane final : public QObject {
    Q_OBJECT
public:
    enum class End {
        Delivered,
        Waiting, // it failed and is tried again
        GivenUp,
    };

    struct Status {
        DeliveryState state = DeliveryState::Ok;
        quint64 inMemory = 0; // events
        QDateTime failingSince;
        QDateTime nextTry;
        QDateTime oldestWaiting;
    };

    // `outbox` and `circuits` outlive it. memoryLimit: best-effort events that wait, besides those under way.
    WebhookLane(const QString &hookName, Outbox &outbox, HostCircuits &circuits, const DeliveryTiming &timing,
                std::size_t memoryLimit, PayloadTemplate::SecretOf secretOf, QObject *parent);
    ~WebhookLane() override;

    // In force for what is sent from now on; an earlier 410 is forgotten.
    void start(const QUrl &url, const DeliveryPolicy &policy, const SendingPolicy &sending);

    // Before start(), of a hook that was off: what waits for another try is due at once.
    void resumeAtOnce() { m_isResumed = true; }

    // Nothing is sent any more; what waits in memory is dropped: how many events. What is under way ends.
    quint64 stop();

    // False: no room in memory.
    bool enqueue(const QueuedEvent &event);

    // There are more events in the outbox; `isFromStart`: also among the earlier ones.
    void wake(bool isFromStart = false);

    // Sends what may be sent now.
    void pump();

    // What waits to be tried again need not wait any longer.
    void retryNow();

    // Half a batch goes at once while that is so.
    void setFlushing(bool isFlushing);

    // Nothing is under way and nothing can be sent now. What waits for a second try in memory can, soon; what
    // waits in the outbox, or for a host that fails throughout, cannot.
    bool isIdle() const;
    bool isUnderWay() const { return m_underWay > 0; }
    const QString &host() const { return m_host; }
    const QString &hookName() const { return m_hookName; }
    Status status() const;

signals:
    // In this order, after each try. `events` are valid during the call.
    void tried(const hookscope::DeliveryAttempt &attempt);
    void ended(hookscope::WebhookLane::End end, const std::vector<hookscope::QueuedEvent> &events,
               const hookscope::DeliveryAttempt &attempt);
    void gone(); // the receiver answered 410: the lane has stopped, its queue is kept
    void circuitChanged(const QString &host); // others to that host may go, or know when
    void changed(); // status() or isIdle() may be another

private:
    struct Shipment {
        std::vector<QueuedEvent> events;
        QByteArray id;
        bool isArray = false;
        int attempts = 0;
        qint64 dueMs = 0; // of the steady clock
        bool isUnderWay = false;

        bool isDurable() const { return events.front().sequence > 0; }
    };
    using Shipments = std::list<Shipment>;

    static qint64 steadyMs();

    bool mayOpenAnother() const;
    Shipment *firstDue(qint64 nowMs);
    Shipment *openNext(qint64 nowMs);
    std::deque<QueuedEvent> &source();
    void refill(std::size_t wanted);
    std::size_t batchSize(const std::deque<QueuedEvent> &events, qint64 nowMs);
    void send(Shipment &shipment);
    void settle(Shipment *shipment, const WebhookOutcome &outcome);
    void settleFailed(Shipment *shipment, const WebhookOutcome &outcome, DeliveryAttempt &attempt);
    std::optional<qint64> waitAfter(const Shipment &shipment, const WebhookOutcome &outcome, qint64 nowMs);
    void close(Shipment *shipment);
    qint64 waitAtStartMs(qint64 nextMs);
    void arm(qint64 nowMs);

    QString m_hookName;
    Outbox &m_outbox;
    HostCircuits &m_circuits;
    DeliveryTiming m_timing;
    std::size_t m_memoryLimit;
    QUrl m_url;
    QString m_host;
    DeliveryPolicy m_policy;
    SendingPolicy m_sending;
    PayloadTemplate::SecretOf m_secretOf;
    bool m_isOn = false;
    bool m_isGone = false;
    bool m_isFlushing = false;
    bool m_isResumed = false;
    bool m_hasBegunLate = false; // one try that is overdue has gone
    bool m_hasGivenUp = false; // the last event that ended did so

    std::deque<QueuedEvent> m_memory; // best effort
    std::deque<QueuedEvent> m_window; // the next ones of the outbox
    qint64 m_cursor = 0; // the last sequence that was read into the window
    bool m_hasMore = true; // in the outbox, behind the cursor
    Shipments m_open; // under way, or to be tried again
    std::size_t m_openEvents = 0;
    int m_underWay = 0; // shipments
    qint64 m_pausedUntilMs = 0; // as the receiver asked for
    qint64 m_batchUntilMs = 0; // when what waits goes although the batch is not full; 0: not known yet
    QDateTime m_failingSince;
    QTimer m_timer;
    QTimer m_idle; // after which the connections are closed
    QNetworkAccessManager *m_network = nullptr;
};

} // namespace hookscope
