#include "core/http/sse.h"

#include <cstring>

namespace hookscope::http {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t pastMark = byteOrderMark.size() + 1;
constexpr std::string_view dataField = "data";

const char *find(const char *from, const char *end, char c)
{
    const void *found = from == end ? nullptr : std::memchr(from, c, static_cast<std::size_t>(end - from));
    return found ? static_cast<const char *>(found) : end;
}

std::string_view between(const char *from, const char *to)
{
    return {from, static_cast<std::size_t>(to - from)};
}

} // namespace

const char *SseParser::LineEnds::next(const char *from)
{
    if (lf < from)
        lf = find(from, end, '\n');
    if (cr < from)
        cr = find(from, end, '\r');
    return lf < cr ? lf : cr;
}

void SseParser::feed(std::string_view bytes, Sink &sink)
{
    const char *p = bytes.data();
    const char *const end = p + bytes.size();
    if (m_markSize != pastMark)
        p = skipByteOrderMark(p, end);
    if (p == end)
        return;
    LineEnds ends{end, find(p, end, '\n'), find(p, end, '\r')};
    while (p != end) {
        if (m_afterCr) {
            m_afterCr = false;
            if (*p == '\n') {
                ++p;
                continue;
            }
        }
        p = readLine(p, ends, sink);
    }
}

void SseParser::finish(Sink &sink)
{
    if (m_state == State::AfterName && m_nameSize == dataField.size())
        beginData(sink);
    m_state = State::LineStart;
    m_nameSize = 0;
    if (m_hasData)
        sink.sseEventEnded();
    m_hasData = false;
}

const char *SseParser::skipByteOrderMark(const char *from, const char *end)
{
    while (from != end && m_markSize < byteOrderMark.size()) {
        if (*from != byteOrderMark[m_markSize]) {
            // A torn mark is the start of a line that means nothing.
            if (m_markSize > 0)
                m_state = State::Ignored;
            m_markSize = pastMark;
            return from;
        }
        ++m_markSize;
        ++from;
    }
    if (m_markSize == byteOrderMark.size())
        m_markSize = pastMark;
    return from;
}

// Reads the line at hand as far as the piece goes; its end is passed over if it is there.
const char *SseParser::readLine(const char *from, LineEnds &ends, Sink &sink)
{
    const char *const lineEnd = ends.next(from);
    const bool ended = lineEnd != ends.end;
    const bool blank = m_state == State::LineStart && m_nameSize == 0 && ended && lineEnd == from;

    if (ended && m_state == State::LineStart && m_nameSize == 0 && giveWhole(from, lineEnd, ends.end, sink)) {
        // Its blank line follows and finds no data to end.
    } else if (m_state == State::Data) {
        if (lineEnd != from)
            sink.sseData(between(from, lineEnd));
    } else if (m_state != State::Ignored) {
        readName(from, lineEnd, sink);
    }
    if (!ended)
        return lineEnd;
    m_afterCr = *lineEnd == '\r';
    endLine(blank, sink);
    return lineEnd + 1;
}

// An event of one data line with its blank line behind it in the same piece, which is nearly all of
// them, is given out in one go.
bool SseParser::giveWhole(const char *from, const char *lineEnd, const char *end, Sink &sink) const
{
    if (m_hasData || lineEnd - from < 5 || std::memcmp(from, "data:", 5) != 0)
        return false;
    const char *after = lineEnd + 1;
    if (*lineEnd == '\r' && after != end && *after == '\n')
        ++after;
    if (after == end || (*after != '\n' && *after != '\r'))
        return false;
    from += 5;
    if (from != lineEnd && *from == ' ')
        ++from;
    sink.sseEvent(between(from, lineEnd));
    return true;
}

// The part of a line up to the colon, and what of the value follows it in this piece.
void SseParser::readName(const char *from, const char *to, Sink &sink)
{
    while (m_state == State::LineStart && from != to) {
        if (*from == ':') {
            const bool isData = std::string_view(m_name.data(), m_nameSize) == dataField;
            m_state = isData ? State::AfterName : State::Ignored;
        } else if (m_nameSize == m_name.size()) {
            m_state = State::Ignored;
        } else {
            m_name[m_nameSize++] = *from;
        }
        ++from;
    }
    if (m_state != State::AfterName || from == to)
        return;
    if (*from == ' ')
        ++from;
    beginData(sink);
    if (from != to)
        sink.sseData(between(from, to));
}

void SseParser::beginData(Sink &sink)
{
    m_state = State::Data;
    if (m_hasData)
        sink.sseData("\n");
    m_hasData = true;
}

void SseParser::endLine(bool blank, Sink &sink)
{
    if (blank && m_hasData) {
        sink.sseEventEnded();
        m_hasData = false;
    }
    // "data:" with nothing behind it, or "data" alone, is an empty data line.
    const bool bareName =
        m_state == State::LineStart && std::string_view(m_name.data(), m_nameSize) == dataField;
    if (m_state == State::AfterName || bareName)
        beginData(sink);
    m_state = State::LineStart;
    m_nameSize = 0;
}

} // namespace hookscope::http
