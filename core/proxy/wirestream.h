#pragma once

#include "core/proxy/inbuffer.h"
#include "core/proxy/plainsocket.h"

#include <boost/asio/ssl/stream.hpp>
#include <functional>
#include <optional>
#include <span>

namespace hookscope::proxy {

// One side of what is relayed: a TCP connection that is plain and may become TLS, with the bytes read ahead
// from it. TLS is Asio's, on a socket of Asio's own. Proxy thread.
class WireStream {
public:
    using Tls = asio::ssl::stream<Socket>;

    // Takes over a connected socket.
    WireStream(Readiness &readiness, Socket socket);

    const Executor &executor() const { return m_executor; }
    // Ours and the other side's address, as they were in the beginning.
    const Tcp::endpoint &local() const { return m_local; }
    const Tcp::endpoint &peer() const { return m_peer; }

    // Reads up to `most` bytes into `buffer`.
    Task<Transfer> read(std::size_t most);
    // Writes all of it; what it refers to has to stay until then.
    Task<Transfer> write(std::span<const asio::const_buffer> message);
    Task<Transfer> write(std::string_view bytes);

    // Before any byte of TLS was read or written; `with` is a context, or an SSL of one.
    template <class With> Tls &startTls(With &&with)
    {
        m_tls.emplace(asioSocket(), std::forward<With>(with));
        watchTls();
        return *m_tls;
    }
    // What comes from now on is not read as TLS.
    void endTls();
    Tls *tls() { return m_tls ? &*m_tls : nullptr; }

    // Called once, when the other side resets the connection.
    void setResetHandler(std::function<void()> handler);

    bool isOpen() const;
    // Whether nothing waits to be read, and the other side has not ended it.
    bool isQuiet();
    bool hasEnded();

    void cancel();
    // Ends it at once; operations under way fail. Also used from outside the coroutine that reads.
    void abort();
    // Ends it so that the other side sees an error, not an end.
    void reset();
    // Half-closes a plain connection.
    void shutdownSend();

    InBuffer buffer;

private:
    Task<Transfer> readTls(std::size_t most);
    Task<Transfer> writeTls(std::span<const asio::const_buffer> message);
    Socket asioSocket();
    void watchTls();
    int descriptor();

    Executor m_executor;
    Tcp::endpoint m_local;
    Tcp::endpoint m_peer;
    PlainSocket m_plain; // open unless there is TLS
    std::optional<Tls> m_tls;
    std::function<void()> m_resetHandler;
};

} // namespace hookscope::proxy
