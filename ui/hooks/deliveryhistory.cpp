#include "ui/hooks/deliveryhistory.h"

#include <algorithm>

namespace hookscope {

namespace {

constexpr qint64 minuteMs = 60'000;

std::size_t placeOf(qint64 minute)
{
    return static_cast<std::size_t>(minute % DeliveryHistory::minutes);
}

} // namespace

void DeliveryHistory::advanceTo(qint64 minute)
{
    const qint64 passed = std::clamp<qint64>(minute - m_newest, 0, minutes);
    for (qint64 i = 0; i < passed; ++i)
        m_ring[placeOf(minute - i)] = {};
    m_newest = std::max(m_newest, minute);
}

void DeliveryHistory::note(const DeliveryCounts &counts, qint64 nowMs)
{
    advanceTo(nowMs / minuteMs);
    const bool isAnew = counts.delivered < m_last.delivered || counts.failed < m_last.failed
        || counts.dropped < m_last.dropped || counts.retried < m_last.retried;
    const DeliveryCounts before = isAnew ? DeliveryCounts() : m_last;
    Minute &present = m_ring[placeOf(m_newest)];
    present.delivered += counts.delivered - before.delivered;
    present.lost += counts.failed - before.failed + counts.dropped - before.dropped;
    present.repeated += counts.retried - before.retried;
    m_last = counts;
}

DeliveryHistory::Hour DeliveryHistory::lastHour(qint64 nowMs) const
{
    Hour hour;
    const qint64 present = std::max(nowMs / minuteMs, m_newest);
    for (qint64 i = 0; i < minutes; ++i) {
        const qint64 minute = present - (minutes - 1) + i;
        if (minute > m_newest - minutes && minute <= m_newest && minute >= 0)
            hour[static_cast<std::size_t>(i)] = m_ring[placeOf(minute)];
    }
    return hour;
}

DeliveryHistory::Minute sumOf(const DeliveryHistory::Hour &hour)
{
    DeliveryHistory::Minute sum;
    for (const DeliveryHistory::Minute &minute : hour) {
        sum.delivered += minute.delivered;
        sum.lost += minute.lost;
        sum.repeated += minute.repeated;
    }
    return sum;
}

} // namespace hookscope
