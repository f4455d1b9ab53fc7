#pragma once

#include "core/http/head.h"
#include "core/proxy/clientstream.h"
#include "core/proxy/eventsink.h"
#include "core/proxy/proxycontext.h"
#include "core/proxy/routing.h"
#include "core/proxy/upstreampool.h"

#include <memory>
#include <optional>

namespace hookscope::proxy {

class ExchangeRecorder;

// One accepted connection: read head, choose where it goes, relay, next. Proxy thread; whoever runs a
// coroutine of it keeps it alive meanwhile.
class ClientConnection final : public std::enable_shared_from_this<ClientConnection> {
public:
    static constexpr std::chrono::seconds headTimeout{20};
    static constexpr std::chrono::seconds idleTimeout{120};

    ClientConnection(Socket socket, ProxyContext &context);
    ~ClientConnection();

    Task<void> run();

    // Answers with that refusal before anything was read, and closes.
    Task<void> refuse(Refusal refusal);

    // Ends a read whose deadline has passed.
    void expire(Clock::time_point now);

    // Closes if nothing is under way.
    void closeIfIdle();

    // Closes at once.
    void abort();

private:
    static constexpr char tlsHandshakeRecord = 0x16; // how TLS begins
    static constexpr std::string_view tunnelEstablished = "HTTP/1.1 200 Connection established\r\n\r\n";

    struct HeadFailure {
        std::optional<Refusal> refusal; // none: close without a word
        bool isSilent = false; // record the refusal, answer nothing
    };

    void watchForReset();
    void lookUpProcess();
    Task<void> processSettled();
    const std::string &sandbox() const;
    Task<tl::expected<http::RequestHead, HeadFailure>> readHead();
    tl::expected<std::optional<http::RequestHead>, HeadFailure> takeHead();
    Task<bool> serve(const http::RequestHead &head);
    Task<bool> serveRequests();
    Task<bool> serveTunnel(const http::RequestHead &head, const Destination &destination);
    Task<bool> answerCheck(const http::RequestHead &head, const Destination &destination);
    Task<void> relayUnread(ExchangeRecorder &recorder, const Destination &destination);
    Task<void> relayBytes(ExchangeRecorder &recorder, Upstream &upstream);

    // In clientconnection_tls.cpp
    Task<bool> isToBeOpened(const Destination &destination);
    void noteAcceptance();
    std::string clientName(std::string_view sandbox) const;
    Task<std::string> refusedCertificate(const Destination &destination, std::string reason,
                                         std::shared_ptr<TunnelOpener> opener);
    Task<std::optional<std::string>> endedWithoutRequest(const Destination &destination,
                                                         std::shared_ptr<TunnelOpener> opener);
    Task<bool> serveOpenTunnel(const http::RequestHead &head, const Destination &destination);
    Task<bool> beginsWithTls();
    Task<std::optional<std::string>> acceptTls(const Destination &destination,
                                               std::shared_ptr<TunnelOpener> opener);

    Task<bool> answerOwn(const http::RequestHead &head, const Destination &destination);
    Task<bool> answerRefusal(const http::RequestHead *head, Refusal refusal, bool isSilent = false);
    Task<void> close();

    ProxyContext &m_context;
    ClientStream m_client;
    UpstreamPool m_pool;
    std::shared_ptr<EventSink> m_sink;
    http::Authority m_local; // at which the client reached us
    std::string m_clientAddress;
    std::optional<InsideTunnel> m_inside; // of the requests to come
    bool m_hasAccepted = false; // our certificate: it sent a request inside
    bool m_isIdle = true;
    Timer m_processFound; // cancelled when it is, or is known to be unknowable
};

} // namespace hookscope::proxy
