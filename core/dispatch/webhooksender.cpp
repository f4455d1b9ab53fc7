#include "core/dispatch/webhooksender.h"

#include <algorithm>

namespace hookscope {

WebhookSender::WebhookSender(const DeliveryTiming &timing, int queueLimit, Outbox &outbox, QObject *parent)
    : QObject(parent)
    , m_timing(timing)
    , m_queueLimit(static_cast<std::size_t>(queueLimit))
    , m_outbox(outbox)
    , m_circuits(timing)
{
}

WebhookSender::~WebhookSender()
{
    qDeleteAll(m_lanes); // before the circuits
}

QHash<QString, quint64> WebhookSender::setHooks(const QList<Hook> &webhooks)
{
    m_on.clear();
    for (const Hook &hook : webhooks)
        m_on.insert(hook.name);
    QHash<QString, quint64> dropped;
    const QStringList known = m_lanes.keys();
    for (const QString &name : known) {
        if (m_on.contains(name))
            continue;
        WebhookLane *lane = m_lanes.value(name);
        if (const quint64 events = lane->stop(); events > 0)
            dropped.insert(name, events);
        if (!lane->isUnderWay())
            delete m_lanes.take(name);
    }
    for (const Hook &hook : webhooks) {
        WebhookLane *&lane = m_lanes[hook.name];
        if (!lane)
            lane = makeLane(hook.name);
        lane->start(QUrl(std::get<WebhookTarget>(hook.target).url, QUrl::StrictMode), hook.delivery,
                    hook.sending);
    }
    return dropped;
}

WebhookLane *WebhookSender::makeLane(const QString &hookName)
{
    auto *lane = new WebhookLane(
        hookName, m_outbox, m_circuits, m_timing, m_queueLimit,
        [this](const QString &name) { return secret(name); }, this);
    lane->setFlushing(m_isFlushing);
    if (m_known.contains(hookName))
        lane->resumeAtOnce();
    m_known.insert(hookName);
    connect(lane, &WebhookLane::tried, this, &WebhookSender::tried);
    connect(lane, &WebhookLane::ended, this, &WebhookSender::ended);
    connect(lane, &WebhookLane::gone, this, [this, hookName] { emit gone(hookName); });
    connect(lane, &WebhookLane::circuitChanged, this, &WebhookSender::pumpAll);
    connect(lane, &WebhookLane::changed, this, [this, lane] { noteChanged(lane); });
    return lane;
}

void WebhookSender::setSecrets(const QHash<QString, QByteArray> &secrets)
{
    if (secrets == m_secrets)
        return;
    m_secrets = secrets;
    for (WebhookLane *lane : std::as_const(m_lanes))
        lane->retryNow();
}

void WebhookSender::noteChanged(WebhookLane *lane)
{
    const QString hookName = lane->hookName();
    if (!m_on.contains(hookName) && !lane->isUnderWay() && m_lanes.value(hookName) == lane) {
        m_lanes.remove(hookName);
        lane->deleteLater(); // it is what calls this
    }
    emit changed(hookName);
    if (isIdle())
        emit drained();
}

void WebhookSender::pumpAll(const QString &host)
{
    for (WebhookLane *lane : std::as_const(m_lanes)) {
        if (lane->host() == host)
            lane->pump();
    }
}

bool WebhookSender::enqueue(const QueuedEvent &event)
{
    WebhookLane *lane = m_lanes.value(event.hookName);
    return lane && lane->enqueue(event);
}

void WebhookSender::wake(const QStringList &hookNames, bool isFromStart)
{
    for (const QString &name : hookNames) {
        if (WebhookLane *lane = m_lanes.value(name))
            lane->wake(isFromStart);
    }
}

void WebhookSender::wakeAll()
{
    wake(m_lanes.keys(), true);
}

void WebhookSender::setFlushing(bool isFlushing)
{
    m_isFlushing = isFlushing;
    for (WebhookLane *lane : std::as_const(m_lanes))
        lane->setFlushing(isFlushing);
}

QHash<QString, quint64> WebhookSender::undelivered() const
{
    QHash<QString, quint64> counts;
    for (auto lane = m_lanes.cbegin(); lane != m_lanes.cend(); ++lane) {
        if (const quint64 events = lane.value()->status().inMemory; events > 0)
            counts.insert(lane.key(), events);
    }
    return counts;
}

bool WebhookSender::isIdle() const
{
    return std::all_of(m_lanes.cbegin(), m_lanes.cend(),
                       [](const WebhookLane *lane) { return lane->isIdle(); });
}

std::optional<WebhookLane::Status> WebhookSender::statusOf(const QString &hookName) const
{
    const WebhookLane *lane = m_lanes.value(hookName);
    return lane ? std::optional(lane->status()) : std::nullopt;
}

} // namespace hookscope
