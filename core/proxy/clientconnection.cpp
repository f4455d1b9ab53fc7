#include "core/proxy/clientconnection.h"

#include "core/proxy/exchangerecorder.h"
#include "core/proxy/forwarding.h"
#include "core/proxy/httpexchange.h"
#include "core/proxy/readsize.h"
#include "core/proxy/tunnel.h"

namespace hookscope::proxy {

namespace {

constexpr std::size_t headReadBytes = ReadSize::smallest;
constexpr std::size_t drainBytes = 4 * 1024 * 1024;
constexpr std::chrono::seconds drainTime{2};
constexpr std::chrono::seconds processTime{1};

} // namespace

ClientConnection::ClientConnection(Socket socket, ProxyContext &context)
    : m_context(context)
    , m_client(context.readiness, std::move(socket))
    , m_sink(std::make_shared<EventSink>(context.handOver, context.config, context.bodies,
                                         &context.policy))
    , m_processFound(context.executor)
{
    m_local = {m_client.local().address().to_string(), m_client.local().port()};
    m_clientAddress = m_client.peer().address().to_string();
    m_context.connections.insert(this);
}

ClientConnection::~ClientConnection()
{
    m_context.connections.erase(this);
    --m_context.clients;
}

void ClientConnection::lookUpProcess()
{
    const auto found = [sink = m_sink, weak = weak_from_this()](std::optional<Process> process) {
        sink->processFound(std::move(process));
        if (const auto self = weak.lock()) {
            self->m_processFound.cancel();
            self->noteAcceptance();
        }
    };
    m_context.processes.find(m_client.peer(), m_client.local(), found);
}

Task<void> ClientConnection::processSettled()
{
    if (m_sink->isProcessSettled())
        co_return;
    m_processFound.expires_after(processTime);
    co_await m_processFound.async_wait(tupled);
}

const std::string &ClientConnection::sandbox() const
{
    return m_inside ? m_inside->sandbox : m_context.config.sandbox;
}

// A client that resets while its answer is on the way must not cost another token: its upstream is
// ended at once. A mere end of its sending side is no such sign (it may still read).
void ClientConnection::watchForReset()
{
    m_client.setResetHandler([weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self)
            return;
        self->m_client.isReset = true;
        if (self->m_client.upstream)
            self->m_client.upstream->abort();
    });
}

void ClientConnection::expire(Clock::time_point now)
{
    if (now < m_client.deadline)
        return;
    m_client.deadline = Clock::time_point::max();
    m_client.isExpired = true;
    m_client.cancel();
}

void ClientConnection::closeIfIdle()
{
    if (m_isIdle)
        m_client.abort();
}

void ClientConnection::abort()
{
    m_client.abort();
    if (m_client.upstream)
        m_client.upstream->abort();
}

Task<void> ClientConnection::run()
{
    lookUpProcess();
    watchForReset();
    co_await serveRequests();
    co_await close();
}

// Whether the client sent anything.
Task<bool> ClientConnection::serveRequests()
{
    bool hasSpoken = false;
    for (bool keep = true; keep && !m_context.isStopping;) {
        auto head = co_await readHead();
        if (!head) {
            if (head.error().refusal) {
                hasSpoken = true;
                Refusal refusal = std::move(*head.error().refusal);
                co_await answerRefusal(nullptr, std::move(refusal), head.error().isSilent);
            }
            break;
        }
        m_isIdle = false;
        const bool isInside =
            m_inside.has_value(); // else it may be the CONNECT, which ends with all that was inside
        keep = co_await serve(*head);
        if (!std::exchange(hasSpoken, true) && isInside) {
            m_hasAccepted = true;
            noteAcceptance();
        }
        m_isIdle = true;
        m_client.buffer.release();
    }
    co_return hasSpoken;
}

Task<void> ClientConnection::refuse(Refusal refusal)
{
    m_sink->processFound(std::nullopt);
    co_await answerRefusal(nullptr, std::move(refusal));
    co_await close();
}

