#include "core/dispatch/programdelivery.h"

namespace hookscope {

ProgramDelivery::ProgramDelivery(DeliveryTally &tally, QObject *parent)
    : QObject(parent)
    , m_tally(tally)
{
}

ProgramDelivery::~ProgramDelivery() = default;

void ProgramDelivery::setHooks(const QList<Hook> &programs)
{
    QHash<QString, Lane> lanes;
    for (const Hook &hook : programs) {
        Lane lane = m_lanes.take(hook.name);
        lane.target = std::get<ExecTarget>(hook.target);
        lanes.insert(hook.name, std::move(lane));
    }
    for (auto it = m_lanes.begin(); it != m_lanes.end(); ++it)
        m_tally.countDropped(it.key(), it->waiting.size());
    m_lanes = std::move(lanes);
    for (const Hook &hook : programs)
        pump(hook.name);
}

void ProgramDelivery::add(const Hook &hook, const QByteArray &json, const DeliveryMark &mark)
{
    Lane &lane = m_lanes[hook.name];
    if (lane.waiting.size() >= mostWaiting) {
        const QString text = tr("Its program is too slow: %1 events wait").arg(mostWaiting);
        m_tally.countDropped(hook.name);
        m_tally.note(HookOutcome{mark, hook.name, HookOutcome::Result::Dropped, text, {}});
        m_tally.report(hook.name, tr("%1; the event is dropped").arg(text));
        return;
    }
    lane.waiting.push_back({json, mark});
    m_tally.touch(hook.name);
    pump(hook.name);
}

void ProgramDelivery::pump(const QString &hookName)
{
    const auto lane = m_lanes.find(hookName);
    while (lane != m_lanes.end() && !lane->waiting.empty() && lane->running < lane->target.atOnce) {
        const Waiting next = std::move(lane->waiting.front());
        lane->waiting.pop_front();
        ++lane->running;
        ++m_running;
        auto *run = new ProgramRun(lane->target, next.json, this);
        connect(run, &ProgramRun::finished, this,
                [this, run, hookName, mark = next.mark](const ProgramOutcome &outcome) {
                    run->deleteLater();
                    settle(hookName, mark, outcome);
                });
    }
}

void ProgramDelivery::settle(const QString &hookName, const DeliveryMark &mark, const ProgramOutcome &outcome)
{
    --m_running;
    if (const auto lane = m_lanes.find(hookName); lane != m_lanes.end()) {
        --lane->running;
        if (outcome.isDelivered)
            lane->failingSince = {};
        else if (!lane->failingSince.isValid())
            lane->failingSince = QDateTime::currentDateTimeUtc();
    }
    DeliveryAttempt attempt;
    attempt.hookName = hookName;
    attempt.mark = mark;
    attempt.time = QDateTime::currentDateTimeUtc();
    attempt.answer = outcome.output;
    attempt.elapsedMs = outcome.elapsedMs;
    attempt.isDelivered = outcome.isDelivered;
    attempt.text = outcome.text;
    m_tally.note(attempt);
    if (outcome.isDelivered)
        m_tally.countDelivered(hookName);
    else
        m_tally.countFailed(hookName, outcome.text);
    const auto result = outcome.isDelivered ? HookOutcome::Result::Delivered : HookOutcome::Result::Failed;
    m_tally.note(HookOutcome{mark, hookName, result, outcome.text, {}});
    m_tally.touch(hookName);
    pump(hookName);
    if (isIdle())
        emit drained();
}

void ProgramDelivery::test(const Hook &hook, const QByteArray &json)
{
    auto *run = new ProgramRun(std::get<ExecTarget>(hook.target), json, this);
    connect(run, &ProgramRun::finished, this, [this, run, name = hook.name](const ProgramOutcome &outcome) {
        run->deleteLater();
        emit tested(
            {name, outcome.isDelivered, tr("%1 (after %2 ms)").arg(outcome.text).arg(outcome.elapsedMs)});
    });
}

bool ProgramDelivery::isIdle() const
{
    return m_running == 0
        && std::all_of(m_lanes.begin(), m_lanes.end(), [](const Lane &lane) { return lane.waiting.empty(); });
}

QHash<QString, quint64> ProgramDelivery::undelivered() const
{
    QHash<QString, quint64> counts;
    for (auto it = m_lanes.begin(); it != m_lanes.end(); ++it) {
        if (const quint64 events = it->waiting.size() + static_cast<quint64>(it->running); events > 0)
            counts.insert(it.key(), events);
    }
    return counts;
}

void ProgramDelivery::complete(const QString &hookName, DeliveryCounts &counts) const
{
    const auto lane = m_lanes.find(hookName);
    if (lane == m_lanes.end())
        return;
    counts.waiting = lane->waiting.size() + static_cast<quint64>(lane->running);
    counts.failingSince = lane->failingSince;
    counts.state = lane->failingSince.isValid() ? DeliveryState::Failing : DeliveryState::Ok;
}

} // namespace hookscope
