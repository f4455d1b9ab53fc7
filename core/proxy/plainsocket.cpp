#include "core/proxy/plainsocket.h"

#include "core/proxy/readiness.h"

#include <QDebug>
#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <optional>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace hookscope::proxy {

namespace {

constexpr std::size_t mostPieces = 64; // of one call to the system

error_code lastError()
{
    return {errno, boost::system::system_category()};
}

bool wouldBlock()
{
    return errno == EAGAIN || errno == EWOULDBLOCK;
}

// Whether a read would have to wait: nothing came, and the other side has not ended it.
bool isDry(int descriptor)
{
    char byte = 0;
    return ::recv(descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && wouldBlock();
}

} // namespace

// What is left of a message while it is written.
class PlainSocket::Rest {
public:
    explicit Rest(std::span<const asio::const_buffer> message)
        : m_message(message)
    {
        skipEmpty();
    }

    bool isEmpty() const { return m_message.empty(); }

    // Sends some of it; as sendmsg(2).
    ssize_t send(int descriptor)
    {
        std::array<iovec, mostPieces> pieces;
        msghdr out{};
        out.msg_iov = pieces.data();
        out.msg_iovlen = fill(pieces);
        constexpr int flags = MSG_NOSIGNAL | MSG_DONTWAIT;
        const ssize_t count = out.msg_iovlen == 1
            ? ::send(descriptor, pieces[0].iov_base, pieces[0].iov_len, flags)
            : ::sendmsg(descriptor, &out, flags);
        if (count > 0)
            consume(static_cast<std::size_t>(count));
        else if (count < 0 && errno != EINTR && !wouldBlock())
            m_error = lastError();
        return count;
    }

    const error_code &error() const { return m_error; }
    std::size_t sent() const { return m_sent; }

private:
    std::size_t fill(std::array<iovec, mostPieces> &pieces) const
    {
        const std::size_t count = std::min(m_message.size(), mostPieces);
        for (std::size_t i = 0; i < count; ++i)
            pieces[i] = {const_cast<void *>(m_message[i].data()), m_message[i].size()};
        pieces[0].iov_base = static_cast<char *>(pieces[0].iov_base) + m_offset;
        pieces[0].iov_len -= m_offset;
        return count;
    }

    void consume(std::size_t bytes)
    {
        m_sent += bytes;
        m_offset += bytes;
        while (!m_message.empty() && m_offset >= m_message.front().size() && m_offset > 0) {
            m_offset -= m_message.front().size();
            m_message = m_message.subspan(1);
        }
        skipEmpty();
    }

    void skipEmpty()
    {
        while (m_offset == 0 && !m_message.empty() && m_message.front().size() == 0)
            m_message = m_message.subspan(1);
    }

    std::span<const asio::const_buffer> m_message;
    std::size_t m_offset = 0; // in its first piece
    std::size_t m_sent = 0;
    error_code m_error;
};

struct PlainSocket::Waiter {
    using Handler = asio::async_result<asio::use_awaitable_t<Executor>, void()>::handler_type;

    std::optional<Handler> handler;
    bool isCancelled = false;
};

void PlainSocket::assign(int descriptor)
{
    close();
    m_descriptor = descriptor;
    m_isReadable = m_isWritable = true;
    m_hasEnded = m_hasUrgent = false;
    if (!m_readiness.add(*this))
        close();
}

const Executor &PlainSocket::executor() const
{
    return m_readiness.executor();
}

Transfer PlainSocket::tryRead(InBuffer &buffer, std::size_t most)
{
    if (!isOpen())
        return {asio::error::operation_aborted};
    while (m_isReadable || m_hasEnded) {
        const ssize_t count = ::recv(m_descriptor, buffer.prepare(most), most, MSG_DONTWAIT);
        if (count > 0) {
            const auto bytes = static_cast<std::size_t>(count);
            buffer.commit(bytes);
            m_isReadable = bytes == most || m_hasUrgent; // else more will be told of (epoll(7))
            return {{}, bytes};
        }
        if (count == 0)
            return {asio::error::eof};
        if (errno == EINTR)
            continue;
        if (!wouldBlock())
            return {lastError()};
        m_isReadable = m_hasEnded = false;
    }
    return {};
}

Transfer PlainSocket::tryWrite(std::string_view bytes)
{
    while (isOpen()) {
        const ssize_t count = ::send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count >= 0)
            return {{}, static_cast<std::size_t>(count)};
        if (errno == EINTR)
            continue;
        if (!wouldBlock())
            return {lastError()};
        m_isWritable = false;
        return {};
    }
    return {asio::error::operation_aborted};
}

