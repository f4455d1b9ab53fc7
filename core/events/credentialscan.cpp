#include "core/events/credentialscan.h"

#include <algorithm>
#include <array>

namespace hookscope {

namespace {

constexpr std::size_t npos = std::string_view::npos;

constexpr bool isAlphanumeric(char c) noexcept
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

constexpr bool isKeyCharacter(char c) noexcept
{
    return isAlphanumeric(c) || c == '-' || c == '_';
}

// How keys of well-known services begin, and how many more characters they have at the least (fewer
// than the services use; enough that no word of a sentence is taken for one).
struct KeyShape {
    std::string_view prefix;
    std::size_t rest;
};

constexpr KeyShape keyShapes[] = {
    {"sk-", 16},    {"gsk_", 16}, {"xai-", 20},     {"AIza", 20},     {"csk-", 20},     {"pplx-", 20},
    {"nvapi-", 20}, {"hf_", 20},  {"r8_", 20},      {"fw_", 20},      {"tgp_v1_", 20},  {"ghp_", 16},
    {"gho_", 16},   {"ghu_", 16}, {"ghs_", 16},     {"ghr_", 16},     {"glpat-", 16},   {"github_pat_", 16},
    {"AKIA", 16},   {"ASIA", 16}, {"xoxb-", 10},    {"xoxp-", 10},    {"xoxa-", 10},    {"xoxs-", 10},
    {"ya29.", 16},  {"npm_", 30}, {"sk_live_", 16}, {"rk_live_", 16}, {"sk_test_", 16}, {"whsec_", 16},
};

// What the scan has to stop at.
enum Stop : unsigned char { None, Opener, Colon, KeyStart };

constexpr std::array<unsigned char, 256> stops = [] {
    std::array<unsigned char, 256> table{};
    for (const char c : {'?', '&', ';', '#'})
        table[static_cast<unsigned char>(c)] = Opener;
    table[static_cast<unsigned char>(':')] = Colon;
    for (const KeyShape &shape : keyShapes)
        table[static_cast<unsigned char>(shape.prefix.front())] = KeyStart;
    table[static_cast<unsigned char>('e')] = KeyStart; // a JSON web token
    table[static_cast<unsigned char>('B')] = KeyStart; // "Bearer ..."
    table[static_cast<unsigned char>('b')] = KeyStart;
    return table;
}();

std::size_t endOfRun(std::string_view text, std::size_t at) noexcept
{
    while (at < text.size() && isKeyCharacter(text[at]))
        ++at;
    return at;
}

// The end of the JSON web token that begins at `at` (header.payload.signature, base64url), or `at`.
std::size_t endOfJwt(std::string_view text, std::size_t at) noexcept
{
    constexpr std::size_t shortest = 8;
    std::size_t end = endOfRun(text, at);
    if (end - at < shortest)
        return at;
    while (end + 1 < text.size() && text[end] == '.' && isKeyCharacter(text[end + 1]))
        end = endOfRun(text, end + 1);
    return text.substr(at, end - at).find('.') == npos ? at : end;
}

// The end of what follows "Bearer " at `at` if that looks like a token and not like a word, or `at`.
std::size_t endOfBearer(std::string_view text, std::size_t at) noexcept
{
    constexpr std::size_t shortest = 12;
    std::size_t end = at;
    bool hasDigit = false;
    while (end < text.size()
           && (isKeyCharacter(text[end]) || std::string_view("._~+/=").find(text[end]) != npos)) {
        hasDigit = hasDigit || (text[end] >= '0' && text[end] <= '9');
        ++end;
    }
    return hasDigit && end - at >= shortest ? end : at;
}

class Scan {
public:
    Scan(std::string_view text, TextKind kind, Spans &spans)
        : m_text(text)
        , m_kind(kind)
        , m_spans(spans)
    {
    }

