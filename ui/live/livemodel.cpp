#include "ui/live/livemodel.h"

#include "ui/live/calltexts.h"
#include "ui/live/cellorder.h"
#include "ui/live/rowscan.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QtConcurrentRun>
#include <algorithm>

namespace hookscope {

namespace {

// A slice of a large log's filtering: a frame has 16 ms, and the window must get its part of it.
constexpr std::chrono::milliseconds scanSlice{6};

std::int64_t currentTimeUs()
{
    return QDateTime::currentMSecsSinceEpoch() * 1000;
}

} // namespace

LiveModel::LiveModel(EventLog &log, QObject *parent)
    : QAbstractTableModel(parent)
    , m_log(log)
    , m_seenEnd(log.begin())
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(flushIntervalMs);
    m_scanTimer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &LiveModel::flush);
    connect(&m_scanTimer, &QTimer::timeout, this, &LiveModel::advanceScan);
    connect(&m_sorting, &QFutureWatcher<Sequences>::finished, this, [this] {
        if (m_sorting.future().resultCount() > 0)
            endRearranging(m_sorting.result());
    });
    connect(&m_log, &EventLog::changed, this, &LiveModel::noteChanges);
    flush();
}

LiveModel::~LiveModel() = default;

int LiveModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LiveModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : hookscope::columnCount;
}

QVariant LiveModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::TextAlignmentRole) {
        if (column == Column::State)
            return QVariant::fromValue(Qt::Alignment(Qt::AlignCenter));
        return QVariant::fromValue((infoOf(column).isNumber ? Qt::AlignRight : Qt::AlignLeft)
                                   | Qt::AlignVCenter);
    }
    const RecordView row = recordAt(index.row());
    if (!row)
        return {};
    const auto text = [&] {
        return cellText(*row.record, *row.strings, column, nowUs());
    };
    const auto sentence = [&] {
        return stateSentence(*row.record, *row.strings, nowUs(), m_thresholds);
    };

    switch (role) {
    case Qt::DisplayRole:
        return text();
    case Qt::AccessibleTextRole:
        return column == Column::State ? sentence() : infoOf(column).name + QLatin1Char(' ') + text();
    case Qt::ToolTipRole:
        if (column == Column::State || column == Column::Status || column == Column::Duration)
            return sentence().toHtmlEscaped();
        if (column == Column::Cost)
            return costSentence(*m_log.detail(sequenceAt(index.row()))).toHtmlEscaped();
        return text().toHtmlEscaped();
    case emphasisRole:
        return emphasisOf(*row.record);
    case recordRole:
        return QVariant::fromValue(row.record);
    default:
        return {};
    }
}

int LiveModel::emphasisOf(const Record &record) const
{
    int emphasis = record.isRunning() ? Running : record.isError() ? Failed : Plain;
    if (isSlow(record, nowUs(), m_thresholds))
        emphasis |= Slow;
    if (isExpensive(record, m_thresholds))
        emphasis |= Expensive;
    if (!record.isRead)
        emphasis |= Unread;
    return emphasis;
}

QVariant LiveModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= hookscope::columnCount)
        return {};
    const ColumnInfo info = infoOf(static_cast<Column>(section));
    switch (role) {
    case Qt::DisplayRole:
        return info.title;
    case Qt::ToolTipRole:
        return info.toolTip;
    case Qt::AccessibleTextRole:
        return info.name;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((info.isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

void LiveModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= hookscope::columnCount)
        return;
    m_sortColumn = static_cast<Column>(column);
    m_sortOrder = order;
    beginRearranging();
}

void LiveModel::setFilter(const LiveFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    beginRearranging();
}

void LiveModel::beginRearranging()
{
    m_scan = std::make_unique<RowScan>(m_log, m_filter, m_sortColumn, m_sortOrder, m_seenEnd);
    if (m_sorting.isRunning())
        m_sorting.setFuture({}); // for an older wish
    if (m_seenEnd - std::min(m_seenEnd, m_log.begin()) > mostAtOnce) {
        m_scanTimer.start();
        return;
    }
    m_scan->advance(std::chrono::hours(1));
    SortWork work = m_scan->takeWork();
    m_scan.reset();
    m_scanTimer.stop();
    endRearranging(std::move(work).sorted());
}

void LiveModel::advanceScan()
{
    if (!m_scan->advance(scanSlice))
        return;
    m_scanTimer.stop();
    SortWork work = m_scan->takeWork();
    m_scan.reset();
    if (work.keys.empty()) {
        endRearranging(std::move(work).sorted());
        return;
    }
    m_sorting.setFuture(
        QtConcurrent::run([](SortWork keys) { return std::move(keys).sorted(); }, std::move(work)));
}

void LiveModel::endRearranging(Sequences rows)
{
    emit flushing();
    std::erase_if(rows, [first = m_log.begin()](Sequence sequence) { return sequence < first; });
    dropEvicted();
    rearrange(std::move(rows));
    m_areRowsAscending = isNewestLast();
    emit flushed(0);
    emit rearranged();
    if (!m_updated.empty() || m_log.end() > m_seenEnd)
        m_timer.start();
}

void LiveModel::setPaused(bool paused)
{
    if (paused == m_paused)
        return;
    flush();
    m_paused = paused;
    if (paused) {
        m_pausedAtUs = currentTimeUs();
        freeze();
    } else {
        m_frozen.clear();
        m_frozenTexts.clear();
        flush();
    }
    emit pausedChanged(paused);
    emit waitingChanged(waiting());
}

// What still runs would go on changing under its row; what is done cannot.
void LiveModel::freeze()
{
    for (Sequence sequence = m_log.begin(); sequence < m_seenEnd; ++sequence) {
        if (const Record *record = m_log.record(sequence); record && record->isRunning())
            m_frozen.emplace(sequence, copyOf(*record, m_log.strings(), m_frozenTexts));
    }
}

quint64 LiveModel::waiting() const
{
    return m_paused ? m_log.end() - std::max(m_seenEnd, m_log.begin()) : 0;
}

void LiveModel::setThresholds(const Thresholds &thresholds)
{
    m_thresholds = thresholds;
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, hookscope::columnCount - 1));
}

