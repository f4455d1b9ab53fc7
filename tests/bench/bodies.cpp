#include "connection.h"

#include <algorithm>
#include <csignal>
#include <map>
#include <thread>
#include <vector>

// One large body: the upstream that sends and takes it, and the client that measures it.
//
//   bench_bodies serve PORT [CERTIFICATE KEY]
//   bench_bodies down|up BYTES PORT TARGET [--host HOST] [--field "NAME: VALUE"] [--tunnel HOST:PORT] [--ca
//   FILE] [--check]
//
// The upstream answers GET .../BYTES with as many bytes, and POST with how many it got. With --check both
// ends compare every byte with what it should be, which costs time. The client prints what it took as JSON.

namespace {

using namespace bench;

constexpr std::size_t period = 1'000'003; // a prime: a block that is lost, repeated or moved shows
constexpr std::size_t piece = 256 * 1024;

// Endless in effect: what is at `position` of a body is at `position % period` of this.
const std::string &pattern()
{
    static const std::string bytes = [] {
        std::string made(period + piece, '\0');
        std::uint32_t state = 2463534242;
        for (std::size_t i = 0; i < period; ++i) {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            made[i] = static_cast<char>(state);
        }
        std::copy_n(made.begin(), piece, made.begin() + period);
        return made;
    }();
    return bytes;
}

bool send(Stream &stream, std::size_t size)
{
    for (std::size_t sent = 0; sent < size;) {
        const std::size_t count = std::min(piece, size - sent);
        if (!stream.tryWrite(std::string_view(pattern()).substr(sent % period, count)))
            return false;
        sent += count;
    }
    return true;
}

bool isRight(std::string_view bytes, std::size_t position)
{
    return bytes == std::string_view(pattern()).substr(position % period, bytes.size());
}

// Reads a head; what came behind it stays in `rest`.
std::string readHead(Stream &stream, std::string &rest)
{
    std::string text = std::move(rest);
    rest.clear();
    std::string buffer(piece, '\0');
    for (;;) {
        if (const auto end = text.find("\r\n\r\n"); end != text.npos) {
            rest = text.substr(end + 4);
            text.resize(end + 2);
            return text;
        }
        const std::size_t count = stream.read(buffer.data(), buffer.size());
        if (count == 0)
            return {};
        text.append(buffer, 0, count);
    }
}

// The number of bytes that came, of a body of a stated length, or until the end of the connection.
struct Received {
    std::size_t bytes = 0;
    bool isRight = true;
};

Received receive(Stream &stream, std::string rest, std::size_t size, bool isChecked)
{
    Received received{rest.size(), !isChecked || isRight(rest, 0)};
    std::string buffer(piece, '\0');
    while (received.bytes < size) {
        const std::size_t count = stream.read(buffer.data(), std::min(piece, size - received.bytes));
        if (count == 0)
            break;
        if (isChecked && !isRight(std::string_view(buffer).substr(0, count), received.bytes))
            received.isRight = false;
        received.bytes += count;
    }
    return received;
}

// A chunked body's bytes go to `sink`; false if it is cut.
Received receiveChunked(Stream &stream, std::string rest, bool isChecked)
{
    Received received;
    std::string buffer(piece, '\0');
    const auto more = [&] {
        const std::size_t count = stream.read(buffer.data(), buffer.size());
        rest.append(buffer, 0, count);
        return count > 0;
    };
    for (;;) {
        std::size_t end = 0;
        while ((end = rest.find("\r\n")) == rest.npos) {
            if (!more())
                return received;
        }
        std::size_t left = std::strtoul(rest.c_str(), nullptr, 16);
        rest.erase(0, end + 2);
        const bool isLast = left == 0;
        while (left > 0) {
            if (rest.empty() && !more())
                return received;
            const std::size_t count = std::min(left, rest.size());
            for (std::size_t done = 0; isChecked && done < count; done += std::min(piece, count - done)) {
                const auto part = std::string_view(rest).substr(done, std::min(piece, count - done));
                received.isRight = received.isRight && isRight(part, received.bytes + done);
            }
            received.bytes += count;
            left -= count;
            rest.erase(0, count);
        }
        while (rest.size() < 2) {
            if (!more())
                return received;
        }
        rest.erase(0, 2);
        if (isLast)
            return received;
    }
}

Received receiveBody(Stream &stream, const std::string &head, std::string rest, bool isChecked)
{
    if (::strcasecmp(field(head, "Transfer-Encoding").c_str(), "chunked") == 0)
        return receiveChunked(stream, std::move(rest), isChecked);
    return receive(stream, std::move(rest), std::strtoul(field(head, "Content-Length").c_str(), nullptr, 10),
                   isChecked);
}

void serveOne(int socket, SSL_CTX *context)
{
    Stream stream(socket);
    if (context && !stream.startServerTls(context))
        return;
    for (std::string rest, head; !(head = readHead(stream, rest)).empty();) {
        const std::string path = head.substr(0, head.find(" HTTP/"));
        if (head.starts_with("GET")) {
            const auto size = std::strtoul(path.c_str() + path.rfind('/') + 1, nullptr, 10);
            if (!stream.tryWrite(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                    + std::to_string(size) + "\r\n\r\n")
                || !send(stream, size))
                return;
            continue;
        }
        if (::strcasecmp(field(head, "Expect").c_str(), "100-continue") == 0)
            stream.tryWrite("HTTP/1.1 100 Continue\r\n\r\n");
        const Received got = receiveBody(stream, head, std::move(rest), path.find("check") != path.npos);
        rest.clear();
        const std::string body =
            "{\"bytes\": " + std::to_string(got.bytes) + ", \"right\": " + (got.isRight ? "true}" : "false}");
        if (!stream.tryWrite("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                             + std::to_string(body.size()) + "\r\n\r\n" + body))
            return;
    }
}

[[noreturn]] void serve(int port, SSL_CTX *context)
{
    const int listener = listenOn(port);
    for (;;) {
        const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            continue;
        setNoDelay(socket);
        std::thread(serveOne, socket, context).detach();
    }
}

struct Options {
    bool isDown = false;
    std::size_t bytes = 0;
    int port = 0;
    std::string target;
    std::map<std::string, std::string> named;
    bool isChecked = false;
};

Options parse(const std::vector<std::string> &arguments)
{
    Options options{
        arguments[0] == "down", std::stoul(arguments[1]), std::stoi(arguments[2]), arguments[3], {}};
    for (std::size_t i = 4; i < arguments.size(); ++i) {
        if (arguments[i] == "--check")
            options.isChecked = true;
        else if (i + 1 < arguments.size())
            options.named[arguments[i]] = arguments[i + 1], ++i;
    }
    return options;
}

void measure(const Options &options)
{
    const auto named = [&](const char *name) {
        const auto found = options.named.find(name);
        return found == options.named.end() ? std::string() : found->second;
    };
    Stream stream(connectTo(options.port));
    if (const std::string tunnel = named("--tunnel"); !tunnel.empty())
        stream.openTunnel(tunnel);
    Context context(nullptr, SSL_CTX_free);
    if (const std::string ca = named("--ca"); !ca.empty()) {
        context = makeClientContext(ca);
        stream.startClientTls(context.get());
    }
    std::string head = (options.isDown ? "GET " : "POST ") + options.target
        + " HTTP/1.1\r\nHost: " + named("--host") + "\r\nAccept: */*\r\n";
    if (const std::string more = named("--field"); !more.empty())
        head += more + "\r\n";
    if (!options.isDown)
        head += "Content-Type: application/octet-stream\r\nContent-Length: " + std::to_string(options.bytes)
            + "\r\n";
    const double cpu = cpuMicroseconds();
    const auto begun = Clock::now();
    stream.write(head + "\r\n");
    if (!options.isDown && !send(stream, options.bytes))
        fail("the body was not taken whole");
    std::string rest;
    const std::string answer = readHead(stream, rest);
    if (answer.find(" 200 ") != 8)
        fail("the answer was: " + answer + rest);
    if (options.isDown) {
        const Received got = receiveBody(stream, answer, std::move(rest), options.isChecked);
        if (got.bytes != options.bytes || !got.isRight)
            fail("the body that came is not the one that was sent: " + std::to_string(got.bytes) + " bytes");
    } else {
        std::string body = rest;
        for (char byte = 0; !body.ends_with('}') && stream.read(&byte, 1) == 1;)
            body += byte;
        const std::string wanted = "{\"bytes\": " + std::to_string(options.bytes) + ", \"right\": true}";
        if (body.find(wanted) == body.npos)
            fail("the body that was sent did not arrive: " + body);
    }
    std::printf("{\"us\": %.0f, \"client_cpu_us\": %.0f}\n", microsecondsSince(begun),
                cpuMicroseconds() - cpu);
}

} // namespace

int main(int argc, char **argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    std::signal(SIGPIPE, SIG_IGN);
    pattern();
    if (arguments.size() >= 2 && arguments[0] == "serve") {
        Context context(nullptr, SSL_CTX_free);
        if (arguments.size() >= 4)
            context = makeServerContext(arguments[2], arguments[3]);
        serve(std::stoi(arguments[1]), context.get());
    }
    if (arguments.size() < 4 || (arguments[0] != "down" && arguments[0] != "up"))
        fail("usage: bench_bodies serve PORT [CERTIFICATE KEY], or bench_bodies down|up BYTES PORT TARGET "
             "[OPTIONS]");
    measure(parse(arguments));
    return 0;
}
