#include "core/llm/pickedjson.h"

#include <array>
#include <cmath>

namespace hookscope::llm {

namespace {

constexpr std::int64_t mostTokens = std::int64_t(1) << 53;
constexpr std::size_t longestError = 500;

std::optional<std::int64_t> tokenCount(const simdjson::dom::element &value)
{
    std::int64_t whole = 0;
    if (value.get(whole) == simdjson::SUCCESS)
        return whole >= 0 && whole < mostTokens ? std::optional(whole) : std::nullopt;
    double number = 0;
    if (value.type() != simdjson::dom::element_type::DOUBLE || value.get(number) != simdjson::SUCCESS)
        return std::nullopt;
    if (!(number >= 0) || number >= static_cast<double>(mostTokens) || std::floor(number) != number)
        return std::nullopt;
    return std::llround(number);
}

} // namespace

std::optional<simdjson::dom::object> PickedJson::object(std::string_view raw)
{
    simdjson::dom::object object;
    if (raw.empty() || m_parser.parse(raw.data(), raw.size()).get(object) != simdjson::SUCCESS)
        return std::nullopt;
    return object;
}

std::optional<std::string> PickedJson::string(std::string_view raw)
{
    std::string_view text;
    if (raw.empty() || m_parser.parse(raw.data(), raw.size()).get(text) != simdjson::SUCCESS)
        return std::nullopt;
    return std::string(text);
}

std::string PickedJson::errorText(std::string_view raw)
{
    if (auto text = string(raw))
        return errorSentence({}, *text);
    const auto error = object(raw);
    if (!error)
        return "an error that could not be read";
    std::string_view type;
    for (const auto name : {"type", "status", "code"}) {
        if (type.empty())
            type = memberString(*error, name).value_or(std::string_view());
    }
    auto message = memberString(*error, "message").value_or(std::string_view());
    if (message.empty())
        message = memberString(*error, "error").value_or(std::string_view());
    return errorSentence(type, message);
}

std::optional<std::int64_t> tokenCount(const simdjson::dom::object &object, std::string_view name)
{
    simdjson::dom::element value;
    if (object.at_key(name).get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return tokenCount(value);
}

std::optional<std::int64_t> tokenCount(std::string_view raw)
{
    simdjson::dom::parser parser;
    simdjson::dom::element value;
    if (raw.empty() || parser.parse(raw.data(), raw.size()).get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return tokenCount(value);
}

bool addCount(std::optional<std::int64_t> &sum, std::optional<std::int64_t> count)
{
    constexpr std::int64_t most = std::int64_t(1) << 60;
    std::int64_t result = 0;
    if (!count)
        return true;
    if (__builtin_add_overflow(sum.value_or(0), *count, &result) || result > most)
        return false;
    sum = result;
    return true;
}

std::optional<simdjson::dom::object> memberObject(const simdjson::dom::object &object, std::string_view name)
{
    simdjson::dom::object value;
    if (object.at_key(name).get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return value;
}

std::optional<std::string_view> memberString(const simdjson::dom::object &object, std::string_view name)
{
    std::string_view value;
    if (object.at_key(name).get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return value;
}

std::string errorSentence(std::string_view type, std::string_view message)
{
    std::string text(type.empty() ? message : type);
    if (!type.empty() && !message.empty())
        text.append(": ").append(message);
    if (text.empty())
        return "an error without a message";
    if (text.size() > longestError) {
        auto size = longestError;
        while (size > 0
               && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80U) // not inside a character
            --size;
        text.resize(size);
    }
    return text;
}

} // namespace hookscope::llm
