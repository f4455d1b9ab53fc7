#pragma once

#include <map>
#include <memory>
#include <openssl/ssl.h>
#include <string>
#include <vector>

namespace hookscope::proxy {

// TLS sessions that upstreams gave us, so that connecting to them anew needs no whole handshake. Those of
// TLS 1.3, which come with each connection, are used once (RFC 8446, C.4); older versions give one for all
// that follow. For an hour at most, and for the host and port alone whose certificate was verified for it.
// Proxy thread; outlives the SSL objects of its context.
class TlsSessions {
public:
    static constexpr long mostSeconds = 3600;
    static constexpr std::size_t mostKeptEach = 4;
    static constexpr std::size_t mostNames = 500;

    // context: whose connections are clients.
    explicit TlsSessions(SSL_CTX *context);
    TlsSessions(const TlsSessions &) = delete;
    TlsSessions &operator=(const TlsSessions &) = delete;

    // Before the handshake: offers a session of that name, if there is one, and keeps those that come.
    void offer(SSL *ssl, const std::string &name);

private:
    struct Free {
        void operator()(SSL_SESSION *session) const { SSL_SESSION_free(session); }
    };
    using Session = std::unique_ptr<SSL_SESSION, Free>;

    static Session copyOf(SSL_SESSION *session);
    Session take(const std::string &name);
    static int sessionCame(SSL *ssl, SSL_SESSION *session);
    void keep(const std::string &name, Session session);

    std::map<std::string, std::vector<Session>> m_sessions; // the newest last
};

} // namespace hookscope::proxy
