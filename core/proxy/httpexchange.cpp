#include "core/proxy/httpexchange.h"

#include "core/proxy/forwarding.h"
#include "core/proxy/readsize.h"
#include "core/proxy/tunnel.h"

#include <array>
#include <boost/asio/co_spawn.hpp>

namespace hookscope::proxy {

namespace {

const std::string clientLeft = "the client closed its connection before the answer was complete";

} // namespace

HttpExchange::HttpExchange(ProxyContext &context, ClientStream &client, UpstreamPool &pool,
                           const http::RequestHead &request, const Destination &destination,
                           std::shared_ptr<EventSink> sink)
    : m_context(context), m_client(client), m_pool(pool), m_request(request), m_destination(destination),
      m_recorder(std::move(sink), request, destination), m_policy(context.policy), m_requestBody(request.framing),
      m_uploadDone(context.executor)
{
    m_uploadDone.expires_at(Clock::time_point::max());
    chooseSecrets();
}

Task<bool> HttpExchange::run()
{
    // What came beside the head is checked first: for bad chunks no upstream connection is opened.
    const auto early = m_requestBody.take(m_client.buffer.view());
    if (!early) {
        Fault fault{400, early.error()};
        co_return co_await answerFault(std::move(fault));
    }
    m_earlyBytes = *early;
    if (m_context.config.addStreamUsage) {
        m_recorder.begin();
        auto unsent = co_await holdRequest();
        if (unsent) {
            Fault fault = std::move(*unsent);
            co_return co_await answerFault(std::move(fault));
        }
    }

    AnswerHead head = co_await firstAnswer();
    if (!head) {
        stopUpload();
        co_await uploadEnded();
        Fault fault = m_uploadFault ? *m_uploadFault : head.error();
        co_return co_await answerFault(std::move(fault));
    }
    if (head->status == 101)
        co_return co_await relayUpgrade(*head);
    co_return co_await relayAnswer(*head);
}

bool HttpExchange::isRepeatable() const
{
    const bool isIdempotent = m_request.method == "GET" || m_request.method == "HEAD" || m_request.method == "OPTIONS"
        || m_request.method == "TRACE";
    return m_isReused && isIdempotent && !m_request.framing.hasBody() && !m_isAnswerBegun && !m_client.isReset;
}

// Up to the final head, with the one repetition that is allowed.
Task<HttpExchange::AnswerHead> HttpExchange::firstAnswer()
{
    for (bool mayReuse = true;; mayReuse = false) {
        const auto sent = co_await connectAndSend(mayReuse);
        if (!sent)
            co_return tl::unexpected(sent.error());
        AnswerHead head = co_await readFinalHead();
        if (!head && isRepeatable())
            continue;
        if (auto fault = head ? faultOfProxy(*head) : std::nullopt)
            co_return tl::unexpected(std::move(*fault));
        if (head && m_held && m_held->asks()) {
            const bool isWithdrawn = co_await withdrawIfRefused(*head);
            if (isWithdrawn)
                continue;
        }
        co_return head;
    }
}

Task<tl::expected<void, HttpExchange::Fault>> HttpExchange::connectAndSend(bool mayReuse)
{
    const Upstream::Key key = upstreamKey();
    m_client.upstream = nullptr;
    m_upstream = mayReuse ? m_pool.take(key) : nullptr;
    m_isReused = m_upstream != nullptr;
    if (!m_upstream) {
        m_recorder.begin(); // connecting may take long
        auto opened = co_await m_context.connector.connect(key);
        if (!opened)
            co_return tl::unexpected(Fault{opened.error().status, opened.error().text});
        m_upstream = std::move(*opened);
    }
    m_client.upstream = m_upstream.get();
    if (m_held) {
        co_await sendHeld();
        co_return tl::expected<void, Fault>();
    }

    const std::string head = outgoingHead(m_request);
    const std::string_view body = m_client.buffer.view().substr(0, m_earlyBytes);
    const std::array<asio::const_buffer, 2> message{bufferOf(head), bufferOf(body)};
    // An upstream that refuses early may stop reading and still have answered: its answer decides.
    co_await m_upstream->write(message);
    m_recorder.begin();
    takeEarlyBody();
    if (!m_requestBody.isDone())
        startUpload();
    else
        m_recorder.requestRead();
    co_return tl::expected<void, Fault>();
}

void HttpExchange::takeEarlyBody()
{
    if (m_earlyBytes == 0)
        return;
    m_recorder.requestBody(m_requestBody.content());
    m_client.buffer.consume(std::exchange(m_earlyBytes, 0));
}

void HttpExchange::startUpload()
{
    m_isUploading = true;
    asio::co_spawn(m_context.executor, upload(), [this](std::exception_ptr) {
        m_isUploading = false;
        m_uploadDone.cancel();
    });
}

Task<void> HttpExchange::upload()
{
    ReadSize size;
    while (!m_requestBody.isDone()) {
        m_client.deadline = Clock::now() + bodyIdleTimeout;
        const std::size_t before = m_client.buffer.view().size();
        const error_code readError = co_await m_client.readMore(size.bytes());
        m_client.deadline = Clock::time_point::max();
        size.note(m_client.buffer.view().size() - before);
        if (readError) {
            if (m_client.isExpired)
                m_uploadFault = Fault{408, "the request's body did not come for 120 s"};
            else if (readError != asio::error::operation_aborted)
                m_uploadFault = Fault{0, "the client closed its connection before the request was complete"};
            break;
        }
        const std::string_view held = m_client.buffer.view();
        const auto taken = m_requestBody.take(held);
        if (!taken) {
            m_uploadFault = Fault{400, taken.error()};
            break;
        }
        if (*taken == 0)
            continue;
        const Transfer written = co_await m_upstream->write(held.substr(0, *taken));
        m_recorder.requestBody(m_requestBody.content());
        m_client.buffer.consume(*taken);
        if (written.error)
            co_return; // the upstream reads no more; what it answers decides
    }
    if (m_requestBody.isDone())
        m_recorder.requestRead();
    else if (m_uploadFault)
        m_upstream->abort();
}

void HttpExchange::stopUpload()
{
    if (!m_isUploading)
        return;
    m_client.cancel();
    m_upstream->abort();
}

Task<void> HttpExchange::uploadEnded()
{
    if (m_isUploading)
        co_await m_uploadDone.async_wait(tupled);
}

HttpExchange::Fault HttpExchange::lostUpstream(std::string text) const
{
    if (m_client.isReset)
        return {0, clientLeft};
    return {502, std::move(text)};
}

Task<HttpExchange::AnswerHead> HttpExchange::readHead()
{
    for (;;) {
        const std::string_view held = m_upstream->buffer.view();
        const std::size_t length = http::headLength(held);
        if (length > http::maxHeadBytes || (length == 0 && held.size() > http::maxHeadBytes))
            co_return tl::unexpected(Fault{502, "invalid answer from " + upstreamName() + ": the head is over 64 KiB"});
        if (length > 0) {
            auto head = http::parseResponseHead(held.substr(0, length), m_request.method);
            if (!head)
                co_return tl::unexpected(Fault{502, "invalid answer from " + upstreamName() + ": " + head.error().text});
            m_upstream->buffer.consume(length);
            co_return std::move(*head);
        }
        const Transfer came = co_await m_upstream->read(ReadSize::smallest);
        m_isAnswerBegun = m_isAnswerBegun || came.bytes > 0;
        if (came.error) {
            co_return tl::unexpected(lostUpstream(
                upstreamName() + (m_isAnswerBegun ? " closed the connection within the head of its answer"
                                                  : " closed the connection without an answer")));
        }
    }
}

Task<HttpExchange::AnswerHead> HttpExchange::readFinalHead()
{
    for (int interim = 0;; ++interim) {
        AnswerHead head = co_await readHead();
        if (!head || !head->isInterim()) {
            if (head && head->status == 101 && !asksForWebSocket(m_request)) {
                co_return tl::unexpected(Fault{502, "invalid answer from " + m_destination.url.authority()
                                                   + ": it switches protocols without being asked"});
            }
            co_return head;
        }
        if (interim == maxInterimAnswers) {
            co_return tl::unexpected(Fault{502, "invalid answer from " + m_destination.url.authority()
                                               + ": more than 20 interim answers"});
        }
        if (m_request.minorVersion == 0)
            continue; // HTTP/1.0 knows no 1xx
        const std::string out = clientResponseHead(*head, {m_request.minorVersion, true});
        const Transfer written = co_await m_client.write(out);
        if (written.error)
            co_return tl::unexpected(Fault{0, clientLeft});
    }
}

Task<bool> HttpExchange::relayAnswer(const http::ResponseHead &head)
{
    // A client that waits for 100 (Continue) and gets a final answer may never send its body.
    const bool isBodyAwaited = m_isUploading && http::fieldCount(m_request.fields, "expect") == 0;
    const bool keepsUpstream = upstreamKeepsAlive(head) && (!m_isUploading || isBodyAwaited);
    bool keepsClient = clientKeepsAlive(m_request) && head.framing.kind != http::Framing::Kind::UntilClose
        && (!m_isUploading || keepsUpstream) && !m_context.isStopping;

    const ClientSide side{m_request.minorVersion, keepsClient};
    if (m_held && m_held->asks() && FilteredAnswer::fits(head))
        m_filtered.emplace(m_held->usage(), head, m_request.minorVersion);
    std::string clientHead = m_filtered ? clientResponseHead(m_filtered->head(head), side) : clientResponseHead(head, side);
    m_held.reset();
    auto fault = co_await relayBody(head, std::move(clientHead));
    if (fault || !keepsUpstream)
        stopUpload();
    co_await uploadEnded();
    if (m_uploadFault)
        fault = m_uploadFault;
    if (fault && !m_isHeadSent) {
        Fault unanswered = std::move(*fault);
        co_return co_await answerFault(std::move(unanswered));
    }
    keepsClient = keepsClient && !fault && m_requestBody.isDone();
    m_client.upstream = nullptr;

    if (fault) {
        m_upstream->abort();
        if (head.framing.kind == http::Framing::Kind::UntilClose)
            m_client.reset(); // a clean end would make the cut answer look whole
    } else if (keepsUpstream && m_requestBody.isDone() && m_upstream->buffer.isEmpty()) {
        m_pool.give(std::move(m_upstream));
    }
    m_recorder.finished(fault ? std::optional(std::move(fault->text)) : refusedSecret(head));
    co_return keepsClient;
}

Task<std::optional<HttpExchange::Fault>> HttpExchange::relayBody(const http::ResponseHead &head,
                                                                 std::string pendingHead)
{
    http::BodyReader body(head.framing);
    bool isAnswered = false;
    ReadSize size;
    std::vector<asio::const_buffer> message;
    for (;;) {
        const std::string_view held = m_upstream->buffer.view();
        const auto taken = body.take(held);
        if (!taken)
            co_return lostUpstream("invalid answer from " + m_destination.url.authority() + ": " + taken.error());
        message.clear();
        if (!pendingHead.empty())
            message.push_back(bufferOf(pendingHead));
        appendAnswer(message, held.substr(0, *taken), body);
        if (!pendingHead.empty() || *taken > 0) {
            const Transfer written = co_await m_client.write(message);
            if (written.error)
                co_return Fault{0, clientLeft};
            pendingHead.clear();
            m_isHeadSent = true;
        }
        if (!std::exchange(isAnswered, true))
            m_recorder.answered(head);
        if (m_filtered)
            m_recorder.editedAnswerBody(body.content(), m_filtered->contentBytes());
        else
            m_recorder.answerBody(body.content());
        m_upstream->buffer.consume(*taken);
        if (body.isDone())
            co_return std::nullopt;

        const Transfer came = co_await m_upstream->read(size.bytes());
        size.note(came.bytes);
        if (came.error && m_filtered) {
            const error_code lost = co_await writeHeldBack();
            if (lost)
                co_return Fault{0, clientLeft};
        }
        if (came.error == asio::error::eof && head.framing.kind == http::Framing::Kind::UntilClose)
            co_return std::nullopt;
        if (came.error) {
            const std::string missing
                = body.missing() > 0 ? " (" + std::to_string(body.missing()) + " bytes short)" : std::string();
            co_return lostUpstream(m_destination.url.authority() + " closed the connection before its answer was complete" + missing);
        }
    }
}

// What the client gets for bytes that `body` has just taken off the answer.
void HttpExchange::appendAnswer(std::vector<asio::const_buffer> &message, std::string_view taken,
                                const http::BodyReader &body)
{
    const bool isChunkedAway
        = m_request.minorVersion == 0 && body.framing().kind == http::Framing::Kind::Chunked;
    if (m_filtered) {
        message.push_back(bufferOf(m_filtered->take(taken, body)));
    } else if (!isChunkedAway) {
        message.push_back(bufferOf(taken));
    } else {
        for (const std::string_view piece : body.content())
            message.push_back(bufferOf(piece));
    }
}

Task<bool> HttpExchange::relayUpgrade(const http::ResponseHead &head)
{
    const std::string out = clientResponseHead(head, {m_request.minorVersion, true});
    co_await m_client.write(out);
    m_recorder.answered(head);
    const TunnelObservers observers{[this](std::string_view piece) { m_recorder.socketSent(piece); },
                                    [this](std::string_view piece) { m_recorder.socketAnswered(piece); }};
    const TunnelBytes bytes
        = co_await relayTunnel(m_client, *m_upstream, m_recorder.readsSocket() ? &observers : nullptr);
    m_client.upstream = nullptr;
    m_recorder.tunnelled(bytes.toUpstream, bytes.toClient);
    m_recorder.finished(std::nullopt);
    co_return false;
}

Task<bool> HttpExchange::answerFault(Fault fault)
{
    m_client.upstream = nullptr;
    takeEarlyBody();
    noteHeld();
    if (m_requestBody.isDone())
        m_recorder.requestRead();
    // With body bytes still to come there is no telling where the next request would begin.
    const bool keepsClient = fault.status != 0 && clientKeepsAlive(m_request) && m_requestBody.isDone()
        && !m_context.isStopping;
    if (fault.status != 0) {
        const std::string answer
            = errorAnswer(fault.status, fault.text, keepsClient, m_request.method == "HEAD");
        const Transfer written = co_await m_client.write(answer);
        if (!written.error)
            m_recorder.answeredByUs(fault.status);
    }
    m_recorder.finished(std::move(fault.text));
    co_return keepsClient;
}

} // namespace hookscope::proxy
