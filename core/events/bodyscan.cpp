#include "core/events/bodyscan.h"

#include "core/events/redact.h"
#include "core/events/utf8.h"

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace hookscope {

namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t longestName = 200;
constexpr std::size_t deepest = 64; // no document of a stream is; what is deeper is not joined

bool isSpace(char c) noexcept
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

int hexDigit(char c) noexcept
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The character that the escape at `at` stands for, and how long the escape is; 0: none.
struct Escape {
    char32_t codePoint = 0;
    std::size_t length = 0;
};

Escape escapeAt(std::string_view text, std::size_t at) noexcept
{
    if (at + 1 >= text.size())
        return {};
    static constexpr std::string_view letters = "\"\\/bfnrt";
    static constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
    if (const auto found = letters.find(text[at + 1]); found != npos)
        return {static_cast<unsigned char>(meant[found]), 2};
    if (text[at + 1] != 'u' || at + 6 > text.size())
        return {};
    char32_t codePoint = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
        const int digit = hexDigit(text[i]);
        if (digit < 0)
            return {};
        codePoint = codePoint << 4 | static_cast<char32_t>(digit);
    }
    return {codePoint, 6};
}

void unescapeInto(std::string_view text, std::size_t begin, std::size_t end, std::string &plain,
                  std::vector<std::size_t> &at)
{
    for (std::size_t i = begin; i < end;) {
        const Escape escape = text[i] == '\\' ? escapeAt(text.substr(0, end), i) : Escape();
        const std::size_t before = plain.size();
        if (escape.length > 0)
            utf8::append(plain, escape.codePoint);
        else
            plain += text[i];
        at.insert(at.end(), plain.size() - before, i);
        i += std::max<std::size_t>(escape.length, 1);
    }
}

// The end of the string whose first character is at `at`: its quote, or the end of the text.
std::size_t endOfString(std::string_view text, std::size_t at, char quote) noexcept
{
    while (at < text.size() && text[at] != quote)
        at += text[at] == '\\' ? 2 : 1;
    return std::min(at, text.size());
}

std::size_t skipSpace(std::string_view text, std::size_t at) noexcept
{
    while (at < text.size() && isSpace(text[at]))
        ++at;
    return at;
}

// Strings directly in the array at `at`, whose name is that of a credential.
void addStringsOf(std::string_view text, std::size_t at, Spans &spans)
{
    for (at = skipSpace(text, at + 1); at < text.size() && text[at] == '"'; at = skipSpace(text, at + 1)) {
        const std::size_t end = endOfString(text, at + 1, '"');
        spans.add(text, at + 1, end);
        at = skipSpace(text, std::min(end + 1, text.size()));
        if (at >= text.size() || text[at] != ',')
            return;
    }
}

void addValueOf(std::string_view text, std::size_t at, Spans &spans)
{
    at = skipSpace(text, at);
    if (at >= text.size() || text[at] == '{')
        return;
    if (text[at] == '[')
        return addStringsOf(text, at, spans);
    if (text[at] == '"' || text[at] == '\'')
        return spans.add(text, at + 1, endOfString(text, at + 1, text[at]));
    std::size_t end = at;
    while (end < text.size() && !isSpace(text[end]) && std::string_view(",}]\"'\\").find(text[end]) == npos)
        ++end;
    const auto word = text.substr(at, end - at);
    if (word != "true" && word != "false" && word != "null" && word != "None")
        spans.add(text, at, end);
}

// The name in quotes before the colon at `colon`; empty if there is none.
std::string_view nameBefore(std::string_view text, std::size_t colon) noexcept
{
    std::size_t end = colon;
    while (end > 0 && isSpace(text[end - 1]))
        --end;
    if (end == 0 || (text[end - 1] != '"' && text[end - 1] != '\''))
        return {};
    const char quote = text[--end];
    const std::size_t earliest = end - std::min(end, longestName);
    for (std::size_t begin = end; begin > earliest; --begin) {
        if (text[begin - 1] == quote)
            return text.substr(begin, end - begin);
    }
    return {};
}

bool isOfCapitals(char c) noexcept
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

void addAssignment(std::string_view text, std::size_t equals, Spans &spans)
{
    std::size_t begin = equals;
    const std::size_t earliest = equals - std::min(equals, longestName);
    while (begin > earliest && isOfCapitals(text[begin - 1]))
        --begin;
    const auto name = text.substr(begin, equals - begin);
    if (name.size() < 3 || !isCredentialField(name))
        return;
    std::size_t at = equals + 1;
    if (at < text.size() && (text[at] == '"' || text[at] == '\''))
        return spans.add(text, at + 1, endOfString(text, at + 1, text[at]));
    std::size_t end = at;
    while (end < text.size() && !isSpace(text[end])
           && std::string_view("\"'\\;&|)<>").find(text[end]) == npos)
        ++end;
    if (end > at && text[at] != '$' && text[at] != '=') // a variable is no value, "==" compares
        spans.add(text, at, end);
}

