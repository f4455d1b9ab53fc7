#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hookscope::llm {

// One part of a message: what one party said, called or returned. Texts are UTF-8.
struct MessagePart {
    enum class Kind { Text, Thinking, ToolCall, ToolResult, Image, Audio, Other };

    Kind kind = Kind::Text;
    std::string role; // "system", "user", "assistant", "tool", or the provider's own word
    std::string text; // of a tool call its arguments, mostly JSON; of media their type and size
    std::string toolName;
    std::string id; // of the tool call

    friend bool operator==(const MessagePart &, const MessagePart &) = default;
};

struct DeclaredTool {
    std::string name;
    std::string description;
    std::size_t schemaBytes = 0; // of its parameters, as compact JSON

    friend bool operator==(const DeclaredTool &, const DeclaredTool &) = default;
};

// A call as people read it.
struct Conversation {
    std::vector<MessagePart> asked; // by the request, the oldest first
    std::vector<MessagePart> answered;
    std::vector<DeclaredTool> tools;
    std::string problem; // a sentence; empty if all was understood
};

// Reads both bodies, without their content coding; either may be empty. The dialect is told by its shape:
// chat and legacy completions, Responses, Anthropic messages, Gemini contents, Ollama, Cohere; answers as one
// JSON document, as server-sent events, or as one document a line, whose deltas are joined. Any thread; takes
// time with the bodies' size.
Conversation readConversation(std::string_view request, std::string_view answer);

} // namespace hookscope::llm
