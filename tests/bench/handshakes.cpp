#include "connection.h"

#include <barrier>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

// TLS connections to localhost, straight or by CONNECT through a proxy on loopback, each with one small
// request, or kept for many (keep-alive: COUNT requests on one connection; kept-32: on 32). Prints what each
// took, in microseconds, as JSON.
//
//   bench_handshakes sequence|resumed|at-once|keep-alive|kept-32 COUNT CA-FILE UPSTREAM-PORT [PROXY-PORT]

namespace {

using namespace bench;

struct Options {
    std::string way;
    std::size_t count = 0;
    std::string caFile;
    int upstreamPort = 0;
    int proxyPort = 0; // 0: none
};

class Connection {
public:
    Connection(SSL_CTX *context, const Options &options, SSL_SESSION *session)
        : m_target(std::string(host) + ':' + std::to_string(options.upstreamPort))
        , m_stream(connectTo(options.proxyPort ? options.proxyPort : options.upstreamPort))
    {
        if (options.proxyPort)
            m_stream.openTunnel(m_target);
        m_stream.startClientTls(context, session);
    }

    // What it took until the first byte of the answer, which is read whole.
    double request()
    {
        const std::string text = "GET /v1/models HTTP/1.1\r\nHost: " + m_target + "\r\n\r\n";
        const auto begun = Clock::now();
        m_stream.write(text);
        std::string answer;
        std::optional<double> firstByte;
        char piece[4096];
        while (!isWhole(answer)) {
            const std::size_t count = m_stream.read(piece, sizeof piece);
            if (count == 0)
                fail("the answer ended early: " + answer);
            if (!firstByte)
                firstByte = microsecondsSince(begun);
            answer.append(piece, count);
        }
        if (!answer.starts_with("HTTP/1.1 200"))
            fail("the answer was: " + answer);
        return *firstByte;
    }

    bool isResumed() const { return m_stream.isResumed(); }
    Session session() const { return m_stream.session(); }

private:
    static bool isWhole(std::string_view answer)
    {
        const auto head = answer.find("\r\n\r\n");
        return head != answer.npos
            && answer.size() >= head + 4
                + std::strtoul(field(answer.substr(0, head + 2), "Content-Length").c_str(), nullptr, 10);
    }

    std::string m_target;
    Stream m_stream;
};

struct Result {
    std::vector<double> each;
    double total = 0;
    std::size_t resumed = 0;
};

Result inSequence(const Options &options, bool isResuming)
{
    const Context context = makeClientContext(options.caFile);
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
    const Context context = makeClientContext(options.caFile);
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
    const Context context = makeClientContext(options.caFile);
    Connection connection(context.get(), options, nullptr);
    connection.request(); // the first one has the upstream's handshake before it
    Result result;
    const auto begun = Clock::now();
    for (std::size_t i = 0; i < options.count; ++i)
        result.each.push_back(connection.request());
    result.total = microsecondsSince(begun);
    return result;
}

// Each connection takes its share.
Result keepMany(const Options &options, std::size_t connections)
{
    const Context context = makeClientContext(options.caFile);
    std::vector<Result> parts(connections);
    std::barrier start(static_cast<std::ptrdiff_t>(connections) + 1);
    std::vector<std::thread> threads;
    for (Result &part : parts) {
        threads.emplace_back([&] {
            Connection connection(context.get(), options, nullptr);
            connection.request();
            start.arrive_and_wait();
            for (std::size_t i = 0; i < options.count / connections; ++i)
                part.each.push_back(connection.request());
        });
    }
    start.arrive_and_wait();
    Result result;
    const auto begun = Clock::now();
    for (std::thread &thread : threads)
        thread.join();
    result.total = microsecondsSince(begun);
    for (const Result &part : parts)
        result.each.insert(result.each.end(), part.each.begin(), part.each.end());
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
    if (options.way == "kept-32")
        return keepMany(options, 32);
    fail("unknown: " + options.way);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 5)
        fail(
            "usage: bench_handshakes sequence|resumed|at-once|keep-alive|kept-32 COUNT CA-FILE UPSTREAM-PORT "
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
