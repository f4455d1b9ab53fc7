#include "ui/live/cellorder.h"
#include "ui/live/livemodel.h"

#include <algorithm>

// The rows themselves: what moves, comes and goes, and how that is told to views.
namespace hookscope {

void LiveModel::dropEvicted()
{
    const Sequence first = m_log.begin();
    std::erase_if(m_frozen, [&](const auto &entry) { return entry.first < first; });
    if (m_areRowsAscending) {
        const auto end = std::lower_bound(m_rows.begin(), m_rows.end(), first);
        if (end == m_rows.begin())
            return;
        beginRemoveRows({}, 0, static_cast<int>(end - m_rows.begin()) - 1);
        m_rows.erase(m_rows.begin(), end);
        endRemoveRows();
        return;
    }
    std::unordered_set<Sequence> evicted;
    std::copy_if(m_rows.begin(), m_rows.end(), std::inserter(evicted, evicted.end()),
                 [&](Sequence sequence) { return sequence < first; });
    remove(evicted);
}

// Scattered rows go to the end first, since a view takes one removed range in milliseconds, but each of
// thousands as well.
void LiveModel::remove(const std::unordered_set<Sequence> &sequences)
{
    if (sequences.empty())
        return;
    Sequences rows = m_rows;
    const auto tail = std::stable_partition(rows.begin(), rows.end(),
                                            [&](Sequence sequence) { return !sequences.contains(sequence); });
    const auto kept = tail - rows.begin();
    if (rows != m_rows)
        rearrange(std::move(rows));
    beginRemoveRows({}, static_cast<int>(kept), rowCount() - 1);
    m_rows.erase(m_rows.begin() + kept, m_rows.end());
    endRemoveRows();
}

void LiveModel::append(const Sequences &sequences)
{
    if (sequences.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(sequences.size()) - 1);
    m_rows.insert(m_rows.end(), sequences.begin(), sequences.end());
    endInsertRows();
}

// All rows but those are in order already, so sorting is a merge.
void LiveModel::resort(const std::unordered_set<Sequence> &moved)
{
    if (moved.empty())
        return;
    const auto before = [this](Sequence a, Sequence b) {
        return comesBefore(a, b);
    };
    Sequences rows = m_rows;
    const auto middle = std::stable_partition(rows.begin(), rows.end(),
                                              [&](Sequence sequence) { return !moved.contains(sequence); });
    std::sort(middle, rows.end(), before);
    std::inplace_merge(rows.begin(), middle, rows.end(), before);
    if (rows != m_rows)
        rearrange(std::move(rows));
}

void LiveModel::rearrange(Sequences rows)
{
    emit layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    Sequences kept;
    kept.reserve(static_cast<std::size_t>(before.size()));
    std::unordered_map<Sequence, int> newRows;
    for (const QModelIndex &old : before) {
        kept.push_back(sequenceAt(old.row()));
        newRows.emplace(kept.back(), -1);
    }
    m_rows = std::move(rows);
    if (!newRows.empty()) {
        for (std::size_t row = 0; row < m_rows.size(); ++row) {
            if (const auto found = newRows.find(m_rows[row]); found != newRows.end())
                found->second = static_cast<int>(row);
        }
    }
    QModelIndexList after;
    after.reserve(before.size());
    for (qsizetype i = 0; i < before.size(); ++i)
        after.append(index(newRows.at(kept[static_cast<std::size_t>(i)]), before[i].column()));
    changePersistentIndexList(before, after);
    emit layoutChanged();
}

void LiveModel::announce(const Sequences &sequences)
{
    if (sequences.empty() || m_rows.empty())
        return;
    int first = rowCount();
    int last = -1;
    if (isNewestLast()) {
        first = rowOf(sequences.front());
        last = rowOf(sequences.back());
    } else {
        const std::unordered_set<Sequence> changed(sequences.begin(), sequences.end());
        for (int row = 0; row < rowCount(); ++row) {
            if (changed.contains(sequenceAt(row))) {
                first = std::min(first, row);
                last = row;
            }
        }
    }
    if (first >= 0 && last >= first)
        emit dataChanged(index(first, 0), index(last, hookscope::columnCount - 1));
}

bool LiveModel::comesBefore(Sequence left, Sequence right) const
{
    if (m_sortColumn != Column::Time) {
        const RecordView a = recordOf(left);
        const RecordView b = recordOf(right);
        const std::weak_ordering order = a && b
            ? compareCells(*a.record, *b.record, m_log.strings(), m_sortColumn)
            : std::weak_ordering(bool(a) <=> bool(b));
        if (order != 0)
            return m_sortOrder == Qt::AscendingOrder ? order < 0 : order > 0;
    }
    // The log is in the order of arrival: that is the order by time, and the second order of all others.
    return m_sortColumn == Column::Time && m_sortOrder == Qt::DescendingOrder ? left > right : left < right;
}

bool LiveModel::fits(Sequence sequence)
{
    const Record *record = m_log.record(sequence);
    return record && m_matcher.matches(*record);
}

bool LiveModel::isShown(Sequence sequence) const
{
    return std::binary_search(m_rows.begin(), m_rows.end(), sequence);
}

} // namespace hookscope
