#include "core/proxy/wirestream.h"

#include "core/proxy/readiness.h"

#include <array>
#include <boost/asio/write.hpp>
#include <poll.h>
#include <sys/socket.h>

namespace hookscope::proxy {

WireStream::WireStream(Readiness &readiness, Socket socket)
    : m_executor(socket.get_executor())
    , m_plain(readiness)
{
    error_code failed;
    socket.set_option(Tcp::no_delay(true), failed);
    socket.set_option(asio::socket_base::keep_alive(true), failed);
    m_local = socket.local_endpoint(failed);
    m_peer = socket.remote_endpoint(failed);
    const int descriptor = socket.release(failed);
    if (!failed)
        m_plain.assign(descriptor);
}

// The plain connection as a socket of Asio's.
Socket WireStream::asioSocket()
{
    Socket socket(m_executor);
    const int descriptor = m_plain.release();
    int domain = AF_INET;
    socklen_t size = sizeof domain;
    ::getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size);
    error_code ignored;
    socket.assign(domain == AF_INET6 ? Tcp::v6() : Tcp::v4(), descriptor, ignored);
    return socket;
}

Task<Transfer> WireStream::read(std::size_t most)
{
    return m_tls ? readTls(most) : m_plain.read(buffer, most);
}

Task<Transfer> WireStream::write(std::span<const asio::const_buffer> message)
{
    return m_tls ? writeTls(message) : m_plain.write(message);
}

Task<Transfer> WireStream::readTls(std::size_t most)
{
    char *room = buffer.prepare(most);
    const auto [ec, count] = co_await m_tls->async_read_some(asio::buffer(room, most), tupled);
    buffer.commit(count);
    co_return Transfer{ec, count};
}

Task<Transfer> WireStream::writeTls(std::span<const asio::const_buffer> message)
{
    const auto [ec, count] = co_await asio::async_write(*m_tls, message, tupled);
    co_return Transfer{ec, count};
}

Task<Transfer> WireStream::write(std::string_view bytes)
{
    const std::array<asio::const_buffer, 1> message{bufferOf(bytes)};
    const Transfer written = co_await write(message);
    co_return written;
}

void WireStream::setResetHandler(std::function<void()> handler)
{
    m_resetHandler = std::move(handler);
    m_plain.setResetHandler(m_resetHandler);
}

void WireStream::watchTls()
{
    if (!m_resetHandler)
        return;
    Socket &socket = m_tls->next_layer();
    socket.async_wait(Socket::wait_error,
                      [handler = m_resetHandler, descriptor = descriptor()](const error_code &ec) {
                          int error = 0;
                          socklen_t size = sizeof error;
                          if (!ec)
                              ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
                          if (error != 0)
                              handler();
                      });
}

void WireStream::endTls()
{
    if (!m_tls)
        return;
    error_code failed;
    const int descriptor = m_tls->next_layer().release(failed);
    m_tls.reset();
    if (!failed)
        m_plain.assign(descriptor);
}

int WireStream::descriptor()
{
    return m_tls ? m_tls->next_layer().native_handle() : m_plain.descriptor();
}

bool WireStream::isOpen() const
{
    return m_tls ? m_tls->next_layer().is_open() : m_plain.isOpen();
}

bool WireStream::isQuiet()
{
    if (!buffer.isEmpty())
        return false;
    return m_tls ? isDry(descriptor()) : m_plain.isQuiet();
}

bool WireStream::hasEnded()
{
    if (!m_tls)
        return m_plain.hasEnded();
    pollfd ended{descriptor(), POLLRDHUP, 0};
    return ::poll(&ended, 1, 0) != 0;
}

void WireStream::cancel()
{
    error_code ignored;
    if (m_tls)
        m_tls->next_layer().cancel(ignored);
    else
        m_plain.cancel();
}

void WireStream::abort()
{
    error_code ignored;
    if (m_tls)
        m_tls->next_layer().close(ignored);
    else
        m_plain.close();
}

void WireStream::reset()
{
    const linger atOnce{1, 0};
    ::setsockopt(descriptor(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    abort();
}

void WireStream::shutdownSend()
{
    ::shutdown(descriptor(), SHUT_WR);
}

} // namespace hookscope::proxy
