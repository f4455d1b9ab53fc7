#include "core/otlp/attributes.h"

#include "core/events/jsonstring.h"

namespace hookscope::otlp {

void Attributes::begin(const char *key, const char *type)
{
    if (!m_text.empty())
        m_text += ',';
    m_text += R"({"key":")";
    m_text += key;
    m_text += R"(","value":{")";
    m_text += type;
    m_text += R"(":)";
}

void Attributes::add(const char *key, std::string_view text)
{
    begin(key, "stringValue");
    appendJsonString(m_text, text);
    m_text += "}}";
}

void Attributes::addFlag(const char *key, bool value)
{
    begin(key, "boolValue");
    m_text += value ? "true}}" : "false}}";
}

void Attributes::addWhole(const char *key, std::int64_t number)
{
    begin(key, "intValue");
    m_text += '"' + std::to_string(number) + "\"}}";
}

void Attributes::addDecimal(const char *key, std::string_view number)
{
    begin(key, "doubleValue");
    m_text += number;
    m_text += "}}";
}

void Attributes::addSeconds(const char *key, std::int64_t us)
{
    addDecimal(key, decimalSeconds(us));
}

void Attributes::addOneOf(const char *key, std::string_view text)
{
    begin(key, "arrayValue");
    m_text += R"({"values":[{"stringValue":)";
    appendJsonString(m_text, text);
    m_text += "}]}}}";
}

std::string decimalSeconds(std::int64_t us)
{
    constexpr std::uint64_t usPerSecond = 1'000'000;
    const auto size = us < 0 ? -static_cast<std::uint64_t>(us) : static_cast<std::uint64_t>(us);
    std::string text = (us < 0 ? "-" : "") + std::to_string(size / usPerSecond);
    if (const auto fraction = size % usPerSecond) {
        const auto digits = std::to_string(fraction);
        text += '.' + std::string(6 - digits.size(), '0') + digits;
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text;
}

} // namespace hookscope::otlp
