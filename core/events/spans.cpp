#include "core/events/spans.h"

#include <algorithm>

namespace hookscope {

namespace {

constexpr std::string_view mask = "***";

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace

void Spans::add(std::string_view text, std::size_t begin, std::size_t end)
{
    if (begin < end && text.substr(begin, end - begin) != mask)
        m_spans.push_back({begin, end});
}

void Spans::addMapped(std::string_view text, const Spans &spans, const std::vector<std::size_t> &at)
{
    for (const Span &span : spans.m_spans)
        add(text, at[span.begin], at[span.end]);
}

void Spans::keepEscapesWhole(std::string_view text)
{
    const auto isWithinEscape = [text](std::size_t at) {
        std::size_t backslashes = 0;
        while (backslashes < at && text[at - 1 - backslashes] == '\\')
            ++backslashes;
        return backslashes % 2 == 1;
    };
    for (Span &span : m_spans) {
        if (isWithinEscape(span.begin))
            --span.begin;
        if (span.end > span.begin && isWithinEscape(span.end))
            --span.end;
    }
}

std::string Spans::masked(std::string_view text) const
{
    std::vector<Span> spans = m_spans;
    std::sort(spans.begin(), spans.end(), [](const Span &a, const Span &b) { return a.begin < b.begin; });

    std::string result;
    result.reserve(text.size());
    std::size_t at = 0;
    for (auto span = spans.begin(); span != spans.end();) {
        std::size_t end = span->end;
        result += text.substr(at, span->begin - at);
        result += mask;
        for (++span; span != spans.end() && span->begin <= end; ++span)
            end = std::max(end, span->end);
        at = end;
    }
    result += text.substr(at);
    return result;
}

PercentDecoded percentDecoded(std::string_view text)
{
    PercentDecoded result;
    result.text.reserve(text.size());
    result.at.reserve(text.size() + 1);
    for (std::size_t i = 0; i < text.size();) {
        result.at.push_back(i);
        const bool isEncoded =
            text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0;
        if (isEncoded) {
            result.text += static_cast<char>(hexDigit(text[i + 1]) << 4 | hexDigit(text[i + 2]));
            i += 3;
        } else {
            result.text += text[i++];
        }
    }
    result.at.push_back(text.size());
    return result;
}

} // namespace hookscope
