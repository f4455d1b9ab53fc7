#include "core/proxy/connector.h"

#include "core/proxy/proxytunnel.h"
#include "core/proxy/readiness.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/ssl/error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace hookscope::proxy {

namespace {

// The attempts of one connect(), which race; they live until the last of them has ended.
struct Race {
    explicit Race(Executor executor) : changed(executor) {}

    std::optional<Socket> winner;
    std::vector<Socket *> attempts;
    std::size_t running = 0;
    error_code lastError = asio::error::host_unreachable;
    Timer changed; // cancelled when an attempt ends
};

Task<void> attempt(std::shared_ptr<Race> race, Tcp::endpoint endpoint)
{
    const auto executor = race->changed.get_executor();
    Socket socket(executor);
    race->attempts.push_back(&socket);
    const auto [ec] = co_await socket.async_connect(endpoint, tupled);
    race->attempts.erase(std::find(race->attempts.begin(), race->attempts.end(), &socket));
    --race->running;
    if (ec)
        race->lastError = ec;
    else if (!race->winner)
        race->winner.emplace(std::move(socket));
    race->changed.cancel();
}

// One of each family in turn, the system's first choice first (RFC 8305 section 4).
std::vector<Tcp::endpoint> interleaved(const std::vector<Tcp::endpoint> &endpoints)
{
    std::vector<Tcp::endpoint> first;
    std::vector<Tcp::endpoint> second;
    for (const Tcp::endpoint &endpoint : endpoints)
        (endpoint.protocol() == endpoints.front().protocol() ? first : second).push_back(endpoint);
    std::vector<Tcp::endpoint> mixed;
    for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size())
            mixed.push_back(first[i]);
        if (i < second.size())
            mixed.push_back(second[i]);
    }
    return mixed;
}

std::string connectReason(const error_code &ec)
{
    if (ec == asio::error::connection_refused)
        return "connection refused";
    if (ec == asio::error::timed_out)
        return "the connection attempt timed out";
    return ec.message();
}

// What went wrong in a handshake, in the words that the user needs.
std::string tlsReason(SSL *ssl, const error_code &ec)
{
    const long verification = SSL_get_verify_result(ssl);
    if (verification != X509_V_OK) {
        const std::string reason = X509_verify_cert_error_string(verification);
        return "the server's certificate is not valid: " + reason;
    }
    if (ERR_GET_REASON(static_cast<unsigned long>(ec.value())) == SSL_R_TLSV1_ALERT_NO_APPLICATION_PROTOCOL)
        return "the server wants HTTP/2 only";
    if (ec == asio::ssl::error::stream_truncated || ec == asio::error::eof || ec == asio::error::connection_reset)
        return "the server closed the connection during the TLS handshake";
    return "TLS handshake failed: " + ec.message();
}

// Only an address of this machine can be bound.
bool isOfThisMachine(const asio::ip::address &address)
{
    asio::io_context unused;
    asio::ip::udp::socket probe(unused);
    error_code ec;
    probe.open(address.is_v4() ? asio::ip::udp::v4() : asio::ip::udp::v6(), ec);
    probe.bind(asio::ip::udp::endpoint(address, 0), ec);
    return !ec;
}

} // namespace

Connector::Connector(Readiness &readiness, const ProxyConfig &config)
    : m_readiness(readiness), m_executor(readiness.executor()), m_config(config), m_tls(SSL_CTX_new(TLS_client_method()))
{
}

tl::expected<std::unique_ptr<Connector>, std::string> Connector::create(Readiness &readiness, const ProxyConfig &config,
                                                                               const Connector *sibling)
{
    std::unique_ptr<Connector> connector(new Connector(readiness, config));
    SSL_CTX *tls = connector->m_tls.get();
    if (!tls)
        return tl::unexpected(std::string("OpenSSL could not be started"));
    SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION);
    static constexpr unsigned char http11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_CTX_set_alpn_protos(tls, http11, sizeof http11);
    if (sibling) {
        SSL_CTX_set1_cert_store(tls, SSL_CTX_get_cert_store(sibling->m_tls.get()));
        return connector;
    }
    SSL_CTX_set_default_verify_paths(tls);
    ERR_clear_error();
    if (!config.upstreamCaFile.empty() && SSL_CTX_load_verify_file(tls, config.upstreamCaFile.c_str()) != 1)
        return tl::unexpected(takeTlsError().message());
    return connector;
}

bool Connector::isOwn(const Tcp::endpoint &endpoint) const
{
    if (endpoint.port() != m_own.port())
        return false;
    auto address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    if (address.is_unspecified()) // connecting to it reaches this machine
        address = address.is_v4() ? asio::ip::address(asio::ip::address_v4::loopback())
                                  : asio::ip::address(asio::ip::address_v6::loopback());
    if (address == m_own.address())
        return true;
    return m_own.address().is_unspecified() && isOfThisMachine(address);
}

