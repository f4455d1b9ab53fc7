#include "ui/files/exportscope.h"

#include "ui/live/livepage.h"
#include "ui/live/liveview.h"

#include <QItemSelectionModel>
#include <algorithm>

namespace hookscope {

namespace {

// By ranges, since an index for each of a million rows takes its time. Sorted, each row once.
std::vector<int> selectedRows(LivePage &page)
{
    std::vector<int> rows;
    for (const QItemSelectionRange &range : page.view().selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

} // namespace

quint64 ExportCounts::of(ExportScope scope) const
{
    return scope == ExportScope::Selected ? selected : scope == ExportScope::Visible ? visible : all;
}

ExportCounts exportCounts(LivePage &page, const EventLog &log)
{
    return {selectedRows(page).size(), static_cast<quint64>(page.model().rowCount()),
            log.end() - log.begin()};
}

std::vector<EventLog::Sequence> sequencesOf(ExportScope scope, LivePage &page, const EventLog &log)
{
    std::vector<EventLog::Sequence> sequences;
    switch (scope) {
    case ExportScope::Selected:
        for (const int row : selectedRows(page))
            sequences.push_back(page.model().sequenceAt(row));
        break;
    case ExportScope::Visible:
        for (int row = 0; row < page.model().rowCount(); ++row)
            sequences.push_back(page.model().sequenceAt(row));
        break;
    case ExportScope::All:
        for (auto sequence = log.begin(); sequence < log.end(); ++sequence)
            sequences.push_back(sequence);
        break;
    }
    return sequences;
}

} // namespace hookscope
