#include "core/events/linerowreader.h"

#include "core/events/wirevalues.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

namespace hookscope {

namespace {

enum Key : unsigned char {
    Timestamp,
    Sandbox,
    Method,
    Url,
    Host,
    Path,
    Provider,
    Model,
    Status,
    LatencyMs,
    InputTokens,
    OutputTokens,
    TotalTokens,
    Streaming,
    SecretInjected,
    KeyCount,
};

constexpr std::array<std::string_view, KeyCount> keyNames = {
    "timestamp",    "sandbox",       "method",       "url",       "host",
    "path",         "provider",      "model",        "status",    "latency_ms",
    "input_tokens", "output_tokens", "total_tokens", "streaming", "secret_injected"};

// A key and the quote behind it, at most 16 characters, to be compared at once.
struct Pattern {
    std::array<std::uint64_t, 2> bytes{};
    std::array<std::uint64_t, 2> mask{};
};

const std::array<Pattern, KeyCount> keyPatterns = [] {
    std::array<Pattern, KeyCount> patterns;
    for (std::size_t key = 0; key < KeyCount; ++key) {
        const std::string quoted = std::string(keyNames[key]) + '"';
        const std::string mask(quoted.size(), '\xff');
        std::memcpy(patterns[key].bytes.data(), quoted.data(), quoted.size());
        std::memcpy(patterns[key].mask.data(), mask.data(), mask.size());
    }
    return patterns;
}();

constexpr unsigned bitOf(Key key)
{
    return 1U << key;
}

constexpr unsigned proxyKeys = bitOf(Timestamp) | bitOf(Method) | bitOf(Url) | bitOf(Host);
constexpr unsigned callKeys = bitOf(Timestamp) | bitOf(Method) | bitOf(Provider) | bitOf(Host) | bitOf(Path);
constexpr std::size_t longestLine = 16 * 1024; // bytes, far more than texts that are not too long need
constexpr std::int64_t longestMs = 1'000'000'000'000; // some thirty years

} // namespace

// What the line has, by key; `present` has a bit for each key whose value is not null.
struct LineRowReader::Fields {
    std::array<std::string_view, Status> texts;
    std::array<std::int64_t, Streaming - Status> numbers;
    bool isStreaming = false;
    bool isSecretInjected = false;
    unsigned present = 0;

    bool has(unsigned keys) const { return (present & keys) == keys; }
    std::string_view text(Key key) const { return has(bitOf(key)) ? texts[key] : std::string_view(); }
    std::optional<std::int64_t> number(Key key) const
    {
        return has(bitOf(key)) ? std::optional(numbers[key - Status]) : std::nullopt;
    }
};

// An object of texts without escapes, whole numbers, flags and nulls, in ASCII: JSON's grammar as far as
// agentkernel needs it, by two thirds of the instructions that simdjson takes, which is for all of JSON.
class LineRowReader::Parser {
public:
    // The texts are valid until the next line. False: not a line for the short way.
    bool read(std::string_view line, Fields &fields)
    {
        if (m_room.size() < line.size() + roomBehind)
            m_room.resize(2 * line.size() + roomBehind);
        std::memcpy(m_room.data(), line.data(), line.size());
        std::memset(m_room.data() + line.size(), 0, roomBehind); // which nothing goes beyond
        m_at = m_room.data();
        skipSpaces();
        if (!take('{'))
            return false;
        unsigned seen = 0;
        Key key = KeyCount; // the line's beginning
        do {
            skipSpaces();
            if (!takeKey(key) || (seen & bitOf(key)) != 0)
                return false;
            seen |= bitOf(key);
            skipSpaces();
            if (!take(':'))
                return false;
            skipSpaces();
            if (!takeValue(key, fields))
                return false;
            skipSpaces();
        } while (take(','));
        if (!take('}'))
            return false;
        skipSpaces();
        return m_at == m_room.data() + line.size();
    }

private:
    static constexpr std::size_t roomBehind = 32; // more than is looked at at once

