#pragma once

#include "core/http/body.h"
#include "core/http/head.h"
#include "core/proxy/clientstream.h"
#include "core/proxy/exchangerecorder.h"
#include "core/proxy/filteredanswer.h"
#include "core/proxy/heldrequest.h"
#include "core/proxy/proxycontext.h"
#include "core/proxy/routing.h"
#include "core/proxy/upstreampool.h"

#include <memory>
#include <optional>
#include <string>

namespace hookscope::proxy {

// Relays one request to its upstream and the answer back: write head, relay body, while the request's
// own body may still be going up. Lives on the stack of the client connection's coroutine. A request
// that may have reached an upstream is never sent again, unless it is idempotent, has no body, and went
// out on a reused connection that turned out to be closed (RFC 9110 section 9.2.2).
//
// With ProxyConfig::addStreamUsage, a request that may ask for usage is held whole and edited. If the upstream
// refuses the edit by name, the client's own request, which no upstream has seen yet, is sent in its place,
// and that upstream is not asked again: the client never gets an error that it did not cause.
class HttpExchange
{
public:
    static constexpr std::chrono::seconds bodyIdleTimeout{120};
    static constexpr int maxInterimAnswers = 20;

    HttpExchange(ProxyContext &context, ClientStream &client, UpstreamPool &pool, const http::RequestHead &request,
                 const Destination &destination, std::shared_ptr<EventSink> sink);

    // Whether the client's connection can be used for a further request.
    Task<bool> run();

private:
    struct Fault {
        int status = 502; // for the client, if it was sent nothing yet; 0: end the connection
        std::string text;
    };
    using AnswerHead = tl::expected<http::ResponseHead, Fault>;

    Task<tl::expected<void, Fault>> connectAndSend(bool mayReuse);
    Task<AnswerHead> firstAnswer();
    Task<AnswerHead> readFinalHead();
    Task<AnswerHead> readHead();
    Task<bool> relayAnswer(const http::ResponseHead &head);
    Task<std::optional<Fault>> relayBody(const http::ResponseHead &head, std::string pendingHead);
    Task<bool> relayUpgrade(const http::ResponseHead &head);
    Task<bool> answerFault(Fault fault);

    void appendAnswer(std::vector<asio::const_buffer> &message, std::string_view taken, const http::BodyReader &body);

    // In httpexchange_held.cpp
    Task<std::optional<Fault>> holdRequest();
    Task<void> sendHeld();
    Task<bool> withdrawIfRefused(const http::ResponseHead &head);
    Task<error_code> writeHeldBack();
    void noteHeld();
    std::string usageKey() const;

    // In httpexchange_policy.cpp
    void chooseSecrets();
    Upstream::Key upstreamKey() const;
    std::string outgoingHead(const http::RequestHead &request);
    std::optional<Fault> faultOfProxy(const http::ResponseHead &head) const;
    std::string upstreamName() const;
    std::optional<std::string> refusedSecret(const http::ResponseHead &head) const;

    void takeEarlyBody();
    void startUpload();
    Task<void> upload();
    Task<void> uploadEnded();
    void stopUpload();
    bool isRepeatable() const;
    Fault lostUpstream(std::string text) const;

    ProxyContext &m_context;
    ClientStream &m_client;
    UpstreamPool &m_pool;
    const http::RequestHead &m_request;
    const Destination &m_destination;
    ExchangeRecorder m_recorder;
    std::shared_ptr<const ActivePolicy> m_policy; // as this exchange began
    policy::SecretChoice m_secrets;               // of m_policy

    std::unique_ptr<Upstream> m_upstream;
    bool m_isReused = false;
    bool m_isAnswerBegun = false; // the upstream sent something
    bool m_isHeadSent = false;    // the client was sent a final head
    http::BodyReader m_requestBody;
    std::size_t m_earlyBytes = 0; // of the request's body, in the client's buffer beside the head
    bool m_isUploading = false;
    std::optional<Fault> m_uploadFault;
    std::optional<HeldRequest> m_held;
    bool m_isHeldNoted = false; // by the recorder
    std::optional<FilteredAnswer> m_filtered;
    Timer m_uploadDone;
};

} // namespace hookscope::proxy
