#include "core/llm/messagereading.h"

#include "core/events/bodyredaction.h"

namespace hookscope::llm {

using simdjson::dom::element;
using Kind = MessagePart::Kind;

namespace {

// "image/png, 12345 bytes": media are not kept, and base64 has four characters for three bytes.
std::string mediaText(const std::string &type, const std::string &data)
{
    const std::size_t characters = sizeOfBase64LeftOut(data).value_or(data.size());
    return (type.empty() ? std::string("no type named") : type) + ", " + std::to_string(characters / 4 * 3)
        + " bytes";
}

std::string dataUrlText(const std::string &url)
{
    if (!url.starts_with("data:"))
        return url;
    const auto comma = url.find(',');
    const auto type = url.substr(5, std::min(url.find(';'), comma) - 5);
    return mediaText(type, comma == std::string::npos ? std::string() : url.substr(comma + 1));
}

// {"type":"base64","media_type":...,"data":...}, {"type":"url","url":...}, or a file's id.
std::string sourceText(element source)
{
    if (const auto url = textOf(source, "url"); !url.empty())
        return dataUrlText(url);
    const auto data = textOf(source, "data");
    if (!data.empty())
        return mediaText(textOf(source, "media_type"), data);
    return asText(source);
}

MessagePart partOf(Kind kind, const std::string &role, std::string text)
{
    MessagePart part;
    part.kind = kind;
    part.role = role;
    part.text = std::move(text);
    return part;
}

void addCall(Parts &parts, const std::string &role, std::string name, std::string id,
             std::optional<element> arguments)
{
    MessagePart part = partOf(Kind::ToolCall, role, arguments ? asText(*arguments) : std::string());
    part.toolName = std::move(name);
    part.id = std::move(id);
    parts.push_back(std::move(part));
}

// What a tool gave back is one part, whatever it is made of; pictures in it are named.
void addResult(Parts &parts, std::string name, std::string id, std::optional<element> content)
{
    Parts inner;
    if (content)
        readContent(*content, "tool", inner);
    MessagePart part = partOf(Kind::ToolResult, "tool", {});
    for (const MessagePart &each : inner) {
        if (!part.text.empty())
            part.text += '\n';
        if (each.kind == Kind::Image || each.kind == Kind::Audio)
            part.text += '[' + each.text + ']';
        else
            part.text += each.text;
    }
    part.toolName = std::move(name);
    part.id = std::move(id);
    parts.push_back(std::move(part));
}

std::string imageText(element block)
{
    for (const char *name : {"image_url", "url", "image"}) {
        const auto value = memberOf(block, name);
        if (!value)
            continue;
        std::string_view url;
        return dataUrlText(value->get_string().get(url) ? textOf(*value, "url") : std::string(url));
    }
    if (const auto source = memberOf(block, "source"))
        return sourceText(*source);
    const auto file = textOf(block, "file_id");
    return file.empty() ? std::string("an image") : file;
}

void readAudio(element block, const std::string &role, Parts &parts)
{
    const auto audio = memberOf(block, "input_audio");
    const element source = audio ? *audio : block;
    const auto format = textOf(source, "format");
    parts.push_back(
        partOf(Kind::Audio, role,
               mediaText(format.empty() ? std::string("audio") : "audio/" + format, textOf(source, "data"))));
}

bool readToolBlock(element block, const std::string &type, const std::string &role, Parts &parts)
{
    if (type == "tool_use" || type == "server_tool_use" || type == "mcp_tool_use") {
        addCall(parts, role, textOf(block, "name"), textOf(block, "id"), memberOf(block, "input"));
        return true;
    }
    if (type.ends_with("tool_result")) {
        addResult(parts, type == "tool_result" ? std::string() : type, textOf(block, "tool_use_id"),
                  memberOf(block, "content"));
        return true;
    }
    return false;
}

void readBlock(element block, const std::string &role, Parts &parts)
{
    std::string_view plain;
    if (!block.get_string().get(plain))
        return addText(parts, Kind::Text, role, std::string(plain));
    const std::string type = textOf(block, "type");
    if (readToolBlock(block, type, role, parts))
        return;
    if (type == "thinking" || type == "reasoning")
        return addText(parts, Kind::Thinking, role, textOf(block, type == "thinking" ? "thinking" : "text"));
    if (type == "redacted_thinking") {
        parts.push_back(partOf(Kind::Thinking, role, "(encrypted by the provider)"));
    } else if (type == "image" || type == "image_url" || type == "input_image") {
        parts.push_back(partOf(Kind::Image, role, imageText(block)));
    } else if (type == "input_audio" || type == "audio") {
        readAudio(block, role, parts);
    } else if (hasMember(block, "text")) {
        addText(parts, Kind::Text, role, textOf(block, "text"));
    } else if (type == "refusal") {
        addText(parts, Kind::Text, role, textOf(block, "refusal"));
    } else {
        MessagePart part = partOf(Kind::Other, role, asText(block));
        part.toolName = type;
        parts.push_back(std::move(part));
    }
}

void readCalls(element message, const std::string &role, Parts &parts)
{
    eachOf(memberOf(message, "tool_calls"), [&](element call) {
        const auto function = memberOf(call, "function");
        const element named = function ? *function : call;
        addCall(parts, role, textOf(named, "name"), textOf(call, "id"), memberOf(named, "arguments"));
    });
    if (const auto legacy = memberOf(message, "function_call"); legacy && legacy->is_object())
        addCall(parts, role, textOf(*legacy, "name"), {}, memberOf(*legacy, "arguments"));
}

} // namespace

std::optional<element> memberOf(element object, std::string_view name)
{
    element value;
    if (!object.is_object() || object[name].get(value) || value.is_null())
        return std::nullopt;
    return value;
}

bool hasMember(element object, std::string_view name)
{
    return memberOf(object, name).has_value();
}

std::string textOf(element object, std::string_view name)
{
    const auto value = memberOf(object, name);
    std::string_view text;
    return value && !value->get_string().get(text) ? std::string(text) : std::string();
}

std::string asText(element value)
{
    std::string_view text;
    return value.get_string().get(text) ? simdjson::minify(value) : std::string(text);
}

std::string thoughtIn(element message)
{
    for (const char *name : {"reasoning_content", "reasoning", "thinking", "tool_plan"}) {
        if (auto text = textOf(message, name); !text.empty())
            return text;
    }
    return {};
}

void addText(Parts &parts, Kind kind, const std::string &role, std::string text)
{
    if (!text.empty())
        parts.push_back(partOf(kind, role, std::move(text)));
}

void readContent(element content, const std::string &role, Parts &parts)
{
    if (content.is_array())
        eachOf(content, [&](element block) { readBlock(block, role, parts); });
    else if (!content.is_null())
        readBlock(content, role, parts);
}

void readMessage(element message, std::string role, Parts &parts)
{
    if (auto own = textOf(message, "role"); !own.empty())
        role = std::move(own);
    const auto content = memberOf(message, "content");
    if (role == "tool" || role == "function") {
        auto name = textOf(message, "tool_name");
        return addResult(parts, name.empty() ? textOf(message, "name") : name,
                         textOf(message, "tool_call_id"), content);
    }
    addText(parts, Kind::Thinking, role, thoughtIn(message));
    if (content)
        readContent(*content, role, parts);
    addText(parts, Kind::Text, role, textOf(message, "refusal"));
    eachOf(memberOf(message, "images"), [&](element image) {
        parts.push_back(partOf(Kind::Image, role,
                               image.is_object() ? imageText(image) : mediaText("image", asText(image))));
    });
    if (const auto audio = memberOf(message, "audio"); audio && audio->is_object()) {
        parts.push_back(partOf(Kind::Audio, role, mediaText("audio", textOf(*audio, "data"))));
        addText(parts, Kind::Text, role, textOf(*audio, "transcript"));
    }
    readCalls(message, role, parts);
}

void readItem(element item, Parts &parts)
{
    const std::string type = textOf(item, "type");
    if (type.empty() || type == "message")
        return readMessage(item, "user", parts);
    if (type == "reasoning") {
        Parts inner;
        for (const char *name : {"summary", "content"})
            eachOf(memberOf(item, name),
                   [&](element text) { addText(inner, Kind::Thinking, "assistant", textOf(text, "text")); });
        if (inner.empty() && hasMember(item, "encrypted_content"))
            inner.push_back(partOf(Kind::Thinking, "assistant", "(encrypted by the provider)"));
        parts.insert(parts.end(), inner.begin(), inner.end());
    } else if (type == "function_call" || type == "custom_tool_call" || type == "mcp_call") {
        const auto arguments = memberOf(item, "arguments");
        addCall(parts, "assistant", textOf(item, "name"), textOf(item, "call_id"),
                arguments ? arguments : memberOf(item, "input"));
    } else if (type.ends_with("_call_output")) {
        addResult(parts, {}, textOf(item, "call_id"), memberOf(item, "output"));
    } else if (type.ends_with("_call")) {
        auto action = memberOf(item, "action");
        addCall(parts, "assistant", type, textOf(item, "id"), action ? action : item);
    } else {
        MessagePart part = partOf(Kind::Other, textOf(item, "role"), asText(item));
        part.toolName = type;
        parts.push_back(std::move(part));
    }
}

void readGeminiContent(element content, std::string role, Parts &parts)
{
    if (auto own = textOf(content, "role"); !own.empty())
        role = own == "model" ? "assistant" : own;
    const auto readPart = [&](element part) {
        const auto thought = memberOf(part, "thought");
        bool isThought = false;
        if (thought && thought->get_bool().get(isThought))
            isThought = false;
        if (hasMember(part, "text"))
            return addText(parts, isThought ? Kind::Thinking : Kind::Text, role, textOf(part, "text"));
        for (const char *name : {"functionCall", "function_call"}) {
            if (const auto call = memberOf(part, name))
                return addCall(parts, role, textOf(*call, "name"), textOf(*call, "id"),
                               memberOf(*call, "args"));
        }
        for (const char *name : {"functionResponse", "function_response"}) {
            if (const auto result = memberOf(part, name)) {
                MessagePart made = partOf(Kind::ToolResult, "tool", {});
                made.toolName = textOf(*result, "name");
                made.id = textOf(*result, "id");
                if (const auto response = memberOf(*result, "response"))
                    made.text = asText(*response);
                parts.push_back(std::move(made));
                return;
            }
        }
        for (const char *name : {"inlineData", "inline_data"}) {
            if (const auto data = memberOf(part, name)) {
                auto type = textOf(*data, "mimeType");
                if (type.empty())
                    type = textOf(*data, "mime_type");
                const Kind kind = type.starts_with("audio/") ? Kind::Audio : Kind::Image;
                parts.push_back(partOf(kind, role, mediaText(type, textOf(*data, "data"))));
                return;
            }
        }
        parts.push_back(partOf(Kind::Other, role, asText(part)));
    };
    std::string_view plain;
    if (!content.get_string().get(plain))
        return addText(parts, Kind::Text, role, std::string(plain));
    const auto list = memberOf(content, "parts");
    if (list && list->is_object())
        readPart(*list);
    eachOf(list, readPart);
}

std::optional<std::string> errorIn(element document)
{
    const auto error = memberOf(document, "error");
    if (!error)
        return std::nullopt;
    std::string_view plain;
    if (!error->get_string().get(plain))
        return std::string(plain);
    const auto message = textOf(*error, "message");
    return message.empty() ? asText(*error) : message;
}

} // namespace hookscope::llm