// The head at the front of the buffer; none if it is not whole yet.
tl::expected<std::optional<http::RequestHead>, ClientConnection::HeadFailure> ClientConnection::takeHead()
{
    while (m_client.buffer.view().substr(0, 2) == "\r\n") // RFC 9112 section 2.2
        m_client.buffer.consume(2);
    const std::string_view held = m_client.buffer.view();
    if (held.empty())
        return std::nullopt;
    if (held.front() == tlsHandshakeRecord && !m_inside)
        return tl::unexpected(HeadFailure{
            Refusal{400, "TLS on a plain port: use http:// for the proxy's address", sandbox(), {}}, true});
    const std::size_t length = http::headLength(held);
    if (length == 0) {
        if (const auto partial = http::checkPartialRequestHead(held); !partial)
            return tl::unexpected(
                HeadFailure{Refusal{partial.error().status, partial.error().text, sandbox(), {}}});
        return std::nullopt;
    }
    auto head = http::parseRequestHead(held.substr(0, length));
    if (!head)
        return tl::unexpected(HeadFailure{Refusal{head.error().status, head.error().text, sandbox(), {}}});
    m_client.buffer.consume(length);
    return std::optional(std::move(*head));
}

Task<tl::expected<http::RequestHead, ClientConnection::HeadFailure>> ClientConnection::readHead()
{
    m_client.deadline = Clock::now() + idleTimeout;
    for (bool hasBegun = false;;) {
        auto head = takeHead();
        if (!head || *head) {
            m_client.deadline = Clock::time_point::max();
            if (!head)
                co_return tl::unexpected(std::move(head.error()));
            co_return std::move(**head);
        }
        if (!hasBegun && !m_client.buffer.isEmpty()) {
            hasBegun = true;
            m_isIdle = false;
            m_client.deadline = Clock::now() + headTimeout;
        }
        const error_code ec = co_await m_client.readMore(headReadBytes);
        if (!ec)
            continue;
        if (m_client.buffer.isEmpty())
            co_return tl::unexpected(HeadFailure{});
        if (m_client.isExpired)
            co_return tl::unexpected(
                HeadFailure{Refusal{408, "the request's head did not come within 20 s", sandbox(), {}}});
        co_return tl::unexpected(HeadFailure{
            Refusal{400, "the client closed its connection within the request's head", sandbox(), {}},
            ec != asio::error::eof});
    }
}

Task<bool> ClientConnection::serve(const http::RequestHead &head)
{
    auto destination =
        m_inside ? routeInside(head, *m_inside, m_context.config) : route(head, m_context.config, m_local);
    if (!destination) {
        Refusal refusal = std::move(destination.error());
        co_return co_await answerRefusal(&head, std::move(refusal));
    }
    if (auto refused = policyRefusal(*destination, m_context.policy->traffic.hosts)) {
        Refusal refusal = std::move(*refused);
        co_return co_await answerRefusal(&head, std::move(refusal));
    }
    switch (destination->kind) {
    case Destination::Kind::Tunnel:
        if (const bool opens = co_await isToBeOpened(*destination); opens)
            co_return co_await serveOpenTunnel(head, *destination);
        co_return co_await serveTunnel(head, *destination);
    case Destination::Kind::Check:
        co_return co_await answerCheck(head, *destination);
    case Destination::Kind::Landing:
    case Destination::Kind::Answer:
        co_return co_await answerOwn(head, *destination);
    case Destination::Kind::Forward:
        break;
    }
    HttpExchange exchange(m_context, m_client, m_pool, head, *destination, m_sink);
    const bool keep = co_await exchange.run();
    co_return keep;
}

Task<bool> ClientConnection::serveTunnel(const http::RequestHead &head, const Destination &destination)
{
    ExchangeRecorder recorder(m_sink, head, destination);
    recorder.begin();
    const Upstream::Key key{destination.url.host, destination.url.port, false, true};
    auto upstream = co_await m_context.connector.connect(key);
    if (!upstream) {
        const std::string answer = errorAnswer(upstream.error().status, upstream.error().text, false, false);
        co_await m_client.write(answer);
        recorder.answeredByUs(upstream.error().status);
        recorder.finished(upstream.error().text);
        co_return false;
    }
    co_await m_client.write(tunnelEstablished);
    recorder.requestRead();
    co_await relayBytes(recorder, **upstream);
    co_return false;
}

