#include "core/proxy/listener.h"

#include "core/proxy/clientconnection.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <vector>

namespace hookscope::proxy {

namespace {

constexpr std::chrono::milliseconds pauseWithoutDescriptors{100};
constexpr std::chrono::milliseconds tick{250};
constexpr std::size_t maxRefusedAtOnce = 64;

// The coroutines hold the connection by value: it lives as long as they run.
Task<void> runConnection(std::shared_ptr<ClientConnection> connection)
{
    co_await connection->run();
}

Task<void> refuseConnection(std::shared_ptr<ClientConnection> connection, Refusal refusal)
{
    co_await connection->refuse(std::move(refusal));
}

} // namespace

Listener::Listener(Acceptor acceptor, ProxyContext &context)
    : m_acceptor(std::move(acceptor)), m_context(context), m_pause(context.executor), m_tick(context.executor)
{
}

void Listener::start()
{
    asio::co_spawn(m_context.executor, acceptClients(), asio::detached);
    asio::co_spawn(m_context.executor, watchDeadlines(), asio::detached);
    asio::co_spawn(m_context.executor, m_context.readiness.watch(), asio::detached);
}

void Listener::stop()
{
    error_code ignored;
    m_acceptor.close(ignored);
    m_pause.cancel();
    m_tick.cancel();
}

Task<void> Listener::acceptClients()
{
    while (m_acceptor.is_open()) {
        Socket socket(m_context.executor);
        const auto [ec] = co_await m_acceptor.async_accept(socket, tupled);
        if (ec == asio::error::no_descriptors || ec == error_code(ENFILE, boost::system::system_category())
            || ec == asio::error::no_memory || ec == asio::error::no_buffer_space) {
            m_pause.expires_after(pauseWithoutDescriptors);
            co_await m_pause.async_wait(tupled);
            continue;
        }
        if (ec)
            continue; // one client that left before it was accepted; or the acceptor was closed
        const std::size_t clients = m_context.connections.size();
        if (clients >= m_context.config.maxClients + maxRefusedAtOnce)
            continue;
        const auto connection = std::make_shared<ClientConnection>(std::move(socket), m_context);
        if (clients < m_context.config.maxClients) {
            asio::co_spawn(m_context.executor, runConnection(connection), asio::detached);
        } else {
            Refusal refusal{503, "more than " + std::to_string(m_context.config.maxClients) + " clients; try again later",
                            m_context.config.sandbox, {}};
            asio::co_spawn(m_context.executor, refuseConnection(connection, std::move(refusal)), asio::detached);
        }
    }
}

Task<void> Listener::watchDeadlines()
{
    while (m_acceptor.is_open() || !m_context.connections.empty()) {
        m_tick.expires_after(tick);
        co_await m_tick.async_wait(tupled);
        const auto now = Clock::now();
        for (ClientConnection *connection : m_context.connections)
            connection->expire(now);
    }
    m_context.readiness.stop();
}

} // namespace hookscope::proxy