    bool take(char c)
    {
        if (*m_at != c)
            return false;
        ++m_at;
        return true;
    }

    bool take(std::string_view word)
    {
        if (std::memcmp(m_at, word.data(), word.size()) != 0)
            return false;
        m_at += word.size();
        return true;
    }

    void skipSpaces()
    {
        while (*m_at <= ' ' && (*m_at == ' ' || *m_at == '\t' || *m_at == '\r' || *m_at == '\n'))
            ++m_at;
    }

    // The key after `key`: most often the one that was there last time.
    bool takeKey(Key &key)
    {
        if (!take('"'))
            return false;
        Key &next = m_next[key];
        if (!isKeyHere(next)) {
            unsigned found = 0;
            while (found < KeyCount && !isKeyHere(static_cast<Key>(found)))
                ++found;
            if (found == KeyCount)
                return false;
            next = static_cast<Key>(found);
        }
        key = next;
        m_at += keyNames[key].size() + 1;
        return true;
    }

    bool isKeyHere(Key key) const
    {
        const Pattern &pattern = keyPatterns[key];
        std::array<std::uint64_t, 2> here;
        std::memcpy(here.data(), m_at, sizeof here);
        return (here[0] & pattern.mask[0]) == pattern.bytes[0]
            && (here[1] & pattern.mask[1]) == pattern.bytes[1];
    }

    bool takeValue(Key key, Fields &fields)
    {
        if (*m_at == 'n')
            return take("null");
        fields.present |= bitOf(key);
        if (key < Status)
            return takeText(fields.texts[key]);
        if (key < Streaming)
            return takeNumber(fields.numbers[static_cast<std::size_t>(key) - Status]);
        bool &flag = key == Streaming ? fields.isStreaming : fields.isSecretInjected;
        flag = *m_at == 't';
        return take(flag ? std::string_view("true") : std::string_view("false"));
    }

    bool takeText(std::string_view &text)
    {
        if (!take('"'))
            return false;
        const char *begin = m_at;
        while (!holdsStop(m_at))
            m_at += sizeof(std::uint64_t);
        while (!isStop(*m_at))
            ++m_at;
        text = {begin, static_cast<std::size_t>(m_at - begin)};
        return take('"');
    }

    // A quote, or what makes it a text for the long way.
    static bool isStop(char c) { return c == '"' || c == '\\' || static_cast<signed char>(c) < ' '; }

    // Whether there is one among the next eight.
    static bool holdsStop(const char *at)
    {
        constexpr std::uint64_t each = 0x0101010101010101U;
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, at, sizeof bytes);
        const auto holdsZero = [](std::uint64_t in) {
            return (in - each) & ~in;
        };
        return ((((bytes - each * ' ') & ~bytes) | bytes | holdsZero(bytes ^ each * '"')
                 | holdsZero(bytes ^ each * '\\'))
                & each * 0x80)
            != 0;
    }

    bool takeNumber(std::int64_t &number)
    {
        constexpr std::ptrdiff_t mostDigits = 18;
        const bool isNegative = take('-');
        const char *begin = m_at;
        std::int64_t value = 0;
        for (; *m_at >= '0' && *m_at <= '9' && m_at - begin < mostDigits; ++m_at)
            value = value * 10 + (*m_at - '0');
        number = isNegative ? -value : value;
        const std::ptrdiff_t digits = m_at - begin;
        return digits == 1 || (digits > 1 && *begin != '0'); // a digit more is no end of a value
    }

    std::array<Key, KeyCount + 1> m_next{}; // the key that came after each one last: lines are alike
    std::string m_room; // the line, and room behind it
    const char *m_at = nullptr;
};

LineRowReader::LineRowReader(LineForm form)
    : m_form(form)
    , m_texts(form)
    , m_parser(std::make_unique<Parser>())
    , m_rows(std::make_shared<LineRows>())
{
}

LineRowReader::~LineRowReader() = default;
LineRowReader::LineRowReader(LineRowReader &&) noexcept = default;
LineRowReader &LineRowReader::operator=(LineRowReader &&) noexcept = default;

