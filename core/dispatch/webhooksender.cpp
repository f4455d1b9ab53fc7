#include "core/dispatch/webhooksender.h"

#include <QNetworkAccessManager>

namespace hookscope {

namespace {

QString endpointOf(const QUrl &url)
{
    const int standardPort = url.scheme() == QLatin1String("https") ? 443 : 80;
    return QStringLiteral("%1://%2:%3").arg(url.scheme(), url.host().toLower()).arg(url.port(standardPort));
}

} // namespace

WebhookSender::WebhookSender(int timeoutMs, int queueLimit, QObject *parent)
    : QObject(parent)
    , m_timeoutMs(timeoutMs)
    , m_queueLimit(static_cast<std::size_t>(queueLimit))
{
}

WebhookSender::~WebhookSender()
{
    // Replies go before the manager that they belong to.
    qDeleteAll(findChildren<WebhookAttempt *>(Qt::FindDirectChildrenOnly));
}

bool WebhookSender::enqueue(const QString &hookName, const QUrl &url, const QByteArray &json,
                            const DeliveryMark &mark)
{
    const QString key = endpointOf(url);
    Endpoint &endpoint = m_endpoints[key];
    if (endpoint.inFlightCount >= inFlightLimit && endpoint.waiting.size() >= m_queueLimit)
        return false;
    endpoint.waiting.push_back({hookName, url, json, mark});
    startNext(key);
    return true;
}

QHash<QString, quint64>
WebhookSender::takeOut(const std::function<bool(const QString &hookName, const QUrl &url)> &isDue)
{
    QHash<QString, quint64> taken;
    for (auto endpoint = m_endpoints.begin(); endpoint != m_endpoints.end();) {
        std::erase_if(endpoint->waiting, [&](const Delivery &delivery) {
            if (isDue(delivery.hookName, delivery.url))
                return false;
            ++taken[delivery.hookName];
            return true;
        });
        endpoint = endpoint->waiting.empty() && endpoint->inFlightCount == 0 ? m_endpoints.erase(endpoint)
                                                                             : std::next(endpoint);
    }
    return taken;
}

QHash<QString, quint64> WebhookSender::undelivered() const
{
    QHash<QString, quint64> counts;
    for (const Endpoint &endpoint : m_endpoints) {
        for (const Delivery &delivery : endpoint.waiting)
            ++counts[delivery.hookName];
        for (auto it = endpoint.inFlight.cbegin(); it != endpoint.inFlight.cend(); ++it)
            counts[it.key()] += static_cast<quint64>(it.value());
    }
    return counts;
}

void WebhookSender::startNext(const QString &key)
{
    Endpoint &endpoint = m_endpoints[key];
    while (endpoint.inFlightCount < inFlightLimit && !endpoint.waiting.empty()) {
        const Delivery delivery = endpoint.waiting.front();
        endpoint.waiting.pop_front();
        start(key, endpoint, delivery);
    }
}

void WebhookSender::start(const QString &key, Endpoint &endpoint, const Delivery &delivery)
{
    if (!m_network)
        m_network = WebhookAttempt::makeNetwork(this);
    ++endpoint.inFlightCount;
    ++endpoint.inFlight[delivery.hookName];
    auto *attempt = new WebhookAttempt(m_network, delivery.url, delivery.json, m_timeoutMs, this);
    connect(attempt, &WebhookAttempt::finished, this,
            [this, attempt, key, delivery](const WebhookOutcome &outcome) {
                attempt->deleteLater();
                settle(key, delivery, outcome);
            });
}

void WebhookSender::settle(const QString &key, const Delivery &delivery, const WebhookOutcome &outcome)
{
    const QString &hookName = delivery.hookName;
    Endpoint &endpoint = m_endpoints[key];
    --endpoint.inFlightCount;
    if (--endpoint.inFlight[hookName] == 0)
        endpoint.inFlight.remove(hookName);
    startNext(key);
    if (endpoint.inFlightCount == 0)
        m_endpoints.remove(key);
    emit finished(hookName, outcome, delivery.mark);
    if (isIdle())
        emit drained();
}

} // namespace hookscope
