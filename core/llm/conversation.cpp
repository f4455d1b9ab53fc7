#include "core/llm/conversation.h"

#include "core/http/sse.h"
#include "core/llm/answerjoiner.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace hookscope::llm {

using simdjson::dom::element;
using Kind = MessagePart::Kind;

namespace {

constexpr std::string_view noMessages = "The request holds no messages in a form that Hookscope reads.";

void readSystem(element request, Parts &parts)
{
    for (const char *name : {"system", "instructions", "preamble"}) {
        if (const auto system = memberOf(request, name))
            readContent(*system, "system", parts);
    }
    for (const char *name : {"systemInstruction", "system_instruction"}) {
        if (const auto system = memberOf(request, name)) {
            Parts said;
            readGeminiContent(*system, "system", said);
            for (MessagePart &part : said)
                part.role = "system";
            parts.insert(parts.end(), said.begin(), said.end());
        }
    }
}

bool readAsked(element request, Parts &parts)
{
    readSystem(request, parts);
    if (const auto messages = memberOf(request, "messages")) {
        eachOf(messages, [&](element message) { readMessage(message, "user", parts); });
        return true;
    }
    if (const auto contents = memberOf(request, "contents")) {
        if (!contents->is_array())
            readGeminiContent(*contents, "user", parts);
        eachOf(contents, [&](element content) { readGeminiContent(content, "user", parts); });
        return true;
    }
    if (const auto input = memberOf(request, "input")) {
        if (!input->is_array())
            readContent(*input, "user", parts);
        eachOf(input, [&](element item) {
            if (item.is_object())
                readItem(item, parts);
            else
                addText(parts, Kind::Text, "user", asText(item));
        });
        return true;
    }
    bool isFound = false;
    eachOf(memberOf(request, "chat_history"), [&](element turn) {
        const auto role = textOf(turn, "role");
        addText(parts, Kind::Text, role == "CHATBOT" ? "assistant" : "user", textOf(turn, "message"));
    });
    for (const char *name : {"message", "prompt"}) {
        if (const auto prompt = memberOf(request, name)) {
            addText(parts, Kind::Text, "user", asText(*prompt));
            isFound = true;
        }
    }
    return isFound;
}

void addTool(element named, std::vector<DeclaredTool> &tools)
{
    DeclaredTool tool;
    tool.name = textOf(named, "name");
    if (tool.name.empty())
        tool.name = textOf(named, "type");
    tool.description = textOf(named, "description");
    for (const char *name : {"input_schema", "parameters", "parametersJsonSchema", "parameter_definitions"}) {
        if (const auto schema = memberOf(named, name))
            tool.schemaBytes += asText(*schema).size();
    }
    tools.push_back(std::move(tool));
}

void readTools(element request, std::vector<DeclaredTool> &tools)
{
    const auto read = [&](element tool) {
        if (const auto function = memberOf(tool, "function"))
            return addTool(*function, tools);
        for (const char *name : {"functionDeclarations", "function_declarations"}) {
            if (const auto list = memberOf(tool, name))
                return eachOf(list, [&](element each) { addTool(each, tools); });
        }
        if (hasMember(tool, "name") || hasMember(tool, "type"))
            return addTool(tool, tools);
        simdjson::dom::object members; // Gemini's own: {"googleSearch": {}}
        if (tool.get_object().get(members))
            return;
        for (const auto member : members)
            tools.push_back({std::string(member.key), {}, 0});
    };
    eachOf(memberOf(request, "tools"), read);
    eachOf(memberOf(request, "functions"), read);
}

// Gives the data of each server-sent event, whole.
class EventTexts final : public http::SseParser::Sink {
public:
    explicit EventTexts(std::function<void(std::string_view)> take)
        : m_take(std::move(take))
    {
    }

    void sseEvent(std::string_view data) override { m_take(data); }
    void sseData(std::string_view part) override { m_text += part; }
    void sseEventEnded() override { m_take(std::exchange(m_text, {})); }

private:
    std::function<void(std::string_view)> m_take;
    std::string m_text;
};

bool isSse(std::string_view answer)
{
    const auto start = answer.substr(0, answer.find_first_of(":{["));
    return start == "data" || start == "event" || start == "id" || start == "retry" || answer.starts_with(':')
        || answer.starts_with("\xef\xbb\xbf");
}

// The problem, if there is one.
std::string readAnswer(std::string_view answer, Parts &parts)
{
    simdjson::dom::parser parser;
    AnswerJoiner joiner;
    std::size_t bad = 0;
    const auto take = [&](std::string_view text) {
        element document;
        if (text.empty() || text == "[DONE]")
            return;
        if (parser.parse(simdjson::padded_string(text)).get(document))
            ++bad;
        else
            joiner.take(document);
    };
    if (isSse(answer)) {
        EventTexts events(take);
        http::SseParser sse;
        sse.feed(answer, events);
        sse.finish(events);
    } else {
        element document;
        if (!parser.parse(simdjson::padded_string(answer)).get(document)) {
            joiner.take(document);
        } else {
            for (std::size_t at = 0; at < answer.size();) {
                const std::size_t end = std::min(answer.find('\n', at), answer.size());
                const auto line = answer.substr(at, end - at);
                if (line.find_first_not_of(" \t\r") != std::string_view::npos)
                    take(line);
                at = end + 1;
            }
        }
    }
    parts = joiner.finish();
    if (bad > 0 && parts.empty())
        return "The answer is no JSON and no stream of it.";
    if (bad > 0)
        return "A part of the answer is not whole, and is not shown.";
    return joiner.isUnderstood() ? std::string() : "The answer is in a form that Hookscope does not read.";
}

} // namespace

Conversation readConversation(std::string_view request, std::string_view answer)
{
    Conversation conversation;
    simdjson::dom::parser parser;
    element document;
    if (!request.empty()) {
        if (parser.parse(simdjson::padded_string(request)).get(document)) {
            conversation.problem = "The request is no JSON, or was not kept whole.";
        } else {
            if (!readAsked(document, conversation.asked))
                conversation.problem = noMessages;
            readTools(document, conversation.tools);
        }
    }
    if (!answer.empty()) {
        const std::string problem = readAnswer(answer, conversation.answered);
        if (!problem.empty())
            conversation.problem += (conversation.problem.empty() ? "" : " ") + problem;
    }
    return conversation;
}

} // namespace hookscope::llm
