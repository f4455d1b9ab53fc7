#pragma once

#include "core/llm/conversation.h"

#include <optional>
#include <simdjson.h>

namespace hookscope::llm {

// The pieces that conversations are read with; private to conversation.cpp and answerjoiner.cpp.

using Parts = std::vector<MessagePart>;

// Empty and none if it is not there, or something else.
std::string textOf(simdjson::dom::element object, std::string_view name);
std::optional<simdjson::dom::element> memberOf(simdjson::dom::element object, std::string_view name);
bool hasMember(simdjson::dom::element object, std::string_view name);

// A string as it is, anything else as JSON.
std::string asText(simdjson::dom::element value);

// Calls take(element) for each of an array's; of anything else, none.
template <class Take> void eachOf(std::optional<simdjson::dom::element> array, Take take)
{
    simdjson::dom::array elements;
    if (!array || array->get_array().get(elements))
        return;
    for (const simdjson::dom::element element : elements)
        take(element);
}

// "content" in any of its forms: a string, a block, a list of blocks.
void readContent(simdjson::dom::element content, const std::string &role, Parts &parts);

// A message of chat completions, Anthropic, Ollama or Cohere.
void readMessage(simdjson::dom::element message, std::string role, Parts &parts);

// An item of Responses' input or output.
void readItem(simdjson::dom::element item, Parts &parts);

// A content of Gemini's.
void readGeminiContent(simdjson::dom::element content, std::string role, Parts &parts);

// What a provider says went wrong, from "error" or the document itself.
std::optional<std::string> errorIn(simdjson::dom::element document);

// What a message, or a piece of one, says of the model's reasoning; some providers say it under two names.
std::string thoughtIn(simdjson::dom::element message);

void addText(Parts &parts, MessagePart::Kind kind, const std::string &role, std::string text);

} // namespace hookscope::llm
