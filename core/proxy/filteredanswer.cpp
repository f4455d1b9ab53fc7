#include "core/proxy/filteredanswer.h"

#include <array>
#include <charconv>

namespace hookscope::proxy {

namespace {

constexpr std::string_view lineEnd = "\r\n";

} // namespace

bool FilteredAnswer::fits(const http::ResponseHead &head)
{
    const std::string_view type = http::fieldValue(head.fields, "content-type").value_or("");
    return head.status == 200 && head.framing.kind != http::Framing::Kind::None
        && http::equalsIgnoringCase(http::trimmed(type.substr(0, type.find(';'))), "text/event-stream")
        && http::fieldCount(head.fields, "content-encoding") == 0;
}

FilteredAnswer::FilteredAnswer(llm::StreamUsage usage, const http::ResponseHead &head, int clientMinorVersion)
    : m_filter(usage)
    , m_isChunked(clientMinorVersion >= 1 && head.framing.kind != http::Framing::Kind::UntilClose)
{
}

http::ResponseHead FilteredAnswer::head(const http::ResponseHead &upstream) const
{
    http::ResponseHead head{upstream.status, upstream.reason, upstream.minorVersion, {}, upstream.framing};
    bool isLengthGone = false;
    for (const http::Field &field : upstream.fields) {
        if (!http::equalsIgnoringCase(field.name, "content-length"))
            head.fields.push_back(field);
        else if (!std::exchange(isLengthGone, true) && m_isChunked)
            head.fields.push_back({"Transfer-Encoding", "chunked"});
    }
    return head;
}

std::string_view FilteredAnswer::take(std::string_view taken, const http::BodyReader &body)
{
    m_content.clear();
    for (const std::string_view piece : body.content())
        m_filter.feed(piece, m_content);
    noteTail(taken, body);
    if (body.isDone())
        m_filter.finish(m_content);
    frame();
    if (body.isDone() && m_isChunked)
        m_framed.append("0").append(lineEnd).append(trailers());
    return m_framed;
}

std::string_view FilteredAnswer::end()
{
    m_content.clear();
    m_filter.finish(m_content);
    frame();
    return m_framed;
}

void FilteredAnswer::frame()
{
    m_framed.clear();
    if (m_isChunked && !m_content.empty()) {
        std::array<char, 16> digits{};
        const auto end =
            std::to_chars(digits.data(), digits.data() + digits.size(), m_content.size(), 16).ptr;
        m_framed.append(digits.data(), end).append(lineEnd).append(m_content).append(lineEnd);
    } else {
        m_framed = m_content;
    }
}

void FilteredAnswer::noteTail(std::string_view taken, const http::BodyReader &body)
{
    if (body.framing().kind != http::Framing::Kind::Chunked)
        return;
    if (!body.content().empty()) {
        const std::string_view last = body.content().back();
        taken.remove_prefix(static_cast<std::size_t>(last.data() + last.size() - taken.data()));
        m_tail.clear();
    }
    m_tail += taken;
}

// Behind the line of the last chunk, the blank line included.
std::string_view FilteredAnswer::trailers() const
{
    std::string_view rest = m_tail;
    if (rest.starts_with(lineEnd)) // of the chunk before
        rest.remove_prefix(lineEnd.size());
    const auto sizeLine = rest.find(lineEnd);
    return sizeLine == rest.npos ? lineEnd : rest.substr(sizeLine + lineEnd.size());
}

} // namespace hookscope::proxy
