#include "core/events/bodyredaction.h"

#include "core/events/bodyscan.h"
#include "core/events/credentialscan.h"

#include <algorithm>
#include <charconv>

namespace hookscope {

namespace {

constexpr std::size_t longestBase64 = 2048; // in one run; certificates and short pictures stay
constexpr std::size_t longestPartial = 64 * 1024; // no head, and so no credential, is longer
constexpr int mostNesting = 3; // JSON in a string of JSON, as tools' arguments are
constexpr int mostTimes = 4;
constexpr std::string_view leftOutEnd = " base64 characters left out)";

bool isBase64(char c) noexcept
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '+' || c == '/'
        || c == '-' || c == '_' || c == '=';
}

// What the characters of a credential are, escaped or not.
bool isOfCredential(char c) noexcept
{
    return isBase64(c) || c == '.' || c == '~' || c == '%' || c == '\\' || c == '*';
}

std::size_t endOfBase64(std::string_view text, std::size_t at) noexcept
{
    for (;;) {
        if (at < text.size() && isBase64(text[at]))
            ++at;
        else if (text.substr(at, 2) == "\\/")
            at += 2;
        else
            return at;
    }
}

std::string withoutBase64(std::string text)
{
    std::string result;
    std::size_t copied = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = endOfBase64(text, at);
        if (end - at >= longestBase64) {
            result.append(text, copied, at - copied);
            result += base64LeftOut(end - at);
            copied = end;
        }
        at = std::max(end, at + 1);
    }
    if (copied == 0)
        return text;
    result.append(text, copied);
    return result;
}

std::size_t endOfWhole(std::string_view text, const Secrets &secrets)
{
    std::size_t end = secrets.endWithoutPartial(text);
    const std::size_t stop = end - std::min(end, longestPartial);
    while (end > stop && isOfCredential(text[end - 1]))
        --end;
    return secrets.endWithoutPartial(text.substr(0, end));
}

void findByForm(std::string_view text, const Secrets &secrets, Spans &spans)
{
    secrets.find(text, spans);
    findCredentials(text, TextKind::Prose, spans);
    findCredentialMembers(text, spans);
}

Spans findInBody(std::string_view text, bool isStream, const Secrets &secrets)
{
    const auto find = [&](std::string_view form, Spans &found) {
        findByForm(form, secrets, found);
    };
    Spans spans = findDecoded(text, find);
    PercentDecoded form;
    for (int depth = 0; depth < mostNesting; ++depth) {
        const std::string_view outer = depth == 0 ? text : std::string_view(form.text);
        if (outer.find('\\') == std::string_view::npos)
            break;
        PercentDecoded inner = jsonUnescaped(outer);
        if (depth > 0) {
            for (std::size_t &place : inner.at)
                place = form.at[place];
        }
        form = std::move(inner);
        spans.addMapped(text, findDecoded(form.text, find), form.at);
    }
    if (isStream) {
        for (const JoinedTexts &joined : joinedTextsOf(text))
            joined.addMapped(text, findDecoded(joined.text, find), spans);
    }
    return spans;
}

bool isStreamType(std::string_view contentType)
{
    const std::string type = http::lowered(contentType);
    return type.find("event-stream") != std::string::npos || type.find("ndjson") != std::string::npos
        || type.find("jsonl") != std::string::npos || type.find("json-lines") != std::string::npos
        || type.find("stream+json") != std::string::npos;
}

bool hasDataLines(std::string_view text)
{
    return text.starts_with("data:") || text.starts_with("event:")
        || text.find("\ndata:") != std::string_view::npos;
}

} // namespace

std::string redactBody(std::string text, std::string_view contentType, bool isCut, const Secrets &secrets)
{
    if (isCut)
        text.resize(endOfWhole(text, secrets));
    text = withoutBase64(std::move(text));
    const bool isForm = http::lowered(contentType).find("x-www-form-urlencoded") != std::string::npos;
    if (isForm)
        text.insert(0, 1, '?'); // the first field is one like the others
    // A providers' stream that is not called one is told by its lines: many documents, one per line.
    const bool isStream = isStreamType(contentType) || hasDataLines(text) || text.find("}\n{") != text.npos;
    for (int i = 0; i < mostTimes; ++i) {
        Spans spans = findInBody(text, isStream, secrets);
        if (spans.isEmpty())
            break;
        spans.keepEscapesWhole(text);
        std::string masked = spans.masked(text);
        if (masked == text)
            break;
        text = std::move(masked);
    }
    if (isForm)
        text.erase(0, 1);
    text.shrink_to_fit();
    return text;
}

std::string redactText(std::string text)
{
    for (int i = 0; i < mostTimes; ++i) {
        const Spans spans = findDecoded(text, [](std::string_view form, Spans &found) {
            findCredentials(form, TextKind::Prose, found);
            findCredentialMembers(form, found);
        });
        if (spans.isEmpty())
            break;
        std::string masked = spans.masked(text);
        if (masked == text)
            break;
        text = std::move(masked);
    }
    return text;
}

std::string base64LeftOut(std::size_t size)
{
    return '(' + std::to_string(size) + std::string(leftOutEnd);
}

bool holdsBase64LeftOut(std::string_view text)
{
    return text.find(leftOutEnd) != std::string_view::npos;
}

std::optional<std::size_t> sizeOfBase64LeftOut(std::string_view text)
{
    const auto open = text.rfind('(');
    if (!text.ends_with(leftOutEnd) || open == std::string_view::npos)
        return std::nullopt;
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(text.data() + open + 1, text.data() + text.size(), size);
    const bool isWhole = error == std::errc() && end == text.data() + text.size() - leftOutEnd.size();
    return isWhole ? std::optional(size) : std::nullopt;
}

} // namespace hookscope
