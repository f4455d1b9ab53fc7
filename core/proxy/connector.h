#pragma once

#include "core/http/target.h"
#include "core/proxy/activepolicy.h"
#include "core/proxy/asio.h"
#include "core/proxy/proxyconfig.h"
#include "core/proxy/resolver.h"
#include "core/proxy/tlssessions.h"
#include "core/proxy/upstream.h"

#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace hookscope::proxy {

struct ConnectError {
    int status = 502; // for the client: 502, 504 or 508
    std::string text; // a sentence without a final stop
};

// Opens connections to upstreams: name look-up, both address families (the next address is tried after
// 300 ms, RFC 8305), TLS with verification against the system's certificates and one more file; through the
// policy's upstream proxy unless the upstream is excepted. Proxy thread. Never connects to the proxy itself.
class Connector
{
public:
    static constexpr std::chrono::milliseconds attemptDelay{300};
    static constexpr std::chrono::seconds connectTimeout{15};

    // A message if the file of further certificates cannot be used. Certificates are read once: `sibling`, if there is
    // one, has those of this connector as well.
    static tl::expected<std::unique_ptr<Connector>, std::string> create(Readiness &readiness, const ProxyConfig &config,
                                                                        const Connector *sibling);

    // Addresses that are this proxy: connections to them are refused with 508.
    void setOwnEndpoint(const Tcp::endpoint &endpoint) { m_own = endpoint; }

    // Through which upstream proxy connections go from now on.
    void setPolicy(std::shared_ptr<const ActivePolicy> policy) { m_policy = std::move(policy); }

    Task<tl::expected<std::unique_ptr<Upstream>, ConnectError>> connect(Upstream::Key key);

private:
    struct FreeContext {
        void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
    };

    Connector(Readiness &readiness, const ProxyConfig &config);

    bool isOwn(const Tcp::endpoint &endpoint) const;
    Task<tl::expected<Socket, ConnectError>> open(std::string host, std::uint16_t port, std::string name);
    Task<tl::expected<std::unique_ptr<Upstream>, ConnectError>> connectThroughProxy(
        Upstream::Key key, http::Authority where, std::shared_ptr<const ActivePolicy> policy);
    Task<tl::expected<Socket, error_code>> connectAny(std::vector<Tcp::endpoint> endpoints);
    Task<tl::expected<void, ConnectError>> handshake(Upstream &upstream);

    Readiness &m_readiness;
    Executor m_executor;
    const ProxyConfig &m_config;
    Resolver m_resolver;
    std::unique_ptr<SSL_CTX, FreeContext> m_tls;
    TlsSessions m_sessions{m_tls.get()};
    Tcp::endpoint m_own;
    std::shared_ptr<const ActivePolicy> m_policy;
};

} // namespace hookscope::proxy
