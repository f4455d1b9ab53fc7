#include "core/llm/jsonmembers.h"

#include <algorithm>

namespace hookscope::llm {

namespace {

constexpr std::size_t mostMembers = 1000;
constexpr std::string_view space = " \t\r\n";

// Reads forward; every step gives what it passed over, or none if it is not there.
class Cursor {
public:
    explicit Cursor(std::string_view text)
        : m_text(text)
    {
    }

    void skipSpace() { m_at = std::min(m_text.find_first_not_of(space, m_at), m_text.size()); }

    bool take(char c)
    {
        const bool isThere = m_at < m_text.size() && m_text[m_at] == c;
        m_at += isThere ? 1 : 0;
        return isThere;
    }

    bool isAtEnd() const { return m_at == m_text.size(); }

    // With its quotes.
    std::optional<std::string_view> takeString()
    {
        const std::size_t from = m_at;
        if (!take('"'))
            return std::nullopt;
        for (;;) {
            m_at = m_text.find_first_of("\"\\", m_at);
            if (m_at == std::string_view::npos || (m_text[m_at] == '\\' && m_at + 1 == m_text.size())) {
                m_at = m_text.size();
                return std::nullopt;
            }
            const bool isEscape = m_text[m_at] == '\\';
            m_at += isEscape ? 2 : 1;
            if (!isEscape)
                return m_text.substr(from, m_at - from);
        }
    }

    std::optional<std::string_view> takeValue()
    {
        const std::size_t from = m_at;
        if (m_at == m_text.size())
            return std::nullopt;
        if (m_text[m_at] == '"')
            return takeString();
        if (m_text[m_at] != '{' && m_text[m_at] != '[') {
            m_at = std::min(m_text.find_first_of(",}] \t\r\n", m_at), m_text.size());
            return m_at > from ? std::optional(m_text.substr(from, m_at - from)) : std::nullopt;
        }
        for (std::size_t depth = 0;;) {
            m_at = m_text.find_first_of("\"{}[]", m_at);
            if (m_at == std::string_view::npos) {
                m_at = m_text.size();
                return std::nullopt;
            }
            const char c = m_text[m_at];
            if (c == '"') {
                if (!takeString())
                    return std::nullopt;
                continue;
            }
            ++m_at;
            depth += c == '{' || c == '[' ? 1 : 0;
            depth -= c == '}' || c == ']' ? 1 : 0;
            if (depth == 0)
                return m_text.substr(from, m_at - from);
        }
    }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

std::optional<std::vector<JsonMember>> jsonMembers(std::string_view text)
{
    Cursor cursor(text);
    cursor.skipSpace();
    if (!cursor.take('{'))
        return std::nullopt;
    cursor.skipSpace();
    std::vector<JsonMember> members;
    for (bool isFirst = true; !(isFirst && cursor.take('}')); isFirst = false) {
        cursor.skipSpace();
        const auto key = cursor.takeString();
        cursor.skipSpace();
        if (!key || !cursor.take(':') || members.size() == mostMembers)
            return std::nullopt;
        cursor.skipSpace();
        const auto value = cursor.takeValue();
        if (!value)
            return std::nullopt;
        members.push_back({key->substr(1, key->size() - 2), *value});
        cursor.skipSpace();
        if (cursor.take('}'))
            break;
        if (!cursor.take(','))
            return std::nullopt;
    }
    cursor.skipSpace();
    return cursor.isAtEnd() ? std::optional(std::move(members)) : std::nullopt;
}

const JsonMember *onlyMember(const std::vector<JsonMember> &members, std::string_view key)
{
    const auto isNamed = [key](const JsonMember &member) {
        return member.key == key;
    };
    const auto found = std::find_if(members.begin(), members.end(), isNamed);
    if (found == members.end() || std::any_of(found + 1, members.end(), isNamed))
        return nullptr;
    return &*found;
}

} // namespace hookscope::llm
