#pragma once

#include "core/usage/lastminute.h"
#include "core/usage/sessionsums.h"
#include "core/usage/usagepicture.h"

#include <QObject>
#include <QTimeZone>
#include <array>
#include <functional>

namespace hookscope {

// What calls used over time: by the minute for the last hour, by the local hour for the last eight days,
// and by session. Fed by UsageTotals::counted, so each call counts once and by the same rule as in the
// totals; a call counts at the time at which its answer ended, or now, if the clock was set back since.
// What is older than that is left out. Bounded: the buckets of timebuckets.h, the sessions of
// sessionsums.h; some megabytes. Main thread.
class UsageSeries final : public QObject {
    Q_OBJECT
public:
    using Clock = std::function<qint64()>; // microseconds since the Unix epoch

    // Hours and days are those of the zone. No clock: the system's.
    explicit UsageSeries(QObject *parent = nullptr, const QTimeZone &zone = QTimeZone::systemTimeZone(),
                         Clock clock = {});

    UsagePicture picture(UsageRange range, const UsageView &view) const;

    // The sessions with a call in the range, each with all that it used, the latest first.
    std::vector<SessionUsage> sessions(UsageRange range) const;

    UsageSums today() const; // since local midnight
    UsageSums lastMinute() const; // the last 60 seconds

public slots:
    void count(const hookscope::CountedCall &call);
    void clear();

signals:
    void changed(); // at each call

private:
    UsageBins binsOf(UsageRange range) const;
    qint64 now() const;
    int utcOffset(qint64 timestampUs) const;
    qint64 hourStart(qint64 timestampUs) const;

    QTimeZone m_zone;
    Clock m_clock;
    TimeBuckets m_minutes;
    TimeBuckets m_hours;
    SessionSums m_sessions;
    LastMinute m_lastMinute;
    struct Offset {
        qint64 quarter = -1; // of an hour, that it was last looked up for
        int seconds = 0;
    };
    mutable std::array<Offset, 2> m_offsets; // the last two asked for: of the present, and of what is counted
};

} // namespace hookscope
