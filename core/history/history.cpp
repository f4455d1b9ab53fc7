#include "core/history/history.h"

#include "core/events/storedjson.h"
#include "core/history/sessionshelf.h"

#include <QCoreApplication>
#include <QStorageInfo>
#include <QThread>
#include <algorithm>

namespace hookscope {

namespace {

constexpr std::size_t eventsPerPiece = 500; // some milliseconds of the log's time
constexpr qint64 retryMs = 1000;
constexpr qint64 leastFree = 16LL * 1024 * 1024; // bytes, to begin again after the disk was full
constexpr qint64 megabyte = 1024 * 1024;

} // namespace

History::History(const QString &shelf)
    : m_shelf(shelf)
    , m_folder(currentSessionPath(shelf))
{
}

void History::start(bool isKept, int mostMb, quint64 mostRows)
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_isKept = isKept;
    m_mostRows = mostRows;
    if (!isKept)
        return;
    open();
    if (!m_folder.isOpen())
        return;
    m_reader = std::make_unique<SegmentReader>(m_folder.segments(), mostRows);
    m_folder.setHeld(true);
    m_folder.setMostBytes(mostMb * megabyte);
    restoreNext();
}

void History::open()
{
    if (const QString fault = m_folder.open(); !fault.isEmpty())
        fail(fault, false);
}

void History::restoreNext()
{
    if (!m_reader)
        return;
    auto events = m_reader->read(eventsPerPiece);
    if (!events.empty()) {
        emit restoring(std::make_shared<const std::vector<RedactedEvent>>(std::move(events)));
        return;
    }
    ReadSummary summary = m_reader->summary();
    summary.rows = std::min(summary.rows, m_mostRows);
    const Annotations annotations = m_reader->annotations();
    m_reader.reset();
    m_folder.setHeld(false);
    if (!annotations.empty())
        emit annotationsRestored(annotations);
    emit restored(summary);
}

void History::append(const EventBatch &batch)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (!batch)
        return;
    if (m_isKept) {
        QByteArray lines;
        for (const RedactedEvent &redacted : *batch) {
            const std::string line = toStoredJson(redacted.event());
            if (line.empty())
                continue;
            lines.append(line.data(), static_cast<qsizetype>(line.size()));
            lines.append('\n');
        }
        if (!lines.isEmpty())
            write(lines, batch->size());
    }
    emit stored(batch->size());
}

void History::write(const QByteArray &lines, quint64 events)
{
    if (!mayTry())
        return noteLeftOut(events);
    const QByteArray bytes = m_leftOutUnwritten > 0 ? leftOutLine(m_leftOutUnwritten) + lines : lines;
    const SessionFolder::Outcome outcome = m_folder.append(bytes);
    if (!outcome.error.isEmpty()) {
        fail(outcome.error, outcome.isDiskFull);
        return noteLeftOut(events);
    }
    m_leftOutUnwritten = 0;
    if (m_isFailing) {
        m_isFailing = false;
        emit recovered();
    }
}

// After a fault once a second, and on a full disk only when there is room to go on for a while.
bool History::mayTry()
{
    if (!m_isFailing)
        return true;
    if (m_sinceFault.elapsed() < retryMs)
        return false;
    m_sinceFault.start();
    if (m_isDiskFull && QStorageInfo(m_shelf).bytesAvailable() < leastFree)
        return false;
    if (!m_folder.isOpen())
        open();
    return m_folder.isOpen();
}

void History::fail(const QString &text, bool isDiskFull)
{
    m_sinceFault.start();
    m_isDiskFull = isDiskFull;
    if (m_isFailing)
        return;
    m_isFailing = true;
    emit failed(text);
}

void History::noteLeftOut(quint64 events)
{
    if (!m_isKept)
        return;
    m_leftOut += events;
    m_leftOutUnwritten += events;
    emit leftOutChanged(m_leftOut);
}

void History::noteAnnotations(const Annotations &annotations)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (!m_isKept)
        return;
    QByteArray lines;
    for (const Annotation &annotation : annotations)
        lines += annotationLine(annotation);
    write(lines, 0);
}

void History::noteCleared()
{
    if (m_isKept && !m_folder.segments().isEmpty())
        write(clearedLine(), 0);
}

void History::setLimits(bool isKept, int mostMb)
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_folder.setMostBytes(mostMb * megabyte);
    if (isKept == m_isKept)
        return;
    m_isKept = isKept;
    if (isKept)
        return open();
    m_reader.reset();
    m_folder.setHeld(false);
    open(); // it may have been off since the start
    m_folder.clear();
    m_folder.close();
    if (m_isFailing)
        emit recovered(); // there is nothing to fail at any more
    m_isFailing = false;
}

void History::listSessions()
{
    emit sessionsListed(savedSessions(m_shelf));
}

void History::saveSession(const QString &name)
{
    const auto saved = hookscope::saveSession(m_shelf, name, m_folder.segments());
    emit sessionSaved(name, saved ? QString() : saved.error().text);
    listSessions();
}

void History::removeSession(const QString &name)
{
    const auto removed = hookscope::removeSession(m_shelf, name);
    emit sessionRemoved(name, removed ? QString() : removed.error().text);
    listSessions();
}

void History::close()
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_reader.reset();
    if (m_isKept && m_leftOutUnwritten > 0 && m_folder.isOpen())
        m_folder.append(leftOutLine(m_leftOutUnwritten));
    m_folder.close();
}

} // namespace hookscope
