#include "core/dispatch/collectorlane.h"

#include "core/dispatch/eventrouter.h"
#include "core/dispatch/retry.h"
#include "core/otlp/exportanswer.h"
#include "core/otlp/exportrequest.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QRandomGenerator>
#include <QUuid>
#include <algorithm>
#include <chrono>

namespace hookscope {

namespace {

constexpr qint64 failingMs = 60'000; // of retrying, from which on the hook is said to fail

struct LaneText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::CollectorDelivery)
};

qint64 steadyMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

std::int64_t wallClockUs()
{
    return QDateTime::currentMSecsSinceEpoch() * 1000;
}

} // namespace

CollectorLane::CollectorLane(const QString &hookName, const CollectorTiming &timing, DeliveryTally &tally,
                             QObject *parent)
    : QObject(parent)
    , m_timing(timing)
    , m_tally(tally)
    , m_instanceId(QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString())
    , m_metrics(wallClockUs())
    , m_metricsSentMs(steadyMs())
    , m_timer(this)
{
    m_hook.name = hookName;
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &CollectorLane::pump);
}

CollectorLane::~CollectorLane()
{
    // Replies go before the manager that they belong to.
    qDeleteAll(findChildren<WebhookAttempt *>(Qt::FindDirectChildrenOnly));
}

void CollectorLane::start(const Hook &hook, const SecretOf &secret)
{
    if (hook.target != m_hook.target || hook.sending != m_hook.sending) {
        m_takesMetrics = true;
        m_notBeforeMs = 0; // another collector is not to wait for what the first one did
    }
    m_hook = hook;
    m_secret = secret;
    pump();
}

bool CollectorLane::add(std::string span, const DeliveryMark &mark)
{
    if (m_waiting.size() >= mostSpans)
        return false;
    m_waiting.push_back({std::move(span), mark, QDateTime::currentDateTimeUtc(), steadyMs()});
    pump();
    return true;
}

void CollectorLane::count(const LlmEvent &call, const otlp::CallPlace &place)
{
    m_metrics.count(call, place);
    m_areMetricsFlushed = false;
}

void CollectorLane::setFlushing(bool isFlushing)
{
    m_isFlushing = isFlushing;
    m_hasFailedInFlush = false;
    m_areMetricsFlushed = false;
    if (isFlushing)
        m_notBeforeMs = 0;
    pump();
}

bool CollectorLane::isIdle() const
{
    if (m_isUnderWay)
        return false;
    const bool isAllSent = m_waiting.empty() && m_batch.empty()
        && (m_metrics.isEmpty() || !m_takesMetrics || m_areMetricsFlushed);
    return isAllSent || m_hasFailedInFlush;
}

void CollectorLane::complete(DeliveryCounts &counts) const
{
    counts.waiting = undelivered();
    counts.dead = 0;
    counts.failingSince = m_failingSince;
    counts.nextTry = m_tries > 0 ? m_nextTry : QDateTime();
    counts.oldestWaiting = {};
    if (!m_batch.empty())
        counts.oldestWaiting = m_batch.front().made;
    else if (!m_waiting.empty())
        counts.oldestWaiting = m_waiting.front().made;
    counts.state = DeliveryState::Ok;
    if (m_failingSince.isValid()) {
        const bool isLong = m_failingSince.msecsTo(QDateTime::currentDateTimeUtc()) >= failingMs;
        counts.state = isLong || m_hasGivenUp ? DeliveryState::Failing : DeliveryState::Retrying;
    }
}

bool CollectorLane::areSpansDue(qint64 nowMs) const
{
    if (!m_batch.empty())
        return true;
    if (m_waiting.empty())
        return false;
    return m_isFlushing || m_waiting.size() >= batchSpans
        || nowMs - m_waiting.front().madeMs >= m_timing.batchMs;
}

qint64 CollectorLane::metricsDueMs() const
{
    return m_metricsSentMs + m_timing.metricsMs;
}

bool CollectorLane::areMetricsDue(qint64 nowMs) const
{
    if (m_metrics.isEmpty() || !m_takesMetrics)
        return false;
    return m_isFlushing ? !m_areMetricsFlushed : nowMs >= metricsDueMs();
}

