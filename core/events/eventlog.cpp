#include "core/events/eventlog.h"

#include <QThread>
#include <algorithm>

namespace hookscope {

namespace {

// Evicting one exchange at a time would make a view move at every row.
constexpr std::size_t evictionParts = 50;

} // namespace

EventLog::EventLog(std::size_t limit, QObject *parent)
    : QObject(parent)
    , m_limit(limit)
{
}

const Exchange *EventLog::exchange(Sequence sequence) const
{
    if (sequence < begin() || sequence >= end())
        return nullptr;
    return &m_exchanges[sequence - m_first];
}

void EventLog::append(const EventBatch &batch)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (!batch)
        return;

    const Sequence known = end();
    std::vector<Sequence> updated;
    for (const RedactedEvent &redacted : *batch)
        take(redacted.event(), known, updated);

    emit appended(batch);
    announce(updated);
}

void EventLog::restore(const EventBatch &batch)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (!batch)
        return;

    const Sequence known = end();
    std::vector<Sequence> updated;
    std::vector<RedactedEvent> taken;
    taken.reserve(batch->size());
    for (const RedactedEvent &redacted : *batch) {
        if (!mayRestore(redacted.event()))
            continue;
        take(redacted.event(), known, updated);
        taken.push_back(redacted);
    }
    emit restored(std::make_shared<const std::vector<RedactedEvent>>(std::move(taken)));
    announce(updated);
}

bool EventLog::mayRestore(const Event &event)
{
    const ExchangeId id = exchangeOf(event);
    if (std::holds_alternative<Started>(event) && !m_sequences.contains(id)) {
        m_restoring.insert(id);
        return true;
    }
    const auto *ended = std::get_if<ProxyEvent>(&event);
    if (m_restoring.contains(id)) {
        if (ended && ended->event == HookEvent::OnResponse)
            m_restoring.erase(id);
        return true;
    }
    return std::holds_alternative<LlmEvent>(event) && !m_sequences.contains(id);
}

void EventLog::take(const Event &event, Sequence known, std::vector<Sequence> &updated)
{
    const auto found = m_sequences.find(exchangeOf(event));
    if (found != m_sequences.end()) {
        m_exchanges[found->second - m_first].apply(event);
        if (found->second < known)
            updated.push_back(found->second);
    } else if (m_limit > 0 && std::holds_alternative<Started>(event)) {
        makeRoom();
        m_sequences.emplace(exchangeOf(event), end());
        m_exchanges.emplace_back().apply(event);
    }
}

void EventLog::announce(std::vector<Sequence> &updated)
{
    std::sort(updated.begin(), updated.end());
    updated.erase(std::unique(updated.begin(), updated.end()), updated.end());
    updated.erase(updated.begin(), std::lower_bound(updated.begin(), updated.end(), m_first));
    emit changed(updated);
}

void EventLog::makeRoom()
{
    if (m_exchanges.size() < m_limit)
        return;
    const std::size_t count = std::max<std::size_t>(1, m_limit / evictionParts);
    for (std::size_t i = 0; i < count; ++i) {
        m_sequences.erase(m_exchanges.front().id);
        m_exchanges.pop_front();
        ++m_first;
    }
}

void EventLog::reportLost(quint64 count)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (count == 0)
        return;
    m_lost += count;
    emit lostChanged(m_lost);
}

void EventLog::clear()
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_first = end();
    m_exchanges.clear();
    m_sequences.clear();
    m_restoring.clear();
    emit changed({});
}

} // namespace hookscope
