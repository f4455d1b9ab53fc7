#pragma once

#include "core/events/eventlog.h"

#include <vector>

namespace hookscope {

class LivePage;

// Which requests are meant.
enum class ExportScope { Selected, Visible, All };

struct ExportCounts {
    quint64 selected = 0;
    quint64 visible = 0;
    quint64 all = 0;

    quint64 of(ExportScope scope) const;
    friend bool operator==(const ExportCounts &, const ExportCounts &) = default;
};

ExportCounts exportCounts(LivePage &page, const EventLog &log);

// Those requests: of the table in its order, all of them in the log's.
std::vector<EventLog::Sequence> sequencesOf(ExportScope scope, LivePage &page, const EventLog &log);

} // namespace hookscope
