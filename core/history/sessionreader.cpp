#include "core/history/sessionreader.h"

#include <algorithm>

namespace hookscope {

namespace {

constexpr std::size_t eventsPerPiece = 1000;

} // namespace

SessionReader::SessionReader(const QString &folder, quint64 mostRows)
    : m_folder(folder)
    , m_mostRows(mostRows)
{
}

void SessionReader::readNext()
{
    if (m_isFinished)
        return;
    if (!m_reader)
        m_reader = std::make_unique<SegmentReader>(segmentsIn(m_folder), m_mostRows);
    auto events = m_reader->read(eventsPerPiece);
    emit progressed(m_reader->bytesRead(), m_reader->bytes());
    if (events.empty()) {
        if (const Annotations annotations = m_reader->annotations(); !annotations.empty())
            emit annotationsRead(annotations);
        finish(m_reader->summary());
    } else {
        emit batchRead(std::make_shared<const std::vector<RedactedEvent>>(std::move(events)));
    }
}

void SessionReader::cancel()
{
    if (m_isFinished)
        return;
    ReadSummary summary = m_reader ? m_reader->summary() : ReadSummary();
    summary.isCancelled = true;
    finish(summary);
}

void SessionReader::finish(ReadSummary summary)
{
    m_isFinished = true;
    m_reader.reset();
    summary.rows = std::min(summary.rows, m_mostRows);
    emit finished(summary);
}

} // namespace hookscope
