#pragma once

#include "core/dispatch/webhookattempt.h"
#include "core/events/delivery.h"

#include <QHash>
#include <QObject>
#include <QUrl>
#include <deque>
#include <functional>

namespace hookscope {

// Delivers events to webhooks, one queue per endpoint (scheme, host and port), so that a slow receiver
// delays no other. Events start in the order of enqueue(), at most inFlightLimit at a time.
class WebhookSender final : public QObject {
    Q_OBJECT
public:
    static constexpr int inFlightLimit = 6; // connections that QNAM opens to one endpoint

    // queueLimit: events that wait per endpoint, besides those in flight.
    WebhookSender(int timeoutMs, int queueLimit, QObject *parent = nullptr);
    ~WebhookSender() override;

    // False if the endpoint's queue is full; the event is then dropped.
    bool enqueue(const QString &hookName, const QUrl &url, const QByteArray &json, const DeliveryMark &mark = {});

    // Takes waiting events out for which `isDue` is false; how many, by hook.
    QHash<QString, quint64>
    takeOut(const std::function<bool(const QString &hookName, const QUrl &url)> &isDue);

    // Waiting and in flight, by hook.
    QHash<QString, quint64> undelivered() const;

    bool isIdle() const { return m_endpoints.isEmpty(); }

signals:
    void finished(const QString &hookName, const hookscope::WebhookOutcome &outcome,
                  const hookscope::DeliveryMark &mark);
    void drained();

private:
    struct Delivery {
        QString hookName;
        QUrl url;
        QByteArray json; // shared by all hooks that get this event
        DeliveryMark mark;
    };

    struct Endpoint {
        std::deque<Delivery> waiting;
        QHash<QString, int> inFlight; // by hook
        int inFlightCount = 0;
    };

    void startNext(const QString &key);
    void start(const QString &key, Endpoint &endpoint, const Delivery &delivery);
    void settle(const QString &key, const Delivery &delivery, const WebhookOutcome &outcome);

    int m_timeoutMs;
    std::size_t m_queueLimit;
    QNetworkAccessManager *m_network = nullptr; // made on first use, hence on the right thread
    QHash<QString, Endpoint> m_endpoints; // those with something to do
};

} // namespace hookscope
