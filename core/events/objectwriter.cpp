#include "core/events/objectwriter.h"

#include "core/events/eventjson.h"
#include "core/events/utf8.h"

namespace hookscope {

namespace {

void appendEscape(std::string &out, char32_t codePoint)
{
    static constexpr char digits[] = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += digits[codePoint >> shift & 0xf];
}

// Everything that is escaped is in the basic plane, so that one \u is enough.
void appendString(std::string &out, std::string_view text)
{
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c < 0x7f) {
            if (c == '"' || c == '\\')
                out += '\\';
            out += text[i++];
            continue;
        }
        const auto character = utf8::decode(text, i);
        if (!character.isValid || utf8::isControl(character.codePoint))
            appendEscape(out, character.codePoint);
        else
            out.append(text, i, character.length);
        i += character.length;
    }
    out += '"';
}

void appendText(std::string &out, const std::optional<std::string> &text)
{
    if (text)
        appendString(out, *text);
    else
        out += "null";
}

} // namespace

ObjectWriter::ObjectWriter()
{
    m_text.reserve(640);
    m_text += '{';
}

ObjectWriter::ObjectWriter(std::string object)
    : m_text(std::move(object))
{
    m_text.pop_back();
}

void ObjectWriter::add(const char *key, std::string_view text)
{
    addKey(key);
    appendString(m_text, text);
}

void ObjectWriter::addText(const char *key, const std::optional<std::string> &text)
{
    addKey(key);
    appendText(m_text, text);
}

void ObjectWriter::addFlag(const char *key, bool value)
{
    addKey(key);
    m_text += value ? "true" : "false";
}

void ObjectWriter::addMs(const char *key, std::optional<std::int64_t> us)
{
    addNumber(key, us ? std::optional(*us / 1000 - (*us % 1000 < 0 ? 1 : 0)) : std::nullopt);
}

void ObjectWriter::addMoney(const char *key, std::optional<PicoUsd> amount)
{
    addKey(key);
    m_text += amount ? decimalUsd(*amount) : "null";
}

void ObjectWriter::addProcess(const char *key, const std::optional<Process> &process)
{
    if (!process)
        return addNull(key);
    addKey(key);
    m_text += "{\"name\":";
    appendString(m_text, process->name);
    m_text += ",\"pid\":" + std::to_string(process->pid) + '}';
}

void ObjectWriter::addHead(const char *key, const http::FieldList &head)
{
    addKey(key);
    m_text += '[';
    for (const http::Field &field : head) {
        m_text += m_text.back() == '[' ? "[" : ",[";
        appendString(m_text, field.name);
        m_text += ',';
        appendString(m_text, field.value);
        m_text += ']';
    }
    m_text += ']';
}

void ObjectWriter::addLimits(const char *key, const std::vector<RateLimit> &limits)
{
    addKey(key);
    m_text += '[';
    for (const RateLimit &limit : limits) {
        m_text += m_text.back() == '[' ? "[" : ",[";
        appendString(m_text, limit.name);
        for (const auto *text : {&limit.limit, &limit.remaining, &limit.reset}) {
            m_text += ',';
            appendText(m_text, *text);
        }
        m_text += ']';
    }
    m_text += ']';
}

std::string ObjectWriter::finished()
{
    m_text += '}';
    return std::move(m_text);
}

void ObjectWriter::addKey(const char *key)
{
    if (m_text.size() > 1)
        m_text += ',';
    m_text += '"';
    m_text += key;
    m_text += "\":";
}

void ObjectWriter::addNull(const char *key)
{
    addKey(key);
    m_text += "null";
}

} // namespace hookscope
