#pragma once

#include "core/events/eventlog.h"
#include "ui/live/columns.h"
#include "ui/live/livefilter.h"

#include <chrono>
#include <string>
#include <vector>

namespace hookscope {

// Rows and what they are sorted by, apart from the log: for any thread.
struct SortWork {
    using Sequence = EventLog::Sequence;

    std::vector<Sequence> rows; // oldest first
    std::vector<std::int64_t> keys; // one for each row, or none at all: by time
    std::vector<std::string> texts; // which the keys number, if there are any
    bool isDescending = false;

    // The rows in order; of two that are alike the older one comes first.
    std::vector<Sequence> sorted() &&;
};

// Goes once through the log for the rows that a filter lets through, and takes out what they are to be
// sorted by; in slices of time, so that a million rows do not stop the window. Main thread.
class RowScan {
public:
    using Sequence = EventLog::Sequence;

    RowScan(const EventLog &log, LiveFilter filter, Column column, Qt::SortOrder order, Sequence end);

    // Goes on for about that long; true once all is read.
    bool advance(std::chrono::microseconds box);

    SortWork takeWork() { return std::move(m_work); }

private:
    void take(Sequence sequence);
    std::int64_t textKey(StringId id);

    const EventLog &m_log;
    LiveFilter m_filter;
    Column m_column;
    Sequence m_next;
    Sequence m_end;
    std::vector<std::int64_t> m_textKeys; // by the text's id; 0 is none yet
    std::uint64_t m_generation;
    SortWork m_work;
};

} // namespace hookscope
