#include "core/proxy/clientconnection.h"
#include "core/proxy/exchangerecorder.h"
#include "core/proxy/forwarding.h"

#include <boost/asio/ssl/error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

// Tunnels that are opened: TLS ends here, and what is inside goes the way of all requests.
namespace hookscope::proxy {

namespace {

constexpr std::size_t helloReadBytes = 4 * 1024;
constexpr std::chrono::seconds helloTime{10};
constexpr std::chrono::seconds handshakeTime{20};
constexpr int mostRefusals = 2;
constexpr std::size_t mostRefusers = 1000; // clients choose what they are known by

// What the client says of our certificate; nothing if the handshake failed for another reason.
std::optional<std::string> distrust(const error_code &ec)
{
    if (ec == asio::ssl::error::stream_truncated || ec == asio::error::eof || ec == asio::error::connection_reset)
        return "it closed the connection during the handshake";
    if (ec.category() != asio::error::get_ssl_category())
        return std::nullopt;
    switch (ERR_GET_REASON(static_cast<unsigned long>(ec.value()))) {
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
        return "unknown CA";
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
        return "bad certificate";
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
        return "certificate expired: look at the clocks";
    case SSL_R_TLSV1_ALERT_DECRYPT_ERROR:
        return "the certificate's signature is not right for it";
    default:
        return std::nullopt;
    }
}

// What a client is known by from one connection to the next.
std::string keyOf(const http::RequestHead &head, const Destination &destination)
{
    const auto agent = http::fieldValue(head.fields, "user-agent");
    return destination.sandbox + '\n' + std::string(agent.value_or("")) + '\n' + destination.url.host;
}

} // namespace

bool ClientConnection::isToBeOpened(const http::RequestHead &head, const Destination &destination) const
{
    if (!m_context.opener || !opensTunnelTo(m_context.opener->interception.patterns, destination.url.host))
        return false;
    const auto refusals = m_context.certificateRefusals.find(keyOf(head, destination));
    return refusals == m_context.certificateRefusals.end() || refusals->second < mostRefusals;
}

// Nothing was read behind the CONNECT yet, or the beginning of what the client says.
Task<bool> ClientConnection::beginsWithTls()
{
    m_client.deadline = Clock::now() + helloTime;
    if (m_client.buffer.isEmpty())
        co_await m_client.readMore(helloReadBytes);
    m_client.deadline = Clock::time_point::max();
    m_client.isExpired = false; // a client that waits for the server's first word has a tunnel of its own kind
    co_return !m_client.buffer.isEmpty() && m_client.buffer.view().front() == tlsHandshakeRecord;
}

Task<bool> ClientConnection::serveOpenTunnel(const http::RequestHead &head, const Destination &destination)
{
    const std::shared_ptr<TunnelOpener> opener = m_context.opener; // may be replaced meanwhile
    ExchangeRecorder recorder(m_sink, head, destination);
    co_await m_client.write(bufferOf(tunnelEstablished), tupled);
    recorder.requestRead();
    const bool isTls = co_await beginsWithTls();
    if (!isTls) {
        co_await relayUnread(recorder, destination);
        co_return false;
    }
    // The upstream's certificate comes first. If it is not valid, the requests inside say so: each tries again.
    Upstream::Key key{destination.url.host, destination.url.port, true, false, m_context.policy->via};
    auto upstream = co_await m_context.connector.connect(std::move(key));
    if (upstream)
        m_pool.giveFresh(std::move(*upstream));

    auto fault = co_await acceptTls(head, destination, opener);
    if (!fault) {
        m_inside = InsideTunnel{destination.url.host, destination.url.port, destination.sandbox};
        co_await serveRequests();
    }
    if (m_client.tls) {
        SSL *ssl = m_client.tls->native_handle();
        recorder.tunnelled(BIO_number_read(SSL_get_rbio(ssl)), BIO_number_written(SSL_get_wbio(ssl)));
    }
    recorder.finished(std::move(fault));
    co_return false;
}

// Ends the client's TLS with a certificate for the tunnel's host; else why there is none.
Task<std::optional<std::string>> ClientConnection::acceptTls(const http::RequestHead &head,
                                                             const Destination &destination,
                                                             std::shared_ptr<TunnelOpener> opener)
{
    const std::string host = destination.url.host;
    const auto context = opener->leaves.contextFor(host);
    if (!context)
        co_return "no certificate could be made for " + host + ": " + context.error();
    SSL *ssl = SSL_new(context->get());
    if (!ssl)
        co_return "no TLS connection could be made for " + host;
    m_client.tls.emplace(m_client.socket, ssl);

    const std::string hello(m_client.buffer.view());
    m_client.buffer.consume(hello.size());
    m_client.deadline = Clock::now() + handshakeTime;
    ERR_clear_error();
    const auto [ec, used] =
        co_await m_client.tls->async_handshake(asio::ssl::stream_base::server, bufferOf(hello), tupled);
    m_client.deadline = Clock::time_point::max();
    if (m_client.isExpired)
        co_return "the client did not complete the TLS handshake for " + host + " within 20 s";
    if (ec) {
        const auto reason = distrust(ec);
        if (!reason)
            co_return "the TLS handshake with the client failed for " + host + ": " + ec.message();
        std::string text = "the client did not trust the Hookscope CA for " + host + " (" + *reason
            + "): start it with hookscope --run, or let it trust "
            + opener->interception.authority.certificatePath().toStdString();
        if (m_context.certificateRefusals.size() >= mostRefusers)
            m_context.certificateRefusals.clear();
        if (++m_context.certificateRefusals[keyOf(head, destination)] >= mostRefusals)
            text += "; from now on this client's connections to that host pass unread";
        co_return text;
    }
    const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    if (name && http::lowered(name) != host) {
        co_return "the client asked for " + http::lowered(name) + " inside of a tunnel to " + host
            + ": TLS name and CONNECT must be the same";
    }
    co_return std::nullopt;
}

} // namespace hookscope::proxy
