#include "core/proxy/handover.h"

namespace hookscope::proxy {

HandOver::HandOver(std::function<void()> wake, std::size_t capacity)
    : m_wake(std::move(wake)), m_capacity(capacity)
{
}

void HandOver::put(RedactedEvent event)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_batch.events.size() < m_capacity)
            m_batch.events.push_back(std::move(event));
        else
            ++m_batch.lost;
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
    return std::exchange(m_batch, {});
}

} // namespace hookscope::proxy
