#include "core/llm/streamusage.h"

#include "core/llm/endpoint.h"
#include "core/llm/jsonmembers.h"

#include <algorithm>
#include <array>
#include <simdjson.h>

namespace hookscope::llm {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

// Who must be asked. All others are left alone: Deepseek, Mistral, Groq, OpenRouter, Together, Perplexity,
// Z.ai and xAI state usage unasked (TOKENS.md section 3), of the rest it is not known.
struct Asked {
    std::string_view provider;
    bool alsoLegacy; // beside chat completions
    bool isNullAddedToChat;
    bool isNullAddedToLegacy;
};

constexpr std::array askedProviders{
    Asked{"openai", true, true, true},
    Asked{"azure-openai", true, true, true},
    Asked{"azure-foundry", false, true, false},
    Asked{"github-copilot", false, true, false},
    Asked{"dashscope", false, true, false},
    Asked{"ollama", true, false, false},
    // Any other host. vLLM's legacy chunks have `usage: null` always, so there it is not ours.
    Asked{"custom", true, true, false},
};

// A signature over the body that an edit would break.
bool isSigned(const http::FieldList &fields)
{
    for (const auto name : {"content-md5", "digest", "content-digest", "repr-digest", "signature",
                            "signature-input", "x-amz-content-sha256"}) {
        if (http::fieldCount(fields, name) > 0)
            return true;
    }
    return http::fieldValue(fields, "authorization").value_or("").starts_with("AWS4");
}

bool isJson(const http::FieldList &fields)
{
    if (http::fieldCount(fields, "content-type") != 1)
        return false;
    const std::string_view value = *http::fieldValue(fields, "content-type");
    const auto semicolon = value.find(';');
    if (!http::equalsIgnoringCase(http::trimmed(value.substr(0, semicolon)), "application/json"))
        return false;
    if (semicolon == std::string_view::npos)
        return true;
    const std::string_view parameter = http::trimmed(value.substr(semicolon + 1));
    return parameter.empty() || http::equalsIgnoringCase(parameter, "charset=utf-8")
        || http::equalsIgnoringCase(parameter, "charset=\"utf-8\"");
}

bool hasEditableBody(const http::RequestHead &request)
{
    const auto expectations = http::listMembers(request.fields, "expect");
    const bool isExpectationKnown = expectations.empty()
        || (expectations.size() == 1 && http::equalsIgnoringCase(expectations.front(), "100-continue"));
    return request.framing.hasBody() && request.framing.length <= longestEditedBody && isExpectationKnown
        && isJson(request.fields) && http::fieldCount(request.fields, "content-encoding") == 0
        && !isSigned(request.fields);
}

bool isEmptyArray(std::string_view value)
{
    return value.size() >= 2 && value.front() == '['
        && value.find_first_not_of(" \t\r\n", 1) == value.size() - 1;
}

// The text of an event's one data line; none if it has none or several.
std::optional<std::string_view> dataOf(std::string_view event)
{
    std::optional<std::string_view> data;
    while (!event.empty()) {
        const auto end = std::min(event.find_first_of("\r\n"), event.size());
        std::string_view line = event.substr(0, end);
        event.remove_prefix(std::min(end + 1, event.size()));
        if (!line.starts_with("data"))
            continue;
        line.remove_prefix(4);
        if (data || !line.starts_with(':'))
            return std::nullopt;
        line.remove_prefix(1);
        if (line.starts_with(' '))
            line.remove_prefix(1);
        data = line;
    }
    return data;
}

// llama.cpp puts its timings into the last chunk there is: the one that our asking adds, or else this one.
bool isLlamaCppFinish(std::string_view data)
{
    constexpr std::string_view build = "\"system_fingerprint\":\"b";
    const auto at = data.find(build);
    return at != data.npos && at + build.size() < data.size() && data[at + build.size()] >= '0'
        && data[at + build.size()] <= '9' && data.find("\"finish_reason\":\"") != data.npos;
}

// How often the object says this name, however it is escaped, and what it says first.
std::size_t countOf(const simdjson::dom::object &object, std::string_view name, simdjson::dom::element &first)
{
    std::size_t count = 0;
    for (const auto &[key, value] : object) {
        if (key == name && count++ == 0)
            first = value;
    }
    return count;
}

std::size_t offsetIn(std::string_view text, const char *place)
{
    return static_cast<std::size_t>(place - text.data());
}

} // namespace

std::optional<StreamUsage> streamUsageOf(const http::RequestHead &request, std::string_view path,
                                         const std::optional<KnownProvider> &provider)
{
    const auto hint = provider ? std::optional(provider->dialect) : std::nullopt;
    const auto endpoint = endpointOf(request.method, path, hint);
    if (!endpoint || endpoint->dialect != Dialect::OpenAi || !hasEditableBody(request))
        return std::nullopt;
    path = withoutQuery(path);
    const bool isChat = path.ends_with("/chat/completions");
    if (!isChat && (!path.ends_with("/completions") || path.ends_with("/fim/completions")))
        return std::nullopt;
    const std::string_view name = provider ? std::string_view(provider->name) : "custom";
    for (const Asked &asked : askedProviders) {
        if (asked.provider == name && (isChat || asked.alsoLegacy))
            return StreamUsage{isChat ? asked.isNullAddedToChat : asked.isNullAddedToLegacy};
    }
    return std::nullopt;
}

