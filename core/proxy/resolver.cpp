#include "core/proxy/resolver.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <netdb.h>

namespace hookscope::proxy {

namespace {

constexpr std::size_t resolverThreads = 4;

Resolver::Answer lookUp(const std::string &host, std::uint16_t port)
{
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (error != 0)
        return {{}, gai_strerror(error)};
    Resolver::Answer answer;
    for (const addrinfo *info = found; info; info = info->ai_next) {
        Tcp::endpoint endpoint;
        endpoint.resize(info->ai_addrlen);
        std::memcpy(endpoint.data(), info->ai_addr, info->ai_addrlen);
        answer.endpoints.push_back(endpoint);
    }
    freeaddrinfo(found);
    return answer;
}

} // namespace

Resolver::Resolver() : m_threads(resolverThreads)
{
}

// A look-up cannot be interrupted: what is under way is waited for, the rest is dropped.
Resolver::~Resolver()
{
    m_threads.stop();
    m_threads.join();
}

Task<Resolver::Answer> Resolver::resolve(std::string host, std::uint16_t port)
{
    error_code ec;
    const auto literal = asio::ip::make_address(host, ec);
    if (!ec)
        co_return Answer{{Tcp::endpoint(literal, port)}, {}};

    auto start = [this, host, port](auto handler) {
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        auto executor = asio::get_associated_executor(*shared);
        auto work = asio::make_work_guard(executor);
        asio::post(m_threads, [shared, executor, work, host, port]() mutable {
            auto answer = lookUp(host, port);
            asio::post(executor, [shared, answer = std::move(answer)]() mutable { (*shared)(std::move(answer)); });
        });
    };
    Answer answer = co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void(Answer)>(
        std::move(start), awaiting);
    co_return answer;
}

} // namespace hookscope::proxy
