#include "core/proxy/heldrequest.h"

#include "core/proxy/readsize.h"

namespace hookscope::proxy {

namespace {

constexpr std::size_t longestRefusal = 64 * 1024;

} // namespace

void HeldRequest::add(std::string_view raw, const http::BodyReader &body)
{
    m_raw += raw;
    if (m_framing.kind != http::Framing::Kind::Chunked)
        return;
    for (const std::string_view piece : body.content())
        m_content += piece;
}

Task<std::optional<HeldRequest::Failure>> HeldRequest::fill(ClientStream &client, http::BodyReader &body,
                                                            bool isContinueAwaited,
                                                            Clock::duration idleTimeout)
{
    if (isContinueAwaited && !body.isDone()) {
        const std::string goOn = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await client.write(goOn);
    }
    ReadSize size;
    while (!body.isDone() && m_raw.size() <= llm::longestEditedBody) {
        client.deadline = Clock::now() + idleTimeout;
        const std::size_t before = client.buffer.view().size();
        const error_code ec = co_await client.readMore(size.bytes());
        client.deadline = Clock::time_point::max();
        size.note(client.buffer.view().size() - before);
        if (ec && client.isExpired)
            co_return Failure{408, "the request's body did not come for 120 s"};
        if (ec)
            co_return Failure{0, "the client closed its connection before the request was complete"};
        const std::string_view held = client.buffer.view();
        const auto taken = body.take(held);
        if (!taken)
            co_return Failure{400, taken.error()};
        add(held.substr(0, *taken), body);
        client.buffer.consume(*taken);
    }
    if (body.isDone())
        m_edit = llm::streamUsageEdit(content());
    co_return std::nullopt;
}

Task<bool> HeldRequest::isRefused(Upstream &upstream, const http::ResponseHead &head)
{
    if ((head.status != 400 && head.status != 422) || head.framing.kind == http::Framing::Kind::UntilClose)
        co_return false;
    http::BodyReader body(head.framing);
    std::string text;
    for (std::size_t read = 0; !body.isDone() && read <= longestRefusal;) {
        if (const std::string_view held = upstream.buffer.view().substr(read); !held.empty()) {
            const auto taken = body.take(held);
            if (!taken)
                co_return false;
            for (const std::string_view piece : body.content())
                text += piece;
            read += *taken;
            continue;
        }
        const Transfer came = co_await upstream.read(ReadSize::smallest);
        if (came.error)
            co_return false;
    }
    co_return text.find("stream_options") != text.npos || text.find("include_usage") != text.npos;
}

http::RequestHead HeldRequest::head(const http::RequestHead &client) const
{
    const std::size_t length = m_edit ? content().size() - m_edit->removed + m_edit->inserted.size() : 0;
    http::RequestHead head{client.method, client.target, client.minorVersion, {}, client.framing};
    bool hasEncoding = false;
    for (const http::Field &field : client.fields) {
        const auto is = [&field](std::string_view name) {
            return http::equalsIgnoringCase(field.name, name);
        };
        if (is("expect") || (m_edit && is("trailer")))
            continue;
        if (!m_edit) {
            head.fields.push_back(field);
        } else if (is("content-length") || is("transfer-encoding")) {
            head.fields.push_back({"Content-Length", std::to_string(length)});
        } else if (!is("accept-encoding")) {
            head.fields.push_back(field);
        } else if (!std::exchange(hasEncoding, true)) {
            head.fields.push_back({field.name, "identity"});
        }
    }
    if (m_edit && !hasEncoding)
        head.fields.push_back({"Accept-Encoding", "identity"});
    return head;
}

std::array<std::string_view, 3> HeldRequest::body() const
{
    if (!m_edit)
        return {m_raw, {}, {}};
    const std::string_view all = content();
    return {all.substr(0, m_edit->at), m_edit->inserted, all.substr(m_edit->at + m_edit->removed)};
}

} // namespace hookscope::proxy
