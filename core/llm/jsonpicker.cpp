#include "core/llm/jsonpicker.h"

#include "core/llm/jsonscan.h"

#include <algorithm>
#include <charconv>

namespace hookscope::llm {

namespace {

using namespace jsonscan;

constexpr std::size_t longestKey = 128;
constexpr std::size_t keptInAll = 4 * JsonPicker::maximumValue;

} // namespace

JsonPicker::JsonPicker(const JsonPaths &paths)
    : m_paths(paths)
    , m_found(paths.size())
{
}

void JsonPicker::reset()
{
    std::fill(m_found.begin(), m_found.end(), Found());
    m_text.clear();
    m_key.clear();
    m_depth = 0;
    m_skipDepth = 0;
    m_node = 0;
    m_state = State::Value;
    m_isKept = false;
    m_isEscaped = false;
    m_hasStarted = false;
}

std::size_t JsonPicker::feed(std::string_view bytes)
{
    const char *p = bytes.data();
    const char *const end = p + bytes.size();
    while (p != end && m_state < State::Complete)
        p = step(p, end);
    return static_cast<std::size_t>(p - bytes.data());
}

std::string_view JsonPicker::raw(std::size_t wanted) const
{
    return std::string_view(m_text).substr(m_found[wanted].offset, m_found[wanted].size);
}

std::string_view JsonPicker::word(std::size_t wanted) const
{
    const auto text = raw(wanted);
    if (kind(wanted) != Kind::String || text.size() < 2 || text.find('\\') != std::string_view::npos)
        return {};
    return text.substr(1, text.size() - 2);
}

const char *JsonPicker::step(const char *p, const char *end)
{
    switch (m_state) {
    case State::InKey:
        return readKey(p, end);
    case State::Skipping:
        return skip(p, end);
    case State::InString:
        return skipString(p, end);
    case State::Scalar:
        return skipScalar(p, end);
    default:
        break;
    }
    const char *const from = p;
    p = skipSpace(p, end);
    if (m_isKept && m_state == State::FirstSkipped)
        keep(from, p);
    if (p == end)
        return p;
    switch (m_state) {
    case State::Value:
        return beginValue(p);
    case State::FirstElement:
        if (*p == ']')
            return close(p, true);
        m_node = m_paths.m_nodes[static_cast<std::size_t>(m_node)].element;
        return beginValue(p);
    case State::FirstKey:
        if (*p == '}')
            return close(p, true);
        [[fallthrough]];
    case State::Key:
        *p == '"' ? void(m_state = State::InKey) : fail();
        return p + 1;
    case State::Colon:
        *p == ':' ? void(m_state = State::Value) : fail();
        return p + 1;
    case State::AfterValue:
        if (*p == ',') {
            const Level level = m_levels[m_depth - 1];
            m_state = level.isArray ? State::Value : State::Key;
            m_node =
                level.isArray ? m_paths.m_nodes[static_cast<std::size_t>(level.node)].element : level.node;
            return p + 1;
        }
        return close(p, false);
    case State::FirstSkipped:
        if (*p == ']' || *p == '}')
            m_kind = m_kind == Kind::Array ? Kind::EmptyArray : Kind::EmptyObject;
        m_state = State::Skipping;
        return p;
    default:
        return end;
    }
}

const char *JsonPicker::beginValue(const char *p)
{
    m_hasStarted = true;
    const JsonPaths::Node *node =
        m_node == JsonPaths::none ? nullptr : &m_paths.m_nodes[static_cast<std::size_t>(m_node)];
    const bool isObject = *p == '{';
    const bool isOpened = node
        && (isObject        ? node->firstMember
                : *p == '[' ? node->element
                            : JsonPaths::none)
            != JsonPaths::none;
    if (isOpened && m_depth < m_levels.size()) {
        m_levels[m_depth++] = {m_node, !isObject};
        m_state = isObject ? State::FirstKey : State::FirstElement;
        return p + 1;
    }
    m_valueAt = m_text.size();
    m_isKept = node && node->wanted != JsonPaths::none && !node->isKindOnly;
    m_isTooLong = m_isKept && m_text.size() >= keptInAll;
    switch (*p) {
    case '{':
        return beginSkipped(p, Kind::Object);
    case '[':
        return beginSkipped(p, Kind::Array);
    case '"':
        return beginSkipped(p, Kind::String);
    case 'n':
        m_kind = Kind::Null;
        break;
    case 't':
        m_kind = Kind::True;
        break;
    case 'f':
        m_kind = Kind::False;
        break;
    default:
        if (*p != '-' && (*p < '0' || *p > '9')) {
            fail();
            return p;
        }
        m_kind = Kind::Number;
        break;
    }
    m_state = State::Scalar;
    return p;
}

const char *JsonPicker::beginSkipped(const char *p, Kind kind)
{
    m_kind = kind;
    const bool isString = kind == Kind::String;
    m_skipDepth = isString ? 0 : 1;
    m_state = isString ? State::InString : State::FirstSkipped;
    if (isString)
        m_kind = Kind::EmptyString; // until something comes before the closing quote
    if (m_isKept)
        keep(p, p + 1);
    return p + 1;
}

const char *JsonPicker::readKey(const char *p, const char *end)
{
    const char *const quote = closingQuote(p, end, m_isEscaped);
    const std::string_view part(p, static_cast<std::size_t>(quote - p));
    const bool isWhole = quote != end;
    if (!isWhole || !m_key.empty())
        m_key.append(part.substr(0, m_key.size() < longestKey ? longestKey - m_key.size() : 0));
    if (!isWhole)
        return end;
    std::string_view key = m_key.empty() ? part : std::string_view(m_key);
    std::string plain;
    if (key.find('\\') != std::string_view::npos) {
        plain = unescaped(key.substr(0, longestKey));
        key = plain;
    }
    m_node = m_paths.memberNamed(m_levels[m_depth - 1].node, key);
    m_key.clear();
    m_state = State::Colon;
    return quote + 1;
}

// Passes over what is inside brackets of which nothing is wanted by itself.
const char *JsonPicker::skip(const char *p, const char *end)
{
    const char *const from = p;
    while (p != end && m_state == State::Skipping) {
        p = findStructural(p, end);
        if (p == end)
            break;
        switch (*p++) {
        case '"':
            p = closingQuote(p, end, m_isEscaped);
            if (p == end)
                m_state = State::InString;
            else
                ++p;
            break;
        case '{':
        case '[':
            ++m_skipDepth;
            break;
        default:
            if (--m_skipDepth == 0) {
                if (m_isKept)
                    keep(from, p);
                endValue();
                return p;
            }
        }
    }
    if (m_isKept)
        keep(from, p);
    return p;
}

const char *JsonPicker::skipString(const char *p, const char *end)
{
    const char *quote = closingQuote(p, end, m_isEscaped);
    const bool isWhole = quote != end;
    if (m_kind == Kind::EmptyString && quote != p)
        m_kind = Kind::String;
    if (isWhole)
        ++quote;
    if (m_isKept)
        keep(p, quote);
    if (isWhole && m_skipDepth == 0)
        endValue();
    else if (isWhole)
        m_state = State::Skipping;
    return quote;
}

const char *JsonPicker::skipScalar(const char *p, const char *end)
{
    const char *const from = p;
    while (p != end && *p != ',' && *p != '}' && *p != ']' && !isSpace(*p))
        ++p;
    if (m_isKept)
        keep(from, p);
    if (p != end)
        endValue();
    return p;
}

const char *JsonPicker::close(const char *p, bool isEmpty)
{
    const Level level = m_levels[m_depth - 1];
    if (*p != (level.isArray ? ']' : '}')) {
        fail();
        return p;
    }
    --m_depth;
    m_node = level.node;
    m_isKept = false;
    if (level.isArray)
        m_kind = isEmpty ? Kind::EmptyArray : Kind::Array;
    else
        m_kind = isEmpty ? Kind::EmptyObject : Kind::Object;
    endValue();
    return p + 1;
}

void JsonPicker::endValue()
{
    if (m_node != JsonPaths::none) {
        const auto wanted = m_paths.m_nodes[static_cast<std::size_t>(m_node)].wanted;
        Found value{m_kind, 0, 0};
        if (m_isKept && !m_isTooLong) {
            value.offset = static_cast<std::uint32_t>(m_valueAt);
            value.size = static_cast<std::uint32_t>(m_text.size() - m_valueAt);
        }
        if (wanted != JsonPaths::none && m_paths.m_nodes[static_cast<std::size_t>(m_node)].isSum)
            addUp(m_found[static_cast<std::size_t>(wanted)]);
        else if (wanted != JsonPaths::none)
            note(wanted, value);
    }
    m_isKept = false;
    m_state = m_depth == 0 ? State::Complete : State::AfterValue;
}

void JsonPicker::note(std::int16_t wanted, Found value)
{
    Found &found = m_found[static_cast<std::size_t>(wanted)];
    if (value.kind < Kind::False && found.kind >= Kind::False)
        return;
    found = value;
}

void JsonPicker::addUp(Found &found)
{
    const auto text = std::string_view(m_text).substr(m_valueAt);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (m_kind == Kind::Number && !found.hasNoSum) {
        const bool isCount = error == std::errc() && end == text.data() + text.size() && number >= 0;
        std::int64_t sum = 0;
        found.kind = Kind::Number;
        found.hasNoSum = !isCount || __builtin_add_overflow(found.sum.value_or(0), number, &sum);
        found.sum = found.hasNoSum ? std::nullopt : std::optional(sum);
    }
    m_text.resize(m_valueAt);
}

void JsonPicker::keep(const char *from, const char *to)
{
    const auto size = static_cast<std::size_t>(to - from);
    if (m_isTooLong || m_text.size() - m_valueAt + size > maximumValue) {
        m_isTooLong = true;
        m_text.resize(m_valueAt);
        return;
    }
    m_text.append(from, size);
}

} // namespace hookscope::llm
