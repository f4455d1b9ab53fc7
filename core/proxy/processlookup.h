#pragma once

#include "core/events/event.h"
#include "core/proxy/asio.h"

#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <optional>
#include <vector>

namespace hookscope::proxy {

// Finds out who holds the other end of a client connection, on a thread of its own, so that traffic
// does not wait for it. Called from the proxy's thread; the answer is given there.
class ProcessLookup {
public:
    using Found = std::function<void(std::optional<Process>)>;

    explicit ProcessLookup(Executor executor);
    ~ProcessLookup();

    // client: the client's end, proxy: ours. `found` is called exactly once, with none if the client is
    // on another machine, or at once with none if too many look-ups wait already.
    void find(const Tcp::endpoint &client, const Tcp::endpoint &proxy, Found found);

private:
    static constexpr int maxWaiting = 64;
    static constexpr std::size_t maxRecent = 8;

    std::optional<Process> ownerOf(const Tcp::endpoint &client, const Tcp::endpoint &proxy);

    Executor m_executor;
    int m_waiting = 0; // proxy thread
    std::vector<std::int64_t> m_recent; // own thread: who held connections last, since a client opens many
    asio::thread_pool m_thread{1};
};

} // namespace hookscope::proxy
