#include "core/events/eventlog.h"

#include <QThread>
#include <algorithm>
#include <bit>
#include <malloc.h>
#include <utility>

namespace hookscope {

namespace {

// Evicting one exchange at a time would make a view move at every row.
constexpr std::size_t evictionParts = 50;
constexpr std::size_t mostChunkRows = 4096;

// Events that come after an exchange's end (what was kept of its bodies) come soon after it.
constexpr std::size_t mostEnded = 4096;

unsigned shiftFor(std::size_t rows)
{
    const std::size_t chunk = std::clamp<std::size_t>(rows / evictionParts, 1, mostChunkRows);
    return static_cast<unsigned>(std::bit_width(chunk) - 1);
}

} // namespace

struct EventLog::Detail {
    Exchange exchange;
    std::size_t bytes = 0;
};

struct EventLog::Chunk {
    explicit Chunk(std::size_t rows)
        : details(rows)
    {
        records.reserve(rows);
    }

    std::vector<Record> records;
    std::vector<std::unique_ptr<Detail>> details; // empty once none is left
};

EventLog::EventLog(LogCaps caps, QObject *parent)
    : QObject(parent)
    , m_caps(caps)
    , m_chunkShift(shiftFor(caps.rows))
{
}

EventLog::~EventLog() = default;

void EventLog::setCaps(const LogCaps &caps)
{
    if (caps == m_caps)
        return;
    m_caps = caps;
    const Sequence wasFirst = m_first;
    while (m_end - m_first > m_caps.rows)
        evictChunk();
    if (!m_caps.keepsDetails)
        dropDetails(m_end);
    keepWithinBytes();
    if (m_first != wasFirst)
        emit changed({});
}

Record *EventLog::recordAt(Sequence sequence)
{
    return const_cast<Record *>(record(sequence));
}

const Record *EventLog::record(Sequence sequence) const
{
    if (sequence < m_first || sequence >= m_end)
        return nullptr;
    const Sequence place = sequence - m_firstChunk;
    return &m_chunks[place >> m_chunkShift]->records[place & ((Sequence(1) << m_chunkShift) - 1)];
}

std::unique_ptr<EventLog::Detail> *EventLog::detailAt(Sequence sequence) const
{
    if (sequence < std::max(m_first, m_firstDetail) || sequence >= m_end)
        return nullptr;
    const Sequence place = sequence - m_firstChunk;
    Chunk &chunk = *m_chunks[place >> m_chunkShift];
    return chunk.details.empty() ? nullptr : &chunk.details[place & ((Sequence(1) << m_chunkShift) - 1)];
}

const Exchange *EventLog::exchange(Sequence sequence) const
{
    const auto *detail = detailAt(sequence);
    return detail && *detail ? &(*detail)->exchange : nullptr;
}

std::optional<Exchange> EventLog::detail(Sequence sequence) const
{
    if (const Exchange *kept = exchange(sequence))
        return *kept;
    const Record *row = record(sequence);
    return row ? std::optional(exchangeFrom(*row, m_strings)) : std::nullopt;
}

bool EventLog::isDetailWhole(Sequence sequence) const
{
    const Record *row = record(sequence);
    return row && (row->isWholeLine || exchange(sequence));
}

std::optional<EventLog::Sequence> EventLog::find(ExchangeId id) const
{
    if (const auto found = m_open.find(id); found != m_open.end())
        return found->second;
    for (Sequence sequence = m_end; sequence-- > m_first;) {
        if (record(sequence)->id == id)
            return sequence;
    }
    return std::nullopt;
}

std::size_t EventLog::recordBytes() const
{
    return m_chunks.size() * ((sizeof(Record) + sizeof(std::unique_ptr<Detail>)) << m_chunkShift)
        + m_strings.bytes();
}

std::size_t EventLog::bytes() const
{
    return recordBytes() + m_detailBytes;
}

void EventLog::append(const EventBatch &batch)
{
    if (!batch)
        return;
    const auto updated = takeIn(batch, false);
    emit appended(batch);
    emit changed(updated);
}

void EventLog::restore(const EventBatch &batch)
{
    if (!batch)
        return;
    const auto updated = takeIn(batch, true);
    emit restored(batch);
    emit changed(updated);
}

void EventLog::restoreRead(const ReadBatch &batch)
{
    if (!batch)
        return;
    for (const ReadPart &part : *batch) {
        if (const auto *events = std::get_if<EventBatch>(&part)) {
            restore(*events);
            continue;
        }
        const auto &rows = std::get<LineRowBatch>(part);
        addRows(*rows);
        emit rowsRestored(rows);
        emit changed({});
    }
}

// Nothing more comes for such a row, so it is none of the open ones.
void EventLog::addRows(const LineRows &rows)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (m_caps.rows == 0)
        return;
    std::vector<StringId> ids(rows.strings().size());
    for (StringId id = 1; id < ids.size(); ++id)
        ids[id] = m_strings.take(rows.strings().text(id));
    for (const Record &record : rows.records()) {
        Record &row = chunkForOneMore().records.emplace_back(record);
        row.isRestored = true;
        row.isRead = true;
        moveTexts(row, ids, m_strings);
        ++m_end;
    }
    for (const StringId id : ids)
        m_strings.release(id); // the rows hold them
    keepWithinBytes();
}

