#include "core/sources/followgate.h"

#include <algorithm>
#include <iterator>

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
    const auto isNew = [this](const RedactedEvent &redacted) {
        return !isKnown(exchangeOf(redacted.event()));
    };
    if (std::all_of(batch->begin(), batch->end(), isNew))
        return batch;
    auto result = std::make_shared<std::vector<RedactedEvent>>();
    std::copy_if(batch->begin(), batch->end(), std::back_inserter(*result), isNew);
    return result;
}

ReadBatch FollowGate::newOf(const ReadBatch &batch) const
{
    auto result = std::make_shared<std::vector<ReadPart>>(*batch);
    for (ReadPart &part : *result) {
        if (auto *events = std::get_if<EventBatch>(&part))
            *events = newOf(*events);
    }
    return result;
}

} // namespace hookscope
