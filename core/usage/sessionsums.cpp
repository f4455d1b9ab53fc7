#include "core/usage/sessionsums.h"

#include <algorithm>

namespace hookscope {

void SessionSums::count(const CountedCall &call)
{
    if (!call.session)
        return;
    auto place = m_sessions.find(*call.session);
    if (call.before) {
        // A session that was forgotten meanwhile may be back without the share that is to be replaced.
        if (place != m_sessions.end() && place->second.firstUs <= call.timestampUs) {
            place->second.sums.subtract(*call.before);
            place->second.sums.add(call.share);
        }
        return;
    }
    if (place == m_sessions.end()) {
        makeRoom();
        place = m_sessions.try_emplace(*call.session).first;
        place->second.session = *call.session;
        place->second.sandbox = call.place.sandbox;
        place->second.firstUs = call.timestampUs;
    }
    SessionUsage &usage = place->second;
    usage.sums.add(call.share);
    usage.firstUs = std::min(usage.firstUs, call.timestampUs);
    usage.lastUs = std::max(usage.lastUs, call.timestampUs);
}

// A tenth at once, so that a client with a session for each call costs little.
void SessionSums::makeRoom()
{
    if (m_sessions.size() < least + least / 10)
        return;
    std::vector<qint64> times;
    times.reserve(m_sessions.size());
    for (const auto &[name, usage] : m_sessions)
        times.push_back(usage.lastUs);
    const auto limit = times.begin() + static_cast<std::ptrdiff_t>(times.size() - least);
    std::nth_element(times.begin(), limit, times.end());
    const qint64 oldestKept = *limit;
    std::erase_if(m_sessions, [&](const auto &entry) { return entry.second.lastUs < oldestKept; });
    // All at one moment: which of them go is no matter.
    while (m_sessions.size() > least)
        m_sessions.erase(m_sessions.begin());
}

std::vector<SessionUsage> SessionSums::since(qint64 timestampUs) const
{
    std::vector<SessionUsage> sessions;
    for (const auto &[name, usage] : m_sessions) {
        if (usage.lastUs >= timestampUs)
            sessions.push_back(usage);
    }
    return sessions;
}

} // namespace hookscope
