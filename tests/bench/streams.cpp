#include "connection.h"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <map>
#include <queue>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <vector>

// Streamed chat completions: the upstream, which stamps into each event when it was sent, and the client,
// which looks how much later it came.
//
//   bench_streams serve PORT GAP-US
//   bench_streams run PORT TARGET STREAMS EVENTS GAP-US [FIELD...]
//
// The upstream sends as many events as the request's max_tokens says, each in one write, GAP-US apart. The
// client keeps STREAMS connections, uses each once for a short stream, and then begins streams on all of
// them, a little after one another, so that events are spread over time. It prints, in microseconds, what
// passed until the first byte and from sending to receiving, and how many events came together with one
// before them.

namespace {

using namespace bench;
using namespace std::chrono;

std::int64_t nowNs()
{
    return duration_cast<nanoseconds>(Clock::now().time_since_epoch()).count();
}

std::string chunk(const std::string &text)
{
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", text.size());
    return size + text + "\r\n";
}

std::string event(const std::string &delta)
{
    return R"(data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1700000000,"model":"gpt-4o-mini",)"
           R"("choices":[{"index":0,"delta":{)"
        + delta + R"(},"finish_reason":null}]})" + "\n\n";
}

// epoll with waits of less than a millisecond.
class Poller {
public:
    void add(int socket)
    {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = socket;
        ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, socket, &event);
    }

    // The sockets that can be read, or none at `untilNs`.
    std::vector<int> wait(std::int64_t untilNs)
    {
        epoll_event events[64];
        const std::int64_t left = std::max<std::int64_t>(0, untilNs - nowNs());
        const timespec timeout{left / 1'000'000'000, left % 1'000'000'000};
        const int count = ::epoll_pwait2(m_epoll, events, 64, &timeout, nullptr);
        std::vector<int> ready;
        for (int i = 0; i < count; ++i)
            ready.push_back(events[i].data.fd);
        return ready;
    }

private:
    int m_epoll = ::epoll_create1(EPOLL_CLOEXEC);
};

class Upstream {
public:
    Upstream(int port, int gapUs)
        : m_listener(listenOn(port))
        , m_gapNs(gapUs * std::int64_t{1000})
    {
        m_poller.add(m_listener);
    }

    [[noreturn]] void run()
    {
        for (;;) {
            const std::int64_t next = m_due.empty() ? nowNs() + 1'000'000'000 : m_due.top().first;
            for (const int socket : m_poller.wait(next))
                socket == m_listener ? accept() : read(socket);
            while (!m_due.empty() && m_due.top().first <= nowNs()) {
                const auto [due, socket] = m_due.top();
                m_due.pop();
                sendNext(socket, due);
            }
        }
    }

private:
    struct Client {
        std::string request;
        long left = -1; // events; -1: no stream is under way
    };

    void accept()
    {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            return;
        setNoDelay(socket);
        m_clients[socket] = {};
        m_poller.add(socket);
    }

    void read(int socket)
    {
        char buffer[16 * 1024];
        const ssize_t count = ::recv(socket, buffer, sizeof buffer, 0);
        Client &client = m_clients[socket];
        if (count <= 0) {
            client.left = -1;
            ::close(socket);
            return;
        }
        client.request.append(buffer, static_cast<std::size_t>(count));
        const auto end = client.request.find("\r\n\r\n");
        if (end == std::string::npos)
            return;
        const std::string length = field(client.request.substr(0, end + 2), "Content-Length");
        const bool isWhole = length.empty() ? client.request.ends_with("0\r\n\r\n")
                                            : client.request.size() >= end + 4 + std::stoul(length);
        const auto events = client.request.find("\"max_tokens\":");
        if (!isWhole || events == std::string::npos)
            return;
        client.left = std::strtol(client.request.c_str() + events + 13, nullptr, 10);
        client.request.clear();
        send(socket,
             "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        m_due.emplace(nowNs() + m_gapNs, socket);
    }

    void sendNext(int socket, std::int64_t due)
    {
        Client &client = m_clients[socket];
        if (client.left > 0) {
            --client.left;
            m_due.emplace(due + m_gapNs, socket);
            send(socket, chunk(event("\"content\":\"" + std::to_string(nowNs()) + '"')));
        } else if (client.left == 0) {
            client.left = -1;
            send(socket,
                 chunk("data: "
                       "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4o-"
                       "mini\","
                       "\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":500,"
                       "\"total_tokens\":510}}\n\n")
                     + chunk("data: [DONE]\n\n") + "0\r\n\r\n");
        }
    }

    static void send(int socket, const std::string &text)
    {
        if (::send(socket, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT)
            != static_cast<ssize_t>(text.size()))
            ::shutdown(socket, SHUT_RDWR); // the client's count will tell
    }

    int m_listener;
    std::int64_t m_gapNs;
    Poller m_poller;
    std::map<int, Client> m_clients;
    using Due = std::pair<std::int64_t, int>;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> m_due;
};

struct Received {
    std::vector<double> firstByteUs, delayUs;
    std::size_t joined = 0;
};

// One stream at a time on a kept connection.
class Reader {
public:
    explicit Reader(int port)
        : m_socket(connectTo(port))
    {
    }

    int socket() const { return m_socket; }
    bool isDone() const { return m_isDone; }