std::vector<EventLog::Sequence> EventLog::takeIn(const EventBatch &batch, bool isRestored)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const Sequence known = m_end;
    std::vector<Sequence> updated;
    for (const RedactedEvent &redacted : *batch) {
        const Event &event = redacted.event();
        const auto found = m_open.find(exchangeOf(event));
        if (found != m_open.end()) {
            update(found->second, event);
            if (found->second < known)
                updated.push_back(found->second);
        } else if (m_caps.rows > 0 && std::holds_alternative<Started>(event)) {
            add(event, isRestored);
        }
    }
    keepWithinBytes();
    std::sort(updated.begin(), updated.end());
    updated.erase(std::unique(updated.begin(), updated.end()), updated.end());
    updated.erase(updated.begin(), std::lower_bound(updated.begin(), updated.end(), m_first));
    return updated;
}

EventLog::Chunk &EventLog::chunkForOneMore()
{
    while (m_end - m_first >= m_caps.rows)
        evictChunk();
    const std::size_t chunkRows = std::size_t(1) << m_chunkShift;
    if (m_chunks.empty() || m_chunks.back()->records.size() == chunkRows)
        m_chunks.push_back(std::make_unique<Chunk>(m_caps.keepsDetails ? chunkRows : 0));
    return *m_chunks.back();
}

void EventLog::add(const Event &event, bool isRestored)
{
    Chunk &chunk = chunkForOneMore();
    Record &row = chunk.records.emplace_back();
    row.isRestored = isRestored;
    row.isRead = isRestored;
    if (m_caps.keepsDetails && !chunk.details.empty())
        chunk.details[chunk.records.size() - 1] = std::make_unique<Detail>();
    m_open.insert_or_assign(exchangeOf(event), m_end);
    update(m_end++, event);
}

void EventLog::update(Sequence sequence, const Event &event)
{
    Record &row = *recordAt(sequence);
    const bool wasRunning = row.isRunning();
    apply(row, event, m_strings);
    if (auto *detail = detailAt(sequence); detail && *detail) {
        (*detail)->exchange.apply(event);
        m_detailBytes -= (*detail)->bytes;
        (*detail)->bytes = memoryOf((*detail)->exchange);
        m_detailBytes += (*detail)->bytes;
    }
    if (!wasRunning || row.isRunning())
        return;
    m_ended.push_back(row.id);
    if (m_ended.size() > mostEnded) {
        m_open.erase(m_ended.front());
        m_ended.pop_front();
    }
}

void EventLog::evictChunk()
{
    const Chunk &chunk = *m_chunks.front();
    const Sequence end = m_firstChunk + chunk.records.size();
    dropDetails(end);
    for (const Record &row : chunk.records) {
        releaseTexts(row, m_strings);
        if (!row.isWholeLine)
            m_open.erase(row.id);
    }
    m_chunks.pop_front();
    m_firstChunk = end;
    m_first = end;
}