void CollectorLane::pump()
{
    if (m_isUnderWay || !std::holds_alternative<OtlpTarget>(m_hook.target))
        return;
    const qint64 nowMs = steadyMs();
    if (nowMs >= m_notBeforeMs && !m_hasFailedInFlush) {
        if (areSpansDue(nowMs))
            return sendSpans();
        if (areMetricsDue(nowMs))
            return sendMetrics();
    }
    arm(nowMs);
}

void CollectorLane::arm(qint64 nowMs)
{
    std::optional<qint64> dueMs;
    const auto sooner = [&dueMs](qint64 ms) {
        dueMs = dueMs ? std::min(*dueMs, ms) : ms;
    };
    if (!m_batch.empty())
        sooner(m_notBeforeMs);
    else if (!m_waiting.empty())
        sooner(std::max(m_notBeforeMs, m_waiting.front().madeMs + m_timing.batchMs));
    if (!m_metrics.isEmpty() && m_takesMetrics)
        sooner(std::max(m_notBeforeMs, metricsDueMs()));
    if (dueMs && !m_hasFailedInFlush)
        m_timer.start(static_cast<int>(std::clamp<qint64>(*dueMs - nowMs, 1, 24LL * 3600 * 1000)));
}

void CollectorLane::sendSpans()
{
    if (m_batch.empty()) {
        const auto end = m_waiting.begin()
            + static_cast<std::ptrdiff_t>(std::min<std::size_t>(m_waiting.size(), batchSpans));
        m_batch.assign(std::make_move_iterator(m_waiting.begin()), std::make_move_iterator(end));
        m_waiting.erase(m_waiting.begin(), end);
        m_batchId = newWebhookId();
        m_tries = 0;
        m_firstTryMs = steadyMs();
    }
    std::vector<std::string> spans;
    for (const WaitingSpan &span : m_batch)
        spans.push_back(span.json);
    send(CollectorSignal::Spans, otlp::tracesRequest(m_instanceId, spans));
}

void CollectorLane::sendMetrics()
{
    m_metricsSentMs = steadyMs();
    m_areMetricsFlushed = true;
    send(CollectorSignal::Metrics, otlp::metricsRequest(m_instanceId, m_metrics.text(wallClockUs())));
}

void CollectorLane::send(CollectorSignal signal, const std::string &body)
{
    m_isUnderWay = true;
    auto message = collectorMessage(m_hook, signal, body, m_secret);
    if (!message) {
        WebhookOutcome outcome;
        outcome.text = message.error().text;
        QMetaObject::invokeMethod(
            this, [this, signal, outcome] { settle(signal, outcome); }, Qt::QueuedConnection);
        return;
    }
    if (!m_network)
        m_network = WebhookAttempt::makeNetwork(this);
    auto *attempt = new WebhookAttempt(m_network, *message, m_timing.attemptMs, this);
    connect(attempt, &WebhookAttempt::finished, this,
            [this, attempt, signal, url = message->url,
             secrets = secretsOf(m_hook, m_secret)](const WebhookOutcome &outcome) {
                attempt->deleteLater();
                settle(signal, masked(outcome, url, secrets));
            });
}

void CollectorLane::settle(CollectorSignal signal, const WebhookOutcome &outcome)
{
    m_isUnderWay = false;
    DeliveryAttempt attempt;
    attempt.hookName = m_hook.name;
    attempt.number = 1;
    attempt.time = QDateTime::currentDateTimeUtc();
    attempt.status = outcome.status;
    attempt.answer = outcome.answer;
    attempt.elapsedMs = outcome.elapsedMs;
    attempt.isDelivered = outcome.isDelivered;
    attempt.text = outcome.text;
    m_hasFailedInFlush = m_isFlushing && !outcome.isDelivered;
    if (signal == CollectorSignal::Spans)
        settleSpans(outcome, attempt);
    else
        settleMetrics(outcome, attempt);
    m_tally.touch(m_hook.name);
    pump();
    emit changed();
}

void CollectorLane::noteOutcomes(HookOutcome::Result result, const QString &text)
{
    for (const WaitingSpan &span : m_batch)
        m_tally.note(HookOutcome{span.mark, m_hook.name, result, text, {}});
}

