#pragma once

#include "core/events/annotation.h"
#include "core/events/eventreader.h"
#include "core/events/redact.h"
#include "core/events/rowmaker.h"
#include "core/events/sessions.h"
#include "core/history/sessionfolder.h"

#include <QFile>
#include <QList>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace hookscope {

// Reads the events of a session back, a piece at a time, each redacted once more: a file can be edited. Of
// sessions with more rows than the log takes, the segments with the newest are read. Exchanges that were
// cleared from the log come without a row: their calls alone, for the sums. It holds open files, hence no
// value. One thread.
class SegmentReader {
public:
    // Each segment is read up to its size as it is given here.
    SegmentReader(QList<Segment> segments, quint64 mostRows);

    // The next events, at least one while isAtEnd() is false, and about `most`.
    std::vector<RedactedEvent> read(std::size_t most);
    bool isAtEnd() const { return m_isAtEnd; }

    // What was said of the rows, as it stood last. After the end.
    Annotations annotations() const;

    qint64 bytesRead() const { return m_bytesRead; }
    qint64 bytes() const { return m_bytes; }
    const ReadSummary &summary() const { return m_summary; }

private:
    bool readChunk();
    void takeLine(std::string_view line, std::vector<Event> &events);
    void hideCleared(std::vector<Event> &events) const;

    QList<Segment> m_segments;
    qsizetype m_next = 0; // the segment to open after the current one
    QFile m_file;
    qint64 m_left = 0; // of the current segment
    std::string m_text; // read and not taken
    std::size_t m_at = 0;
    qint64 m_bytes = 0;
    qint64 m_bytesRead = 0;
    quint64 m_clearsAhead = 0;
    std::unordered_set<ExchangeId> m_cleared; // open when the log was last cleared
    EventReader m_reader;
    RowMaker m_rows;
    std::unordered_map<ExchangeId, Annotation> m_annotations;
    ReadSummary m_summary;
    bool m_isAtEnd = false;
};

// The lines in a session that are no events: the log was cleared here; so many events are missing here; this is
// said of a row from here on.
QByteArray clearedLine();
QByteArray leftOutLine(quint64 events);
QByteArray annotationLine(const Annotation &annotation);

} // namespace hookscope