// The oldest details go first, those of a chunk at a time, and rows only if there are none left.
void EventLog::keepWithinBytes()
{
    while (bytes() > m_caps.bytes && m_end > m_first) {
        if (m_detailBytes > 0)
            dropDetails(std::min(m_end, std::max(m_firstDetail, m_first) + (Sequence(1) << m_chunkShift)));
        else if (m_chunks.size() > 1)
            evictChunk();
        else
            return;
    }
}

// Of all rows before `end`.
void EventLog::dropDetails(Sequence end)
{
    for (Sequence sequence = std::max(m_first, m_firstDetail); sequence < end; ++sequence) {
        if (auto *detail = detailAt(sequence); detail && *detail) {
            m_detailBytes -= (*detail)->bytes;
            detail->reset();
        }
    }
    m_firstDetail = std::max(m_firstDetail, end);
}

void EventLog::reportLost(quint64 count)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (count == 0)
        return;
    m_lost += count;
    emit lostChanged(m_lost);
}

void EventLog::clear()
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_first = m_firstChunk = m_firstDetail = m_end;
    m_detailBytes = 0;
    m_chunks.clear();
    m_open.clear();
    m_ended.clear();
    m_strings.clear();
    ::malloc_trim(0); // what was freed goes back to the system
    emit changed({});
}

template <class Change>
std::vector<EventLog::Sequence> EventLog::changeRows(const std::vector<Sequence> &rows, Change change)
{
    std::vector<Sequence> updated;
    for (const Sequence sequence : rows) {
        Record *row = recordAt(sequence);
        if (row && change(*row))
            updated.push_back(sequence);
    }
    std::sort(updated.begin(), updated.end());
    if (!updated.empty())
        emit changed(updated);
    return updated;
}

void EventLog::tellAnnotations(const std::vector<Sequence> &rows)
{
    Annotations annotations;
    for (const Sequence sequence : rows) {
        if (const Record *row = record(sequence))
            annotations.push_back({row->id, row->mark, row->isPinned, std::string(m_strings.text(row->comment))});
    }
    if (!annotations.empty())
        emit annotated(annotations);
}

void EventLog::setMark(const std::vector<Sequence> &rows, int colour)
{
    const auto mark = static_cast<std::uint8_t>(std::clamp(colour, 0, 6));
    tellAnnotations(changeRows(rows, [mark](Record &row) { return std::exchange(row.mark, mark) != mark; }));
}

void EventLog::setPinned(const std::vector<Sequence> &rows, bool isPinned)
{
    tellAnnotations(changeRows(rows, [isPinned](Record &row) {
        const bool differs = row.isPinned != isPinned;
        row.isPinned = isPinned;
        return differs;
    }));
}

void EventLog::setRead(Sequence sequence)
{
    changeRows({sequence}, [](Record &row) {
        const bool differs = !row.isRead;
        row.isRead = true;
        return differs;
    });
}

bool EventLog::setCommentOf(Record &row, const std::string &comment)
{
    const StringId taken = comment.empty() ? 0 : m_strings.take(comment);
    m_strings.release(row.comment);
    return std::exchange(row.comment, taken) != taken;
}

void EventLog::setComment(Sequence sequence, const std::string &comment)
{
    tellAnnotations(changeRows({sequence}, [&](Record &row) { return setCommentOf(row, comment); }));
}

void EventLog::annotate(const Annotations &annotations)
{
    Q_ASSERT(QThread::currentThread() == thread());
    std::unordered_map<ExchangeId, const Annotation *> wanted;
    for (const Annotation &annotation : annotations)
        wanted[annotation.id] = &annotation;
    std::vector<Sequence> rows;
    for (Sequence sequence = m_first; sequence < m_end && rows.size() < wanted.size(); ++sequence) {
        if (wanted.contains(record(sequence)->id))
            rows.push_back(sequence);
    }
    changeRows(rows, [&](Record &row) {
        const Annotation &annotation = *wanted.at(row.id);
        row.mark = static_cast<std::uint8_t>(std::clamp(annotation.mark, 0, 6));
        row.isPinned = annotation.isPinned;
        setCommentOf(row, annotation.comment);
        return true;
    });
}

} // namespace hookscope
