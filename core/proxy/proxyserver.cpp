#include "core/proxy/proxyserver.h"

#include "core/http/target.h"
#include "core/proxy/bodykeeper.h"
#include "core/proxy/handover.h"
#include "core/proxy/listener.h"
#include "core/proxy/socketowner.h"

#include <QDeadlineTimer>
#include <algorithm>
#include <sys/resource.h>

namespace hookscope {

using namespace proxy;

namespace {

// Descriptors that are not client or upstream connections.
constexpr std::size_t reservedDescriptors = 64;

constexpr int gatheringMs = 8;

// Raises the limit of descriptors as far as it goes and says how many clients it allows.
std::size_t clientsThatFit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 256;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const std::size_t all = limit.rlim_cur == RLIM_INFINITY ? 1'000'000 : limit.rlim_cur;
    return std::max<std::size_t>(1, (all - std::min(all, reservedDescriptors)) / 2);
}

error_code bindTo(Acceptor &acceptor, const Tcp::endpoint &endpoint)
{
    error_code ec;
    acceptor.open(endpoint.protocol(), ec);
    if (!ec)
        acceptor.set_option(Acceptor::reuse_address(true), ec);
    if (!ec)
        acceptor.bind(endpoint, ec);
    if (!ec)
        acceptor.listen(asio::socket_base::max_listen_connections, ec);
    if (ec) {
        error_code ignored;
        acceptor.close(ignored);
    }
    return ec;
}

// For a person in the window.
QString inUseText(quint16 port)
{
    const auto process = ownerOfListener(port);
    if (!process)
        return ProxyServer::tr("Port %1 is in use by another program.").arg(port);
    return ProxyServer::tr("Port %1 is in use by %2 (process %3).")
        .arg(port)
        .arg(QString::fromStdString(process->name))
        .arg(process->pid);
}

// Not translated, as all that ends the program: scripts read it.
Error inUseError(const QString &host, quint16 port)
{
    const auto process = ownerOfListener(port);
    const QString holder = process
        ? QStringLiteral("%1 (process %2)").arg(QString::fromStdString(process->name)).arg(process->pid)
        : QStringLiteral("another program");
    return {
        ErrorCode::AlreadyInUse,
        QStringLiteral("Cannot listen on %1:%2: the port is in use by %3. Stop it, or choose another port "
                       "with --listen %1:PORT.")
            .arg(host)
            .arg(port)
            .arg(holder)};
}

} // namespace

// All that the proxy's threads work on; destroyed after they have ended.
struct ProxyServer::Engine {
    Engine(ProxyConfig proxyConfig, std::function<void()> wake)
        : config(std::move(proxyConfig))
        , handOver(std::move(wake))
    {
        settleProviders(config);
        if (config.bodyCapBytes > 0)
            bodies = std::make_unique<BodyKeeper>(handOver, config.keepBodies, config.bodyCapBytes);
    }

    Result<Listening> listen();
    Result<void> makeThreads();
    void startThreads(const Tcp::endpoint &own);

    ProxyConfig config;
    HandOver handOver;
    std::unique_ptr<BodyKeeper> bodies;
    SharedKnowledge knowledge;
    Listener::Threads threads;
    std::unique_ptr<Listener> listener;
};

Result<void> ProxyServer::Engine::makeThreads()
{
    for (int i = 0; i < std::max(1, config.threads); ++i) {
        auto created = RelayThread::create({config, handOver, knowledge, bodies.get()},
                                           i > 0 ? threads.front().get() : nullptr);
        if (!created) {
            return tl::unexpected(Error{
                ErrorCode::Io,
                QStringLiteral("Cannot read the certificates in %1: %2. Give a PEM file to --upstream-ca.")
                    .arg(QString::fromStdString(config.upstreamCaFile),
                         QString::fromStdString(created.error()))});
        }
        threads.push_back(std::move(*created));
    }
    return {};
}

void ProxyServer::Engine::startThreads(const Tcp::endpoint &own)
{
    const auto policy = std::make_shared<const ActivePolicy>(std::exchange(config.traffic, {}));
    const auto opener = config.interception ? std::make_shared<TunnelOpener>(*config.interception) : nullptr;
    for (std::size_t i = 0; i < threads.size(); ++i) {
        const QString name = QStringLiteral("proxy");
        threads[i]->start(i == 0 ? name : name + QLatin1Char(' ') + QString::number(i + 1), own, policy,
                          opener);
    }
}

