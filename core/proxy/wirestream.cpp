#include "core/proxy/wirestream.h"

#include "core/proxy/readiness.h"

#include <array>
#include <sys/socket.h>

namespace hookscope::proxy {

WireStream::WireStream(Readiness &readiness, Socket socket)
    : m_executor(socket.get_executor())
    , m_socket(readiness)
{
    error_code failed;
    socket.set_option(Tcp::no_delay(true), failed);
    socket.set_option(asio::socket_base::keep_alive(true), failed);
    m_local = socket.local_endpoint(failed);
    m_peer = socket.remote_endpoint(failed);
    const int descriptor = socket.release(failed);
    if (!failed)
        m_socket.assign(descriptor);
}

Task<Transfer> WireStream::read(std::size_t most)
{
    return m_tls ? m_tls->read(buffer, most) : m_socket.read(buffer, most);
}

Task<Transfer> WireStream::write(std::span<const asio::const_buffer> message)
{
    return m_tls ? m_tls->write(message) : m_socket.write(message);
}

Task<Transfer> WireStream::write(std::string_view bytes)
{
    const std::array<asio::const_buffer, 1> message{bufferOf(bytes)};
    const Transfer written = co_await write(message);
    co_return written;
}

TlsStream &WireStream::startTls(SSL *ssl)
{
    m_tls.emplace(m_socket, ssl, buffer.view());
    buffer.consume(buffer.view().size());
    buffer.release();
    return *m_tls;
}

bool WireStream::isQuiet()
{
    if (!buffer.isEmpty())
        return false;
    return m_tls ? m_tls->isQuiet() : m_socket.isQuiet();
}

void WireStream::reset()
{
    const linger atOnce{1, 0};
    ::setsockopt(m_socket.descriptor(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    abort();
}

void WireStream::shutdownSend()
{
    if (m_tls)
        m_tls->sayGoodbye();
    ::shutdown(m_socket.descriptor(), SHUT_WR);
}

} // namespace hookscope::proxy
