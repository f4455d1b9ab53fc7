#include "core/proxy/listener.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

namespace hookscope::proxy {

namespace {

constexpr std::chrono::milliseconds pauseWithoutDescriptors{100};
constexpr std::size_t maxRefusedAtOnce = 64;

} // namespace

Listener::Listener(Acceptor acceptor, const ProxyConfig &config, const Threads &threads)
    : m_acceptor(std::move(acceptor))
    , m_config(config)
    , m_threads(threads)
    , m_pause(m_acceptor.get_executor())
{
}

void Listener::start()
{
    asio::co_spawn(m_acceptor.get_executor(), acceptClients(), asio::detached);
}

void Listener::stop()
{
    asio::post(m_acceptor.get_executor(), [this] {
        error_code ignored;
        m_acceptor.close(ignored);
        m_pause.cancel();
    });
}

Task<void> Listener::acceptClients()
{
    while (m_acceptor.is_open()) {
        Socket socket(m_acceptor.get_executor());
        const auto [ec] = co_await m_acceptor.async_accept(socket, tupled);
        if (ec == asio::error::no_descriptors || ec == error_code(ENFILE, boost::system::system_category())
            || ec == asio::error::no_memory || ec == asio::error::no_buffer_space) {
            m_pause.expires_after(pauseWithoutDescriptors);
            co_await m_pause.async_wait(tupled);
            continue;
        }
        if (!ec) // else one client that left before it was accepted; or the acceptor was closed
            place(std::move(socket));
    }
}

void Listener::place(Socket socket)
{
    std::size_t clients = 0;
    for (const auto &thread : m_threads)
        clients += thread->clients();
    RelayThread &thread =
        **std::min_element(m_threads.begin(), m_threads.end(), [](const auto &one, const auto &other) {
            return one->clients() < other->clients();
        });
    if (clients < m_config.maxClients) {
        thread.take(std::move(socket));
    } else if (clients < m_config.maxClients + maxRefusedAtOnce) {
        thread.refuse(std::move(socket),
                      {503,
                       "more than " + std::to_string(m_config.maxClients) + " clients; try again later",
                       m_config.sandbox,
                       {}});
    }
}

} // namespace hookscope::proxy
