#pragma once

#include "core/events/eventlog.h"
#include "ui/live/columns.h"
#include "ui/live/livefilter.h"

#include <QAbstractTableModel>
#include <QTimer>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace hookscope {

// The rows of the live table: an own index of sequence numbers over the event log, filtered and sorted
// here, since a proxy model over a large log stalls for minutes. Main thread; the log outlives it. What
// the log tells is taken in by flush(), which a timer calls at most 30 times a second; in between a row
// may be evicted already and then shows nothing. Cell texts are made when they are painted.
class LiveModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    using Sequence = EventLog::Sequence;
    using Sequences = std::vector<Sequence>;

    static constexpr int flushIntervalMs = 33;
    static constexpr int emphasisRole = Qt::UserRole; // an Emphasis, as int

    enum Emphasis { Plain = 0, Running = 1, Failed = 2, Slow = 4 }; // Slow is added to the others

    explicit LiveModel(EventLog &log, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

    // By time, the newest at the bottom: the order in which following the end makes sense.
    bool isNewestLast() const { return m_sortColumn == Column::Time && m_sortOrder == Qt::AscendingOrder; }

    void setFilter(const LiveFilter &filter);
    const LiveFilter &filter() const { return m_filter; }

    // While paused the rows stay as they are; only what the log evicts or clears leaves.
    void setPaused(bool paused);
    bool isPaused() const { return m_paused; }

    // Exchanges that began since the pause.
    quint64 waiting() const;

    void setSlowMs(int slowMs);

    // Null for a row that is not there or was evicted. Valid until the log's next change.
    const Exchange *exchangeAt(int row) const;
    const Exchange *exchangeOf(Sequence sequence) const;
    Sequence sequenceAt(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    int rowOf(Sequence sequence) const; // -1 if it is not shown

    EventLog &log() const { return m_log; }
    std::int64_t nowUs() const; // stands still while paused
    std::int64_t slowUs() const { return m_slowUs; }

public slots:
    void flush();

signals:
    void flushing(); // before rows move
    void flushed(int addedRows); // after they did
    // Shown or not, these were taken in with new content.
    void exchangesChanged(const std::vector<hookscope::EventLog::Sequence> &sequences);
    void waitingChanged(quint64 waiting);
    void pausedChanged(bool paused);

private:
    void noteChanges(const Sequences &updated);
    void compactUpdated();
    void takeIn();
    void regroup();
    void dropEvicted();
    void remove(const std::unordered_set<Sequence> &sequences);
    void append(const Sequences &sequences);
    void resort(const std::unordered_set<Sequence> &moved);
    void rearrange(Sequences rows);
    void announce(const Sequences &sequences);
    bool comesBefore(Sequence left, Sequence right) const;
    bool isShown(Sequence sequence) const;

    EventLog &m_log;
    QTimer m_timer;
    Sequences m_rows;
    Sequences m_updated; // since the last flush, unsorted
    Sequence m_seenEnd = 0; // what the log held at the last flush
    LiveFilter m_filter;
    Column m_sortColumn = Column::Time;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    bool m_paused = false;
    std::int64_t m_pausedAtUs = 0;
    std::unordered_map<Sequence, Exchange> m_frozen; // as they ran when the pause began
    std::int64_t m_slowUs = 30'000'000;
};

} // namespace hookscope
