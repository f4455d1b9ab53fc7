#pragma once

#include "core/proxy/asio.h"
#include "core/proxy/proxycontext.h"

namespace hookscope::proxy {

// Accepts clients until stop(), up to the configured number; more get 503. Without a free descriptor
// accepting pauses. Also the clock of the connections' deadlines. Proxy thread.
class Listener
{
public:
    Listener(Acceptor acceptor, ProxyContext &context);

    void start();
    void stop();

private:
    Task<void> acceptClients();
    Task<void> watchDeadlines();

    Acceptor m_acceptor;
    ProxyContext &m_context;
    Timer m_pause;
    Timer m_tick;
};

} // namespace hookscope::proxy
