#pragma once

#include "core/dispatch/collectorlane.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <unordered_map>

namespace hookscope {

// Delivers to OpenTelemetry collectors: makes spans and metrics of answers and LLM calls, each hook with a
// lane of its own. An exchange with LLM calls is a span for each of them, any other one for its answer.
// Delivery thread; `tally` outlives it.
class CollectorDelivery final : public QObject {
    Q_OBJECT
public:
    explicit CollectorDelivery(DeliveryTally &tally, const CollectorTiming &timing = {},
                               QObject *parent = nullptr);
    ~CollectorDelivery() override;

    // Where the values of `{secret:NAME}` come from; without it there are none.
    void setSecrets(SecretOf secret) { m_secret = std::move(secret); }

    // The collectors' hooks that are on and valid. What waits for those that are no longer there is dropped
    // and counted.
    void setHooks(const QList<Hook> &collectors);

    // Of every event, before it is added for the first hook.
    void follow(const Event &event);

    // For a hook that is due.
    void add(const Hook &hook, const ProxyEvent &answer, const DeliveryMark &mark);
    void add(const Hook &hook, const LlmEvent &call, const DeliveryMark &mark);

    // From now on, all goes at once.
    void setFlushing(bool isFlushing);
    bool isIdle() const; // while flushing: there is nothing more to wait for
    QHash<QString, quint64> undelivered() const; // spans, by hook

    // What is true of that hook at this moment, if it is one of these, or was until now.
    void complete(const QString &hookName, DeliveryCounts &counts);

    // Sends the span of a sample call at once, and emits tested().
    void test(const Hook &hook);

signals:
    void drained(); // isIdle() may have become true
    void tested(const hookscope::TestResult &result);

private:
    // An exchange that goes on.
    struct Followed {
        std::optional<int> port;
        int calls = 0;
    };

    void add(const Hook &hook, std::string span, const DeliveryMark &mark);
    void reportTest(const Hook &hook, const WebhookOutcome &outcome);

    DeliveryTally &m_tally;
    CollectorTiming m_timing;
    SecretOf m_secret;
    QHash<QString, CollectorLane *> m_lanes;
    QSet<QString> m_left; // have no lane any more, which is still to be told
    std::unordered_map<ExchangeId, Followed> m_followed;
    std::optional<ExchangeId> m_ended; // followed no longer than its last event
    bool m_isFlushing = false;
    QNetworkAccessManager *m_testNetwork = nullptr;
};

} // namespace hookscope
