#pragma once

#include <QByteArray>
#include <QtGlobal>
#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace hookscope {

// Peers that speak bytes, not HTTP: what the proxy gets and gives is seen as it is on the wire. Every
// wait ends after a few seconds, so that a test fails and does not hang.

class RawSocket
{
public:
    static constexpr int patienceMs = 8000;

    explicit RawSocket(int fd) : m_fd(fd)
    {
        const int one = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    }
    RawSocket(RawSocket &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1)), m_tls(std::exchange(other.m_tls, nullptr))
    {
    }
    RawSocket &operator=(RawSocket &&) = delete;
    ~RawSocket() { close(); }

    static RawSocket connectTo(quint16 port)
    {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address);
        return RawSocket(fd);
    }

    bool acceptTls(SSL_CTX *context)
    {
        m_tls = SSL_new(context);
        SSL_set_fd(m_tls, m_fd);
        return SSL_accept(m_tls) == 1;
    }

    // As a client; `name` goes into the hello, and a `session` to resume. Whether the handshake succeeded.
    bool startTls(SSL_CTX *context, const QByteArray &name, SSL_SESSION *session = nullptr)
    {
        m_tls = SSL_new(context);
        if (session)
            SSL_set_session(m_tls, session);
        SSL_set_fd(m_tls, m_fd);
        SSL_set_tlsext_host_name(m_tls, name.constData());
        SSL_set1_host(m_tls, name.constData());
        return SSL_connect(m_tls) == 1;
    }
    const SSL *tls() const { return m_tls; }

    bool send(const QByteArray &bytes)
    {
        if (m_tls)
            return bytes.isEmpty() || SSL_write(m_tls, bytes.constData(), int(bytes.size())) == bytes.size();
        qsizetype sent = 0;
        while (sent < bytes.size()) {
            const auto count = ::send(m_fd, bytes.constData() + sent, std::size_t(bytes.size() - sent), MSG_NOSIGNAL);
            if (count <= 0)
                return false;
            sent += count;
        }
        return true;
    }

    // Some bytes; none at the end, on an error (isReset()), or after the patience.
    QByteArray readSome(int waitMs = patienceMs)
    {
        if (!m_tls || SSL_pending(m_tls) == 0) {
            pollfd ready{m_fd, POLLIN, 0};
            if (::poll(&ready, 1, waitMs) <= 0) {
                m_isTimedOut = true;
                return {};
            }
        }
        QByteArray bytes(65536, Qt::Uninitialized);
        const auto count = m_tls ? SSL_read(m_tls, bytes.data(), int(bytes.size()))
                                 : ::recv(m_fd, bytes.data(), std::size_t(bytes.size()), 0);
        m_isReset = count < 0 && !m_tls;
        m_isEnded = count <= 0;
        bytes.truncate(std::max<qsizetype>(0, count));
        return bytes;
    }

    // Up to and with `mark`; what came behind it is kept for the next call.
    QByteArray readUntil(const QByteArray &mark)
    {
        while (!m_held.contains(mark)) {
            const QByteArray more = readSome();
            if (more.isEmpty())
                return std::exchange(m_held, {});
            m_held += more;
        }
        const qsizetype end = m_held.indexOf(mark) + mark.size();
        const QByteArray result = m_held.left(end);
        m_held.remove(0, end);
        return result;
    }

    QByteArray readBytes(qsizetype count)
    {
        while (m_held.size() < count) {
            const QByteArray more = readSome();
            if (more.isEmpty())
                break;
            m_held += more;
        }
        const QByteArray result = m_held.left(count);
        m_held.remove(0, result.size());
        return result;
    }

    QByteArray readToEnd()
    {
        QByteArray all = std::exchange(m_held, {});
        for (;;) {
            const QByteArray more = readSome();
            if (more.isEmpty())
                return all;
            all += more;
        }
    }

    QByteArray readHead() { return readUntil("\r\n\r\n"); }

    // Waits for the peer's end without reading what it sends; whether it came within the time.
    bool waitForEnd(int waitMs = patienceMs)
    {
        pollfd ended{m_fd, POLLRDHUP, 0};
        return ::poll(&ended, 1, waitMs) > 0;
    }

    void shutdownSend() { ::shutdown(m_fd, SHUT_WR); }

    void reset()
    {
        const linger now{1, 0};
        ::setsockopt(m_fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close();
    }

    void close()
    {
        if (m_tls) {
            SSL_shutdown(m_tls);
            SSL_free(m_tls);
            m_tls = nullptr;
        }
        if (m_fd >= 0)
            ::close(m_fd);
        m_fd = -1;
    }

    int fd() const { return m_fd; }
    bool isReset() const { return m_isReset; }
    bool isEnded() const { return m_isEnded; }
    bool isTimedOut() const { return m_isTimedOut; }

private:
    int m_fd;
    SSL *m_tls = nullptr;
    QByteArray m_held;
    bool m_isReset = false;
    bool m_isEnded = false;
    bool m_isTimedOut = false;
};

// Accepts on a free loopback port and runs the script for each connection, on a thread of its own.
class RawUpstream
{
public:
    using Script = std::function<void(RawSocket &socket, int connection)>;

    explicit RawUpstream(Script script, SSL_CTX *tls = nullptr) : m_script(std::move(script)), m_tls(tls)
    {
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(m_listener, reinterpret_cast<sockaddr *>(&address), sizeof address);
        ::listen(m_listener, 64);
        socklen_t size = sizeof address;
        ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_acceptor = std::thread([this] { accept(); });
    }

    ~RawUpstream()
    {
        m_isStopping = true;
        ::shutdown(m_listener, SHUT_RDWR);
        m_acceptor.join();
        ::close(m_listener);
        for (std::thread &thread : m_threads)
            thread.join();
    }

    quint16 port() const { return m_port; }
    int connections() const { return m_connections; }

private:
    void accept()
    {
        for (;;) {
            const int fd = ::accept(m_listener, nullptr, nullptr);
            if (fd < 0 || m_isStopping) {
                if (fd >= 0)
                    ::close(fd);
                return;
            }
            const int number = m_connections++;
            m_threads.emplace_back([this, fd, number] {
                RawSocket socket(fd);
                if (!m_tls || socket.acceptTls(m_tls))
                    m_script(socket, number);
            });
        }
    }

    Script m_script;
    SSL_CTX *m_tls;
    int m_listener = -1;
    quint16 m_port = 0;
    std::atomic<int> m_connections = 0;
    std::atomic<bool> m_isStopping = false;
    std::thread m_acceptor;
    std::vector<std::thread> m_threads; // of the acceptor's thread, until it has ended
};

} // namespace hookscope
