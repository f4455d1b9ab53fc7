#include "core/llm/answerjoiner.h"

#include "core/events/bodyredaction.h"

namespace hookscope::llm {

using simdjson::dom::element;
using Kind = MessagePart::Kind;

namespace {

constexpr std::size_t mostParts = 20'000;

std::string numberIn(element object, std::string_view name)
{
    const auto value = memberOf(object, name);
    return value ? asText(*value) : std::string("0");
}

// The member at the end of a path of names.
std::optional<element> memberAt(element object, std::initializer_list<std::string_view> names)
{
    std::optional<element> found = object;
    for (const std::string_view name : names)
        found = found ? memberOf(*found, name) : std::nullopt;
    return found;
}

} // namespace

MessagePart &AnswerJoiner::part(const std::string &key, Kind kind)
{
    const auto [place, isNew] = m_places.try_emplace(key, m_parts.size());
    if (isNew) {
        MessagePart made;
        made.kind = kind;
        made.role = "assistant";
        m_parts.push_back(std::move(made));
    }
    return m_parts[place->second];
}

void AnswerJoiner::append(const std::string &key, Kind kind, const std::string &text)
{
    if (!text.empty() && m_parts.size() < mostParts)
        part(key, kind).text += text;
}

void AnswerJoiner::add(Parts parts)
{
    m_parts.insert(m_parts.end(), parts.begin(), parts.end());
}

// Of streams whose pieces have no names: text goes on until something else comes.
void AnswerJoiner::joinWithLast(Parts parts)
{
    for (MessagePart &each : parts) {
        const bool isText = each.kind == Kind::Text || each.kind == Kind::Thinking;
        if (isText && !m_parts.empty() && m_parts.back().kind == each.kind)
            m_parts.back().text += each.text;
        else
            m_parts.push_back(std::move(each));
    }
}

Parts AnswerJoiner::finish()
{
    Parts parts;
    for (MessagePart &each : m_parts) {
        if (each.text.empty() && each.kind != Kind::ToolCall && each.kind != Kind::ToolResult)
            continue;
        each.text = redactText(std::move(each.text));
        parts.push_back(std::move(each));
    }
    m_parts.clear();
    m_places.clear();
    return parts;
}

void AnswerJoiner::take(element document)
{
    if (document.is_array()) { // Gemini's stream as one document
        eachOf(document, [this](element each) { take(each); });
        return;
    }
    const std::string type = textOf(document, "type");
    const std::string eventType = textOf(document, "event_type");
    if (takeAnthropic(document, type) || takeResponses(document, type) || takeCohere(document, type)) {
        m_isUnderstood = true;
    } else if (eventType == "text-generation") {
        append("text", Kind::Text, textOf(document, "text"));
        m_isUnderstood = true;
    } else if (eventType.empty()) {
        takeWhole(document);
    }
    if (const auto error = errorIn(document)) {
        MessagePart made;
        made.kind = Kind::Other;
        made.role = "assistant";
        made.toolName = "error";
        made.text = *error;
        m_parts.push_back(std::move(made));
        m_isUnderstood = true;
    }
}

void AnswerJoiner::takeWhole(element document)
{
    m_isUnderstood = true;
    Parts parts;
    if (const auto choices = memberOf(document, "choices")) {
        takeChoices(*choices);
    } else if (const auto candidates = memberOf(document, "candidates")) {
        takeGemini(*candidates);
    } else if (const auto output = memberOf(document, "output"); output && output->is_array()) {
        eachOf(output, [&](element item) { readItem(item, parts); });
        for (MessagePart &each : parts)
            each.role = each.role == "user" ? "assistant" : each.role;
        add(std::move(parts));
    } else if (const auto message = memberOf(document, "message"); message && message->is_object()) {
        takeOllama(*message);
    } else if (hasMember(document, "content")) {
        readMessage(document, "assistant", parts);
        add(std::move(parts));
    } else {
        m_isUnderstood = false;
        for (const char *name : {"thinking", "response", "completion", "text"}) {
            const std::string text = textOf(document, name);
            m_isUnderstood = m_isUnderstood || hasMember(document, name);
            append(name, name == std::string_view("thinking") ? Kind::Thinking : Kind::Text, text);
        }
        m_isUnderstood = m_isUnderstood || hasMember(document, "usage"); // the last chunk of some
    }
}

void AnswerJoiner::takeChoices(element choices)
{
    eachOf(choices, [this](element choice) {
        const std::string key = "choice" + numberIn(choice, "index");
        if (const auto delta = memberOf(choice, "delta"))
            return takeChatDelta(*delta, key);
        if (const auto message = memberOf(choice, "message")) {
            Parts parts;
            readMessage(*message, "assistant", parts);
            return add(std::move(parts));
        }
        append(key, Kind::Text, textOf(choice, "text"));
    });
}

void AnswerJoiner::takeChatDelta(element delta, const std::string &choice)
{
    append(choice + "thought", Kind::Thinking, thoughtIn(delta));
    if (const auto content = memberOf(delta, "content")) {
        Parts parts;
        readContent(*content, "assistant", parts);
        for (const MessagePart &each : parts)
            append(choice + std::to_string(int(each.kind)), each.kind, each.text);
    }
    append(choice + "refusal", Kind::Text, textOf(delta, "refusal"));
    if (const auto transcript = memberAt(delta, {"audio", "transcript"}))
        append(choice + "audio", Kind::Text, asText(*transcript));
    eachOf(memberOf(delta, "tool_calls"),
           [&](element call) { takeCallDelta(call, choice + "call" + numberIn(call, "index")); });
}

void AnswerJoiner::takeCallDelta(element call, const std::string &key)
{
    MessagePart &grown = part(key, Kind::ToolCall);
    if (auto id = textOf(call, "id"); !id.empty())
        grown.id = std::move(id);
    const auto function = memberOf(call, "function");
    if (!function)
        return;
    if (auto name = textOf(*function, "name"); !name.empty())
        grown.toolName = std::move(name);
    if (const auto arguments = memberOf(*function, "arguments"))
        grown.text += asText(*arguments);
}

bool AnswerJoiner::takeAnthropic(element event, const std::string &type)
{
    const std::string key = "block" + numberIn(event, "index");
    if (type == "content_block_start") {
        const auto block = memberOf(event, "content_block");
        if (!block)
            return true;
        m_places.erase(key); // a batch or a retry begins to count anew
        const std::string blockType = textOf(*block, "type");
        if (blockType == "tool_use" || blockType == "server_tool_use" || blockType == "mcp_tool_use") {
            MessagePart &call = part(key, Kind::ToolCall);
            call.toolName = textOf(*block, "name");
            call.id = textOf(*block, "id");
            const auto input = memberOf(*block, "input");
            if (input && asText(*input) != "{}")
                call.text = asText(*input);
        } else if (blockType == "text" || blockType == "thinking") {
            part(key, blockType == "text" ? Kind::Text : Kind::Thinking).text = textOf(*block, blockType);
        } else {
            Parts parts;
            readContent(*block, "assistant", parts);
            if (blockType != "redacted_thinking" && blockType.find("tool_result") == std::string::npos
                && parts.empty())
                return true;
            add(std::move(parts));
        }
        return true;
    }
    if (type == "content_block_delta") {
        const auto delta = memberOf(event, "delta");
        if (!delta)
            return true;
        append(key, Kind::Text, textOf(*delta, "text"));
        append(key, Kind::Thinking, textOf(*delta, "thinking"));
        append(key, Kind::ToolCall, textOf(*delta, "partial_json"));
        return true;
    }
    return type == "message_start" || type == "content_block_stop" || type == "message_delta"
        || type == "message_stop" || type == "ping";
}

// An item that is done says all that its deltas said.
bool AnswerJoiner::takeResponses(element event, const std::string &type)
{
    if (!type.starts_with("response."))
        return false;
    const std::string key = "item" + numberIn(event, "output_index");
    if (type == "response.output_item.added") {
        const auto item = memberOf(event, "item");
        if (item && textOf(*item, "type").ends_with("_call")) {
            MessagePart &call = part(key, Kind::ToolCall);
            call.toolName = textOf(*item, "name");
            call.id = textOf(*item, "call_id");
        }
    } else if (type == "response.output_item.done") {
        m_hasItems = true;
        const auto item = memberOf(event, "item");
        Parts parts;
        if (item)
            readItem(*item, parts);
        const auto place = m_places.find(key);
        if (place != m_places.end() && parts.size() == 1) {
            m_parts[place->second] = parts.front();
            m_parts[place->second].role = "assistant";
        } else if (place == m_places.end()) {
            add(std::move(parts));
        }
    } else if (type.ends_with(".delta")) {
        const bool isThought = type.find("reasoning") != std::string::npos;
        const bool isCall =
            type.find("arguments") != std::string::npos || type.find("call_input") != std::string::npos;
        append(key,
               isCall          ? Kind::ToolCall
                   : isThought ? Kind::Thinking
                               : Kind::Text,
               textOf(event, "delta"));
    } else if (type == "response.completed" || type == "response.incomplete" || type == "response.failed") {
        const auto response = memberOf(event, "response");
        if (response && !m_hasItems && m_parts.empty())
            takeWhole(*response);
    }
    return true;
}

bool AnswerJoiner::takeCohere(element event, const std::string &type)
{
    const std::string key = "part" + numberIn(event, "index");
    const auto message = memberAt(event, {"delta", "message"});
    if (type == "content-start" || type == "content-delta") {
        if (type == "content-start")
            m_places.erase(key);
        const auto content = message ? memberOf(*message, "content") : std::nullopt;
        if (content) {
            append(key, Kind::Thinking, textOf(*content, "thinking"));
            append(key, Kind::Text, textOf(*content, "text"));
        }
        return true;
    }
    if (type == "tool-plan-delta") {
        append("plan", Kind::Thinking, message ? textOf(*message, "tool_plan") : std::string());
        return true;
    }
    if (type == "tool-call-start" || type == "tool-call-delta") {
        if (const auto call = message ? memberOf(*message, "tool_calls") : std::nullopt)
            takeCallDelta(*call, "call" + numberIn(event, "index"));
        return true;
    }
    return type == "message-start" || type == "message-end" || type == "content-end"
        || type == "tool-call-end" || type.starts_with("citation-");
}

void AnswerJoiner::takeGemini(element candidates)
{
    eachOf(candidates, [this](element candidate) {
        Parts parts;
        if (const auto content = memberOf(candidate, "content"))
            readGeminiContent(*content, "assistant", parts);
        joinWithLast(std::move(parts));
    });
}

void AnswerJoiner::takeOllama(element message)
{
    Parts parts;
    readMessage(message, "assistant", parts);
    joinWithLast(std::move(parts));
}

} // namespace hookscope::llm
