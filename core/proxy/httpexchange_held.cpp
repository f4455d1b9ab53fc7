#include "core/proxy/httpexchange.h"

#include <array>

// The part of an exchange that asks for a stream's usage on the client's behalf (heldrequest.h).
namespace hookscope::proxy {

Task<std::optional<HttpExchange::Fault>> HttpExchange::holdRequest()
{
    const auto usage = llm::streamUsageOf(m_request, m_destination.url.path, m_destination.provider);
    if (!usage || m_context.knowledge.usageRefusers.contains(usageKey()))
        co_return std::nullopt;
    m_held.emplace(*usage, m_request.framing);
    m_held->add(m_client.buffer.view().substr(0, m_earlyBytes), m_requestBody);
    m_client.buffer.consume(std::exchange(m_earlyBytes, 0));
    const bool isAwaited = m_request.minorVersion >= 1 && http::fieldCount(m_request.fields, "expect") > 0;
    auto failure = co_await m_held->fill(m_client, m_requestBody, isAwaited, bodyIdleTimeout);
    if (failure)
        co_return Fault{failure->status, std::move(failure->text)};
    co_return std::nullopt;
}

Task<void> HttpExchange::sendHeld()
{
    const http::RequestHead request = m_held->head(m_request);
    const std::string head = outgoingHead(request);
    const auto body = m_held->body();
    const std::array<asio::const_buffer, 4> message{bufferOf(head), bufferOf(body[0]), bufferOf(body[1]),
                                                    bufferOf(body[2])};
    co_await m_upstream->write(message);
    noteHeld();
    if (!m_requestBody.isDone())
        startUpload();
}

// An upstream that refuses to be asked gets the client's own request, and is not asked again.
Task<bool> HttpExchange::withdrawIfRefused(const http::ResponseHead &head)
{
    const bool isRefused = co_await HeldRequest::isRefused(*m_upstream, head);
    if (!isRefused || m_client.isReset)
        co_return false;
    m_held->withdraw();
    m_context.knowledge.usageRefusers.add(usageKey());
    co_return true;
}

void HttpExchange::noteHeld()
{
    if (!m_held || std::exchange(m_isHeldNoted, true))
        return;
    m_recorder.requestBody({m_held->content()});
    if (m_requestBody.isDone())
        m_recorder.requestRead();
}

std::string HttpExchange::usageKey() const
{
    const std::string &path = m_destination.url.path;
    return m_destination.url.authority() + path.substr(0, path.find('?'));
}

// The last of an answer that ends with its connection, or is cut.
Task<error_code> HttpExchange::writeHeldBack()
{
    const std::string_view rest = m_filtered->end();
    const Transfer written = co_await m_client.write(rest);
    m_recorder.editedAnswerBody({}, m_filtered->contentBytes());
    co_return written.error;
}

} // namespace hookscope::proxy
