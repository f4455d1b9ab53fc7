#pragma once

#include "core/events/eventlog.h"
#include "core/events/filterfields.h"

#include <QStringList>
#include <map>

namespace hookscope {

// Values of the filter's text fields that the newest records hold, for suggestions: at most 100 of a field,
// out of the newest 20,000 records. Collected when refresh() is called, in one to three milliseconds; nothing
// is done while records come. Main thread; the log outlives it.
class SeenValues {
public:
    static constexpr qsizetype mostOfAField = 100;
    static constexpr EventLog::Sequence mostRecords = 20'000;

    explicit SeenValues(const EventLog &log);

    void refresh();

    // The newest first, without what is too long to be picked from a list.
    QStringList of(FilterFieldId field) const;

private:
    const EventLog &m_log;
    std::map<FilterFieldId, QStringList> m_values;
};

} // namespace hookscope
