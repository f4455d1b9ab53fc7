#pragma once

#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

// What the clients and servers of the benchmarks have in common: blocking connections on loopback, straight
// or by CONNECT through a proxy, plain or TLS. Every error ends the program with a sentence.

namespace bench {

using Clock = std::chrono::steady_clock;

constexpr auto host = "localhost"; // what certificates name

[[noreturn]] inline void fail(const std::string &why)
{
    std::fprintf(stderr, "%s\n", why.c_str());
    ERR_print_errors_fp(stderr);
    std::exit(1);
}

inline double microsecondsSince(Clock::time_point begun)
{
    return std::chrono::duration<double, std::micro>(Clock::now() - begun).count();
}

// What this process has had of the processors.
inline double cpuMicroseconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval &time) {
        return 1e6 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec);
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Session = std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)>;

inline Context makeClientContext(const std::string &caFile)
{
    Context context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    if (SSL_CTX_load_verify_locations(context.get(), caFile.c_str(), nullptr) != 1)
        fail("cannot read " + caFile);
    static constexpr unsigned char http11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_CTX_set_alpn_protos(context.get(), http11, sizeof http11);
    return context;
}

inline Context makeServerContext(const std::string &certificateFile, const std::string &keyFile)
{
    Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (SSL_CTX_use_certificate_chain_file(context.get(), certificateFile.c_str()) != 1
        || SSL_CTX_use_PrivateKey_file(context.get(), keyFile.c_str(), SSL_FILETYPE_PEM) != 1)
        fail("cannot use " + certificateFile + " and " + keyFile);
    return context;
}

inline sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

inline void setNoDelay(int socket)
{
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

inline int listenOn(int port)
{
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const sockaddr_in address = loopback(port);
    if (::bind(listener, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || ::listen(listener, 1024) != 0)
        fail(std::string("cannot listen: ") + std::strerror(errno));
    return listener;
}

inline int connectTo(int port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setNoDelay(socket);
    const sockaddr_in address = loopback(port);
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        fail(std::string("cannot connect: ") + std::strerror(errno));
    return socket;
}

// One end of a connection; its socket is closed with it.
class Stream {
public:
    explicit Stream(int socket)
        : m_socket(socket)
    {
    }
    ~Stream()
    {
        if (m_ssl) {
            SSL_shutdown(m_ssl);
            SSL_free(m_ssl);
        }
        ::close(m_socket);
    }
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    // Asks a proxy for a tunnel to `target`.
    void openTunnel(const std::string &target)
    {
        write("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n");
        std::string answer;
        while (!answer.ends_with("\r\n\r\n")) {
            char byte = 0;
            if (read(&byte, 1) != 1)
                fail("the proxy closed the connection: " + answer);
            answer += byte;
        }
        if (!answer.starts_with("HTTP/1.1 200") && !answer.starts_with("HTTP/1.0 200"))
            fail("the proxy answered: " + answer);
    }

    void startClientTls(SSL_CTX *context, SSL_SESSION *session = nullptr)
    {
        m_ssl = SSL_new(context);
        SSL_set_fd(m_ssl, m_socket);
        SSL_set_tlsext_host_name(m_ssl, host);
        SSL_set1_host(m_ssl, host);
        if (session)
            SSL_set_session(m_ssl, session);
        if (SSL_connect(m_ssl) != 1)
            fail("the handshake failed");
    }

    // False if the client gave up.
    bool startServerTls(SSL_CTX *context)
    {
        m_ssl = SSL_new(context);
        SSL_set_fd(m_ssl, m_socket);
        return SSL_accept(m_ssl) == 1;
    }

    // 0 at the end, or at an error.
    std::size_t read(char *to, std::size_t size)
    {
        const ssize_t count =
            m_ssl ? SSL_read(m_ssl, to, static_cast<int>(size)) : ::recv(m_socket, to, size, 0);
        return count > 0 ? static_cast<std::size_t>(count) : 0;
    }

    bool tryWrite(std::string_view text)
    {
        while (!text.empty()) {
            const ssize_t count = m_ssl ? SSL_write(m_ssl, text.data(), static_cast<int>(text.size()))
                                        : ::send(m_socket, text.data(), text.size(), MSG_NOSIGNAL);
            if (count <= 0)
                return false;
            text.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    void write(std::string_view text)
    {
        if (!tryWrite(text))
            fail("the connection does not take any more");
    }

    bool isResumed() const { return SSL_session_reused(m_ssl) == 1; }
    Session session() const { return {SSL_get1_session(m_ssl), SSL_SESSION_free}; }

private:
    int m_socket;
    SSL *m_ssl = nullptr;
};

// A field of a head, by its name in any case; empty if it is not there.
inline std::string field(std::string_view head, std::string_view name)
{
    for (std::size_t at = head.find("\r\n"); at != head.npos; at = head.find("\r\n", at)) {
        at += 2;
        if (head.size() > at + name.size() && head[at + name.size()] == ':'
            && ::strncasecmp(head.data() + at, name.data(), name.size()) == 0) {
            const auto begin = head.find_first_not_of(' ', at + name.size() + 1);
            return std::string(head.substr(begin, head.find("\r\n", begin) - begin));
        }
    }
    return {};
}

} // namespace bench