// Walks over one JSON document and gives each string that is a value to `take(path, begin, end)`.
class StringWalk {
public:
    StringWalk(std::string_view text, std::size_t begin, std::size_t end)
        : m_text(text)
        , m_at(begin)
        , m_end(end)
    {
    }

    template <class Take> void run(Take take)
    {
        for (; m_at < m_end; ++m_at) {
            const char c = m_text[m_at];
            if (c == '"') {
                const std::size_t end = std::min(endOfString(m_text, m_at + 1, '"'), m_end);
                string(m_at + 1, end, take);
                m_at = end;
            } else if (c == '{' || c == '[') {
                if (m_depth + 1 >= deepest)
                    return;
                const std::size_t path = m_paths[m_depth] * 31 + m_name + (c == '[' ? 1 : 0);
                m_paths[++m_depth] = path;
                m_name = 0;
            } else if (c == '}' || c == ']') {
                if (m_depth == 0)
                    return;
                --m_depth;
                m_name = 0;
            } else if (c == ',') {
                m_name = 0;
            }
        }
    }

private:
    template <class Take> void string(std::size_t begin, std::size_t end, Take take)
    {
        const std::size_t after = skipSpace(m_text, std::min(end + 1, m_end));
        if (after < m_end && m_text[after] == ':')
            m_name = std::hash<std::string_view>()(m_text.substr(begin, end - begin)) | 1;
        else
            take(m_paths[m_depth] * 31 + m_name, begin, end);
    }

    std::string_view m_text;
    std::size_t m_at;
    std::size_t m_end;
    std::size_t m_depth = 0;
    std::size_t m_name = 0;
    std::size_t m_paths[deepest + 1] = {};
};

} // namespace

PercentDecoded jsonUnescaped(std::string_view text)
{
    PercentDecoded result;
    result.text.reserve(text.size());
    result.at.reserve(text.size() + 1);
    unescapeInto(text, 0, text.size(), result.text, result.at);
    result.at.push_back(text.size());
    return result;
}

void findCredentialMembers(std::string_view text, Spans &spans)
{
    for (auto at = text.find_first_of(":="); at != npos; at = text.find_first_of(":=", at + 1)) {
        if (text[at] == '=') {
            addAssignment(text, at, spans);
            continue;
        }
        const auto name = nameBefore(text, at);
        if (!name.empty() && isCredentialField(name))
            addValueOf(text, at + 1, spans);
    }
}

void JoinedTexts::addMapped(std::string_view body, const Spans &found, Spans &spans) const
{
    found.each([&](std::size_t begin, std::size_t end) {
        auto piece =
            std::upper_bound(pieces.begin(), pieces.end(), begin,
                             [](std::size_t place, const Piece &other) { return place < other.begin; });
        for (--piece; piece != pieces.end() && piece->begin < end; ++piece) {
            const auto next = std::next(piece);
            const std::size_t pieceEnd = next == pieces.end() ? text.size() : next->begin;
            const std::size_t from = std::max(begin, piece->begin);
            if (from < std::min(end, pieceEnd))
                spans.add(body, at[from], end < pieceEnd ? at[end] : piece->endInBody);
        }
    });
}

std::vector<JoinedTexts> joinedTextsOf(std::string_view body)
{
    std::unordered_map<std::size_t, JoinedTexts> byPath;
    for (std::size_t begin = 0; begin < body.size();) {
        const std::size_t end = std::min(body.find('\n', begin), body.size());
        std::size_t json = begin;
        if (body.substr(begin, 5) == "data:")
            json = begin + 5;
        json = skipSpace(body.substr(0, end), json);
        if (json < end && (body[json] == '{' || body[json] == '[')) {
            StringWalk(body, json, end).run([&](std::size_t path, std::size_t from, std::size_t to) {
                JoinedTexts &joined = byPath[path];
                joined.pieces.push_back({joined.text.size(), to});
                unescapeInto(body, from, to, joined.text, joined.at);
            });
        }
        begin = end + 1;
    }
    std::vector<JoinedTexts> result;
    for (auto &[path, joined] : byPath) {
        if (joined.pieces.size() > 1)
            result.push_back(std::move(joined));
    }
    return result;
}

} // namespace hookscope
