#include "core/usage/usagepicture.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace hookscope {

namespace {

std::string_view nameOf(const UsageKey &key, UsageSplit split)
{
    switch (split) {
    case UsageSplit::Model:
        return key.model;
    case UsageSplit::Provider:
        return key.provider;
    case UsageSplit::Sandbox:
        return key.sandbox;
    }
    return {};
}

qint64 amountOf(const UsageSums &sums, UsageAmount by)
{
    return by == UsageAmount::Cost ? sums.cost : sums.totalTokens;
}

std::vector<QDateTime> beginnings(const UsageBins &bins, const QTimeZone &zone)
{
    std::vector<QDateTime> result;
    for (qsizetype i = 0; i < bins.count; ++i) {
        const qint64 startMs = (bins.firstUs + i * bins.widthUs) / 1000;
        if (!bins.isLocal) {
            result.push_back(QDateTime::fromMSecsSinceEpoch(startMs, zone));
            continue;
        }
        const QDateTime local = QDateTime::fromMSecsSinceEpoch(startMs, QTimeZone::utc());
        result.emplace_back(local.date(), local.time(), zone);
    }
    return result;
}

// take(bucket, index of its bin), for the buckets of that time.
template <class Take> void eachBucket(const TimeBuckets &buckets, const UsageBins &bins, const Take &take)
{
    for (const auto &[startUs, bucket] : buckets.buckets()) {
        if (const std::optional<std::size_t> bin = bins.indexOf(startUs, bucket.utcOffset))
            take(bucket, *bin);
    }
}

void addCell(UsageCell &cell, const UsageCell &further, bool hasDurations)
{
    if (hasDurations)
        cell.add(further);
    else
        cell.sums.add(further.sums);
}

void sumGroups(UsagePicture &picture, const TimeBuckets &buckets, const UsageBins &bins,
               const UsageView &view)
{
    std::map<std::string_view, UsageCell> cells;
    eachBucket(buckets, bins, [&](const TimeBuckets::Bucket &bucket, std::size_t) {
        for (const auto &[key, cell] : bucket.cells)
            addCell(cells[nameOf(key, view.split)], cell, view.hasDurations);
        addCell(picture.further, bucket.further, view.hasDurations);
    });
    picture.whole.add(picture.further.sums);
    for (auto &[name, cell] : cells) {
        picture.whole.add(cell.sums);
        picture.groups.push_back({std::string(name), std::move(cell), {}});
    }
    std::stable_sort(picture.groups.begin(), picture.groups.end(),
                     [by = view.by](const UsageGroup &left, const UsageGroup &right) {
                         return amountOf(left.whole.sums, by) > amountOf(right.whole.sums, by);
                     });
    for (; picture.groups.size() > UsagePicture::mostGroups; picture.groups.pop_back())
        picture.further.add(picture.groups.back().whole);
}

void fillBins(UsagePicture &picture, const TimeBuckets &buckets, const UsageBins &bins, UsageSplit split)
{
    std::map<std::string_view, UsageGroup *> stacks;
    for (std::size_t i = 0; i < picture.groups.size(); ++i) {
        UsageGroup &group = picture.groups[i];
        if (i < picture.charted) {
            group.bins.resize(picture.bins.size());
            stacks[group.name] = &group;
        } else {
            picture.rest.whole.add(group.whole);
        }
    }
    picture.rest.whole.add(picture.further);
    picture.rest.bins.resize(picture.bins.size());
    eachBucket(buckets, bins, [&](const TimeBuckets::Bucket &bucket, std::size_t bin) {
        for (const auto &[key, cell] : bucket.cells) {
            const auto stack = stacks.find(nameOf(key, split));
            (stack != stacks.end() ? *stack->second : picture.rest).bins[bin].add(cell.sums);
        }
        picture.rest.bins[bin].add(bucket.further.sums);
    });
}

} // namespace

std::optional<std::size_t> UsageBins::indexOf(qint64 startUs, int utcOffset) const
{
    const qint64 time = (isLocal ? startUs + qint64(utcOffset) * 1'000'000 : startUs) - firstUs;
    if (time < 0 || time >= count * widthUs)
        return std::nullopt;
    return static_cast<std::size_t>(time / widthUs);
}

UsagePicture paint(const TimeBuckets &buckets, const UsageBins &bins, const QTimeZone &zone,
                   const UsageView &view)
{
    UsagePicture picture;
    picture.bins = beginnings(bins, zone);
    sumGroups(picture, buckets, bins, view);
    picture.charted = std::min(view.charted, picture.groups.size());
    fillBins(picture, buckets, bins, view.split);
    return picture;
}

} // namespace hookscope
