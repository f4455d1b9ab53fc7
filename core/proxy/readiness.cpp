#include "core/proxy/readiness.h"

#include <algorithm>
#include <array>
#include <sys/epoll.h>
#include <unistd.h>

namespace hookscope::proxy {

namespace {

constexpr int mostEvents = 128;

} // namespace

Readiness::Readiness(Executor executor)
    : m_executor(executor)
    , m_set(::epoll_create1(EPOLL_CLOEXEC))
{
}

Readiness::~Readiness()
{
    if (m_set >= 0)
        ::close(m_set);
}

Task<void> Readiness::watch()
{
    asio::posix::basic_stream_descriptor<Executor> watched(m_executor, ::dup(m_set));
    m_watched = &watched;
    for (;;) {
        const auto [ec] = co_await watched.async_wait(asio::posix::descriptor_base::wait_read, tupled);
        if (ec)
            break;
        dispatch();
    }
    m_watched = nullptr;
}

void Readiness::stop()
{
    error_code ignored;
    if (m_watched)
        m_watched->close(ignored);
}

bool Readiness::add(PlainSocket &socket)
{
    const auto at = static_cast<std::size_t>(socket.descriptor());
    if (m_places.size() <= at)
        m_places.resize(at + 64);
    m_places[at].socket = &socket;
    ++m_places[at].count;
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLPRI | EPOLLET;
    event.data.u64 = std::uint64_t(m_places[at].count) << 32U | at;
    return ::epoll_ctl(m_set, EPOLL_CTL_ADD, socket.descriptor(), &event) == 0;
}

// Closing it takes it out of the set.
void Readiness::forget(int descriptor)
{
    m_places[static_cast<std::size_t>(descriptor)].socket = nullptr;
}

// All flags first, so that whoever is resumed knows all that was known of any socket.
void Readiness::dispatch()
{
    std::array<epoll_event, mostEvents> events;
    const int count = ::epoll_wait(m_set, events.data(), mostEvents, 0);
    const auto socketOf = [this](const epoll_event &event) -> PlainSocket * {
        const Place &place = m_places[event.data.u64 & 0xffffffffU];
        return place.count == event.data.u64 >> 32U ? place.socket : nullptr;
    };
    for (int i = 0; i < count; ++i) {
        if (PlainSocket *socket = socketOf(events[i]))
            socket->note(events[i].events);
    }
    m_isGathering = count > 1;
    for (int i = 0; i < count; ++i) {
        if (PlainSocket *socket = socketOf(events[i]))
            socket->resumeReader();
        if (PlainSocket *socket = socketOf(events[i]))
            socket->resumeWriter();
    }
    m_isGathering = false;
    sendGathered();
}

void Readiness::ungather(PlainSocket &socket)
{
    std::replace(m_gathered.begin(), m_gathered.end(), &socket, static_cast<PlainSocket *>(nullptr));
}

void Readiness::sendGathered()
{
    for (PlainSocket *socket : m_gathered) {
        if (socket)
            socket->sendGathered();
    }
    for (std::size_t i = 0; i < m_gathered.size(); ++i) {
        if (PlainSocket *socket = m_gathered[i])
            socket->endGathered();
    }
    m_gathered.clear();
}

void Readiness::abandon()
{
    for (const Place &place : m_places) {
        if (place.socket)
            place.socket->abandon();
    }
}

} // namespace hookscope::proxy