    void run()
    {
        if (m_kind == TextKind::Url)
            m_at = leadingAuthority();
        while (m_at < m_text.size()) {
            switch (stops[static_cast<unsigned char>(m_text[m_at])]) {
            case Opener:
                m_at = parameter(m_at + 1);
                break;
            case Colon:
                m_at = m_text.substr(m_at, 3) == "://" ? userInfo(m_at + 3) : m_at + 1;
                break;
            case KeyStart:
                m_at = key(m_at);
                break;
            default:
                ++m_at;
            }
        }
    }

private:
    // A target without a scheme: `user@host:port`, or `//user@host/`.
    std::size_t leadingAuthority()
    {
        if (m_text.substr(0, 2) == "//")
            return userInfo(2);
        if (m_text.empty() || m_text.front() == '/' || m_text.find("://") != npos)
            return 0;
        return userInfo(0);
    }

    std::size_t userInfo(std::size_t begin)
    {
        const auto end = std::min(m_text.find_first_of("/?#\\ \t\r\n\"'<>", begin), m_text.size());
        const auto authority = m_text.substr(begin, end - begin);
        auto at = authority.rfind('@');
        if (at != npos) {
            m_spans.add(m_text, begin, begin + at);
            return begin + at + 1;
        }
        if (end < m_plainUntil || hasPort(authority))
            return begin;
        // "http://user:pass/word@host": the password's slash ended the authority too early.
        at = std::min(m_text.find_first_of("@ \t\r\n\"'<>", end), m_text.size());
        if (at == m_text.size() || m_text[at] != '@') {
            m_plainUntil = at;
            return begin;
        }
        m_spans.add(m_text, begin, at);
        return at + 1;
    }

    // Whether what follows the last colon can be a port (or there is none, or it is an IPv6 address).
    static bool hasPort(std::string_view authority)
    {
        const auto colon = authority.rfind(':');
        if (colon == npos || authority.back() == ']')
            return true;
        const auto port = authority.substr(colon + 1);
        return std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
    }

    std::size_t parameter(std::size_t begin)
    {
        const auto equals = m_text.find_first_of("=?&;#/ \t\r\n\"'<>", begin);
        if (equals == npos)
            return begin;
        if (m_text[equals] != '=' || !isCredentialParameter(m_text.substr(begin, equals - begin)))
            return begin;
        const char *const ends = m_kind == TextKind::Url ? "&#" : "&# \t\r\n\"'<>";
        const auto end = std::min(m_text.find_first_of(ends, equals + 1), m_text.size());
        m_spans.add(m_text, equals + 1, end);
        return end;
    }

    std::size_t key(std::size_t begin)
    {
        if (begin > 0 && isAlphanumeric(m_text[begin - 1]))
            return begin + 1;
        const auto rest = m_text.substr(begin);
        if (rest.substr(0, 3) == "eyJ" && begin >= m_noJwtUntil) {
            const auto end = endOfJwt(m_text, begin);
            m_noJwtUntil = end == begin ? endOfRun(m_text, begin) : end;
            return found(begin, end);
        }
        if (rest.size() > 7 && (rest.substr(1, 6) == "earer " || rest.substr(1, 6) == "EARER "))
            return found(begin + 7, endOfBearer(m_text, begin + 7));
        for (const KeyShape &shape : keyShapes) {
            if (rest.front() != shape.prefix.front() || rest.substr(0, shape.prefix.size()) != shape.prefix)
                continue;
            const auto end = endOfRun(m_text, begin + shape.prefix.size());
            if (end - begin >= shape.prefix.size() + shape.rest)
                return found(begin, end);
        }
        return begin + 1;
    }

    std::size_t found(std::size_t begin, std::size_t end)
    {
        m_spans.add(m_text, begin, end);
        return std::max(end, begin + 1);
    }

    std::string_view m_text;
    TextKind m_kind;
    Spans &m_spans;
    std::size_t m_at = 0;
    // What was looked through in vain is not looked through again: no text takes quadratic time.
    std::size_t m_plainUntil = m_text.find('@') == npos ? npos : 0;
    std::size_t m_noJwtUntil = 0;
};

} // namespace

void findCredentials(std::string_view text, TextKind kind, Spans &spans)
{
    Scan(text, kind, spans).run();
}

} // namespace hookscope
