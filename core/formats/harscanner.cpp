#include "core/formats/harscanner.h"

#include <algorithm>

namespace hookscope {

namespace {

constexpr std::size_t maxKeyBytes = 256;
constexpr std::size_t maxHeaderBytes = 16U << 10U; // of version, creator, browser

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Of numbers, true, false and null.
bool isOfScalar(char c)
{
    return (c >= '0' && c <= '9') || std::string_view("+-.eEtrufalsn").find(c) != std::string_view::npos;
}

} // namespace

bool HarScanner::feed(std::string_view bytes, std::vector<std::string> &entries)
{
    std::size_t at = 0;
    if (m_offset == 0 && bytes.starts_with("\xef\xbb\xbf"))
        at = 3;
    for (; at < bytes.size() && m_problem == Problem::None; ++at) {
        const char c = bytes[at];
        if (m_isInString) {
            // Most of a HAR file is the text of bodies: up to the next byte that means something at once.
            std::size_t end = at;
            while (!m_isEscaped && !m_isInKey && end < bytes.size() && bytes[end] != '"'
                   && bytes[end] != '\\')
                ++end;
            if (end > at) {
                if (m_target && m_target->size() + (end - at) <= maxEntryBytes)
                    m_target->append(bytes, at, end - at);
                else if (m_target)
                    m_isTooLong = true;
                at = end - 1;
                continue;
            }
            takeStringByte(c, entries);
        } else if (!isSpace(c)) {
            takeStructure(c, entries);
        }
    }
    m_offset += at;
    return m_problem == Problem::None;
}

void HarScanner::finish()
{
    if (m_problem != Problem::None)
        return;
    if (m_offset == 0)
        m_problem = Problem::NotJson;
    else if (!m_isAtEnd)
        m_problem = Problem::Truncated;
    else if (!m_hasEntries)
        m_problem = Problem::NoEntries;
}

void HarScanner::takeStringByte(char c, std::vector<std::string> &entries)
{
    const bool isEnd = c == '"' && !m_isEscaped;
    if (m_target)
        *m_target += c;
    if (m_isInKey && !isEnd && m_depth < std::size(m_keys) && m_keys[m_depth].size() < maxKeyBytes)
        m_keys[m_depth] += c;
    m_isEscaped = c == '\\' && !m_isEscaped;
    if (!isEnd)
        return;
    m_isInString = false;
    m_isInKey = false;
    if (m_target && m_captureDepth == m_depth)
        endCapture(entries);
}

void HarScanner::takeStructure(char c, std::vector<std::string> &entries)
{
    if (m_isAtEnd || (m_depth == 0 && c != '{'))
        return fail(Problem::NotJson);
    const bool isMark = c == '}' || c == ']' || c == ',' || c == ':';
    const bool isValue = !isMark && !m_isKeyNext;
    if (isValue && !m_isValueNext && !isOfScalar(c))
        return fail(Problem::NotJson);
    if (isValue && m_isValueNext && !m_target)
        beginValue(c);
    if (isValue)
        m_isValueNext = false;
    if (m_target && c != '}' && c != ']') {
        if (m_target->size() < maxEntryBytes)
            *m_target += c;
        else
            m_isTooLong = true;
    }
    switch (c) {
    case '{':
    case '[':
        return m_isKeyNext ? fail(Problem::NotJson) : open(c);
    case '}':
    case ']':
        return close(c, entries);
    case ',':
        m_isKeyNext = m_open[m_depth] == '{';
        m_isValueNext = !m_isKeyNext;
        return;
    case ':':
        m_isValueNext = true;
        return;
    case '"':
        m_isInString = true;
        m_isInKey = m_isKeyNext;
        if (m_isInKey && m_depth < std::size(m_keys))
            m_keys[m_depth].clear();
        m_isKeyNext = false;
        return;
    default:
        if (!isOfScalar(c) || m_isKeyNext)
            fail(Problem::NotJson);
    }
}

// Whether the value that begins with `c` is one of those that are wanted.
void HarScanner::beginValue(char c)
{
    if (isInLog(3) && m_keys[2] == "entries" && m_open[3] == '[' && m_open[2] == '{') {
        if (c == '{')
            m_target = &m_entry;
        else
            ++m_oddEntries;
    } else if (isInLog(2) && m_open[2] == '{' && (c == '"' || c == '{')) {
        m_target = m_keys[2] == "version" ? &m_version
            : m_keys[2] == "creator"      ? &m_creator
            : m_keys[2] == "browser"      ? &m_browser
                                          : nullptr;
    }
    if (m_target) {
        m_target->clear();
        m_captureDepth = m_depth;
        m_isTooLong = false;
    }
}

void HarScanner::open(char c)
{
    if (m_depth == maxDepth)
        return fail(Problem::TooDeep);
    if (isInLog(2) && m_keys[2] == "entries" && c == '[')
        m_hasEntries = true;
    m_open[++m_depth] = c;
    m_isKeyNext = c == '{';
    m_isValueNext = !m_isKeyNext;
    if (m_depth < std::size(m_keys))
        m_keys[m_depth].clear();
}

void HarScanner::close(char c, std::vector<std::string> &entries)
{
    if (m_open[m_depth] != (c == '}' ? '{' : '['))
        return fail(Problem::NotJson);
    if (m_target)
        *m_target += c;
    --m_depth;
    m_isKeyNext = false;
    m_isValueNext = false;
    if (m_target && m_captureDepth == m_depth)
        endCapture(entries);
    m_isAtEnd = m_depth == 0;
}

void HarScanner::endCapture(std::vector<std::string> &entries)
{
    if (m_target == &m_entry) {
        if (m_isTooLong)
            ++m_oddEntries;
        else
            entries.push_back(std::move(m_entry));
        m_entry.clear();
    } else if (m_target->size() > maxHeaderBytes) {
        m_target->clear();
    }
    m_target = nullptr;
}

void HarScanner::fail(Problem problem)
{
    m_problem = problem;
}

} // namespace hookscope
