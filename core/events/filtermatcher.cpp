#include "core/events/filtermatcher.h"

#include "core/events/filterprogram.h"

#include <algorithm>

namespace hookscope {

namespace {

enum Answer : std::uint8_t { NotTried, No, Yes, Empty }; // an empty text is as none

// A URL is two texts, so answers on whole ones are remembered by both ids, the last ones of each place.
struct UrlAnswer {
    StringId origin = 0;
    StringId path = 0;
    Answer answer = NotTried;
};

constexpr std::size_t urlPlaces = 4096;

std::size_t placeOf(StringId origin, StringId path)
{
    return (origin * 2'654'435'761U ^ path * 40'503U) % urlPlaces;
}

// A number as far as it is known: at least that, if it is a bound.
struct Known {
    Maybe number;
    bool isLowerBound = false;
};

Maybe positive(std::uint32_t number)
{
    return number > 0 ? Maybe(std::optional<std::int64_t>(number)) : Maybe();
}

Known durationOf(const Record &record, std::int64_t nowUs)
{
    if (record.isRunning())
        return {std::optional(record.elapsedUs(nowUs)), true};
    return {record.durationUs, false};
}

Known numberOf(const Record &record, FilterFieldId field, std::int64_t nowUs)
{
    using Id = FilterFieldId;
    switch (field) {
    case Id::Status:
        return {positive(record.status)};
    case Id::Pid:
        return {positive(record.pid)};
    case Id::Mark:
        return {positive(record.mark)};
    case Id::Tokens:
        return {record.total(), record.isTokensLowerBound};
    case Id::Input:
        return {record.input, record.isTokensLowerBound};
    case Id::Output:
        return {record.output, record.isTokensLowerBound};
    case Id::Cached:
        return {record.cacheRead, record.isTokensLowerBound};
    case Id::CacheWrite:
        return {record.cacheWrite, record.isTokensLowerBound};
    case Id::Reasoning:
        return {record.reasoning, record.isTokensLowerBound};
    case Id::Cost:
        return {record.cost, record.isCostLowerBound};
    case Id::Ttft:
        return {record.ttftUs};
    case Id::Latency:
        return {record.latencyUs};
    case Id::Duration:
        return durationOf(record, nowUs);
    case Id::Size:
        return {record.responseBytes};
    case Id::RequestBytes:
        return {record.requestBytes};
    default:
        return {};
    }
}

bool holdsNumber(const FilterCondition &condition, const Known &known)
{
    if (!known.number.has())
        return false;
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    if (known.isLowerBound)
        return !condition.isInverted && condition.range.high == most && *known.number >= condition.range.low;
    return condition.range.holds(*known.number) != condition.isInverted;
}

bool holdsFlag(FilterFlag flag, const Record &record, std::int64_t nowUs, std::int64_t slowUs)
{
    switch (flag) {
    case FilterFlag::Llm:
        return record.isCall;
    case FilterFlag::Streaming:
        return record.isStreaming;
    case FilterFlag::Running:
        return record.isRunning();
    case FilterFlag::Error:
        return record.isError();
    case FilterFlag::Failed:
        return record.state == Record::State::Failed;
    case FilterFlag::Slow:
        return record.elapsedUs(nowUs) > slowUs;
    case FilterFlag::Pinned:
        return record.isPinned;
    case FilterFlag::Read:
        return record.isRead;
    case FilterFlag::Unread:
        return !record.isRead;
    case FilterFlag::Restored:
        return record.isRestored;
    case FilterFlag::Tunnel:
        return record.isTunnel;
    case FilterFlag::Commented:
        return record.comment != 0;
    case FilterFlag::Marked:
        return record.mark != 0;
    case FilterFlag::Priced:
        return record.cost.has();
    case FilterFlag::NotUnderstood:
        return record.isCall && !record.isUnderstood;
    }
    return false;
}

// As much of a request as an event tells that is not the first of its exchange.
template <class AnyEvent> Started beginningOf(const AnyEvent &event)
{
    Started started;
    started.id = event.id;
    started.timestampUs = event.timestampUs - event.durationUs.value_or(0);
    started.sandbox = event.sandbox;
    started.process = event.process;
    started.method = event.method;
    started.host = event.host;
    return started;
}

void drop(StringId &text, Strings &strings)
{
    strings.release(text);
    text = 0;
}

template <class AnyEvent>
bool matchesEvent(const Filter &filter, const AnyEvent &event, std::int64_t nowUs, std::int64_t slowUs)
{
    if (filter.isEmpty())
        return true;
    Strings strings;
    const Record record = recordOf(event, strings);
    return FilterMatcher(filter, strings, nowUs, slowUs).matches(record);
}

} // namespace

struct FilterMatcher::Memory {
    std::vector<Answer> texts; // by id
    std::vector<Answer> origins; // whether a match may begin in it and end in the path
    std::vector<UrlAnswer> urls;
};

FilterMatcher::FilterMatcher(const Filter &filter, const Strings &strings, std::int64_t nowUs,
                             std::int64_t slowUs)
    : m_filter(filter)
    , m_program(m_filter.program())
    , m_strings(&strings)
    , m_nowUs(nowUs)
    , m_slowUs(slowUs)
    , m_generation(strings.generation())
{
    if (!m_program)
        return;
    m_memories.resize(m_program->conditions.size());
    m_times.resize(m_program->conditions.size());
    setNow(nowUs);
}

FilterMatcher::~FilterMatcher() = default;
FilterMatcher::FilterMatcher(FilterMatcher &&) noexcept = default;
FilterMatcher &FilterMatcher::operator=(FilterMatcher &&) noexcept = default;

void FilterMatcher::setNow(std::int64_t nowUs)
{
    m_nowUs = nowUs;
    for (std::size_t i = 0; i < m_times.size(); ++i) {
        if (m_program->conditions[i].kind == FilterCondition::Kind::When)
            m_times[i] = m_program->conditions[i].time.at(nowUs);
    }
}

bool FilterMatcher::matches(const Record &record)
{
    if (!m_program)
        return true;
    if (m_generation != m_strings->generation())
        forget();
    int at = m_program->first;
    while (at >= 0) {
        const FilterProgram::Step &step = m_program->steps[static_cast<std::size_t>(at)];
        at = holds(step.condition, record) ? step.ifTrue : step.ifFalse;
    }
    return at == FilterProgram::accepted;
}

inline std::uint8_t FilterMatcher::answerFor(std::size_t condition, StringId text)
{
    const auto &texts = m_memories[condition].texts;
    if (text < texts.size() && texts[text] != NotTried)
        return texts[text];
    return newAnswerFor(condition, text);
}

bool FilterMatcher::holds(std::size_t condition, const Record &record)
{
    const FilterCondition &wanted = m_program->conditions[condition];
    switch (wanted.kind) {
    case FilterCondition::Kind::Flag:
        return holdsFlag(wanted.flag, record, m_nowUs, m_slowUs);
    case FilterCondition::Kind::Number:
        return holdsNumber(wanted, numberOf(record, wanted.field, m_nowUs));
    case FilterCondition::Kind::When:
        return (record.timestampUs >= m_times[condition]) == (wanted.field == FilterFieldId::Since);
    case FilterCondition::Kind::Text:
        return holdsText(condition, record);
    case FilterCondition::Kind::Anywhere:
        return holdsAnywhere(condition, record);
    }
    return false;
}

bool FilterMatcher::holdsText(std::size_t condition, const Record &record)
{
    const FilterCondition &wanted = m_program->conditions[condition];
    if (!wanted.text)
        return record.origin != 0 && holdsUrl(condition, record) != wanted.isInverted;
    const StringId id = record.*wanted.text;
    if (id == 0)
        return false;
    const auto answer = answerFor(condition, id);
    return answer != Empty && (answer == Yes) != wanted.isInverted;
}

bool FilterMatcher::holdsAnywhere(std::size_t condition, const Record &record)
{
    const auto holdsIn = [&](StringId text) {
        return text != 0 && answerFor(condition, text) == Yes;
    };
    if (holdsIn(record.model) || holdsIn(record.host) || holdsIn(record.path) || holdsIn(record.origin)
        || holdsIn(record.session) || holdsIn(record.process) || holdsIn(record.error)
        || holdsIn(record.comment) || holdsIn(record.provider) || holdsIn(record.sandbox)
        || holdsIn(record.method))
        return true;
    const FilterCondition &wanted = m_program->conditions[condition];
    if (wanted.statuses[record.status] || (wanted.pid && *wanted.pid == record.pid))
        return true;
    if (record.origin == 0 || record.isWholeUrl)
        return false;
    auto &origins = m_memories[condition].origins;
    if (record.origin >= origins.size())
        origins.resize(m_strings->size(), NotTried);
    Answer &answer = origins[record.origin];
    if (answer == NotTried)
        answer = wanted.pattern->maySpan(m_strings->text(record.origin)) ? Yes : No;
    return answer == Yes && holdsUrl(condition, record);
}

bool FilterMatcher::holdsUrl(std::size_t condition, const Record &record)
{
    if (record.isWholeUrl || record.path == 0)
        return answerFor(condition, record.origin) == Yes;
    auto &urls = m_memories[condition].urls;
    if (urls.empty())
        urls.resize(urlPlaces);
    UrlAnswer &known = urls[placeOf(record.origin, record.path)];
    if (known.answer == NotTried || known.origin != record.origin || known.path != record.path) {
        m_url.assign(m_strings->text(record.origin));
        m_url.append(m_strings->text(record.path));
        known = {record.origin, record.path, m_program->conditions[condition].matches(m_url) ? Yes : No};
    }
    return known.answer == Yes;
}

std::uint8_t FilterMatcher::newAnswerFor(std::size_t condition, StringId text)
{
    auto &texts = m_memories[condition].texts;
    if (text >= texts.size())
        texts.resize(m_strings->size(), NotTried);
    const std::string_view value = m_strings->text(text);
    texts[text] = value.empty() ? Empty : m_program->conditions[condition].matches(value) ? Yes : No;
    return texts[text];
}

void FilterMatcher::forget()
{
    m_generation = m_strings->generation();
    for (Memory &memory : m_memories) {
        std::fill(memory.texts.begin(), memory.texts.end(), NotTried);
        std::fill(memory.origins.begin(), memory.origins.end(), NotTried);
        std::fill(memory.urls.begin(), memory.urls.end(), UrlAnswer());
    }
}

Record recordOf(const LlmEvent &event, Strings &strings)
{
    Record record;
    Started started = beginningOf(event);
    started.path = event.path;
    started.url = event.path; // it tells no more of the URL
    apply(record, started, strings);
    drop(record.origin, strings);
    apply(record, event, strings);
    record.latencyUs = event.latencyUs;
    record.durationUs = event.durationUs;
    record.state = event.error ? Record::State::Failed : Record::State::Done;
    return record;
}

Record recordOf(const ProxyEvent &event, Strings &strings)
{
    Record record;
    Started started = beginningOf(event);
    started.url = event.url;
    // Behind the host; of a CONNECT there is none.
    const auto authority = event.url.find("://");
    const auto path = authority == std::string::npos ? authority : event.url.find('/', authority + 3);
    if (path != std::string::npos)
        started.path = event.url.substr(path);
    started.isTunnel = event.method == "CONNECT";
    apply(record, started, strings);
    apply(record, event, strings);
    return record;
}

bool matches(const Filter &filter, const LlmEvent &event, std::int64_t nowUs, std::int64_t slowUs)
{
    return matchesEvent(filter, event, nowUs, slowUs);
}

bool matches(const Filter &filter, const ProxyEvent &event, std::int64_t nowUs, std::int64_t slowUs)
{
    return matchesEvent(filter, event, nowUs, slowUs);
}

} // namespace hookscope
