#include "core/proxy/relaythread.h"

#include "core/http/target.h"
#include "core/proxy/clientconnection.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

namespace hookscope::proxy {

namespace {

constexpr std::chrono::milliseconds tick{250};

// The coroutines hold the connection by value: it lives as long as they run.
Task<void> runConnection(std::shared_ptr<ClientConnection> connection)
{
    co_await connection->run();
}

Task<void> refuseConnection(std::shared_ptr<ClientConnection> connection, Refusal refusal)
{
    co_await connection->refuse(std::move(refusal));
}

// A socket of one io_context can be used by no other.
Socket moved(Socket socket, const Executor &executor)
{
    if (socket.get_executor() == executor)
        return socket;
    error_code ignored;
    const Tcp protocol = socket.local_endpoint(ignored).protocol();
    Socket result(executor);
    result.assign(protocol, socket.release(ignored), ignored);
    return result;
}

} // namespace

tl::expected<std::unique_ptr<RelayThread>, std::string> RelayThread::create(const Surroundings &surroundings,
                                                                            const RelayThread *sibling)
{
    std::unique_ptr<RelayThread> created(new RelayThread);
    const Executor executor = created->m_io.get_executor();
    created->m_readiness.emplace(executor);
    auto connector = Connector::create(*created->m_readiness, surroundings.config,
                                       sibling ? sibling->m_connector.get() : nullptr);
    if (!connector)
        return tl::unexpected(connector.error());
    created->m_connector = std::move(*connector);
    created->m_context.reset(new ProxyContext{
        executor, surroundings.config, *created->m_connector, surroundings.handOver, surroundings.bodies,
        surroundings.knowledge, created->m_processes, *created->m_readiness});
    return created;
}

RelayThread::~RelayThread()
{
    m_readiness->abandon();
}

void RelayThread::start(const QString &name, const Tcp::endpoint &own,
                        std::shared_ptr<const ActivePolicy> policy, std::shared_ptr<TunnelOpener> opener)
{
    m_context->address = http::formatAuthority(own.address().to_string(), own.port());
    m_context->policy = policy;
    m_context->opener = std::move(opener);
    m_connector->setOwnEndpoint(own);
    m_connector->setPolicy(std::move(policy));
    asio::co_spawn(m_io, watchDeadlines(), asio::detached);
    asio::co_spawn(m_io, m_readiness->watch(), asio::detached);
    m_thread.reset(QThread::create([this] { run(); }));
    m_thread->setObjectName(name);
    m_thread->start();
}

void RelayThread::run()
{
    // Out of memory is the one thing that can get here; the connection that met it is gone, the rest lives.
    for (;;) {
        try {
            m_io.run();
            return;
        } catch (const std::exception &error) {
            qWarning("proxy: %s", error.what());
        }
    }
}

void RelayThread::setPolicy(std::shared_ptr<const ActivePolicy> policy)
{
    asio::post(m_io, [this, policy = std::move(policy)] {
        m_context->policy = policy;
        m_connector->setPolicy(policy);
    });
}

void RelayThread::setOpener(std::shared_ptr<TunnelOpener> opener)
{
    asio::post(m_io, [this, opener = std::move(opener)] {
        m_context->opener = opener;
        m_context->knowledge.clientTrust.clear();
    });
}

template <class Serve> void RelayThread::hand(Socket socket, Serve serve)
{
    ++m_context->clients;
    asio::dispatch(
        m_io,
        [this, socket = moved(std::move(socket), m_io.get_executor()), serve = std::move(serve)]() mutable {
            auto connection = std::make_shared<ClientConnection>(std::move(socket), *m_context);
            asio::co_spawn(m_io, serve(std::move(connection)), asio::detached);
        });
}

void RelayThread::take(Socket socket)
{
    hand(std::move(socket), [](auto connection) { return runConnection(std::move(connection)); });
}

void RelayThread::refuse(Socket socket, Refusal refusal)
{
    hand(std::move(socket), [refusal = std::move(refusal)](auto connection) mutable {
        return refuseConnection(std::move(connection), std::move(refusal));
    });
}

Task<void> RelayThread::watchDeadlines()
{
    while (!m_context->isStopping || !m_context->connections.empty()) {
        m_tick.expires_after(tick);
        co_await m_tick.async_wait(tupled);
        const auto now = Clock::now();
        for (ClientConnection *connection : m_context->connections)
            connection->expire(now);
    }
    m_readiness->stop();
}

void RelayThread::stop()
{
    asio::post(m_io, [this] {
        m_context->isStopping = true;
        m_tick.cancel();
        for (ClientConnection *connection : m_context->connections)
            connection->closeIfIdle();
    });
}

void RelayThread::abort()
{
    asio::post(m_io, [this] {
        for (ClientConnection *connection : m_context->connections)
            connection->abort();
    });
}

} // namespace hookscope::proxy
