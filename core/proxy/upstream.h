#pragma once

#include "core/proxy/asio.h"
#include "core/proxy/inbuffer.h"

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <string>

namespace hookscope::proxy {

// One connection to an upstream, plain or TLS, with the bytes read ahead from it. Owned by the client
// connection that opened it and never shared with another: what one client does to it cannot reach
// the next one.
class Upstream
{
public:
    struct Key {
        std::string host;
        std::uint16_t port = 0;
        bool isTls = false;
        bool isTunnel = false; // through an upstream proxy only by CONNECT, also without TLS
        std::string via = {};  // the upstream proxy that the policy names; it may be excepted
        friend bool operator==(const Key &, const Key &) = default;
    };

    Upstream(Socket socket, Key key) : m_socket(std::move(socket)), m_key(std::move(key)) {}

    const Key &key() const { return m_key; }
    Socket &socket() { return m_tls ? m_tls->next_layer() : m_socket; }
    asio::ssl::stream<Socket> &startTls(asio::ssl::context &context)
    {
        m_tls.emplace(std::move(m_socket), context);
        return *m_tls;
    }

    template <class Buffer, class Token>
    auto readSome(const Buffer &into, Token &&token)
    {
        return m_tls ? m_tls->async_read_some(into, std::forward<Token>(token))
                     : m_socket.async_read_some(into, std::forward<Token>(token));
    }

    template <class Buffers, class Token>
    auto write(const Buffers &buffers, Token &&token)
    {
        return m_tls ? asio::async_write(*m_tls, buffers, std::forward<Token>(token))
                     : asio::async_write(m_socket, buffers, std::forward<Token>(token));
    }

    // Whether an idle connection can be used again: nothing came, and it is still open.
    bool isIdleAndOpen();

    // Whether the other side has closed it, whatever it sent before.
    bool hasEnded();

    // Half-closes a plain connection; over TLS, which has no half-close worth having, ends it.
    void shutdownSend();

    // Ends it at once; operations under way fail. Also used from outside the coroutine that reads.
    void abort();
    bool isAborted() const { return m_isAborted; }

    // Whether it ends at an upstream proxy that wants whole URLs and its own credentials in each request.
    bool isAbsoluteForm = false;

    InBuffer buffer;
    Clock::time_point idleSince;

private:
    Socket m_socket;
    std::optional<asio::ssl::stream<Socket>> m_tls;
    Key m_key;
    bool m_isAborted = false;
};

} // namespace hookscope::proxy
