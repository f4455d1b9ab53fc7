#pragma once

// The proxy's names for Asio's types, bound to one concrete executor: type-erased ones cost an
// indirect call and an allocation at every await.

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <string_view>

namespace hookscope::proxy {

namespace asio = boost::asio;
using boost::system::error_code;

using Executor = asio::io_context::executor_type;
using Tcp = asio::ip::tcp;
using Socket = asio::basic_stream_socket<Tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<Tcp, Executor>;
using Clock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;

template <class T>
using Task = asio::awaitable<T, Executor>;

// co_await op(..., tupled) gives (error_code, ...) instead of throwing.
inline constexpr asio::use_awaitable_t<Executor> awaiting{};
inline constexpr auto tupled = asio::as_tuple(awaiting);

inline asio::const_buffer bufferOf(std::string_view bytes)
{
    return asio::buffer(bytes.data(), bytes.size());
}

} // namespace hookscope::proxy