Task<error_code> PlainSocket::writable()
{
    Waiter waiter;
    co_await park(waiter, m_writer);
    co_return waiter.isCancelled ? error_code(asio::error::operation_aborted) : error_code();
}

Task<Transfer> PlainSocket::read(InBuffer &buffer, std::size_t most)
{
    for (;;) {
        const Transfer came = tryRead(buffer, most);
        if (came.error || came.bytes > 0)
            co_return came;
        buffer.release();
        Waiter waiter;
        co_await park(waiter, m_reader);
        if (waiter.isCancelled)
            co_return Transfer{asio::error::operation_aborted};
    }
}

Task<Transfer> PlainSocket::write(std::span<const asio::const_buffer> message)
{
    Rest rest(message);
    Rest *gathered = m_readiness.isGathering() && isOpen() && !rest.isEmpty() ? &rest : nullptr;
    for (bool waits = gathered;; waits = true, gathered = nullptr) {
        if (waits) {
            Waiter waiter;
            co_await park(waiter, m_writer, gathered);
            if (waiter.isCancelled)
                co_return Transfer{asio::error::operation_aborted, rest.sent()};
        }
        if (!isOpen())
            co_return Transfer{asio::error::operation_aborted, rest.sent()};
        if (send(rest))
            co_return Transfer{rest.error(), rest.sent()};
    }
}

bool PlainSocket::send(Rest &rest)
{
    while (!rest.isEmpty() && !rest.error()) {
        if (rest.send(m_descriptor) < 0 && wouldBlock()) {
            m_isWritable = false;
            return false;
        }
    }
    return true;
}

void PlainSocket::sendGathered()
{
    m_isWritable = send(*m_gathered);
}

void PlainSocket::endGathered()
{
    m_gathered = nullptr;
    resumeWriter();
}

// Where there is no memory for it, nobody waits and nothing is gathered.
Task<void> PlainSocket::park(Waiter &waiter, Waiter *&place, Rest *gathered)
{
    return asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(
        [&waiter, &place, this, gathered](Waiter::Handler &&handler) {
            if (gathered) {
                m_readiness.gather(*this);
                m_gathered = gathered;
            }
            waiter.handler.emplace(std::move(handler));
            place = &waiter;
        },
        awaiting);
}

void PlainSocket::note(std::uint32_t events)
{
    m_hasEnded = m_hasEnded || (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    m_hasUrgent = m_hasUrgent || (events & EPOLLPRI) != 0;
    m_isReadable = m_isReadable || m_hasEnded || (events & (EPOLLIN | EPOLLPRI)) != 0;
    m_isWritable = m_isWritable || (events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0;
    if ((events & EPOLLERR) != 0 && m_resetHandler)
        m_resetHandler();
}

// The handler leaves the waiter before it runs: what it resumes ends the waiter. Without memory that
// connection is lost; those whose turn comes behind it are not.
void PlainSocket::resume(Waiter *&place)
{
    auto handler = std::move(*std::exchange(place, nullptr)->handler);
    try {
        std::move(handler)();
    } catch (const std::exception &error) {
        qWarning("proxy: %s", error.what());
    }
}

void PlainSocket::resumeReader()
{
    if (m_reader && m_isReadable)
        resume(m_reader);
}

void PlainSocket::resumeWriter()
{
    if (m_writer && m_isWritable && !m_gathered)
        resume(m_writer);
}

// A read that filled all it was given leaves it open whether there is more.
bool PlainSocket::isQuiet()
{
    if (!isOpen() || m_hasEnded)
        return false;
    if (m_isReadable && isDry(m_descriptor))
        m_isReadable = false;
    return !m_isReadable;
}

void PlainSocket::cancel()
{
    if (std::exchange(m_gathered, nullptr))
        m_readiness.ungather(*this);
    for (Waiter **place : {&m_reader, &m_writer}) {
        Waiter *waiter = std::exchange(*place, nullptr);
        if (!waiter)
            continue;
        waiter->isCancelled = true;
        asio::post(m_readiness.executor(),
                   [handler = std::move(*waiter->handler)]() mutable { std::move(handler)(); });
    }
}

void PlainSocket::close()
{
    cancel();
    if (!isOpen())
        return;
    m_readiness.forget(m_descriptor);
    ::close(std::exchange(m_descriptor, -1));
}

void PlainSocket::abandon()
{
    for (Waiter **place : {&m_reader, &m_writer}) {
        if (Waiter *waiter = std::exchange(*place, nullptr))
            waiter->handler.reset();
    }
}

} // namespace hookscope::proxy
