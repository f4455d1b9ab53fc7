#include "core/usage/seencalls.h"

namespace hookscope {

SeenCalls::Seen *SeenCalls::find(const std::string &key)
{
    const auto found = m_calls.find(key);
    return found != m_calls.end() ? &found->second : nullptr;
}

void SeenCalls::remember(const std::string &key, Seen seen)
{
    const auto [place, isNew] = m_calls.insert_or_assign(key, std::move(seen));
    if (!isNew)
        return;
    m_order.push_back(&place->first);
    if (m_order.size() > limit) {
        m_calls.erase(m_calls.find(*m_order.front()));
        m_order.pop_front();
    }
}

void SeenCalls::sumsCleared()
{
    for (auto &[key, seen] : m_calls)
        seen.isCounted = false;
}

} // namespace hookscope
