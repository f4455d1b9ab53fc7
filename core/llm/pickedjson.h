#pragma once

#include <cstdint>
#include <optional>
#include <simdjson.h>
#include <string>
#include <string_view>

namespace hookscope::llm {

// Parses the small texts that were picked. What does not parse is absent.
class PickedJson {
public:
    // Valid until the next call.
    std::optional<simdjson::dom::object> object(std::string_view raw);
    std::optional<std::string> string(std::string_view raw);

    // Of an error member, which is an object, or a string: "type: message", cut to a sentence or two.
    // One that cannot be read is said to be that.
    std::string errorText(std::string_view raw);

private:
    simdjson::dom::parser m_parser;
};

// A member that is a number of tokens: whole, not negative, below 2^53; Cohere writes 7.0. Null, or
// anything else, is absent.
std::optional<std::int64_t> tokenCount(const simdjson::dom::object &object, std::string_view name);

// The same of a picked number.
std::optional<std::int64_t> tokenCount(std::string_view raw);

// Adds one that is there to a sum of several. False if they do not fit: far below the type's end, so that
// such sums can be added up in their turn.
bool addCount(std::optional<std::int64_t> &sum, std::optional<std::int64_t> count);

std::optional<simdjson::dom::object> memberObject(const simdjson::dom::object &object, std::string_view name);
std::optional<std::string_view> memberString(const simdjson::dom::object &object, std::string_view name);

// "type: message" of what is there, at most 500 bytes.
std::string errorSentence(std::string_view type, std::string_view message);

} // namespace hookscope::llm
