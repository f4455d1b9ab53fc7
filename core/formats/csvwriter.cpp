#include "core/formats/csvwriter.h"

#include "core/events/eventjson.h"
#include "core/events/utf8.h"

#include <algorithm>
#include <charconv>

namespace hookscope {

namespace {

// What one line is made of.
struct Line {
    const Exchange &exchange;
    const LlmEvent *call = nullptr;
    const ProxyEvent *proxy = nullptr; // the answer's, else the request's
    bool isFirst = true; // of its exchange
};

bool startsFormula(std::string_view text)
{
    const auto at = text.find_first_not_of(' ');
    if (at == std::string_view::npos)
        return false;
    const char32_t first = utf8::decode(text, at).codePoint;
    static constexpr char32_t starts[] = {U'=',  U'+',   U'-',   U'@',   U'\t', U'\r',
                                          U'\n', 0xff1d, 0xff0b, 0xff0d, 0xff20};
    return std::find(std::begin(starts), std::end(starts), first) != std::end(starts);
}

bool isKept(char32_t c)
{
    return c == U'\t' || c == U'\n' || c == U'\r' || (c >= 0x20 && c != 0x7f && !(c >= 0x80 && c <= 0x9f));
}

void addText(std::string &out, std::string_view text)
{
    const bool isQuoted = text.find_first_of(",\"\r\n") != std::string_view::npos || text.starts_with(' ')
        || text.ends_with(' ');
    if (isQuoted)
        out += '"';
    if (startsFormula(text))
        out += '\'';
    for (std::size_t at = 0; at < text.size();) {
        const utf8::Decoded character = utf8::decode(text, at);
        if (!character.isValid || !isKept(character.codePoint))
            utf8::append(out, 0xfffd);
        else
            out.append(text, at, character.length);
        if (character.codePoint == U'"')
            out += '"';
        at += character.length;
    }
    if (isQuoted)
        out += '"';
}

void addText(std::string &out, const std::optional<std::string> &text)
{
    if (text)
        addText(out, std::string_view(*text));
}

template <class Number> void addNumber(std::string &out, const std::optional<Number> &number)
{
    if (!number)
        return;
    char digits[32];
    out.append(digits, std::to_chars(std::begin(digits), std::end(digits), *number).ptr);
}

void addMs(std::string &out, const std::optional<std::int64_t> &us)
{
    if (us)
        addNumber(out, std::optional(*us / 1000 - (*us % 1000 < 0 ? 1 : 0)));
}

const char *flag(bool value)
{
    return value ? "true" : "false";
}

const std::optional<Process> &processOf(const Line &line)
{
    if (line.call && line.call->process)
        return line.call->process;
    return line.proxy && line.proxy->process ? line.proxy->process : line.exchange.started.process;
}

std::int64_t timestampOf(const Line &line)
{
    if (line.call)
        return line.call->timestampUs;
    return line.proxy ? line.proxy->timestampUs : line.exchange.started.timestampUs;
}

struct Column {
    const char *name;
    void (*add)(std::string &out, const Line &line);
};

// A member of the call, if there is one; of what the proxy saw, if there is no call.
template <auto Member> void fromCall(std::string &out, const Line &line)
{
    if (!line.call)
        return;
    if constexpr (std::is_same_v<decltype(Member), std::optional<std::string> LlmEvent::*>)
        addText(out, line.call->*Member);
    else
        addMs(out, line.call->*Member);
}

template <auto Member> void tokens(std::string &out, const Line &line)
{
    if (line.call)
        addNumber(out, line.call->tokens.*Member);
}

template <auto OfCall, auto OfProxy> void ms(std::string &out, const Line &line)
{
    if (line.call)
        addMs(out, line.call->*OfCall);
    else if (line.proxy)
        addMs(out, line.proxy->*OfProxy);
}

template <auto Member> void bytes(std::string &out, const Line &line)
{
    if (line.proxy && line.isFirst)
        addNumber(out, line.proxy->*Member);
}

template <auto Member> void started(std::string &out, const Line &line)
{
    addText(out, std::string_view(line.exchange.started.*Member));
}

void addStatus(std::string &out, const Line &line)
{
    if (line.call)
        addNumber(out, line.call->status);
    else if (line.proxy)
        addNumber(out, line.proxy->status);
}

void addError(std::string &out, const Line &line)
{
    if (line.call && line.call->error)
        addText(out, line.call->error);
    else if (line.proxy)
        addText(out, line.proxy->error);
}

bool isSecretInjected(const Line &line)
{
    return line.call ? line.call->secretInjected : line.proxy && line.proxy->secretInjected;
}

const Column columns[] = {
    {"timestamp",
     [](std::string &out, const Line &line) {
         out += rfc3339(timestampOf(line));
     }},
    {"sandbox", started<&Started::sandbox>},
    {"method", started<&Started::method>},
    {"url", started<&Started::url>},
    {"host", started<&Started::host>},
    {"path", started<&Started::path>},
    {"status", addStatus},
    {"secret_injected",
     [](std::string &out, const Line &line) {
         out += flag(isSecretInjected(line));
     }},
    {"latency_ms", ms<&LlmEvent::latencyUs, &ProxyEvent::latencyUs>},
    {"event",
     [](std::string &out, const Line &line) {
         if (line.call)
             out += nameOf(HookEvent::OnResponse);
         else if (line.proxy)
             out += nameOf(line.proxy->event);
     }},
    {"id",
     [](std::string &out, const Line &line) {
         out += line.exchange.id.text();
     }},
    {"process.name",
     [](std::string &out, const Line &line) {
         if (const auto &process = processOf(line))
             addText(out, std::string_view(process->name));
     }},
    {"process.pid",
     [](std::string &out, const Line &line) {
         if (const auto &process = processOf(line))
             addNumber(out, std::optional(process->pid));
     }},
    {"duration_ms", ms<&LlmEvent::durationUs, &ProxyEvent::durationUs>},
    {"request_bytes", bytes<&ProxyEvent::requestBytes>},
    {"response_bytes", bytes<&ProxyEvent::responseBytes>},
    {"provider",
     [](std::string &out, const Line &line) {
         if (line.call)
             addText(out, std::string_view(line.call->provider));
     }},
    {"model", fromCall<&LlmEvent::model>},
    {"input_tokens", tokens<&TokenUsage::input>},
    {"output_tokens", tokens<&TokenUsage::output>},
    {"total_tokens",
     [](std::string &out, const Line &line) {
         if (line.call)
             addNumber(out, line.call->tokens.total());
     }},
    {"cache_read_tokens", tokens<&TokenUsage::cacheRead>},
    {"cache_write_tokens", tokens<&TokenUsage::cacheWrite>},
    {"reasoning_tokens", tokens<&TokenUsage::reasoning>},
    {"cost_usd",
     [](std::string &out, const Line &line) {
         if (line.call && line.call->cost)
             out += decimalUsd(*line.call->cost);
     }},
    {"streaming",
     [](std::string &out, const Line &line) {
         if (line.call)
             out += flag(line.call->streaming);
     }},
    {"ttft_ms", fromCall<&LlmEvent::ttftUs>},
    {"session", fromCall<&LlmEvent::session>},
    {"request_id", fromCall<&LlmEvent::requestId>},
    {"usage",
     [](std::string &out, const Line &line) {
         if (line.call)
             out += nameOf(line.call->usage);
     }},
    {"error", addError},
};

void addLine(std::string &out, const Line &line)
{
    for (const Column &column : columns) {
        if (&column != std::begin(columns))
            out += ',';
        column.add(out, line);
    }
    out += "\r\n";
}

} // namespace

void CsvWriter::begin(std::string &out)
{
    for (const Column &column : columns) {
        if (&column != std::begin(columns))
            out += ',';
        out += column.name;
    }
    out += "\r\n";
}

bool CsvWriter::add(const Exchange &exchange, std::string &out)
{
    Line line{exchange};
    if (exchange.response)
        line.proxy = &*exchange.response;
    else if (exchange.request)
        line.proxy = &*exchange.request;
    if (exchange.calls.empty())
        addLine(out, line);
    for (const LlmEvent &call : exchange.calls) {
        line.call = &call;
        addLine(out, line);
        line.isFirst = false;
    }
    return true;
}

} // namespace hookscope
