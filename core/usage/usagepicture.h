#pragma once

#include "core/usage/timebuckets.h"

#include <QDateTime>
#include <QTimeZone>
#include <optional>
#include <string>
#include <vector>

namespace hookscope {

enum class UsageRange {
    Hour, // the last 60 minutes, the present one included, by the minute
    Day, // the last 24 hours, the present one included, by the hour
    Week, // the last 28 quarters of a local day, the present one included
};
enum class UsageSplit { Model, Provider, Sandbox };
enum class UsageAmount { Tokens, Cost };

// What is asked of a picture.
struct UsageView {
    UsageSplit split = UsageSplit::Model;
    UsageAmount by = UsageAmount::Tokens; // what the groups are ordered by
    std::size_t charted = 0; // how many groups have bins, at most
    bool hasDurations = false; // whether to sum the durations too, which takes longer than all the rest
};

// The calls of one model, provider or sandbox.
struct UsageGroup {
    std::string name;
    UsageCell whole;
    std::vector<UsageSums> bins; // as UsagePicture::bins; empty in groups that are not charted
};

// Where the bins of a range begin; times in microseconds. Those that are equal in local time may be an
// hour longer or shorter in real time, where the clocks change; the others are equal in real time.
struct UsageBins {
    qint64 firstUs = 0; // since the Unix epoch; in local time if isLocal
    qint64 widthUs = 0;
    qsizetype count = 0;
    bool isLocal = false;

    // That of a bucket; none if it is in no bin.
    std::optional<std::size_t> indexOf(qint64 startUs, int utcOffset) const;
};

// Where tokens and money went in a range of time, split by one thing: what a chart and the table under
// it show, so that they cannot differ. Each bin is a stretch of the range. A value.
struct UsagePicture {
    static constexpr std::size_t mostGroups = 500;

    std::vector<QDateTime> bins; // their beginnings, in local time
    std::vector<UsageGroup> groups; // the largest first; the first `charted` have bins
    std::size_t charted = 0;
    UsageCell further; // calls of no group, because there are too many to keep each
    UsageGroup rest; // with bins: the groups that are not charted, and the further calls
    UsageSums whole; // over everything
};

// What the buckets hold for those bins.
UsagePicture paint(const TimeBuckets &buckets, const UsageBins &bins, const QTimeZone &zone,
                   const UsageView &view);

} // namespace hookscope