void CollectorLane::settleSpans(const WebhookOutcome &outcome, DeliveryAttempt &attempt)
{
    attempt.webhookId = m_batchId;
    attempt.mark = m_batch.front().mark;
    attempt.events = static_cast<int>(m_batch.size());
    attempt.number = ++m_tries;
    if (outcome.isDelivered)
        return settleDelivered(outcome, attempt);

    const qint64 nowMs = steadyMs();
    if (!m_failingSince.isValid())
        m_failingSince = attempt.time;
    if (const auto waitMs = waitAfter(outcome, nowMs)) {
        m_notBeforeMs = nowMs + *waitMs;
        m_nextTry = attempt.time.addMSecs(*waitMs);
        attempt.nextTry = m_nextTry;
        m_tally.note(attempt);
        m_tally.countRetried(m_hook.name, attempt.text, DeliveryTally::Logging::Logged);
        noteOutcomes(HookOutcome::Result::Waiting, outcomeTextOf(attempt));
        return;
    }
    m_hasGivenUp = true;
    m_tally.note(attempt);
    m_tally.countFailed(m_hook.name, attempt.text, m_batch.size());
    noteOutcomes(HookOutcome::Result::Failed, outcomeTextOf(attempt));
    m_batch.clear();
    m_tries = 0;
}

void CollectorLane::settleDelivered(const WebhookOutcome &outcome, DeliveryAttempt &attempt)
{
    const otlp::ExportAnswer answer = otlp::exportAnswerOf(outcome.answer);
    const quint64 rejected = std::min<quint64>(answer.rejected, m_batch.size());
    const QString remark = withRemark({}, rejected, attempt.events, answer.message);
    m_failingSince = {};
    m_hasGivenUp = false;
    attempt.text = remark; // delivered, and yet there is something to say
    attempt.isDelivered = rejected < m_batch.size();
    m_tally.note(attempt);
    if (m_batch.size() > rejected)
        m_tally.countDelivered(m_hook.name, m_batch.size() - rejected);
    if (rejected > 0) {
        // It takes none of them however often they come.
        m_failingSince = attempt.time;
        m_hasGivenUp = true;
        m_tally.countFailed(m_hook.name, remark, rejected);
    } else if (!remark.isEmpty()) {
        m_tally.report(m_hook.name, remark);
    }
    // Which ones were rejected, the collector does not say.
    const QString text = remark.isEmpty() ? outcomeTextOf(attempt) : remark;
    noteOutcomes(attempt.isDelivered ? HookOutcome::Result::Delivered : HookOutcome::Result::Failed, text);
    m_batch.clear();
    m_tries = 0;
}

void CollectorLane::settleMetrics(const WebhookOutcome &outcome, DeliveryAttempt &attempt)
{
    attempt.events = 0; // sums of events that were delivered as spans
    attempt.webhookId = newWebhookId();
    attempt.mark.event = HookEvent::OnResponse;
    if (outcome.isDelivered) {
        const otlp::ExportAnswer answer = otlp::exportAnswerOf(outcome.answer);
        attempt.text = answer.rejected > 0 ? LaneText::tr("The collector rejected %1 metric points: %2")
                                                 .arg(answer.rejected)
                                                 .arg(answer.message)
                                           : withRemark({}, 0, 0, answer.message);
    } else if (outcome.status == 404 || outcome.status == 405 || outcome.status == 501) {
        m_takesMetrics = false;
        attempt.text =
            LaneText::tr("%1: it takes no metrics, and gets none until the hook changes").arg(outcome.text);
    } else {
        attempt.text = LaneText::tr("Metrics: %1").arg(outcome.text);
        if (const auto asked = retryAfterMs(outcome.retryAfter, QDateTime::currentDateTimeUtc()))
            m_notBeforeMs = steadyMs() + std::min(*asked, m_timing.longestMs);
    }
    m_tally.note(attempt);
    if (!attempt.text.isEmpty())
        m_tally.report(m_hook.name, attempt.text);
}

// None: it is given up.
std::optional<qint64> CollectorLane::waitAfter(const WebhookOutcome &outcome, qint64 nowMs)
{
    if (!isWorthAnotherTry(outcome))
        return std::nullopt;
    const int doublings = std::min(m_tries - 1, 20);
    qint64 waitMs = jittered(std::min(m_timing.firstWaitMs << doublings, m_timing.longestWaitMs),
                             m_timing.jitter, QRandomGenerator::global()->generateDouble());
    if (const auto asked = retryAfterMs(outcome.retryAfter, QDateTime::currentDateTimeUtc()))
        waitMs = std::max(waitMs, *asked);
    if (nowMs - m_firstTryMs + waitMs > m_timing.longestMs)
        return std::nullopt;
    return waitMs;
}

} // namespace hookscope