Result<Listening> ProxyServer::Engine::listen()
{
    const QString host = QString::fromStdString(config.listenHost);
    error_code ec;
    const auto address =
        asio::ip::make_address(config.listenHost == "localhost" ? "127.0.0.1" : config.listenHost, ec);
    if (ec) {
        return tl::unexpected(
            Error{ErrorCode::InvalidInput,
                  QStringLiteral("Cannot listen on %1: it is not an IP address or localhost.").arg(host)});
    }
    if (auto made = makeThreads(); !made)
        return tl::unexpected(made.error());

    Acceptor acceptor(threads.front()->executor());
    quint16 port = config.listenPort;
    QString note;
    for (int further = 0;; ++further, ++port) {
        ec = bindTo(acceptor, Tcp::endpoint(address, port));
        if (ec != asio::error::address_in_use || further >= config.furtherPorts || port == 65535)
            break;
        if (note.isEmpty())
            note = inUseText(port);
    }
    if (ec == asio::error::address_in_use)
        return tl::unexpected(inUseError(host, port));
    if (ec) {
        return tl::unexpected(
            Error{ErrorCode::Io,
                  QStringLiteral("Cannot listen on %1:%2: %3. Choose another address with --listen.")
                      .arg(host)
                      .arg(port)
                      .arg(QString::fromStdString(ec.message()))});
    }
    const Tcp::endpoint own = acceptor.local_endpoint(ec);
    config.maxClients = std::min(config.maxClients, clientsThatFit());
    listener = std::make_unique<Listener>(std::move(acceptor), config, threads);
    listener->start();
    startThreads(own);
    return Listening{QString::fromStdString(own.address().to_string()), own.port(), note};
}

ProxyServer::ProxyServer(QObject *parent)
    : QObject(parent)
{
    m_gathering.setSingleShot(true);
    m_gathering.setInterval(gatheringMs);
    connect(&m_gathering, &QTimer::timeout, this, &ProxyServer::takeBatch);
}

ProxyServer::~ProxyServer()
{
    stop(0);
}

Result<Listening> ProxyServer::start(const ProxyConfig &config)
{
    Q_ASSERT(!m_engine);
    auto engine = std::make_unique<Engine>(config, [this] {
        QMetaObject::invokeMethod(&m_gathering, qOverload<>(&QTimer::start), Qt::QueuedConnection);
    });
    auto listening = engine->listen();
    if (!listening)
        return listening;
    m_engine = std::move(engine);
    return listening;
}

void ProxyServer::stop(int drainMs)
{
    if (!m_engine)
        return;
    m_engine->listener->stop();
    const auto &threads = m_engine->threads;
    for (const auto &thread : threads)
        thread->stop();
    const auto haveEnded = [&threads](int ms) {
        const QDeadlineTimer deadline(ms);
        return std::all_of(threads.begin(), threads.end(),
                           [&](const auto &thread) { return thread->wait(deadline); });
    };
    if (!haveEnded(drainMs)) {
        for (const auto &thread : threads)
            thread->abort();
        if (!haveEnded(1000)) {
            for (const auto &thread : threads)
                thread->halt();
        }
        haveEnded(-1);
    }
    takeBatch();
    m_engine.reset();
}

void ProxyServer::setKeepsBodies(bool keeps)
{
    if (m_engine && m_engine->bodies)
        m_engine->bodies->setOn(keeps);
}

void ProxyServer::setPolicy(policy::TrafficPolicy policy)
{
    if (!m_engine)
        return;
    const auto active = std::make_shared<const ActivePolicy>(std::move(policy));
    for (const auto &thread : m_engine->threads)
        thread->setPolicy(active);
}

void ProxyServer::setInterception(std::optional<Interception> interception)
{
    if (!m_engine)
        return;
    const auto opener = interception ? std::make_shared<TunnelOpener>(std::move(*interception)) : nullptr;
    for (const auto &thread : m_engine->threads)
        thread->setOpener(opener);
}

void ProxyServer::takeBatch()
{
    if (!m_engine)
        return;
    HandOver::Batch batch = m_engine->handOver.take();
    if (!batch.events.empty())
        emit captured(std::make_shared<const std::vector<RedactedEvent>>(std::move(batch.events)));
    if (batch.lost > 0)
        emit lost(batch.lost);
}

} // namespace hookscope
