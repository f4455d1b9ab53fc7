#pragma once

#include "core/proxy/asio.h"
#include "core/proxy/connector.h"
#include "core/proxy/processlookup.h"
#include "core/proxy/proxycontext.h"
#include "core/proxy/readiness.h"
#include "core/proxy/routing.h"

#include <QDeadlineTimer>
#include <QThread>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

namespace hookscope::proxy {

// A thread that relays: the clients that it was given, from their first byte to their last, with upstream
// connections, timers and look-ups of its own. Threads share what is in SharedKnowledge, the hand-over of
// events and nothing else, so that none waits for another. Main thread, where nothing else is said.
class RelayThread {
public:
    // What all threads relay for; outlives them.
    struct Surroundings {
        const ProxyConfig &config;
        HandOver &handOver;
        SharedKnowledge &knowledge;
        BodyKeeper *bodies; // null: no body is ever kept
    };

    // `sibling`, if there is one, has read the certificates already. The error is that of
    // Connector::create().
    static tl::expected<std::unique_ptr<RelayThread>, std::string> create(const Surroundings &surroundings,
                                                                          const RelayThread *sibling);
    // Once the thread has ended.
    ~RelayThread();
    RelayThread(const RelayThread &) = delete;
    RelayThread &operator=(const RelayThread &) = delete;

    // Where all of them listen, and what counts in the beginning.
    void start(const QString &name, const Tcp::endpoint &own, std::shared_ptr<const ActivePolicy> policy,
               std::shared_ptr<TunnelOpener> opener);
    const Executor &executor() const { return m_context->executor; }

    // For requests and tunnels that begin from now on; with an opener, who refused its certificates may try again.
    void setPolicy(std::shared_ptr<const ActivePolicy> policy);
    void setOpener(std::shared_ptr<TunnelOpener> opener);

    // How many clients it has, those included that are on their way to it. Any thread.
    std::size_t clients() const { return m_context->clients; }
    // Takes over a client, or one that is to get that refusal and no more. Any thread.
    void take(Socket socket);
    void refuse(Socket socket, Refusal refusal);

    // Ends what is idle now and the rest when it is over; with abort() all of it now.
    void stop();
    void abort();
    // Leaves what cannot be interrupted (a look-up of a name).
    void halt() { m_io.stop(); }
    // Whether it has ended.
    bool wait(QDeadlineTimer deadline) { return m_thread->wait(deadline); }

private:
    RelayThread() = default;

    void run();
    // `serve` gets the connection, on this thread.
    template <class Serve> void hand(Socket socket, Serve serve);
    Task<void> watchDeadlines();

    // The order matters: what coroutines that are still suspended refer to outlives `m_io`, whose end
    // destroys them; what holds work of `m_io` ends before it.
    std::unique_ptr<ProxyContext> m_context;
    std::optional<Readiness> m_readiness;
    asio::io_context m_io{1};
    ProcessLookup m_processes{m_io.get_executor()};
    std::unique_ptr<Connector> m_connector;
    Timer m_tick{m_io.get_executor()};
    std::unique_ptr<QThread> m_thread;
};

} // namespace hookscope::proxy
