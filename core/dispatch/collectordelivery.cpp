#include "core/dispatch/collectordelivery.h"

#include "core/dispatch/sampleevent.h"
#include "core/otlp/exportanswer.h"
#include "core/otlp/exportrequest.h"
#include "core/otlp/otlpspan.h"

#include <QNetworkAccessManager>
#include <QUuid>
#include <algorithm>

namespace hookscope {

namespace {

constexpr std::size_t followedLimit = 10'000;

} // namespace

CollectorDelivery::CollectorDelivery(DeliveryTally &tally, const CollectorTiming &timing, QObject *parent)
    : QObject(parent)
    , m_tally(tally)
    , m_timing(timing)
    , m_secret([](const QString &) { return QByteArray(); })
{
}

CollectorDelivery::~CollectorDelivery()
{
    qDeleteAll(findChildren<WebhookAttempt *>(Qt::FindDirectChildrenOnly)); // before their network
}

void CollectorDelivery::setHooks(const QList<Hook> &collectors)
{
    QSet<QString> names;
    for (const Hook &hook : collectors)
        names.insert(hook.name);
    const QStringList known = m_lanes.keys();
    for (const QString &name : known) {
        if (names.contains(name))
            continue;
        const CollectorLane *lane = m_lanes.take(name);
        if (lane->undelivered() > 0)
            m_tally.countDropped(name, lane->undelivered());
        delete lane;
        m_left.insert(name);
        m_tally.touch(name);
    }
    for (const Hook &hook : collectors) {
        CollectorLane *&lane = m_lanes[hook.name];
        m_left.remove(hook.name);
        if (!lane) {
            lane = new CollectorLane(hook.name, m_timing, m_tally, this);
            lane->setFlushing(m_isFlushing);
            connect(lane, &CollectorLane::changed, this, [this] {
                if (isIdle())
                    emit drained();
            });
        }
        lane->start(hook, [this](const QString &name) { return m_secret(name); });
    }
}

void CollectorDelivery::follow(const Event &event)
{
    if (m_lanes.isEmpty()) {
        m_followed.clear();
        m_ended.reset();
        return;
    }
    if (m_ended)
        m_followed.erase(*std::exchange(m_ended, std::nullopt));
    if (m_followed.size() >= followedLimit)
        m_followed.clear(); // their ends never came
    if (const auto *proxied = std::get_if<ProxyEvent>(&event)) {
        m_followed[proxied->id].port = otlp::portOf(proxied->url);
        if (proxied->event == HookEvent::OnResponse)
            m_ended = proxied->id;
    } else if (const auto *call = std::get_if<LlmEvent>(&event)) {
        ++m_followed[call->id].calls;
    }
}

void CollectorDelivery::add(const Hook &hook, const ProxyEvent &answer, const DeliveryMark &mark)
{
    const auto followed = m_followed.find(answer.id);
    if (followed == m_followed.end() || followed->second.calls == 0)
        add(hook, otlp::spanOf(answer), mark);
}

void CollectorDelivery::add(const Hook &hook, const LlmEvent &call, const DeliveryMark &mark)
{
    otlp::CallPlace place;
    if (const auto followed = m_followed.find(call.id); followed != m_followed.end())
        place = {followed->second.port, std::max(0, followed->second.calls - 1)};
    if (CollectorLane *lane = m_lanes.value(hook.name))
        lane->count(call, place);
    add(hook, otlp::spanOf(call, place), mark);
}

void CollectorDelivery::add(const Hook &hook, std::string span, const DeliveryMark &mark)
{
    CollectorLane *lane = m_lanes.value(hook.name);
    if (!lane || !lane->add(std::move(span), mark)) {
        const QString text = tr("The queue of its collector is full");
        m_tally.countDropped(hook.name);
        m_tally.note(HookOutcome{mark, hook.name, HookOutcome::Result::Dropped, text, {}});
        m_tally.report(hook.name, tr("%1: the span is dropped").arg(text));
    }
    m_tally.touch(hook.name);
}

void CollectorDelivery::setFlushing(bool isFlushing)
{
    m_isFlushing = isFlushing;
    for (CollectorLane *lane : std::as_const(m_lanes))
        lane->setFlushing(isFlushing);
}

bool CollectorDelivery::isIdle() const
{
    return std::all_of(m_lanes.cbegin(), m_lanes.cend(),
                       [](const CollectorLane *lane) { return lane->isIdle(); });
}

QHash<QString, quint64> CollectorDelivery::undelivered() const
{
    QHash<QString, quint64> counts;
    for (auto lane = m_lanes.cbegin(); lane != m_lanes.cend(); ++lane) {
        if (const quint64 spans = lane.value()->undelivered(); spans > 0)
            counts.insert(lane.key(), spans);
    }
    return counts;
}

void CollectorDelivery::complete(const QString &hookName, DeliveryCounts &counts)
{
    if (const CollectorLane *lane = m_lanes.value(hookName)) {
        lane->complete(counts);
    } else if (m_left.remove(hookName)) {
        counts.waiting = 0;
        counts.state = DeliveryState::Ok;
        counts.failingSince = {};
        counts.nextTry = {};
        counts.oldestWaiting = {};
    }
}

void CollectorDelivery::test(const Hook &hook)
{
    const std::string instanceId = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    const std::string body = otlp::tracesRequest(instanceId, {otlp::spanOf(sampleCall(), {443, 0})});
    auto message = collectorMessage(hook, CollectorSignal::Spans, body, m_secret);
    if (!message) {
        emit tested({hook.name, false, message.error().text});
        return;
    }
    if (!m_testNetwork)
        m_testNetwork = WebhookAttempt::makeNetwork(this);
    auto *attempt = new WebhookAttempt(m_testNetwork, *message, m_timing.attemptMs, this);
    connect(attempt, &WebhookAttempt::finished, this,
            [this, attempt, hook, url = message->url,
             secrets = secretsOf(hook, m_secret)](const WebhookOutcome &outcome) {
                attempt->deleteLater();
                reportTest(hook, masked(outcome, url, secrets));
            });
}

void CollectorDelivery::reportTest(const Hook &hook, const WebhookOutcome &outcome)
{
    DeliveryAttempt told;
    told.isDelivered = outcome.isDelivered;
    told.status = outcome.status;
    told.elapsedMs = outcome.elapsedMs;
    told.text = outcome.text;
    told.answer = outcome.answer;
    const otlp::ExportAnswer answer =
        outcome.isDelivered ? otlp::exportAnswerOf(outcome.answer) : otlp::ExportAnswer();
    emit tested({hook.name, outcome.isDelivered && answer.rejected == 0,
                 withRemark(outcomeTextOf(told), answer.rejected, 1, answer.message)});
}

} // namespace hookscope
