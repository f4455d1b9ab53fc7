#pragma once

#include "core/events/linerows.h"
#include "core/events/redact.h"
#include "core/usage/countedcall.h"
#include "core/usage/seencalls.h"
#include "core/usage/usagesums.h"

#include <QDate>
#include <QObject>
#include <QTimeZone>
#include <map>
#include <unordered_set>

namespace hookscope {

// Running totals of this session, and of what the log was given back of earlier ones or of files (add() takes
// both, so that a day's sum is that of the day and not of the start): by sandbox, provider and model (as
// agentkernel's usage store), by day, and over everything. Main thread.
//
// A call that is seen again adds nothing. Which sightings are one call is said in callkey.h and by
// agree(); an id that turns up with other numbers names no one call, and is no key from then on. What
// the later sighting knows better replaces what the first one put into the sums (merged()); sandbox,
// provider, model and day stay those of the first, which in a chain of proxies is the one next to the
// provider, because its answer ends first.
class UsageTotals final : public QObject {
    Q_OBJECT
public:
    using Key = UsageKey;

    struct Entry : UsageSums {
        qint64 lastRequestUs = 0; // microseconds since the Unix epoch
        friend bool operator==(const Entry &, const Entry &) = default;
    };

    struct Overall : UsageSums {
        quint64 requests = 0; // exchanges started
        quint64 inFlight = 0;
        quint64 errors = 0; // exchanges that failed, or were answered with 400 or above
        quint64 repeats = 0; // sightings of calls that are in the sums once already
        friend bool operator==(const Overall &, const Overall &) = default;
    };

    // Days begin at midnight in that zone.
    explicit UsageTotals(QObject *parent = nullptr, const QTimeZone &zone = QTimeZone::systemTimeZone());

    const std::map<Key, Entry> &entries() const { return m_entries; }
    const Overall &overall() const { return m_overall; }

    // Days on which calls ended, and the sums over them.
    const std::map<QDate, UsageSums> &days() const { return m_days; }
    QDate dayOf(qint64 timestampUs) const; // microseconds since the Unix epoch

public slots:
    void add(const hookscope::EventBatch &batch);
    void addRows(const hookscope::LineRowBatch &rows); // as the events of their lines
    void clear(); // the sums; what is in flight stays in flight, and calls seen before add nothing

signals:
    // For each sighting that changed the sums, as it is taken in; what is passed lasts for the call only.
    void counted(const hookscope::CountedCall &call);
    void cleared();
    // A call was taken in for the first time: once per call, for whatever else counts calls. Numbers
    // count up from 0, one a call. During the batch, before changed().
    void callCounted(quint64 number, const hookscope::LlmEvent &call, const hookscope::CallShare &share);
    // That call was seen again, and is known better: its share is now this.
    void callCorrected(quint64 number, const hookscope::CallShare &share);
    // Once per batch that changed something.
    void changed();

private:
    bool take(const Event &event);
    void takeCall(const LlmEvent &call);
    void takeAgain(SeenCalls::Seen &seen, const LlmEvent &call, const CallShare &share);

    QTimeZone m_zone;
    mutable qint64 m_dayQuarter = -1; // the quarter of an hour that the day was last looked up for
    mutable QDate m_day;
    std::map<Key, Entry> m_entries;
    std::map<QDate, UsageSums> m_days;
    std::unordered_set<ExchangeId> m_inFlight;
    SeenCalls m_seen;
    quint64 m_counted = 0; // calls
    Overall m_overall;
};

} // namespace hookscope
