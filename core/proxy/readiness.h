#pragma once

#include "core/proxy/asio.h"

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <cstdint>
#include <vector>

namespace hookscope::proxy {

class PlainSocket;

// Tells plain sockets when they can be read or written: one edge-triggered epoll set (epoll(7)) in which a
// socket is once, for as long as it is open. Asio watches the set as one descriptor, so that its timers,
// connects and this share a thread. Asio's own sockets need a system call that achieves nothing for most
// reads (an attempt that fails, or arming the descriptor anew), and go through its queue also for what needs
// no waiting: on loopback that is a third of a relayed request. Proxy thread; outlives its sockets and `io`'s
// handlers, see abandon().
class Readiness {
public:
    explicit Readiness(Executor executor);
    ~Readiness();
    Readiness(const Readiness &) = delete;
    Readiness &operator=(const Readiness &) = delete;

    // Resumes who waits, until stop().
    Task<void> watch();
    void stop();

    // Ends all waiting coroutines without resuming them; for the end of the io_context.
    void abandon();

    const Executor &executor() const { return m_executor; }

private:
    friend class PlainSocket;

    bool add(PlainSocket &socket); // false: the system has no room for it
    void remove(int descriptor);
    void forget(int descriptor); // which is closed next
    void dispatch();

    // By descriptor. The count tells an event of a closed descriptor from one of its successor.
    struct Place {
        PlainSocket *socket = nullptr;
        std::uint32_t count = 0;
    };

    Executor m_executor;
    int m_set = -1;
    std::vector<Place> m_places;
    asio::posix::basic_stream_descriptor<Executor> *m_watched = nullptr; // in watch()
};

} // namespace hookscope::proxy
