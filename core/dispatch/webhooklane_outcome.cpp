#include "core/dispatch/webhooklane.h"

#include <QRandomGenerator>
#include <algorithm>

// What follows from a receiver's answer, or from its absence.

namespace hookscope {

namespace {

QDateTime inMs(qint64 waitMs)
{
    return QDateTime::currentDateTimeUtc().addMSecs(waitMs);
}

} // namespace

void WebhookLane::settle(Shipment *shipment, const WebhookOutcome &outcome)
{
    --m_underWay;
    shipment->isUnderWay = false;
    DeliveryAttempt attempt;
    attempt.hookName = m_hookName;
    attempt.webhookId = shipment->id;
    attempt.mark = shipment->events.front().mark;
    attempt.events = static_cast<int>(shipment->events.size());
    attempt.number = shipment->attempts + 1;
    attempt.time = QDateTime::currentDateTimeUtc();
    attempt.status = outcome.status;
    attempt.answer = outcome.answer;
    attempt.elapsedMs = outcome.elapsedMs;
    attempt.isDelivered = outcome.isDelivered;
    attempt.text = outcome.text;
    if (!outcome.isDelivered) {
        settleFailed(shipment, outcome, attempt);
        return;
    }
    m_failingSince = {};
    m_hasGivenUp = false;
    if (shipment->isDurable())
        m_outbox.noteDelivered(shipment->events);
    emit tried(attempt);
    emit ended(End::Delivered, shipment->events, attempt);
    close(shipment);
}

void WebhookLane::settleFailed(Shipment *shipment, const WebhookOutcome &outcome, DeliveryAttempt &attempt)
{
    const qint64 nowMs = steadyMs();
    if (!m_failingSince.isValid())
        m_failingSince = attempt.time;
    ++shipment->attempts;
    const Verdict verdict = verdictOf(outcome);
    std::optional<qint64> waitMs;
    if (verdict == Verdict::Again)
        waitMs = waitAfter(*shipment, outcome, nowMs);
    else if (verdict == Verdict::Gone && shipment->isDurable())
        waitMs = 0; // kept for the day on which the hook is switched on again
    const bool isNewlyGone = verdict == Verdict::Gone && !m_isGone; // others may have been under way
    if (isNewlyGone) {
        m_isOn = false;
        m_isGone = true;
        m_timer.stop();
    }
    for (QueuedEvent &event : shipment->events) {
        event.attempts = shipment->attempts;
        event.nextMs = waitMs ? QDateTime::currentMSecsSinceEpoch() + *waitMs : 0;
    }
    m_hasGivenUp = !waitMs;
    if (waitMs) {
        shipment->dueMs = nowMs + *waitMs;
        if (verdict == Verdict::Again)
            attempt.nextTry = inMs(*waitMs);
        if (shipment->isDurable())
            m_outbox.noteTried(shipment->events);
    } else if (shipment->isDurable()) {
        m_outbox.bury(shipment->events, attempt.text);
    }
    emit tried(attempt);
    emit ended(waitMs ? End::Waiting : End::GivenUp, shipment->events, attempt);
    if (!waitMs)
        close(shipment);
    if (isNewlyGone)
        emit gone();
}

// None: the schedule is over.
std::optional<qint64> WebhookLane::waitAfter(const Shipment &shipment, const WebhookOutcome &outcome,
                                             qint64 nowMs)
{
    const bool isDurable = shipment.isDurable();
    const std::vector<qint64> &durableWaits =
        m_policy.retryWaitsMs.empty() ? m_timing.waitsMs : m_policy.retryWaitsMs;
    const std::vector<qint64> &waits = isDurable ? durableWaits : m_timing.bestEffortWaitsMs;
    const auto tries = static_cast<std::size_t>(shipment.attempts);
    if (tries > waits.size() || (!isDurable && !m_isOn))
        return std::nullopt;
    qint64 waitMs = jittered(waits[tries - 1], m_timing.jitter, QRandomGenerator::global()->generateDouble());
    if (const auto asked = retryAfterMs(outcome.retryAfter, QDateTime::currentDateTimeUtc())) {
        const qint64 pauseMs = std::min(
            *asked, isDurable ? m_timing.longestRetryAfterMs : m_timing.longestBestEffortRetryAfterMs);
        m_pausedUntilMs = std::max(m_pausedUntilMs, nowMs + pauseMs);
        waitMs = std::max(waitMs, pauseMs);
    }
    const qint64 ageMs = QDateTime::currentMSecsSinceEpoch() - shipment.events.front().madeMs;
    if (isDurable && ageMs + waitMs > m_timing.longestMs)
        return std::nullopt;
    return waitMs;
}

} // namespace hookscope
