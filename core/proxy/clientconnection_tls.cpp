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
constexpr int firstAlert = SSL_AD_REASON_OFFSET; // OpenSSL's reasons above are the alerts of the other side

// Why the client does not want our certificate, or nothing that we speak; nothing if the handshake failed for
// another reason.
std::optional<std::string> distrust(const error_code &ec)
{
    if (ec == asio::ssl::error::stream_truncated || ec == asio::error::eof
        || ec == asio::error::connection_reset)
        return "it closed the connection during the handshake";
    if (ec.category() != asio::error::get_ssl_category())
        return std::nullopt;
    const int reason = ERR_GET_REASON(static_cast<unsigned long>(ec.value()));
    if (reason < firstAlert)
        return std::nullopt;
    return SSL_alert_desc_string_long(reason - firstAlert);
}

bool speaksNoHttp1(const error_code &ec)
{
    return ec.category() == asio::error::get_ssl_category()
        && ERR_GET_REASON(static_cast<unsigned long>(ec.value())) == SSL_R_NO_APPLICATION_PROTOCOL;
}

} // namespace

// What a client is known by from one connection to the next.
std::string ClientConnection::clientName(std::string_view sandbox) const
{
    const auto &process = m_sink->process();
    return std::string(sandbox) + '\n'
        + (process ? "process " + process->name : "address " + m_clientAddress);
}

// No request waits for the process to be known: it is called when it is, and when one came.
void ClientConnection::noteAcceptance()
{
    if (m_hasAccepted && m_sink->isProcessSettled())
        m_context.knowledge.clientTrust.noteAcceptance(clientName(m_inside->sandbox), m_inside->host);
}

Task<bool> ClientConnection::isToBeOpened(const Destination &destination)
{
    const std::string &host = destination.url.host;
    if (!m_context.opener || !opensTunnelTo(m_context.opener->interception.patterns, host))
        co_return false;
    if (!m_context.knowledge.clientTrust.dependsOnClient(host))
        co_return true;
    co_await processSettled();
    co_return !m_context.knowledge.clientTrust.passesUnread(clientName(destination.sandbox), host);
}

// The client's refusal as the tunnel's error.
Task<std::string> ClientConnection::refusedCertificate(const Destination &destination, std::string reason,
                                                       std::shared_ptr<TunnelOpener> opener)
{
    const std::string &host = destination.url.host;
    co_await processSettled();
    std::string text = "the client did not trust the Hookscope CA for " + host + " (" + reason
        + "): start it with hookscope --run, or let it trust "
        + opener->interception.authority.certificatePath().toStdString();
    if (m_context.knowledge.clientTrust.noteRefusal(clientName(destination.sandbox), host)) {
        text += "; until Hookscope starts again, this client's connections to that host pass unread";
    }
    co_return text;
}

// Whoever is known to trust us may end as it likes.
Task<std::optional<std::string>> ClientConnection::endedWithoutRequest(const Destination &destination,
                                                                       std::shared_ptr<TunnelOpener> opener)
{
    co_await processSettled();
    const std::string &host = destination.url.host;
    const ClientTrust &trust = m_context.knowledge.clientTrust;
    const bool isTrusting = m_sink->process() ? trust.hasAccepted(clientName(destination.sandbox), host)
                                              : !trust.dependsOnClient(host);
    if (isTrusting)
        co_return std::nullopt;
    std::string reason = "it closed the connection without a request";
    std::string text = co_await refusedCertificate(destination, std::move(reason), opener);
    co_return text;
}

// Nothing was read behind the CONNECT yet, or the beginning of what the client says.
Task<bool> ClientConnection::beginsWithTls()
{
    m_client.deadline = Clock::now() + helloTime;
    if (m_client.buffer.isEmpty())
        co_await m_client.readMore(helloReadBytes);
    m_client.deadline = Clock::time_point::max();
    m_client.isExpired =
        false; // a client that waits for the server's first word has a tunnel of its own kind
    co_return !m_client.buffer.isEmpty() && m_client.buffer.view().front() == tlsHandshakeRecord;
}

Task<bool> ClientConnection::serveOpenTunnel(const http::RequestHead &head, const Destination &destination)
{
    const std::shared_ptr<TunnelOpener> opener = m_context.opener; // may be replaced meanwhile
    ExchangeRecorder recorder(m_sink, head, destination);
    co_await m_client.write(tunnelEstablished);
    recorder.requestRead();
    const bool isTls = co_await beginsWithTls();
    if (!isTls) {
        co_await relayUnread(recorder, destination);
        co_return false;
    }
    // The upstream's certificate comes first. If it is not valid, the requests inside say so: each tries
    // again.
    Upstream::Key key{destination.url.host, destination.url.port, true, false, m_context.policy->via};
    auto upstream = co_await m_context.connector.connect(std::move(key));
    if (upstream)
        m_pool.giveFresh(std::move(*upstream));

    auto fault = co_await acceptTls(destination, opener);
    if (!fault) {
        const std::string host = destination.url.host;
        m_inside = InsideTunnel{host, destination.url.port, destination.sandbox};
        const bool hasSpoken = co_await serveRequests();
        // Node looks at the certificate when the handshake of TLS 1.2 is over, and just closes.
        const bool hasSaidGoodbye = m_client.tls()->hasSaidGoodbye();
        if (!hasSpoken && !hasSaidGoodbye && !m_client.isExpired && !m_context.isStopping)
            fault = co_await endedWithoutRequest(destination, opener);
    }
    if (const TlsStream *tls = m_client.tls())
        recorder.tunnelled(tls->bytesRead(), tls->bytesWritten());
    recorder.finished(std::move(fault));
    co_return false;
}

// Ends the client's TLS with a certificate for the tunnel's host; else why there is none.
Task<std::optional<std::string>> ClientConnection::acceptTls(const Destination &destination,
                                                             std::shared_ptr<TunnelOpener> opener)
{
    const std::string host = destination.url.host;
    const auto context = opener->leaves.contextFor(host);
    if (!context)
        co_return "no certificate could be made for " + host + ": " + context.error();
    SSL *ssl = SSL_new(context->get());
    if (!ssl)
        co_return "no TLS connection could be made for " + host;
    m_client.deadline = Clock::now() + handshakeTime;
    const error_code ec = co_await m_client.startTls(ssl).handshake();
    m_client.deadline = Clock::time_point::max();
    if (m_client.isExpired)
        co_return "the client did not complete the TLS handshake for " + host + " within 20 s";
    if (ec) {
        if (auto reason = distrust(ec)) {
            std::string text = co_await refusedCertificate(destination, std::move(*reason), opener);
            co_return text;
        }
        if (speaksNoHttp1(ec)) {
            co_await processSettled();
            const bool passes = m_context.knowledge.clientTrust.noteRefusal(clientName(destination.sandbox), host);
            co_return "the client does not speak HTTP/1.1 to " + host + ", which is what Hookscope reads"
                + (passes ? "; until Hookscope starts again, its connections to that host pass unread" : "");
        }
        co_return "the TLS handshake with the client failed for " + host + ": " + ec.message();
    }
    const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    if (name && http::lowered(name) != host) {
        co_return "the client asked for " + http::lowered(name) + " inside of a tunnel to " + host
            + ": TLS name and CONNECT must be the same";
    }
    co_return std::nullopt;
}

} // namespace hookscope::proxy
