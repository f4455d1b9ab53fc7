#include "core/events/credentialscan.h"

#include <algorithm>
#include <array>
#include <bitset>

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
enum Stop : unsigned char { None, Opener, Colon, Word };

constexpr std::array<unsigned char, 256> stops = [] {
    std::array<unsigned char, 256> table{};
    for (const char c : {'?', '&', ';', '#'})
        table[static_cast<unsigned char>(c)] = Opener;
    table[static_cast<unsigned char>(':')] = Colon;
    for (int c = 0; c < 256; ++c) {
        if (isAlphanumeric(static_cast<char>(c)))
            table[static_cast<std::size_t>(c)] = Word;
    }
    return table;
}();

constexpr std::size_t pairOf(char first, char second) noexcept
{
    return static_cast<std::size_t>(static_cast<unsigned char>(first)) << 8U | static_cast<unsigned char>(second);
}

// The two characters that a key, a JSON web token or "Bearer" begins with: most words are passed by them.
const std::bitset<65536> keyPairs = [] {
    std::bitset<65536> pairs;
    for (const KeyShape &shape : keyShapes)
        pairs.set(pairOf(shape.prefix[0], shape.prefix[1]));
    for (const std::string_view word : {"ey", "be", "bE", "Be", "BE"})
        pairs.set(pairOf(word[0], word[1]));
    return pairs;
}();

// The shortest of all that is found by its form (header.payload of a JSON web token).
constexpr std::size_t shortestKey = 10;

// The characters of `list`, to be looked for in one pass.
class CharacterSet {
public:
    explicit constexpr CharacterSet(std::string_view list)
    {
        for (const char c : list)
            m_has[static_cast<unsigned char>(c)] = true;
    }

    // The first of them from `begin` on, or the end of `text`.
    std::size_t firstIn(std::string_view text, std::size_t begin) const noexcept
    {
        std::size_t at = std::min(begin, text.size());
        while (at < text.size() && !m_has[static_cast<unsigned char>(text[at])])
            ++at;
        return at;
    }

private:
    std::array<bool, 256> m_has{};
};

constexpr CharacterSet authorityEnds("/?#\\ \t\r\n\"'<>");
constexpr CharacterSet atOrTextEnds("@ \t\r\n\"'<>");
constexpr CharacterSet parameterNameEnds("=?&;#/ \t\r\n\"'<>");
constexpr CharacterSet urlValueEnds("&#");
constexpr CharacterSet proseValueEnds("&# \t\r\n\"'<>");

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
            case Word: // a key begins where a word does
                m_at = canBeKey(m_at) ? key(m_at) : endOfWord(m_at);
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
        const auto end = authorityEnds.firstIn(m_text, begin);
        const auto authority = m_text.substr(begin, end - begin);
        auto at = authority.rfind('@');
        if (at != npos) {
            m_spans.add(m_text, begin, begin + at);
            return begin + at + 1;
        }
        if (end < m_plainUntil || hasPort(authority) || !holdsAt())
            return begin;
        // "http://user:pass/word@host": the password's slash ended the authority too early.
        at = atOrTextEnds.firstIn(m_text, end);
        if (at == m_text.size() || m_text[at] != '@') {
            m_plainUntil = at;
            return begin;
        }
        m_spans.add(m_text, begin, at);
        return at + 1;
    }

    bool holdsAt()
    {
        if (m_plainUntil == 0 && m_text.find('@') == npos)
            m_plainUntil = npos;
        return m_plainUntil != npos;
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
        const auto equals = parameterNameEnds.firstIn(m_text, begin);
        if (equals == m_text.size())
            return begin;
        if (m_text[equals] != '=' || !isCredentialParameter(m_text.substr(begin, equals - begin)))
            return begin;
        const CharacterSet &ends = m_kind == TextKind::Url ? urlValueEnds : proseValueEnds;
        const auto end = ends.firstIn(m_text, equals + 1);
        m_spans.add(m_text, equals + 1, end);
        return end;
    }

    std::size_t endOfWord(std::size_t at) const
    {
        while (at < m_text.size() && stops[static_cast<unsigned char>(m_text[at])] == Word)
            ++at;
        return at;
    }

    bool canBeKey(std::size_t begin) const
    {
        return m_text.size() - begin >= shortestKey && keyPairs[pairOf(m_text[begin], m_text[begin + 1])];
    }

    std::size_t key(std::size_t begin)
    {
        const auto rest = m_text.substr(begin);
        if (rest.substr(0, 3) == "eyJ" && begin >= m_noJwtUntil) {
            const auto end = endOfJwt(m_text, begin);
            m_noJwtUntil = end == begin ? endOfRun(m_text, begin) : end;
            m_spans.add(m_text, begin, end);
            return end == begin ? endOfWord(begin) : end;
        }
        if (rest.size() > 7 && (rest.substr(1, 6) == "earer " || rest.substr(1, 6) == "EARER "))
            return found(begin + 7, endOfBearer(m_text, begin + 7)); // or a key, which is looked at next
        for (const KeyShape &shape : keyShapes) {
            if (rest.front() != shape.prefix.front() || rest.substr(0, shape.prefix.size()) != shape.prefix)
                continue;
            const auto end = endOfRun(m_text, begin + shape.prefix.size());
            if (end - begin >= shape.prefix.size() + shape.rest)
                return found(begin, end);
        }
        return endOfWord(begin);
    }

    std::size_t found(std::size_t begin, std::size_t end)
    {
        m_spans.add(m_text, begin, end);
        return end;
    }

    std::string_view m_text;
    TextKind m_kind;
    Spans &m_spans;
    std::size_t m_at = 0;
    // What was looked through in vain is not looked through again: no text takes quadratic time.
    std::size_t m_plainUntil = 0;
    std::size_t m_noJwtUntil = 0;
};

} // namespace

void findCredentials(std::string_view text, TextKind kind, Spans &spans)
{
    Scan(text, kind, spans).run();
}

} // namespace hookscope
