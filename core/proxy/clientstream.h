#pragma once

#include "core/proxy/asio.h"
#include "core/proxy/inbuffer.h"

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <optional>

namespace hookscope::proxy {

class Upstream;

// The client's side of a connection, plain or, inside of a tunnel that is opened, TLS: socket, bytes read ahead, and the time by which more must come.
struct ClientStream {
    explicit ClientStream(Socket accepted) : socket(std::move(accepted)) {}

    template <class Buffer, class Token>
    auto readSome(const Buffer &into, Token &&token)
    {
        return tls ? tls->async_read_some(into, std::forward<Token>(token))
                   : socket.async_read_some(into, std::forward<Token>(token));
    }

    template <class Buffers, class Token>
    auto write(const Buffers &buffers, Token &&token)
    {
        return tls ? asio::async_write(*tls, buffers, std::forward<Token>(token))
                   : asio::async_write(socket, buffers, std::forward<Token>(token));
    }

    void shutdownSend()
    {
        error_code ignored;
        socket.shutdown(Socket::shutdown_send, ignored);
    }

    void abort()
    {
        error_code ignored;
        socket.close(ignored);
    }

    // Ends the connection so that the peer sees an error, not an end.
    void reset()
    {
        error_code ignored;
        socket.set_option(asio::socket_base::linger(true, 0), ignored);
        socket.close(ignored);
    }

    // Reads some more behind what `buffer` holds; fails with operation_aborted and isExpired after
    // the deadline.
    Task<error_code> readMore(std::size_t count)
    {
        char *room = buffer.prepare(count);
        const auto [ec, size] = co_await readSome(asio::buffer(room, count), tupled);
        buffer.commit(size);
        co_return ec;
    }

    Socket socket;
    std::optional<asio::ssl::stream<Socket &>> tls; // in front of the socket
    InBuffer buffer;
    Clock::time_point deadline = Clock::time_point::max(); // of the read under way; checked 4 times a second
    bool isExpired = false;
    bool isReset = false;         // the client's end reported an error
    Upstream *upstream = nullptr; // whom to end at once if the client resets
};

} // namespace hookscope::proxy