Task<tl::expected<Socket, error_code>> Connector::connectAny(std::vector<Tcp::endpoint> endpoints)
{
    auto race = std::make_shared<Race>(m_executor);
    const auto deadline = Clock::now() + connectTimeout;
    std::size_t next = 0;
    while (!race->winner && (next < endpoints.size() || race->running > 0) && Clock::now() < deadline) {
        auto wakeAt = deadline;
        if (next < endpoints.size()) {
            ++race->running;
            asio::co_spawn(m_executor, attempt(race, endpoints[next]), asio::detached);
            ++next;
            if (next < endpoints.size())
                wakeAt = std::min(deadline, Clock::now() + attemptDelay);
        }
        race->changed.expires_at(wakeAt);
        co_await race->changed.async_wait(tupled);
    }
    for (Socket *open : race->attempts) {
        error_code ignored;
        open->close(ignored);
    }
    if (race->winner)
        co_return std::move(*race->winner);
    co_return tl::unexpected(race->running > 0 ? error_code(asio::error::timed_out) : race->lastError);
}

Task<tl::expected<void, ConnectError>> Connector::handshake(Upstream &upstream)
{
    const std::string &host = upstream.key().host;
    SSL *ssl = SSL_new(m_tls.get());
    if (!ssl)
        co_return tl::unexpected(ConnectError{502, "no TLS connection could be made to " + host});
    error_code isName;
    asio::ip::make_address(host, isName);
    if (isName) {
        SSL_set_tlsext_host_name(ssl, host.c_str());
        SSL_set1_host(ssl, host.c_str());
    } else {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
    }
    m_sessions.offer(ssl, http::formatAuthority(host, upstream.key().port));

    AbortTimer timeout(upstream, connectTimeout);
    const error_code ec = co_await upstream.startTls(ssl).handshake();
    if (timeout.end())
        co_return tl::unexpected(ConnectError{504, "cannot reach " + host + ": the TLS handshake timed out"});
    if (ec)
        co_return tl::unexpected(ConnectError{502, "cannot reach " + host + ": " + tlsReason(ssl, ec)});
    co_return tl::expected<void, ConnectError>();
}

// A connection to one of the addresses of `host`; `name` is what people know the peer as.
Task<tl::expected<Socket, ConnectError>> Connector::open(std::string host, std::uint16_t port, std::string name)
{
    const Resolver::Answer answer = co_await m_resolver.resolve(host, port);
    if (answer.endpoints.empty()) {
        co_return tl::unexpected(
            ConnectError{502, "cannot reach " + name + ": the name " + host + " was not found (" + answer.error + ")"});
    }
    const bool isLoop = std::any_of(answer.endpoints.begin(), answer.endpoints.end(),
                                    [this](const Tcp::endpoint &endpoint) { return isOwn(endpoint); });
    if (isLoop)
        co_return tl::unexpected(ConnectError{508, name + " is Hookscope itself; it does not forward to its own port"});

    std::vector<Tcp::endpoint> endpoints = interleaved(answer.endpoints);
    auto socket = co_await connectAny(std::move(endpoints));
    if (!socket) {
        const int status = socket.error() == asio::error::timed_out ? 504 : 502;
        co_return tl::unexpected(ConnectError{status, "cannot reach " + name + ": " + connectReason(socket.error())});
    }
    co_return std::move(*socket);
}

Task<tl::expected<std::unique_ptr<Upstream>, ConnectError>> Connector::connectThroughProxy(
    Upstream::Key key, http::Authority where, std::shared_ptr<const ActivePolicy> policy)
{
    const policy::UpstreamProxy &proxy = *policy->traffic.upstreamProxy;
    const std::string name = "the upstream proxy " + proxy.address();
    auto socket = co_await open(proxy.host, proxy.port, name);
    if (!socket)
        co_return tl::unexpected(socket.error());
    const bool isElsewhere = where.host != key.host || where.port != key.port;
    auto upstream = std::make_unique<Upstream>(m_readiness, std::move(*socket), std::move(key));
    if (!upstream->key().isTls && !upstream->key().isTunnel && !isElsewhere) {
        upstream->isAbsoluteForm = true;
        co_return upstream;
    }
    const std::string target = http::formatAuthority(where.host, where.port);
    const auto asked = co_await askForTunnel(*upstream, target, policy->proxyAuthorization, name);
    if (!asked)
        co_return tl::unexpected(asked.error());
    co_return upstream;
}

Task<tl::expected<std::unique_ptr<Upstream>, ConnectError>> Connector::connect(Upstream::Key key)
{
    const std::shared_ptr<const ActivePolicy> policy = m_policy;
    const http::Authority where = connectTarget(m_config.connectTo, key.host, key.port);
    std::unique_ptr<Upstream> upstream;
    if (policy && policy->isProxied(key.host, key.port) && policy->isProxied(where.host, *where.port)) {
        auto proxied = co_await connectThroughProxy(key, where, policy);
        if (!proxied)
            co_return tl::unexpected(proxied.error());
        upstream = std::move(*proxied);
    } else {
        auto socket = co_await open(where.host, *where.port, http::formatAuthority(key.host, key.port));
        if (!socket)
            co_return tl::unexpected(socket.error());
        upstream = std::make_unique<Upstream>(m_readiness, std::move(*socket), std::move(key));
    }
    if (upstream->key().isTls) {
        const auto secured = co_await handshake(*upstream);
        if (!secured)
            co_return tl::unexpected(secured.error());
    }
    co_return upstream;
}

} // namespace hookscope::proxy
