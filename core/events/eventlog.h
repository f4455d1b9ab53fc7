#pragma once

#include "core/events/annotation.h"
#include "core/events/readbatch.h"
#include "core/events/record.h"
#include "core/events/redact.h"

#include <QObject>
#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

namespace hookscope {

// How much the log keeps.
struct LogCaps {
    std::size_t rows = 1'000'000; // 0 keeps none: events still pass through appended()
    std::size_t bytes = std::size_t(1) << 30; // of records, texts and details together
    bool keepsDetails = true;

    friend bool operator==(const LogCaps &, const LogCaps &) = default;
};

// The exchanges of this session, newest last: of each a record, and of the newest also the detail (their
// heads and events), as far as rows and bytes are allowed; the oldest are evicted by the chunk. Main
// thread. An exchange is addressed by its sequence number, which counts up from 0 and is never used
// again, so that a view may be behind without showing a wrong row.
class EventLog final : public QObject {
    Q_OBJECT
public:
    using Sequence = quint64;

    explicit EventLog(LogCaps caps = {}, QObject *parent = nullptr);
    ~EventLog() override;

    const LogCaps &caps() const { return m_caps; }
    void setCaps(const LogCaps &caps);

    Sequence begin() const { return m_first; }
    Sequence end() const { return m_end; }

    // Null if evicted, cleared, or not there yet. Valid until the next change of the log.
    const Record *record(Sequence sequence) const;
    const Strings &strings() const { return m_strings; }

    // All that is known, with heads; null also if only the record is left. Valid as record() is.
    const Exchange *exchange(Sequence sequence) const;

    // As exchange(), or what its record tells; nothing if there is no such record.
    std::optional<Exchange> detail(Sequence sequence) const;

    // Whether detail() tells all that was known: exchange() does, or the row is all there was.
    bool isDetailWhole(Sequence sequence) const;

    // The newest record of that exchange.
    std::optional<Sequence> find(ExchangeId id) const;

    // Nearly what the log takes in memory.
    std::size_t bytes() const;
    std::size_t recordBytes() const; // without details

    // Events that the hand-over from the proxy had to leave out since the start.
    quint64 lost() const { return m_lost; }

    // What the user says of rows; 0 takes the colour away. Those that are gone are passed over.
    void setMark(const std::vector<Sequence> &rows, int colour);
    void setPinned(const std::vector<Sequence> &rows, bool isPinned);
    void setComment(Sequence row, const std::string &comment);
    void setRead(Sequence row);

public slots:
    void append(const hookscope::EventBatch &batch);
    // Events of an earlier session or of a file: rows like the others, but they happen to nobody else.
    void restore(const hookscope::EventBatch &batch);
    void restoreRead(const hookscope::ReadBatch &batch); // of a file
    // What was said of rows that are there, in an earlier session; those that are not are passed over.
    void annotate(const hookscope::Annotations &annotations);
    void reportLost(quint64 count);
    void clear();

signals:
    // Once per batch, after the log took it in.
    void appended(const hookscope::EventBatch &batch);
    void restored(const hookscope::EventBatch &batch);
    void rowsRestored(const hookscope::LineRowBatch &rows); // alike, of rows that no events were made of
    // Once per batch, after appended: the log now spans begin() to end(), and these exchanges that
    // were there before have changed. Evicted and cleared ones are below begin().
    void changed(const std::vector<hookscope::EventLog::Sequence> &updated);
    void lostChanged(quint64 lost);
    // By setMark, setPinned and setComment: what is said of these rows now.
    void annotated(const hookscope::Annotations &annotations);

private:
    struct Detail;
    struct Chunk;

    std::vector<Sequence> takeIn(const EventBatch &batch, bool isRestored);
    void add(const Event &event, bool isRestored);
    Chunk &chunkForOneMore();
    void addRows(const LineRows &rows);
    void update(Sequence sequence, const Event &event);
    void keepWithinBytes();
    void evictChunk();
    void dropDetails(Sequence end);
    Record *recordAt(Sequence sequence);
    std::unique_ptr<Detail> *detailAt(Sequence sequence) const; // null if there cannot be one
    template <class Change> std::vector<Sequence> changeRows(const std::vector<Sequence> &rows, Change change);
    void tellAnnotations(const std::vector<Sequence> &rows);
    bool setCommentOf(Record &row, const std::string &comment);

    LogCaps m_caps;
    unsigned m_chunkShift; // a chunk has that power of two of rows
    std::deque<std::unique_ptr<Chunk>> m_chunks;
    Sequence m_firstChunk = 0; // the number of the first row of the first chunk
    Sequence m_first = 0;
    Sequence m_end = 0;
    Sequence m_firstDetail = 0; // no older row has a detail
    std::size_t m_detailBytes = 0;
    Strings m_strings;
    std::unordered_map<ExchangeId, Sequence> m_open; // those that events may still come for
    std::deque<ExchangeId> m_ended; // of these, the ones that ended, oldest first
    quint64 m_lost = 0;
};

} // namespace hookscope
