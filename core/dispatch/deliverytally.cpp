#include "core/dispatch/deliverytally.h"

#include <utility>

namespace hookscope {

namespace {

template <class T> void keepLast(QList<T> &list, T value)
{
    if (list.size() >= DeliveryTally::mostTold)
        list.removeFirst();
    list.append(std::move(value));
}

} // namespace

DeliveryTally::DeliveryTally(QObject *parent)
    : QObject(parent)
    , m_failures(this)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(intervalMs);
    connect(&m_timer, &QTimer::timeout, this, &DeliveryTally::tell);
    connect(&m_failures, &FailureLog::lineMade, this, &DeliveryTally::lineMade);
}

void DeliveryTally::setHooks(const QSet<QString> &names)
{
    for (const QString &name : names) {
        if (!m_counts.contains(name))
            m_counts.insert(name, {});
    }
    const QStringList known = m_counts.keys();
    for (const QString &name : known) {
        if (!names.contains(name)) {
            m_counts.remove(name);
            m_failures.forget(name);
        }
    }
}

DeliveryCounts *DeliveryTally::countsOf(const QString &hookName)
{
    const auto counts = m_counts.find(hookName);
    if (counts == m_counts.end())
        return nullptr; // removed meanwhile
    m_changed.insert(hookName);
    tellSoon();
    return &*counts;
}

void DeliveryTally::countDelivered(const QString &hookName, quint64 events)
{
    if (auto *counts = countsOf(hookName)) {
        counts->delivered += events;
        counts->lastTime = QDateTime::currentDateTimeUtc();
        counts->state = DeliveryState::Ok;
        counts->failingSince = {};
    }
}

void DeliveryTally::countFailed(const QString &hookName, const QString &text, quint64 events)
{
    if (auto *counts = countsOf(hookName)) {
        counts->failed += events;
        counts->lastError = text;
        counts->lastTime = QDateTime::currentDateTimeUtc();
        counts->state = DeliveryState::Failing;
        if (!counts->failingSince.isValid())
            counts->failingSince = counts->lastTime;
        m_failures.report(hookName, text, events);
    }
}

void DeliveryTally::countDropped(const QString &hookName, quint64 events)
{
    if (auto *counts = countsOf(hookName))
        counts->dropped += events;
}

void DeliveryTally::countRetried(const QString &hookName, const QString &text, Logging logging)
{
    if (auto *counts = countsOf(hookName)) {
        ++counts->retried;
        counts->lastError = text;
        counts->lastTime = QDateTime::currentDateTimeUtc();
        if (logging == Logging::Logged)
            m_failures.report(hookName, text);
    }
}

void DeliveryTally::noteGone(const QString &hookName)
{
    if (auto *counts = countsOf(hookName))
        counts->state = DeliveryState::Gone;
}

void DeliveryTally::note(HookOutcome outcome)
{
    outcome.time = QDateTime::currentDateTimeUtc();
    keepLast(m_outcomes, std::move(outcome));
    tellSoon();
}

void DeliveryTally::note(const DeliveryAttempt &attempt)
{
    keepLast(m_attempts, attempt);
    tellSoon();
}

void DeliveryTally::touch(const QString &hookName)
{
    countsOf(hookName);
}

void DeliveryTally::report(const QString &hookName, const QString &text)
{
    m_failures.report(hookName, text);
}

void DeliveryTally::flush()
{
    m_failures.flush();
    tell();
}

void DeliveryTally::tellSoon()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void DeliveryTally::tell()
{
    const QSet<QString> changed = std::exchange(m_changed, {});
    for (const QString &hookName : changed) {
        const auto counts = m_counts.find(hookName);
        if (counts == m_counts.end())
            continue;
        if (m_completion)
            m_completion(hookName, *counts);
        emit countsChanged(hookName, *counts);
    }
    if (!m_outcomes.isEmpty())
        emit fired(std::exchange(m_outcomes, {}));
    if (!m_attempts.isEmpty())
        emit attempted(std::exchange(m_attempts, {}));
}

} // namespace hookscope
