#include <algorithm>
#include <arpa/inet.h>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

// The client of hooks.py: requests at a fixed rate on one kept connection to loopback, each when its time has
// come or the one before it is answered. Prints how long each took from then on, in microseconds, a line
// each.
//
//   bench_pace PORT PATH COUNT PER-SECOND

namespace {

[[noreturn]] void fail(const char *why)
{
    std::perror(why);
    std::exit(1);
}

std::int64_t nanoseconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

void sleepUntil(std::int64_t ns)
{
    const timespec at{ns / 1'000'000'000, static_cast<long>(ns % 1'000'000'000)};
    while (::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, nullptr) != 0) { }
}

int connectTo(int port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    if (fd < 0 || ::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0)
        fail("connect");
    return fd;
}

// Reads one answer with a Content-Length.
void readAnswer(int fd)
{
    std::string bytes;
    for (std::size_t wanted = 0; wanted == 0 || bytes.size() < wanted;) {
        char buffer[16 * 1024];
        const ssize_t n = ::recv(fd, buffer, sizeof buffer, 0);
        if (n <= 0)
            fail("recv");
        bytes.append(buffer, static_cast<std::size_t>(n));
        const auto end = bytes.find("\r\n\r\n");
        const auto length = bytes.find("Content-Length: ");
        if (wanted == 0 && end != std::string::npos && length < end)
            wanted = end + 4 + std::strtoul(bytes.c_str() + length + 16, nullptr, 10);
    }
    if (bytes.compare(0, 12, "HTTP/1.1 200") != 0) {
        std::fprintf(stderr, "%.*s\n", 200, bytes.c_str());
        std::exit(1);
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    const int fd = connectTo(std::atoi(argv[1]));
    const std::string request = std::string("GET ") + argv[2] + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const int count = std::atoi(argv[3]);
    const std::int64_t stepNs = 1'000'000'000LL / std::atoi(argv[4]);
    std::string out;
    std::int64_t nextNs = nanoseconds();
    for (int i = 0; i < count; ++i) {
        sleepUntil(nextNs);
        const std::int64_t begunNs = nanoseconds();
        if (::send(fd, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
            fail("send");
        readAnswer(fd);
        out += std::to_string((nanoseconds() - begunNs) / 1000) + '\n';
        nextNs = std::max(nextNs + stepNs, nanoseconds());
    }
    ::close(fd);
    std::fputs(out.c_str(), stdout);
    return 0;
}
