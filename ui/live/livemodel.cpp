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

constexpr int ageIntervalMs = 5000;

std::int64_t currentTimeUs()
{
    return QDateTime::currentMSecsSinceEpoch() * 1000;
}

} // namespace

LiveModel::LiveModel(EventLog &log, QObject *parent)
    : QAbstractTableModel(parent)
    , m_log(log)
    , m_seenEnd(log.begin())
    , m_matcher(m_filter, log.strings(), 0)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(flushIntervalMs);
    m_scanTimer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &LiveModel::flush);
    m_ageTimer.setInterval(ageIntervalMs);
    connect(&m_ageTimer, &QTimer::timeout, this, [this] {
        if (!m_paused && !isRearranging())
            beginRearranging();
    });
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

void LiveModel::setFilter(const Filter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    m_matcher = FilterMatcher(filter, m_log.strings(), nowUs(), m_thresholds.slowUs);
    if (filter.dependsOnTime())
        m_ageTimer.start();
    else
        m_ageTimer.stop();
    beginRearranging();
}

void LiveModel::beginRearranging()
{
    FilterMatcher matcher(m_filter, m_log.strings(), nowUs(), m_thresholds.slowUs);
    m_scan = std::make_unique<RowScan>(m_log, std::move(matcher), m_sortColumn, m_sortOrder, m_seenEnd);
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
    m_matcher.setSlow(thresholds.slowUs);
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
    const Sequence news = m_updated.size() + (m_log.end() - std::max(m_seenEnd, m_log.begin()));
    const int before = rowCount();
    if (!m_paused && !isRearranging())
        takeIn();
    emit flushed(rowCount() - before);
    if (m_paused)
        emit waitingChanged(waiting());
    // However long a flush takes, most of the time is left to everything else.
    const int pace = news > mostReadable ? busyIntervalMs : flushIntervalMs;
    m_timer.setInterval(std::max<int>(pace, static_cast<int>(4 * clock.elapsed())));
}

void LiveModel::compactUpdated()
{
    std::sort(m_updated.begin(), m_updated.end());
    m_updated.erase(std::unique(m_updated.begin(), m_updated.end()), m_updated.end());
    m_updated.erase(m_updated.begin(), std::lower_bound(m_updated.begin(), m_updated.end(), m_log.begin()));
}

void LiveModel::takeIn()
{
    m_matcher.setNow(nowUs());
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
        const bool isWanted = fits(sequence);
        if (!shown.contains(sequence)) {
            if (isWanted)
                coming.push_back(sequence);
        } else if (isWanted) {
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

} // namespace hookscope
