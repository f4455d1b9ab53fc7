#pragma once

#include "core/usage/countedcall.h"
#include "core/usage/durationsketch.h"
#include "core/usage/usagesums.h"

#include <map>

namespace hookscope {

// What calls of one kind used, and how long they took.
struct UsageCell {
    UsageSums sums;
    DurationSketch latency; // request read to the answer's head
    DurationSketch ttft; // request read to the first content; streams only

    void add(const CountedCall &call);
    void add(const UsageCell &cell);
};

// What calls used by the time at which they ended: one bucket for each stretch of time in which one did,
// of those that are asked to be kept; in a bucket one cell for each sandbox, provider and model, up to
// `mostKeys`, and one for all further ones. One thread. The caller says where buckets begin.
class TimeBuckets {
public:
    static constexpr std::size_t mostKeys = 100;

    struct Bucket {
        int utcOffset = 0; // seconds, at its beginning
        std::map<UsageKey, UsageCell> cells;
        UsageCell further;
    };

    // By their beginning, in microseconds since the Unix epoch.
    const std::map<qint64, Bucket> &buckets() const { return m_buckets; }

    void count(qint64 bucketStartUs, int utcOffset, const CountedCall &call);
    void forgetBefore(qint64 startUs);
    void clear() { m_buckets.clear(); }

private:
    UsageCell *cellFor(Bucket &bucket, const CountedCall &call);

    std::map<qint64, Bucket> m_buckets;
};

} // namespace hookscope
