#include "core/sources/followgate.h"

#include <algorithm>

namespace hookscope {

FollowGate::FollowGate(const EventLog &log, QObject *parent)
    : QObject(parent)
{
    m_before.reserve(log.end() - log.begin());
    for (EventLog::Sequence sequence = log.begin(); sequence < log.end(); ++sequence)
        m_before.push_back(log.record(sequence)->id);
    std::sort(m_before.begin(), m_before.end());
}

void FollowGate::noteAppended(const EventBatch &batch)
{
    if (!batch)
        return;
    for (const RedactedEvent &redacted : *batch) {
        const auto *started = std::get_if<Started>(&redacted.event());
        if (!started || !m_since.insert(started->id).second)
            continue;
        m_order.push_back(started->id);
        if (m_order.size() > mostNew) {
            m_since.erase(m_order.front());
            m_order.pop_front();
        }
    }
}

bool FollowGate::isKnown(ExchangeId id) const
{
    return m_since.contains(id) || std::binary_search(m_before.begin(), m_before.end(), id);
}

EventBatch FollowGate::newOf(const EventBatch &batch) const
{
    auto result = std::make_shared<std::vector<RedactedEvent>>();
    for (const RedactedEvent &redacted : *batch) {
        if (!isKnown(exchangeOf(redacted.event())))
            result->push_back(redacted);
    }
    return result;
}

} // namespace hookscope
