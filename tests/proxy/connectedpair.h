#pragma once

#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace hookscope {

// Both ends of a TCP connection on loopback.
inline std::array<int, 2> connectedPair()
{
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener, reinterpret_cast<sockaddr *>(&address), size);
    ::listen(listener, 1);
    ::getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size);
    const int one = ::socket(AF_INET, SOCK_STREAM, 0);
    ::connect(one, reinterpret_cast<sockaddr *>(&address), size);
    const int other = ::accept(listener, nullptr, nullptr);
    ::close(listener);
    return {one, other};
}

} // namespace hookscope
