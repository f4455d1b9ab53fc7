#include "core/hooks/eventvalues.h"

#include "core/events/jsonstring.h"

#include <simdjson.h>

namespace hookscope {

namespace {

namespace json = simdjson::ondemand;

std::string trimmed(std::string_view token)
{
    const auto end = token.find_last_not_of(" \t\r\n");
    return std::string(token.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

bool isOf(json::value &value, json::json_type wanted)
{
    json::json_type type;
    return value.type().get(type) == simdjson::SUCCESS && type == wanted;
}

std::string jsonOf(json::value &value)
{
    std::string_view text;
    if (!isOf(value, json::json_type::object) && !isOf(value, json::json_type::array))
        return trimmed(value.raw_json_token());
    return simdjson::to_json_string(value).get(text) == simdjson::SUCCESS ? trimmed(text) : std::string();
}

} // namespace

EventValues::EventValues(const QByteArray &source)
    : EventValues(source, Depth::Whole)
{
}

EventValues::EventValues(const QByteArray &source, Depth depth)
{
    if (!read(source, depth))
        m_values.clear();
    if (depth == Depth::Inner || m_values.empty())
        return;
    if (m_values.contains("event"))
        addSummary();
    if (m_values.contains("summary"))
        m_values["json"] = std::string(source.constData(), static_cast<std::size_t>(source.size()));
}

bool EventValues::read(const QByteArray &source, Depth depth)
{
    const simdjson::padded_string padded(source.constData(), static_cast<std::size_t>(source.size()));
    json::parser parser;
    json::document document;
    json::object object;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS
        || document.get_object().get(object) != simdjson::SUCCESS)
        return false;
    for (auto field : object) {
        std::string_view key;
        json::value value;
        if (field.unescaped_key().get(key) != simdjson::SUCCESS
            || field.value().get(value) != simdjson::SUCCESS)
            return false;
        const std::string name(key);
        const bool isObject = isOf(value, json::json_type::object);
        std::string text = jsonOf(value);
        if (isObject && depth == Depth::Whole) {
            const EventValues inner(QByteArray::fromStdString(text), Depth::Inner);
            for (const auto &[innerKey, innerText] : inner.m_values)
                m_values[name + '.' + innerKey] = innerText;
        }
        m_values[name] = std::move(text);
    }
    return true;
}

std::string_view EventValues::json(std::string_view key) const
{
    const auto found = m_values.find(key);
    return found == m_values.end() ? std::string_view() : std::string_view(found->second);
}

std::string EventValues::text(std::string_view key) const
{
    const std::string_view value = json(key);
    if (value.empty() || value == "null")
        return {};
    if (value.front() == '"')
        return std::string(value.substr(1, value.size() - 2));
    if (value.front() != '{' && value.front() != '[')
        return std::string(value);
    std::string escaped;
    appendJsonString(escaped, value);
    return escaped.substr(1, escaped.size() - 2);
}

bool EventValues::holds(std::string_view key) const
{
    const std::string_view value = json(key);
    return !value.empty() && value != "null" && value != "false" && value != "\"\"";
}

// Put together of texts that are escaped already.
void EventValues::addSummary()
{
    std::string line;
    const auto add = [&](std::string_view before, std::string_view key, std::string_view after = {}) {
        if (holds(key))
            line.append(before).append(text(key)).append(after);
    };
    if (holds("suppressed")) {
        add("", "suppressed", " more events");
        add(" since ", "since");
    } else if (holds("budget")) {
        add("Budget ", "budget", ": ");
        add("$", "spent_usd");
        add("", "spent_tokens", " tokens");
        add(" of $", "limit_usd");
        add(" of ", "limit_tokens");
        add(", used up at this rate on ", "forecast_at");
    } else {
        if (holds("provider"))
            line.append(text("provider")).append(1, ' ').append(text(holds("model") ? "model" : "path"));
        else
            line.append(text("method")).append(1, ' ').append(text("url"));
        add(": ", "status");
        add(", ", "duration_ms", " ms");
        add(", ", "input_tokens", " tokens in");
        add(", ", "output_tokens", " out");
        add(", $", "cost_usd");
        add(": ", "error");
    }
    m_values["summary"] = '"' + line + '"';
}

} // namespace hookscope
