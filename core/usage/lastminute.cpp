#include "core/usage/lastminute.h"

namespace hookscope {

void LastMinute::count(const CountedCall &call)
{
    const qint64 second = call.timestampUs / 1'000'000;
    if (second < 0)
        return;
    Second &place = m_seconds[static_cast<std::size_t>(second) % m_seconds.size()];
    if (place.second > second || (call.before && place.second != second))
        return; // its minute has gone
    if (place.second < second)
        place = {second, {}};
    if (call.before)
        place.sums.subtract(*call.before);
    place.sums.add(call.share);
}

UsageSums LastMinute::sums(qint64 nowUs) const
{
    const qint64 now = nowUs / 1'000'000;
    UsageSums sums;
    for (const Second &each : m_seconds) {
        if (each.second > now - qint64(m_seconds.size()) && each.second <= now)
            sums.add(each.sums);
    }
    return sums;
}

} // namespace hookscope
