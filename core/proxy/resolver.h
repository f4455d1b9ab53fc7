#pragma once

#include "core/proxy/asio.h"

#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace hookscope::proxy {

// Names to addresses by the system's resolver (getaddrinfo), which blocks and so runs on threads of its
// own: several, because one dead name server must not hold up the other names. Literals are answered
// at once. Used from the proxy's thread.
class Resolver
{
public:
    struct Answer {
        std::vector<Tcp::endpoint> endpoints; // in the system's order of preference
        std::string error;                    // as the system words it; empty if found
    };

    Resolver();
    ~Resolver();

    Task<Answer> resolve(std::string host, std::uint16_t port);

private:
    asio::thread_pool m_threads;
};

} // namespace hookscope::proxy
