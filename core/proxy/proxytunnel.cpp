#include "core/proxy/proxytunnel.h"

#include "core/http/head.h"
#include "core/proxy/forwarding.h"
#include "core/proxy/readsize.h"

namespace hookscope::proxy {

AbortTimer::AbortTimer(Upstream &upstream, Clock::duration limit)
    : m_watch(std::make_shared<Watch>(Watch{&upstream}))
    , m_timer(upstream.executor())
{
    m_timer.expires_after(limit);
    m_timer.async_wait([watch = m_watch](const error_code &expired) {
        if (expired || !watch->upstream)
            return;
        watch->isTimedOut = true;
        watch->upstream->abort();
    });
}

bool AbortTimer::end()
{
    m_watch->upstream = nullptr;
    m_timer.cancel();
    return m_watch->isTimedOut;
}

std::string proxyRefusal(int status)
{
    const std::string_view phrase = reasonPhrase(status);
    std::string text =
        std::to_string(status) + (phrase == "Error" ? std::string() : " " + std::string(phrase));
    if (status == 407)
        text += "; set its user, and its password in the keyring or the environment";
    return text;
}

Task<tl::expected<void, ConnectError>> askForTunnel(Upstream &upstream, std::string target,
                                                    std::string authorization, std::string proxyName)
{
    std::string request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
    if (!authorization.empty())
        request += "Proxy-Authorization: " + authorization + "\r\n";
    request += "\r\n";
    const std::string failed = "cannot reach " + target + ": " + proxyName;
    AbortTimer timeout(upstream, Connector::connectTimeout);
    co_await upstream.write(request);
    for (;;) {
        const std::string_view held = upstream.buffer.view();
        const std::size_t length = http::headLength(held);
        if (length > http::maxHeadBytes || (length == 0 && held.size() > http::maxHeadBytes))
            co_return tl::unexpected(
                ConnectError{502, failed + " sent an invalid answer: the head is over 64 KiB"});
        if (length > 0) {
            const auto head = http::parseResponseHead(held.substr(0, length), "CONNECT");
            if (!head)
                co_return tl::unexpected(
                    ConnectError{502, failed + " sent an invalid answer: " + head.error().text});
            upstream.buffer.consume(length);
            if (head->isInterim())
                continue;
            if (head->status < 200 || head->status > 299)
                co_return tl::unexpected(
                    ConnectError{502, failed + " answered " + proxyRefusal(head->status)});
            if (upstream.key().isTls && !upstream.buffer.isEmpty())
                co_return tl::unexpected(
                    ConnectError{502, failed + " sent bytes of its own into the tunnel"});
            co_return tl::expected<void, ConnectError>();
        }
        const Transfer came = co_await upstream.read(ReadSize::smallest);
        if (!came.error)
            continue;
        if (timeout.end())
            co_return tl::unexpected(ConnectError{504, failed + " did not answer"});
        co_return tl::unexpected(ConnectError{502, failed + " closed the connection without an answer"});
    }
}

} // namespace hookscope::proxy
