#include "core/usage/timebuckets.h"

namespace hookscope {

void UsageCell::add(const CountedCall &call)
{
    if (call.before) {
        sums.subtract(*call.before);
        sums.add(call.share);
        return;
    }
    sums.add(call.share);
    if (call.sighting.latencyUs)
        latency.add(*call.sighting.latencyUs);
    if (call.sighting.ttftUs)
        ttft.add(*call.sighting.ttftUs);
}

void UsageCell::add(const UsageCell &cell)
{
    sums.add(cell.sums);
    latency.add(cell.latency);
    ttft.add(cell.ttft);
}

void TimeBuckets::count(qint64 bucketStartUs, int utcOffset, const CountedCall &call)
{
    auto place = m_buckets.find(bucketStartUs);
    if (place == m_buckets.end()) {
        if (call.before)
            return; // its bucket has gone
        place = m_buckets.try_emplace(bucketStartUs).first;
        place->second.utcOffset = utcOffset;
    }
    cellFor(place->second, call)->add(call);
}

// A key that has a cell keeps it and one that has none gets none later, once there are enough: so what
// replaces a share finds the cell that the share went into.
UsageCell *TimeBuckets::cellFor(Bucket &bucket, const CountedCall &call)
{
    const auto found = bucket.cells.find(call.place);
    if (found != bucket.cells.end())
        return &found->second;
    return bucket.cells.size() < mostKeys ? &bucket.cells[call.place] : &bucket.further;
}

void TimeBuckets::forgetBefore(qint64 startUs)
{
    m_buckets.erase(m_buckets.begin(), m_buckets.lower_bound(startUs));
}

} // namespace hookscope
