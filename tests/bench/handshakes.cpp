#include <algorithm>
#include <arpa/inet.h>
#include <barrier>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <optional>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

// The client of handshakes.py: TLS connections to localhost, straight or by CONNECT through a proxy on
// loopback, each with one small request. Prints what each took, in microseconds, as JSON.
//
//   bench_handshakes sequence|resumed|at-once|keep-alive COUNT CA-FILE UPSTREAM-PORT [PROXY-PORT]

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto host = "localhost";

[[noreturn]] void fail(const std::string &why)
{
    std::fprintf(stderr, "%s\n", why.c_str());
    ERR_print_errors_fp(stderr);
    std::exit(1);
}

struct Options {
    std::string way;
    std::size_t count = 0;
    std::string caFile;
    int upstreamPort = 0;
    int proxyPort = 0; // 0: none
};

double microsecondsSince(Clock::time_point begun)
{
    return std::chrono::duration<double, std::micro>(Clock::now() - begun).count();
}

double cpuMicroseconds()
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

Context makeContext(const Options &options)
{
    Context context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    if (SSL_CTX_load_verify_locations(context.get(), options.caFile.c_str(), nullptr) != 1)
        fail("cannot read " + options.caFile);
    static constexpr unsigned char http11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_CTX_set_alpn_protos(context.get(), http11, sizeof http11);
    return context;
}

class Connection {
public:
    Connection(SSL_CTX *context, const Options &options, SSL_SESSION *session)
        : m_target(std::string(host) + ':' + std::to_string(options.upstreamPort))
    {
        connectTo(options.proxyPort ? options.proxyPort : options.upstreamPort);
        if (options.proxyPort)
            openTunnel();
        m_ssl = SSL_new(context);
        SSL_set_fd(m_ssl, m_socket);
        SSL_set_tlsext_host_name(m_ssl, host);
        SSL_set1_host(m_ssl, host);
        if (session)
            SSL_set_session(m_ssl, session);
        if (SSL_connect(m_ssl) != 1)
            fail("the handshake failed");
    }

    ~Connection()
    {
        SSL_shutdown(m_ssl);
        SSL_free(m_ssl);
        ::close(m_socket);
    }

    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    // What it took until the first byte of the answer, which is read whole.
    double request()
    {
        const std::string text = "GET /v1/models HTTP/1.1\r\nHost: " + m_target + "\r\n\r\n";
        const auto begun = Clock::now();
        if (SSL_write(m_ssl, text.data(), static_cast<int>(text.size())) <= 0)
            fail("the request could not be written");
        std::string answer;
        std::optional<double> firstByte;
        char piece[4096];
        while (!isWhole(answer)) {
            const int count = SSL_read(m_ssl, piece, sizeof piece);
            if (count <= 0)
                fail("the answer ended early: " + answer);
            if (!firstByte)
                firstByte = microsecondsSince(begun);
            answer.append(piece, static_cast<std::size_t>(count));
        }
        if (!answer.starts_with("HTTP/1.1 200"))
            fail("the answer was: " + answer);
        return *firstByte;
    }

    bool isResumed() const { return SSL_session_reused(m_ssl) == 1; }
    Session session() const { return {SSL_get1_session(m_ssl), SSL_SESSION_free}; }

private:
    void connectTo(int port)
    {
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int on = 1;
        ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
            fail(std::string("cannot connect: ") + std::strerror(errno));
    }

    void openTunnel() const
    {
        const std::string text = "CONNECT " + m_target + " HTTP/1.1\r\nHost: " + m_target + "\r\n\r\n";
        if (::send(m_socket, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
            fail("the CONNECT could not be written");
        std::string answer;
        while (!answer.ends_with("\r\n\r\n")) {
            char byte = 0;
            if (::recv(m_socket, &byte, 1, 0) != 1)
                fail("the proxy closed the connection: " + answer);
            answer += byte;
        }
        if (!answer.starts_with("HTTP/1.1 200"))
            fail("the proxy answered: " + answer);
    }

    static bool isWhole(std::string_view answer)
    {
        const auto head = answer.find("\r\n\r\n");
        const auto length = answer.find("Content-Length: ");
        return head != answer.npos && length < head
            && answer.size() >= head + 4 + std::strtoul(answer.data() + length + 16, nullptr, 10);
    }

    std::string m_target;
    int m_socket = -1;
    SSL *m_ssl = nullptr;
};

struct Result {
    std::vector<double> each;
    double total = 0;
    std::size_t resumed = 0;
};

Result inSequence(const Options &options, bool isResuming)
{
    const Context context = makeContext(options);
    Result result;
    Session session(nullptr, SSL_SESSION_free);
    const auto begun = Clock::now();
    for (std::size_t i = 0; i < options.count; ++i) {
        const auto start = Clock::now();
        Connection connection(context.get(), options, isResuming ? session.get() : nullptr);
        connection.request();
        result.each.push_back(microsecondsSince(start));
        result.resumed += connection.isResumed();
        session = connection.session();
    }
    result.total = microsecondsSince(begun);
    return result;
}

Result atOnce(const Options &options)
{
    const Context context = makeContext(options);
    Result result;
    result.each.resize(options.count);
    std::barrier start(static_cast<std::ptrdiff_t>(options.count) + 1);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < options.count; ++i) {
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            const auto begun = Clock::now();
            Connection connection(context.get(), options, nullptr);
            connection.request();
            result.each[i] = microsecondsSince(begun);
        });
    }
    start.arrive_and_wait();
    const auto begun = Clock::now();
    for (std::thread &thread : threads)
        thread.join();
    result.total = microsecondsSince(begun);
    return result;
}

Result keepAlive(const Options &options)
{
    const Context context = makeContext(options);
    Connection connection(context.get(), options, nullptr);
    connection.request(); // the first one has the upstream's handshake before it
    Result result;
    const auto begun = Clock::now();
    for (std::size_t i = 0; i < options.count; ++i)
        result.each.push_back(connection.request());
    result.total = microsecondsSince(begun);
    return result;
}

Result run(const Options &options)
{
    if (options.way == "sequence" || options.way == "resumed")
        return inSequence(options, options.way == "resumed");
    if (options.way == "at-once")
        return atOnce(options);
    if (options.way == "keep-alive")
        return keepAlive(options);
    fail("unknown: " + options.way);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 5)
        fail("usage: bench_handshakes sequence|resumed|at-once|keep-alive COUNT CA-FILE UPSTREAM-PORT "
             "[PROXY-PORT]");
    const Options options{argv[1], std::strtoul(argv[2], nullptr, 10), argv[3], std::atoi(argv[4]),
                          argc > 5 ? std::atoi(argv[5]) : 0};
    const double cpu = cpuMicroseconds();
    const Result result = run(options);
    std::printf("{\"cpu\": %.0f, \"total\": %.0f, \"resumed\": %zu, \"each\": [", cpuMicroseconds() - cpu,
                result.total, result.resumed);
    for (std::size_t i = 0; i < result.each.size(); ++i)
        std::printf("%s%.1f", i ? ", " : "", result.each[i]);
    std::printf("]}\n");
    return 0;
}
