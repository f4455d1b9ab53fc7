#include "core/history/segmentreader.h"

#include "core/events/objectwriter.h"
#include "core/events/storedjson.h"
#include "core/events/wirevalues.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <charconv>
#include <cstring>

namespace hookscope {

namespace {

constexpr qint64 chunkBytes = 256 * 1024;
constexpr std::size_t mostLineBytes = 16 * 1024 * 1024;
constexpr std::string_view cleared = "{\"stored\":\"cleared\"}";
constexpr std::string_view leftOut = "{\"stored\":\"left_out\",\"events\":";

constexpr std::string_view annotationStart = "{\"stored\":\"annotation\",";

// Nothing if the line is none.
std::optional<Annotation> annotationFrom(std::string_view line)
{
    const QJsonObject object =
        QJsonDocument::fromJson(QByteArray(line.data(), static_cast<qsizetype>(line.size()))).object();
    const auto id = parseExchangeId(object.value(QLatin1String("id")).toString().toStdString());
    if (!id)
        return std::nullopt;
    return Annotation{*id, object.value(QLatin1String("mark")).toInt(),
                      object.value(QLatin1String("pinned")).toBool(),
                      object.value(QLatin1String("comment")).toString().toStdString()};
}

struct Counts {
    quint64 rows = 0;
    quint64 clears = 0;
};

// Looks at how the lines begin, without parsing them.
Counts countsIn(const Segment &segment)
{
    Counts counts;
    QFile file(segment.path);
    if (segment.bytes == 0 || !file.open(QIODevice::ReadOnly))
        return counts;
    std::string text;
    for (qint64 left = segment.bytes; left > 0;) {
        const std::size_t kept = text.size();
        text.resize(kept + static_cast<std::size_t>(std::min(left, chunkBytes)));
        const qint64 n = file.read(text.data() + kept, static_cast<qint64>(text.size() - kept));
        if (n <= 0)
            break;
        left -= n;
        text.resize(kept + static_cast<std::size_t>(n));
        std::size_t at = 0;
        for (std::size_t end; (end = text.find('\n', at)) != std::string::npos; at = end + 1) {
            const std::string_view line = std::string_view(text).substr(at, end - at);
            counts.rows += line.starts_with(storedStart) ? 1 : 0;
            counts.clears += line == cleared ? 1 : 0;
        }
        text.erase(0, at);
    }
    return counts;
}

} // namespace

QByteArray clearedLine()
{
    return QByteArray(cleared.data(), static_cast<qsizetype>(cleared.size())) + '\n';
}

QByteArray leftOutLine(quint64 events)
{
    return QByteArray(leftOut.data(), static_cast<qsizetype>(leftOut.size())) + QByteArray::number(events)
        + "}\n";
}

QByteArray annotationLine(const Annotation &annotation)
{
    ObjectWriter writer;
    writer.add("stored", "annotation");
    writer.add("id", annotation.id.text());
    writer.addNumber("mark", std::optional(annotation.mark));
    writer.addFlag("pinned", annotation.isPinned);
    writer.add("comment", annotation.comment);
    return QByteArray::fromStdString(writer.finished()) + '\n';
}

SegmentReader::SegmentReader(QList<Segment> segments, quint64 mostRows)
    : m_segments(std::move(segments))
{
    quint64 rows = 0;
    qsizetype first = m_segments.size();
    while (first > 0 && rows < mostRows) {
        const Counts counts = countsIn(m_segments.at(--first));
        // Rows before it are not shown, but their calls count.
        rows = m_clearsAhead == 0 ? rows + counts.rows : rows;
        m_clearsAhead += counts.clears;
    }
    m_segments.remove(0, first);
    for (const Segment &segment : std::as_const(m_segments))
        m_bytes += segment.bytes;
}

bool SegmentReader::readChunk()
{
    while (m_left == 0) {
        m_file.close();
        if (m_at < m_text.size()) { // a line without an end, which a later start went on behind of
            ++m_summary.badLines;
            m_text.clear();
            m_at = 0;
        }
        if (m_next == m_segments.size())
            return false;
        const Segment &segment = m_segments.at(m_next++);
        m_file.setFileName(segment.path);
        if (m_file.open(QIODevice::ReadOnly))
            m_left = segment.bytes;
        else
            ++m_summary.badLines;
    }
    m_text.erase(0, m_at);
    m_at = 0;
    const std::size_t kept = m_text.size();
    m_text.resize(kept + static_cast<std::size_t>(std::min(m_left, chunkBytes)));
    const qint64 n = m_file.read(m_text.data() + kept, static_cast<qint64>(m_text.size() - kept));
    m_text.resize(kept + static_cast<std::size_t>(std::max<qint64>(n, 0)));
    m_left = n > 0 ? m_left - n : 0;
    m_bytesRead += std::max<qint64>(n, 0);
    if (m_text.size() > mostLineBytes) { // no line of ours: as if it ended here
        ++m_summary.badLines;
        m_text.clear();
    }
    return true;
}

std::vector<RedactedEvent> SegmentReader::read(std::size_t most)
{
    std::vector<RedactedEvent> result;
    std::vector<Event> events;
    while (result.size() < most && !m_isAtEnd) {
        events.clear();
        const auto end = m_text.find('\n', m_at);
        if (end != std::string::npos) {
            takeLine(std::string_view(m_text).substr(m_at, end - m_at), events);
            m_at = end + 1;
        } else if (!readChunk()) {
            m_isAtEnd = true;
            m_rows.finish("Hookscope ended before the answer did", events);
            hideCleared(events);
            for (const Event &event : events)
                m_summary.interrupted += std::holds_alternative<ProxyEvent>(event) ? 1 : 0;
        }
        for (Event &event : events) {
            m_summary.rows += std::holds_alternative<Started>(event) ? 1 : 0;
            result.push_back(redact(std::move(event), {}));
        }
    }
    return result;
}

void SegmentReader::takeLine(std::string_view line, std::vector<Event> &events)
{
    if (line.empty())
        return;
    if (line == cleared) {
        m_clearsAhead -= m_clearsAhead > 0 ? 1 : 0;
        for (const ExchangeId id : m_rows.openIds())
            m_cleared.insert(id);
        m_annotations.clear();
        return;
    }
    if (line.starts_with(annotationStart)) {
        if (auto annotation = annotationFrom(line))
            m_annotations.insert_or_assign(annotation->id, *annotation);
        else
            ++m_summary.badLines;
        return;
    }
    if (line.starts_with(leftOut)) {
        quint64 count = 0;
        std::from_chars(line.data() + leftOut.size(), line.data() + line.size(), count);
        m_summary.leftOut += count;
        return;
    }
    auto read = m_reader.read(line);
    if (!read) {
        ++m_summary.badLines;
        return;
    }
    m_rows.add(*std::move(read), events);
    hideCleared(events);
}

Annotations SegmentReader::annotations() const
{
    Annotations annotations;
    for (const auto &[id, annotation] : m_annotations)
        annotations.push_back(annotation);
    return annotations;
}

void SegmentReader::hideCleared(std::vector<Event> &events) const
{
    std::erase_if(events, [this](const Event &event) {
        const bool isHidden = m_clearsAhead > 0 || m_cleared.contains(exchangeOf(event));
        return isHidden && !std::holds_alternative<LlmEvent>(event);
    });
}

} // namespace hookscope