// A tunnel that is open towards the client already.
Task<void> ClientConnection::relayUnread(ExchangeRecorder &recorder, const Destination &destination)
{
    const Upstream::Key key{destination.url.host, destination.url.port, false, true};
    auto upstream = co_await m_context.connector.connect(key);
    if (upstream)
        co_await relayBytes(recorder, **upstream);
    else
        recorder.finished(upstream.error().text);
}

Task<void> ClientConnection::relayBytes(ExchangeRecorder &recorder, Upstream &upstream)
{
    m_client.upstream = &upstream;
    const TunnelBytes bytes = co_await relayTunnel(m_client, upstream);
    m_client.upstream = nullptr;
    recorder.tunnelled(bytes.toUpstream, bytes.toClient);
    recorder.finished(std::nullopt);
}

// Traffic of the user's that goes no further, so that it can be made without a key and a network.
Task<bool> ClientConnection::answerCheck(const http::RequestHead &head, const Destination &destination)
{
    ExchangeRecorder recorder(m_sink, head, destination);
    recorder.requestRead();
    const bool keep = clientKeepsAlive(head) && !head.framing.hasBody();
    const std::string answer =
        checkAnswer(destination.sandbox, head.target.front() != '/', keep, head.method == "HEAD");
    const Transfer written = co_await m_client.write(answer);
    if (!written.error)
        recorder.answeredByUs(200);
    recorder.finished(written.error ? std::optional<std::string>("the client closed its connection") : std::nullopt);
    co_return keep && !written.error;
}

// Our own pages; they are no traffic of the user's and make no event.
Task<bool> ClientConnection::answerOwn(const http::RequestHead &head, const Destination &destination)
{
    const bool keep = clientKeepsAlive(head) && !head.framing.hasBody();
    std::string answer;
    if (destination.kind == Destination::Kind::Answer)
        answer = finalHopAnswer(head, keep);
    else if (head.method == "GET" || head.method == "HEAD")
        answer = landingAnswer(m_context.config, m_context.address, keep, head.method == "HEAD");
    else
        answer = errorAnswer(405, "this is Hookscope's own page; GET it, or put a route before the path",
                             keep, false);
    const Transfer written = co_await m_client.write(answer);
    co_return keep && !written.error;
}

Task<bool> ClientConnection::answerRefusal(const http::RequestHead *head, Refusal refusal, bool isSilent)
{
    ExchangeRecorder recorder(m_sink, head, refusal);
    // What follows a CONNECT may be meant for the tunnel that there is not.
    const bool keep =
        head && clientKeepsAlive(*head) && !head->framing.hasBody() && head->method != "CONNECT";
    if (!isSilent) {
        const std::string answer =
            errorAnswer(refusal.status, refusal.text, keep, head && head->method == "HEAD");
        const Transfer written = co_await m_client.write(answer);
        if (!written.error)
            recorder.answeredByUs(refusal.status);
    }
    recorder.finished(std::move(refusal.text));
    co_return keep;
}

// Closing with unread bytes would reset the connection and take the answer away from the client: read
// them off first, for a while (RFC 9112 section 9.6).
Task<void> ClientConnection::close()
{
    if (!m_client.isOpen())
        co_return;
    if (m_client.tls()) {
        m_client.deadline = Clock::now() + drainTime;
        co_await m_client.tls()->shutdown(); // without it the end of an answer could be a cut
        m_client.endTls(); // what is drained is not read
    }
    m_client.shutdownSend();
    m_client.isExpired = false;
    m_client.deadline = Clock::now() + drainTime;
    for (std::size_t drained = 0; drained < drainBytes;) {
        m_client.buffer.consume(m_client.buffer.view().size());
        const error_code ec = co_await m_client.readMore(headReadBytes);
        if (ec)
            break;
        drained += m_client.buffer.view().size();
    }
    m_client.deadline = Clock::time_point::max();
    m_client.abort();
}

} // namespace hookscope::proxy
