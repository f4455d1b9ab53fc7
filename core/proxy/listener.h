#pragma once

#include "core/proxy/relaythread.h"

#include <memory>
#include <vector>

namespace hookscope::proxy {

// Accepts clients until stop(), up to the configured number; more get 503. Each goes to the thread that has
// the fewest. Without a free descriptor accepting pauses. On the first of the threads.
class Listener {
public:
    using Threads = std::vector<std::unique_ptr<RelayThread>>; // at least one; they outlive this

    Listener(Acceptor acceptor, const ProxyConfig &config, const Threads &threads);

    void start();
    // Any thread.
    void stop();

private:
    Task<void> acceptClients();
    void place(Socket socket);

    Acceptor m_acceptor; // of the first thread
    const ProxyConfig &m_config;
    const Threads &m_threads;
    Timer m_pause;
};

} // namespace hookscope::proxy
