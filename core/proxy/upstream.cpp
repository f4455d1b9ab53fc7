#include "core/proxy/upstream.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>

namespace hookscope::proxy {

bool Upstream::isIdleAndOpen()
{
    if (m_isAborted || !buffer.isEmpty())
        return false;
    char byte = 0;
    const auto count = ::recv(socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

bool Upstream::hasEnded()
{
    pollfd ended{socket().native_handle(), POLLRDHUP, 0};
    return m_isAborted || ::poll(&ended, 1, 0) != 0;
}

void Upstream::shutdownSend()
{
    if (m_tls) {
        abort();
        return;
    }
    error_code ignored;
    m_socket.shutdown(Socket::shutdown_send, ignored);
}

void Upstream::abort()
{
    m_isAborted = true;
    error_code ignored;
    socket().close(ignored);
}

} // namespace hookscope::proxy