std::optional<BodyEdit> streamUsageEdit(std::string_view body)
{
    if (body.starts_with(byteOrderMark))
        return std::nullopt;
    // The grammar, the encoding and what the names really are: simdjson's. Where they stand: ours.
    simdjson::dom::parser parser;
    simdjson::dom::object request;
    if (parser.parse(body.data(), body.size()).get(request) != simdjson::SUCCESS)
        return std::nullopt;
    simdjson::dom::element stream;
    simdjson::dom::element options;
    bool isStream = false;
    if (countOf(request, "stream", stream) != 1 || stream.get(isStream) != simdjson::SUCCESS || !isStream)
        return std::nullopt;
    const std::size_t optionsCount = countOf(request, "stream_options", options);
    const auto members = jsonMembers(body);
    if (!members || optionsCount > 1)
        return std::nullopt;

    if (optionsCount == 0) {
        const JsonMember *member = onlyMember(*members, "stream");
        if (!member)
            return std::nullopt;
        return BodyEdit{offsetIn(body, member->value.data() + member->value.size()), 0,
                        ",\"stream_options\":{\"include_usage\":true}"};
    }
    const JsonMember *member = onlyMember(*members, "stream_options");
    if (!member)
        return std::nullopt;
    const std::size_t at = offsetIn(body, member->value.data());
    if (options.is_null())
        return BodyEdit{at, member->value.size(), "{\"include_usage\":true}"};
    simdjson::dom::object object;
    simdjson::dom::element ignored;
    // Whatever the client says of it, also that it does not want it, is its own to say.
    if (options.get(object) != simdjson::SUCCESS || countOf(object, "include_usage", ignored) > 0)
        return std::nullopt;
    return BodyEdit{at + 1, 0, object.size() == 0 ? "\"include_usage\":true" : "\"include_usage\":true,"};
}

void StreamUsageFilter::feed(std::string_view bytes, std::string &out)
{
    for (const char c : bytes) {
        if (std::exchange(m_isAfterCr, c == '\r') && c == '\n') {
            if (!m_isEnded)
                m_event += c;
            else if (m_fate != Fate::Removed)
                (m_fate == Fate::Kept ? m_finish : out) += c;
            continue;
        }
        m_isEnded = false;
        m_event += c;
        if (c == '\n' || c == '\r')
            endLine(out);
        else
            m_isLineEmpty = false;
        if (m_event.size() > longestEvent) {
            release(out);
            m_isTooLong = true;
        }
        if (m_isTooLong) {
            out += m_event;
            m_event.clear();
        }
    }
}

void StreamUsageFilter::finish(std::string &out)
{
    if (!m_event.empty())
        endEvent(out);
    release(out);
}

void StreamUsageFilter::endLine(std::string &out)
{
    if (m_isLineEmpty) {
        endEvent(out);
    } else if (!m_isTooLong && m_event.front() == ':') {
        // A comment in front of an event keeps the connection alive, so it does not wait for one.
        release(out);
        out += m_event;
        m_event.clear();
        m_fate = Fate::Passed;
        m_isEnded = true;
    }
    m_isLineEmpty = true;
}

void StreamUsageFilter::endEvent(std::string &out)
{
    m_fate = m_isTooLong ? Fate::Passed : judge(out);
    if (m_fate == Fate::Passed)
        out += m_event;
    else if (m_fate == Fate::Kept)
        m_finish = m_event;
    m_event.clear();
    m_isTooLong = false;
    m_isEnded = true;
}

StreamUsageFilter::Fate StreamUsageFilter::judge(std::string &out)
{
    const auto data = dataOf(m_event);
    if (!data || data->find("\"usage\"") == data->npos) {
        release(out);
        return data && isLlamaCppFinish(*data) ? Fate::Kept : Fate::Passed;
    }
    const auto members = jsonMembers(*data);
    const JsonMember *usage = members ? onlyMember(*members, "usage") : nullptr;
    const JsonMember *choices = members ? onlyMember(*members, "choices") : nullptr;
    if (usage && choices && usage->value.starts_with('{') && isEmptyArray(choices->value)) {
        const JsonMember *timings = onlyMember(*members, "timings");
        removeChunk(timings ? timings->value : std::string_view(), out);
        return Fate::Removed;
    }
    release(out);
    if (usage && choices && usage->value == "null" && m_usage.isNullAdded) {
        // With the comma in front of it, or behind it if it comes first.
        const bool isFirst = usage == &members->front();
        const char *from =
            isFirst ? usage->key.data() - 1 : (usage - 1)->value.data() + (usage - 1)->value.size();
        const char *to = isFirst ? (usage + 1)->key.data() - 1 : usage->value.data() + usage->value.size();
        m_event.erase(offsetIn(m_event, from), static_cast<std::size_t>(to - from));
    }
    return Fate::Passed;
}

void StreamUsageFilter::release(std::string &out)
{
    out += m_finish;
    m_finish.clear();
}

void StreamUsageFilter::removeChunk(std::string_view timings, std::string &out)
{
    const auto end = m_finish.rfind('}');
    if (!timings.empty() && end != std::string::npos)
        m_finish.insert(end, std::string(",\"timings\":").append(timings));
    release(out);
}

} // namespace hookscope::llm
