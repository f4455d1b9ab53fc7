#pragma once

#include "core/proxy/inbuffer.h"
#include "core/proxy/plainsocket.h"
#include "core/proxy/tlsstream.h"

#include <functional>
#include <optional>
#include <span>

namespace hookscope::proxy {

// One side of what is relayed: a TCP connection that is plain and may become TLS, with the bytes read ahead
// from it. Proxy thread.
class WireStream {
public:
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

    // What was read ahead is the beginning of TLS. Takes over `ssl`, whose context says which side this is.
    TlsStream &startTls(SSL *ssl);
    // What comes from now on is not read as TLS.
    void endTls() { m_tls.reset(); }
    TlsStream *tls() { return m_tls ? &*m_tls : nullptr; }

    // Called when the other side has reset the connection; see PlainSocket.
    void setResetHandler(std::function<void()> handler) { m_socket.setResetHandler(std::move(handler)); }

    bool isOpen() const { return m_socket.isOpen(); }
    // Whether nothing waits to be read, and the other side has not ended it.
    bool isQuiet();
    bool hasEnded() const { return m_socket.hasEnded(); }

    void cancel() { m_socket.cancel(); }
    // Ends it at once; operations under way fail. Also used from outside the coroutine that reads.
    void abort() { m_socket.close(); }
    // Ends it so that the other side sees an error, not an end.
    void reset();
    // Ends what is sent, in TLS with a goodbye.
    void shutdownSend();

    InBuffer buffer;

private:
    Executor m_executor;
    Tcp::endpoint m_local;
    Tcp::endpoint m_peer;
    PlainSocket m_socket;
    std::optional<TlsStream> m_tls; // on the socket
};

} // namespace hookscope::proxy
