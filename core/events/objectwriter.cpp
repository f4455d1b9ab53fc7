#include "core/events/objectwriter.h"

#include "core/events/eventjson.h"
#include "core/events/jsonstring.h"

namespace hookscope {

namespace {

void appendText(std::string &out, const std::optional<std::string> &text)
{
    if (text)
        appendJsonString(out, *text);
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
    appendJsonString(m_text, text);
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
    appendJsonString(m_text, process->name);
    m_text += ",\"pid\":" + std::to_string(process->pid) + '}';
}

void ObjectWriter::addHead(const char *key, const http::FieldList &head)
{
    addKey(key);
    m_text += '[';
    for (const http::Field &field : head) {
        m_text += m_text.back() == '[' ? "[" : ",[";
        appendJsonString(m_text, field.name);
        m_text += ',';
        appendJsonString(m_text, field.value);
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
        appendJsonString(m_text, limit.name);
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
