#include "core/usage/usageseries.h"

#include <QThread>
#include <algorithm>
#include <utility>

namespace hookscope {

namespace {

constexpr qint64 second = 1'000'000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 quarterDay = 6 * hour;
constexpr qint64 day = 24 * hour;
constexpr qint64 keptHours = 8 * 24;

constexpr qsizetype minuteBins = 60;
constexpr qsizetype hourBins = 24;
constexpr qsizetype quarterDayBins = 28;

qint64 floorTo(qint64 time, qint64 step)
{
    return time - ((time % step) + step) % step;
}

} // namespace

UsageSeries::UsageSeries(QObject *parent, const QTimeZone &zone, Clock clock)
    : QObject(parent)
    , m_zone(zone.isValid() ? zone : QTimeZone::utc())
    , m_clock(clock ? std::move(clock) : [] { return QDateTime::currentMSecsSinceEpoch() * 1000; })
{
}

qint64 UsageSeries::now() const
{
    return m_clock();
}

// Offsets change at quarters of an hour only, and looking one up takes longer than all the rest.
int UsageSeries::utcOffset(qint64 timestampUs) const
{
    const qint64 quarter = floorTo(timestampUs, hour / 4);
    if (m_offsets[1].quarter == quarter)
        std::swap(m_offsets[0], m_offsets[1]);
    Offset &last = m_offsets[0];
    if (last.quarter != quarter) {
        m_offsets[1] = last;
        last = {quarter, QDateTime::fromMSecsSinceEpoch(timestampUs / 1000, m_zone).offsetFromUtc()};
    }
    return last.seconds;
}

qint64 UsageSeries::hourStart(qint64 timestampUs) const
{
    const qint64 offset = utcOffset(timestampUs) * second;
    return floorTo(timestampUs + offset, hour) - offset;
}

void UsageSeries::count(const CountedCall &given)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const qint64 present = now();
    CountedCall call = given;
    call.timestampUs = std::min(call.timestampUs, present);

    const qint64 firstMinute = floorTo(present, minute) - (minuteBins - 1) * minute;
    m_minutes.forgetBefore(firstMinute);
    if (call.timestampUs >= firstMinute)
        m_minutes.count(floorTo(call.timestampUs, minute), 0, call);

    const qint64 firstHour = hourStart(present) - keptHours * hour;
    m_hours.forgetBefore(firstHour);
    const qint64 itsHour = hourStart(call.timestampUs);
    if (itsHour >= firstHour)
        m_hours.count(itsHour, utcOffset(call.timestampUs), call);

    m_sessions.count(call);
    m_lastMinute.count(call);
    emit changed();
}

void UsageSeries::clear()
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_minutes.clear();
    m_hours.clear();
    m_sessions.clear();
    m_lastMinute.clear();
    emit changed();
}

UsageBins UsageSeries::binsOf(UsageRange range) const
{
    const qint64 present = now();
    switch (range) {
    case UsageRange::Hour:
        return {floorTo(present, minute) - (minuteBins - 1) * minute, minute, minuteBins, false};
    case UsageRange::Day:
        return {hourStart(present) - (hourBins - 1) * hour, hour, hourBins, false};
    case UsageRange::Week:
        return {floorTo(present + utcOffset(present) * second, quarterDay)
                    - (quarterDayBins - 1) * quarterDay,
                quarterDay, quarterDayBins, true};
    }
    return {};
}

UsagePicture UsageSeries::picture(UsageRange range, const UsageView &view) const
{
    return paint(range == UsageRange::Hour ? m_minutes : m_hours, binsOf(range), m_zone, view);
}

std::vector<SessionUsage> UsageSeries::sessions(UsageRange range) const
{
    const UsageBins bins = binsOf(range);
    std::vector<SessionUsage> sessions =
        m_sessions.since(bins.isLocal ? bins.firstUs - utcOffset(now()) * second : bins.firstUs);
    std::sort(sessions.begin(), sessions.end(), [](const SessionUsage &left, const SessionUsage &right) {
        return left.lastUs != right.lastUs ? left.lastUs > right.lastUs : left.session < right.session;
    });
    return sessions;
}

UsageSums UsageSeries::today() const
{
    const qint64 present = now();
    const qint64 midnight = floorTo(present + utcOffset(present) * second, day);
    UsageSums sums;
    for (const auto &[startUs, bucket] : m_hours.buckets()) {
        if (floorTo(startUs + bucket.utcOffset * second, day) != midnight)
            continue;
        for (const auto &[key, cell] : bucket.cells)
            sums.add(cell.sums);
        sums.add(bucket.further.sums);
    }
    return sums;
}

UsageSums UsageSeries::lastMinute() const
{
    return m_lastMinute.sums(now());
}

} // namespace hookscope