RecordView LiveModel::recordAt(int row) const
{
    return row < 0 || row >= rowCount() ? RecordView() : recordOf(sequenceAt(row));
}

RecordView LiveModel::recordOf(Sequence sequence) const
{
    if (const auto frozen = m_frozen.find(sequence); frozen != m_frozen.end())
        return {&frozen->second, &m_frozenTexts};
    return {m_log.record(sequence), &m_log.strings()};
}

int LiveModel::rowOf(Sequence sequence) const
{
    const auto found = m_areRowsAscending ? std::lower_bound(m_rows.begin(), m_rows.end(), sequence)
                                          : std::find(m_rows.begin(), m_rows.end(), sequence);
    return found != m_rows.end() && *found == sequence ? static_cast<int>(found - m_rows.begin()) : -1;
}

std::int64_t LiveModel::nowUs() const
{
    return m_paused ? m_pausedAtUs : currentTimeUs();
}

void LiveModel::noteChanges(const Sequences &updated)
{
    m_updated.insert(m_updated.end(), updated.begin(), updated.end());
    if (m_log.begin() == m_log.end())
        flush(); // cleared: at once, also while paused
    else if (!m_timer.isActive())
        m_timer.start();
}

void LiveModel::flush()
{
    QElapsedTimer clock;
    clock.start();
    m_timer.stop();
    emit flushing();
    dropEvicted();
    compactUpdated();
    const int before = rowCount();
    if (!m_paused && !isRearranging())
        takeIn();
    emit flushed(rowCount() - before);
    if (m_paused)
        emit waitingChanged(waiting());
    // However long a flush takes, most of the time is left to everything else.
    m_timer.setInterval(std::max<int>(flushIntervalMs, static_cast<int>(4 * clock.elapsed())));
}

void LiveModel::compactUpdated()
{
    std::sort(m_updated.begin(), m_updated.end());
    m_updated.erase(std::unique(m_updated.begin(), m_updated.end()), m_updated.end());
    m_updated.erase(m_updated.begin(), std::lower_bound(m_updated.begin(), m_updated.end(), m_log.begin()));
}

void LiveModel::takeIn()
{
    Sequences updated;
    updated.swap(m_updated);
    const Sequence newBegin = std::max(m_seenEnd, m_log.begin());
    updated.erase(std::lower_bound(updated.begin(), updated.end(), newBegin), updated.end());
    m_seenEnd = m_log.end();

    std::unordered_set<Sequence> shown;
    if (isNewestLast()) {
        std::copy_if(updated.begin(), updated.end(), std::inserter(shown, shown.end()),
                     [this](Sequence sequence) { return isShown(sequence); });
    } else if (!updated.empty()) {
        const std::unordered_set<Sequence> wanted(updated.begin(), updated.end());
        std::copy_if(m_rows.begin(), m_rows.end(), std::inserter(shown, shown.end()),
                     [&](Sequence sequence) { return wanted.contains(sequence); });
    }

    Sequences staying;
    Sequences coming;
    std::unordered_set<Sequence> leaving;
    for (const Sequence sequence : updated) {
        if (!shown.contains(sequence)) {
            if (fits(sequence))
                coming.push_back(sequence);
        } else if (fits(sequence)) {
            staying.push_back(sequence);
        } else {
            leaving.insert(sequence);
        }
    }
    for (Sequence sequence = newBegin; sequence < m_seenEnd; ++sequence) {
        if (fits(sequence))
            coming.push_back(sequence);
    }

    remove(leaving);
    std::unordered_set<Sequence> moved;
    if (canChange(m_sortColumn))
        moved.insert(staying.begin(), staying.end());
    if (!coming.empty()) {
        const bool fitAtEnd = isNewestLast() && (m_rows.empty() || m_rows.back() < coming.front());
        append(coming);
        if (!fitAtEnd)
            moved.insert(coming.begin(), coming.end());
    }
    resort(moved);
    announce(staying);
    if (!updated.empty())
        emit exchangesChanged(updated);
}

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

bool LiveModel::fits(Sequence sequence) const
{
    const Record *record = m_log.record(sequence);
    return record && m_filter.matches(*record, m_log.strings());
}

bool LiveModel::isShown(Sequence sequence) const
{
    return std::binary_search(m_rows.begin(), m_rows.end(), sequence);
}

} // namespace hookscope
