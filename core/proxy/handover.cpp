#include "core/proxy/handover.h"

namespace hookscope::proxy {

HandOver::HandOver(std::function<void()> wake, std::size_t capacity)
    : m_wake(std::move(wake)), m_capacity(capacity)
{
}

void HandOver::put(RedactedEvent &&event)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_batch.events.empty())
            m_batch.events.reserve(m_lastSize + m_lastSize / 4);
        if (m_batch.events.size() < m_capacity) {
            const auto *body = std::get_if<BodyKept>(&event.event());
            if (body && body->text)
                m_bodyBytes += body->text->size();
            m_batch.events.push_back(std::move(event));
        } else {
            ++m_batch.lost;
        }
        if (m_isWakePosted)
            return;
        m_isWakePosted = true;
    }
    m_wake();
}

HandOver::Batch HandOver::take()
{
    const std::lock_guard lock(m_mutex);
    m_isWakePosted = false;
    m_bodyBytes = 0;
    m_lastSize = m_batch.events.size();
    return std::exchange(m_batch, {});
}

} // namespace hookscope::proxy
