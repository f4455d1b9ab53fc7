#pragma once

#include "core/dispatch/collectorexport.h"
#include "core/dispatch/deliverytally.h"
#include "core/otlp/callmetrics.h"

#include <QObject>
#include <QTimer>
#include <deque>
#include <optional>
#include <vector>

class QNetworkAccessManager;

namespace hookscope {

// When exports go, and when they are tried again: first after firstWaitMs, then after twice the time each.
struct CollectorTiming {
    int attemptMs = 10'000; // for one try
    qint64 batchMs = 5'000; // the oldest span waits at most so long for others
    qint64 metricsMs = 60'000;
    qint64 firstWaitMs = 1'000;
    qint64 longestWaitMs = 30'000;
    qint64 longestMs = 300'000; // after the first try: a batch that did not get through by then is given up
    double jitter = 0.1; // of each wait, at most, sooner or later
};

// One hook's way to its collector: spans that wait, the batch under way, the metrics so far. One request at a
// time. What becomes of events is told to the tally. Metrics that did not get through are not sent again, as
// the next export holds them; a collector that has no place for them (404, 405, 501) gets none until start().
// Delivery thread.
class CollectorLane final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t batchSpans = 512;
    static constexpr std::size_t mostSpans = 10'000; // that wait, besides the batch under way

    // `tally` outlives it.
    CollectorLane(const QString &hookName, const CollectorTiming &timing, DeliveryTally &tally,
                  QObject *parent);
    ~CollectorLane() override;

    // In force for what is sent from now on.
    void start(const Hook &hook, const SecretOf &secret);

    // False: no room.
    bool add(std::string span, const DeliveryMark &mark);
    void count(const LlmEvent &call, const otlp::CallPlace &place);

    // While that is so, all goes at once, and what waits for another try has one.
    void setFlushing(bool isFlushing);

    // While flushing: there is nothing more to wait for.
    bool isIdle() const;
    quint64 undelivered() const { return m_waiting.size() + m_batch.size(); }
    void complete(DeliveryCounts &counts) const;

signals:
    void changed(); // isIdle() may be another

private:
    struct WaitingSpan {
        std::string json;
        DeliveryMark mark;
        QDateTime made;
        qint64 madeMs = 0; // of the steady clock
    };

    void pump();
    bool areSpansDue(qint64 nowMs) const;
    qint64 metricsDueMs() const; // of the steady clock
    bool areMetricsDue(qint64 nowMs) const;
    void sendSpans();
    void sendMetrics();
    void send(CollectorSignal signal, const std::string &body);
    void settle(CollectorSignal signal, const WebhookOutcome &outcome);
    void settleSpans(const WebhookOutcome &outcome, DeliveryAttempt &attempt);
    void settleDelivered(const WebhookOutcome &outcome, DeliveryAttempt &attempt);
    void settleMetrics(const WebhookOutcome &outcome, DeliveryAttempt &attempt);
    std::optional<qint64> waitAfter(const WebhookOutcome &outcome, qint64 nowMs);
    void noteOutcomes(HookOutcome::Result result, const QString &text);
    void arm(qint64 nowMs);

    Hook m_hook;
    SecretOf m_secret;
    CollectorTiming m_timing;
    DeliveryTally &m_tally;
    std::string m_instanceId; // of this lane: its series must not be another's
    std::deque<WaitingSpan> m_waiting;
    std::vector<WaitingSpan> m_batch; // under way, or to be tried again
    QByteArray m_batchId;
    int m_tries = 0; // of the batch, that failed
    qint64 m_firstTryMs = 0;
    qint64 m_notBeforeMs = 0;
    QDateTime m_nextTry;
    QDateTime m_failingSince;
    bool m_hasGivenUp = false; // the last batch that ended did so
    otlp::CallMetrics m_metrics;
    qint64 m_metricsSentMs = 0; // of the steady clock
    bool m_takesMetrics = true;
    bool m_isFlushing = false;
    bool m_areMetricsFlushed = false;
    bool m_hasFailedInFlush = false;
    bool m_isUnderWay = false;
    QTimer m_timer;
    QNetworkAccessManager *m_network = nullptr;
};

} // namespace hookscope
