#pragma once

#include "core/events/delivery.h"

#include <QMetaType>
#include <array>

namespace hookscope {

// What became of one hook's deliveries in the last hour, by the minute, read off its counts as they grow. A
// value of fixed size; nothing of an earlier run of the program is in it.
class DeliveryHistory {
public:
    static constexpr int minutes = 60;

    struct Minute {
        quint64 delivered = 0;
        quint64 lost = 0; // given up or dropped
        quint64 repeated = 0; // tries that failed, and another followed

        friend bool operator==(const Minute &, const Minute &) = default;
    };
    using Hour = std::array<Minute, minutes>; // the oldest first, the present one last

    // The counts at that time since the Unix epoch. A clock that was set back counts as standing still, and
    // counts that shrank as begun anew.
    void note(const DeliveryCounts &counts, qint64 nowMs);

    Hour lastHour(qint64 nowMs) const;

private:
    void advanceTo(qint64 minute);

    DeliveryCounts m_last;
    std::array<Minute, minutes> m_ring; // by the minute's number modulo its size
    qint64 m_newest = 0; // minutes since the epoch
};

DeliveryHistory::Minute sumOf(const DeliveryHistory::Hour &hour);

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::DeliveryHistory::Hour)
