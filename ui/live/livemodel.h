#pragma once

#include "core/events/eventlog.h"
#include "ui/live/celltexts.h"
#include "core/events/filtermatcher.h"
#include "ui/live/columns.h"

#include <QAbstractTableModel>
#include <QFutureWatcher>
#include <QTimer>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace hookscope {

class RowScan;

// The rows of the live table: an own index of sequence numbers over the event log, filtered and sorted
// here, since a proxy model over a large log stalls for minutes. Main thread; the log outlives it. What
// the log tells is taken in by flush(), which a timer calls at most 30 times a second, and 5 times when more comes than
// anybody can read (mostReadable): the traffic then needs the processor more than the eye does. In between a row
// may be evicted already and then shows nothing. Cell texts are made when they are painted.
//
// Another filter or order of a large log is made ready in slices, and the sorting on a thread of the
// pool; until then the rows are as they were, and isRearranging().
class LiveModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    using Sequence = EventLog::Sequence;
    using Sequences = std::vector<Sequence>;

    static constexpr int flushIntervalMs = 33;
    static constexpr int busyIntervalMs = 200;
    static constexpr Sequence mostReadable = 100; // exchanges that are new or have changed, in one flush
    static constexpr Sequence mostAtOnce = 20'000; // rows that are filtered and sorted while the caller waits
    static constexpr int emphasisRole = Qt::UserRole; // flags of Emphasis, as int

    static constexpr int recordRole = Qt::UserRole + 1; // a const Record *, valid until the log's next change

    enum Emphasis {
        Plain = 0,
        Running = 1,
        Failed = 2,
        Slow = 4,
        Expensive = 8,
        Unread = 16,
    };

    explicit LiveModel(EventLog &log, QObject *parent = nullptr);
    ~LiveModel() override;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

    // By time, the newest at the bottom: the order in which following the end makes sense.
    bool isNewestLast() const { return m_sortColumn == Column::Time && m_sortOrder == Qt::AscendingOrder; }

    void setFilter(const Filter &filter);
    const Filter &filter() const { return m_filter; }

    bool isRearranging() const { return m_scan || m_sorting.isRunning(); }

    // While paused the rows stay as they are; only what the log evicts or clears leaves.
    void setPaused(bool paused);
    bool isPaused() const { return m_paused; }

    // Exchanges that began since the pause.
    quint64 waiting() const;

    void setThresholds(const Thresholds &thresholds);
    const Thresholds &thresholds() const { return m_thresholds; }

    // Nothing for a row that is not there or was evicted. Valid until the log's next change.
    RecordView recordAt(int row) const;
    RecordView recordOf(Sequence sequence) const;
    Sequence sequenceAt(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    const Sequences &rows() const { return m_rows; }
    int rowOf(Sequence sequence) const; // -1 if it is not shown

    EventLog &log() const { return m_log; }
    std::int64_t nowUs() const; // stands still while paused

public slots:
    void flush();

signals:
    void flushing(); // before rows move
    void flushed(int addedRows); // after they did
    // Shown or not, these were taken in with new content.
    void exchangesChanged(const std::vector<hookscope::EventLog::Sequence> &sequences);
    void waitingChanged(quint64 waiting);
    void pausedChanged(bool paused);
    void rearranged(); // to the last filter and order

private:
    void noteChanges(const Sequences &updated);
    void compactUpdated();
    void takeIn();
    void beginRearranging();
    void advanceScan();
    void endRearranging(Sequences rows);
    void dropEvicted();
    void freeze();
    void remove(const std::unordered_set<Sequence> &sequences);
    void append(const Sequences &sequences);
    void resort(const std::unordered_set<Sequence> &moved);
    void rearrange(Sequences rows);
    void announce(const Sequences &sequences);
    bool comesBefore(Sequence left, Sequence right) const;
    bool isShown(Sequence sequence) const;
    bool fits(Sequence sequence);
    int emphasisOf(const Record &record) const;

    EventLog &m_log;
    QTimer m_timer;
    QTimer m_scanTimer;
    QTimer m_ageTimer; // while what the filter lets through changes by time alone
    std::unique_ptr<RowScan> m_scan;
    QFutureWatcher<Sequences> m_sorting;
    Sequences m_rows;
    Sequences m_updated; // since the last flush, unsorted
    Sequence m_seenEnd = 0; // what the log held at the last flush
    Filter m_filter;
    FilterMatcher m_matcher;
    Column m_sortColumn = Column::Time;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    bool m_areRowsAscending = true; // by their numbers; they may not be in the wanted order yet
    bool m_paused = false;
    std::int64_t m_pausedAtUs = 0;
    std::unordered_map<Sequence, Record> m_frozen; // as they ran when the pause began
    Strings m_frozenTexts;
    Thresholds m_thresholds;
};

} // namespace hookscope

Q_DECLARE_METATYPE(const hookscope::Record *)