bool LineRowReader::read(std::string_view line)
{
    Fields fields;
    return line.size() <= longestLine && m_parser->read(line, fields) && add(fields);
}

bool LineRowReader::add(const Fields &fields)
{
    const auto number = [&](Key key) {
        return fields.number(key);
    };
    const bool isCall = fields.has(bitOf(Provider));
    const auto latencyMs = number(LatencyMs);
    const auto status = number(Status);
    // Numbers of which a record tells less than an event go the long way.
    if (!fields.has(isCall ? callKeys : proxyKeys) || (status && (*status < 1 || *status > 999))
        || (latencyMs && (*latencyMs < 0 || *latencyMs > longestMs)))
        return false;
    const auto timeUs = parseRfc3339(fields.text(Timestamp));
    if (!timeUs)
        return false;
    Record row;
    if (!addTexts(fields, isCall, row))
        return false;
    const auto latencyUs = latencyMs ? std::optional(*latencyMs * 1000) : std::nullopt;
    row.id = ExchangeId::next();
    row.isBegunEarlier = m_form == LineForm::Followed;
    row.timestampUs = *timeUs - (row.isBegunEarlier ? latencyUs.value_or(0) : 0);
    row.latencyUs = latencyUs;
    row.status = static_cast<std::uint16_t>(status.value_or(0));
    row.state = Record::State::Done;
    row.isWholeLine = true;
    row.isSecretInjected = fields.isSecretInjected;
    if (isCall)
        addCall(fields, row);
    m_rows->m_records.push_back(row);
    return true;
}

bool LineRowReader::addTexts(const Fields &fields, bool isCall, Record &row)
{
    using Role = LineTexts::Role;
    Strings &strings = m_rows->m_strings;
    const auto hold = [&](Key key, Role role, StringId &id) {
        const LineTexts::Known *known = m_texts.find(fields.text(key), role, key, strings);
        if (known)
            id = known->id;
        return known != nullptr;
    };
    if (!hold(Sandbox, Role::Text, row.sandbox) || !hold(Method, Role::Text, row.method)
        || !hold(Host, Role::Text, row.host))
        return false;
    if (!isCall) {
        row.isTunnel = fields.text(Method) == "CONNECT";
        const auto *url =
            m_texts.find(fields.text(Url), row.isTunnel ? Role::TunnelUrl : Role::Url, Url, strings);
        if (!url)
            return false;
        row.origin = url->id;
        row.path = url->path;
        row.isWholeUrl = url->isWholeUrl;
        return true;
    }
    if (!hold(Path, Role::Path, row.path) || !hold(Provider, Role::Text, row.provider)
        || (fields.has(bitOf(Model)) && !hold(Model, Role::Text, row.model)))
        return false;
    if (m_form == LineForm::Followed) {
        row.isWholeUrl = !fields.text(Path).empty();
        row.origin = m_texts.find({}, Role::Text, Timestamp, strings)->id;
        return true;
    }
    row.origin = row.host;
    m_callUrl.assign(fields.text(Host)).append(fields.text(Path));
    return m_texts.find(m_callUrl, Role::CallUrl, Timestamp, strings) != nullptr;
}

void LineRowReader::addCall(const Fields &fields, Record &row)
{
    row.isCall = true;
    row.calls = 1;
    row.input = fields.number(InputTokens);
    row.output = fields.number(OutputTokens);
    row.isStreaming = fields.isStreaming;
    const int stated = (row.input.has() ? 1 : 0) + (row.output.has() ? 1 : 0);
    row.usage = stated == 2 ? UsageState::Reported : stated == 1 ? UsageState::Partial : UsageState::Missing;
    row.isTokensLowerBound = row.usage == UsageState::Partial;
    row.isCostLowerBound = true; // no cost is told
}

LineRowBatch LineRowReader::take()
{
    m_texts.beginBatch();
    auto next = std::make_shared<LineRows>();
    next->m_records.reserve(size()); // blocks are alike
    return std::exchange(m_rows, std::move(next));
}

} // namespace hookscope