    void begin(const std::string &request)
    {
        m_text.clear();
        m_isDone = m_hasBegun = false;
        m_begunNs = nowNs();
        if (::send(m_socket, request.data(), request.size(), MSG_NOSIGNAL)
            != static_cast<ssize_t>(request.size()))
            fail("the request could not be written");
    }

    void read(Received &received)
    {
        char buffer[64 * 1024];
        const ssize_t count = ::recv(m_socket, buffer, sizeof buffer, 0);
        const std::int64_t now = nowNs();
        if (count <= 0)
            fail("the stream ended early: " + m_text);
        m_text.append(buffer, static_cast<std::size_t>(count));
        if (!m_hasBegun) {
            m_hasBegun = true;
            received.firstByteUs.push_back(static_cast<double>(now - m_begunNs) / 1e3);
            if (m_text.size() < 12 || m_text.compare(8, 4, " 200") != 0)
                fail("the answer was: " + m_text);
        }
        std::size_t events = 0;
        for (std::size_t end = 0; (end = m_text.find("\n\n")) != std::string::npos;
             m_text.erase(0, end + 2)) {
            constexpr std::string_view key = "\"content\":\"";
            if (const auto at = m_text.find(key); at < end) {
                const std::int64_t sent = std::strtoll(m_text.c_str() + at + key.size(), nullptr, 10);
                received.delayUs.push_back(static_cast<double>(now - sent) / 1e3);
                received.joined += events++ > 0;
            } else if (m_text.find("[DONE]") < end) {
                m_isDone = true;
            }
        }
        // The last chunk ends the answer; the connection can take the next request only then.
        if (m_isDone && !m_text.ends_with("0\r\n\r\n"))
            m_isDone = false, m_isEnding = true;
        else if (m_isEnding && m_text.ends_with("0\r\n\r\n"))
            m_isDone = true, m_isEnding = false;
    }

private:
    int m_socket;
    std::string m_text;
    std::int64_t m_begunNs = 0;
    bool m_hasBegun = false, m_isDone = false, m_isEnding = false;
};

std::string requestFor(const std::vector<std::string> &arguments, const std::string &events)
{
    const std::string body = "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"max_tokens\":" + events
        + ",\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"Count."
          "\"}]}";
    std::string head = "POST " + arguments[2] + " HTTP/1.1\r\n";
    for (std::size_t i = 6; i < arguments.size(); ++i)
        head += arguments[i] + "\r\n";
    return head + "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size())
        + "\r\n\r\n" + body;
}

double percentile(std::vector<double> &values, double part)
{
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1,
                           static_cast<std::size_t>(part * static_cast<double>(values.size())))];
}

void measure(const std::vector<std::string> &arguments)
{
    const int port = std::stoi(arguments[1]);
    const auto streams = std::stoul(arguments[3]);
    const auto events = std::stoul(arguments[4]);
    // Not a divisor of the gap: the streams' events are spread over it.
    const std::int64_t apartNs = std::stoll(arguments[5]) * 210;
    std::vector<std::unique_ptr<Reader>> readers;
    std::map<int, Reader *> bySocket;
    Poller poller;
    Received ignored;
    for (std::size_t i = 0; i < streams; ++i) {
        Reader &reader = *readers.emplace_back(std::make_unique<Reader>(port));
        reader.begin(requestFor(arguments, "1"));
        while (!reader.isDone())
            reader.read(ignored);
        bySocket[reader.socket()] = &reader;
        poller.add(reader.socket());
    }
    Received received;
    const std::string request = requestFor(arguments, arguments[4]);
    const double cpu = cpuMicroseconds();
    const std::int64_t begun = nowNs();
    std::int64_t nextNs = begun;
    for (std::size_t started = 0, done = 0; done < streams;) {
        if (started < streams && nowNs() >= nextNs) {
            readers[started++]->begin(request);
            nextNs += apartNs;
        }
        const auto ready = poller.wait(started < streams ? nextNs : nowNs() + 10'000'000'000);
        if (ready.empty() && started == streams)
            fail("nothing came for 10 s");
        for (const int socket : ready) {
            bySocket[socket]->read(received);
            done += bySocket[socket]->isDone();
        }
    }
    if (received.delayUs.size() != streams * events)
        fail("of " + std::to_string(streams * events) + " events came "
             + std::to_string(received.delayUs.size()));
    std::printf(
        "{\"us\": %.0f, \"first_p50_us\": %.1f, \"first_p99_us\": %.1f, \"p50_us\": %.1f, \"p99_us\": %.1f, "
        "\"joined\": %zu, \"client_cpu_us\": %.0f}\n",
        static_cast<double>(nowNs() - begun) / 1e3, percentile(received.firstByteUs, 0.5),
        percentile(received.firstByteUs, 0.99), percentile(received.delayUs, 0.5),
        percentile(received.delayUs, 0.99), received.joined, cpuMicroseconds() - cpu);
}

} // namespace

int main(int argc, char **argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    std::signal(SIGPIPE, SIG_IGN);
    ::prctl(PR_SET_TIMERSLACK, 1);
    if (arguments.size() == 3 && arguments[0] == "serve")
        Upstream(std::stoi(arguments[1]), std::stoi(arguments[2])).run();
    if (arguments.size() < 6 || arguments[0] != "run")
        fail("usage: bench_streams serve PORT GAP-US, or bench_streams run PORT TARGET STREAMS EVENTS GAP-US "
             "[FIELD...]");
    measure(arguments);
    return 0;
}
