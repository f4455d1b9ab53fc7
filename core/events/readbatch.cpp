#include "core/events/readbatch.h"

#include <utility>

namespace hookscope {

namespace {

constexpr std::size_t rowsAnEvent = 16;

} // namespace

std::size_t ReadParts::weightOf(const ReadPart &part)
{
    if (const auto *events = std::get_if<EventBatch>(&part))
        return (*events)->size();
    return std::get<LineRowBatch>(part)->records().size() / rowsAnEvent + 1;
}

void ReadParts::add(RedactedEvent event)
{
    m_events.push_back(std::move(event));
    ++m_weight;
    if (m_events.size() >= batchWeight)
        closeEvents();
}

void ReadParts::add(LineRowBatch rows)
{
    closeEvents();
    m_parts.emplace_back(std::move(rows));
    m_weight += weightOf(m_parts.back());
}

void ReadParts::closeEvents()
{
    if (!m_events.empty())
        m_parts.emplace_back(std::make_shared<const std::vector<RedactedEvent>>(std::exchange(m_events, {})));
}

ReadBatch ReadParts::take()
{
    closeEvents();
    auto batch = std::make_shared<std::vector<ReadPart>>();
    for (std::size_t weight = 0; !m_parts.empty() && weight < batchWeight; m_parts.pop_front()) {
        const std::size_t its = weightOf(m_parts.front());
        weight += its;
        m_weight -= its;
        batch->push_back(std::move(m_parts.front()));
    }
    return batch;
}

} // namespace hookscope
