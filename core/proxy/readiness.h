#pragma once

#include "core/proxy/plainsocket.h"

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <cstdint>
#include <vector>

namespace hookscope::proxy {

// Tells plain sockets when they can be read or written: one edge-triggered epoll set (epoll(7)) in which a
// socket is once, for as long as it is open. Asio watches the set as one descriptor, so that its timers,
// connects and this share a thread. Asio's own sockets need a system call that achieves nothing for most
// reads (an attempt that fails, or arming the descriptor anew), and go through its queue also for what needs
// no waiting: on loopback that is a third of a relayed request. When several sockets have something, all are
// read and looked at first and what is to be written then goes out in one go, before anything is done with
// the events: the other ends, woken by the first, find the rest without going to sleep again. Proxy thread;
// outlives its sockets and `io`'s handlers, see abandon().
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
    void forget(int descriptor); // which is closed next
    void dispatch();

    // While several sockets are read: their messages go out together.
    bool isGathering() const { return m_isGathering; }
    void gather(PlainSocket &socket) { m_gathered.push_back(&socket); }
    void ungather(PlainSocket &socket); // which waits no more
    void sendGathered();

    // By descriptor. The count tells an event of a closed descriptor from one of its successor.
    struct Place {
        PlainSocket *socket = nullptr;
        std::uint32_t count = 0;
    };

    Executor m_executor;
    int m_set = -1;
    bool m_isGathering = false;
    std::vector<PlainSocket *> m_gathered; // null: gone meanwhile
    std::vector<Place> m_places;
    asio::posix::basic_stream_descriptor<Executor> *m_watched = nullptr; // in watch()
};

} // namespace hookscope::proxy
