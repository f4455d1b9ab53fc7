#include "core/proxy/tunnel.h"

#include "core/proxy/readsize.h"

#include <boost/asio/co_spawn.hpp>

namespace hookscope::proxy {

namespace {

// One direction. Ends with a half-close of `to` when `from` has ended, or with the end of both.
template <class From, class To>
Task<void> pump(From &from, To &to, std::uint64_t &bytes, const std::function<void(std::string_view)> *observer)
{
    ReadSize size;
    for (;;) {
        const std::string_view held = from.buffer.view();
        if (!held.empty()) {
            const Transfer written = co_await to.write(held);
            bytes += written.bytes;
            if (observer)
                (*observer)(held.substr(0, written.bytes));
            from.buffer.consume(held.size());
            if (written.error) {
                from.abort();
                to.abort();
                co_return;
            }
        }
        const Transfer came = co_await from.read(size.bytes());
        size.note(came.bytes);
        if (came.error == asio::error::eof) {
            to.shutdownSend();
            co_return;
        }
        if (came.error) {
            from.abort();
            to.abort();
            co_return;
        }
    }
}

} // namespace

Task<TunnelBytes> relayTunnel(ClientStream &client, Upstream &upstream, const TunnelObservers *observers)
{
    TunnelBytes bytes;
    const auto executor = client.executor();
    Timer otherEnded(executor);
    otherEnded.expires_at(Clock::time_point::max());
    bool isOtherRunning = true;
    asio::co_spawn(executor, pump(upstream, client, bytes.toClient, observers ? &observers->toClient : nullptr), [&](std::exception_ptr) {
        isOtherRunning = false;
        otherEnded.cancel();
    });
    co_await pump(client, upstream, bytes.toUpstream, observers ? &observers->toUpstream : nullptr);
    if (isOtherRunning)
        co_await otherEnded.async_wait(tupled);
    co_return bytes;
}

} // namespace hookscope::proxy
