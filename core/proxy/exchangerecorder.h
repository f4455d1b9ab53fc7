#pragma once

#include "core/http/head.h"
#include "core/llm/callreader.h"
#include "core/llm/socketcallreader.h"
#include "core/proxy/asio.h"
#include "core/proxy/eventsink.h"
#include "core/proxy/routing.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hookscope::proxy {

// Turns what happens to one exchange into its events. Everything here is called after the bytes that
// it is about were written on. Proxy thread.
class ExchangeRecorder {
public:
    using Pieces = std::vector<std::string_view>;

    // The head was read and may be routed. Nothing is told before begin(), or what else happens, so that it
    // need not be told before the head is on its way; until then `head` and `destination` are referred to.
    ExchangeRecorder(std::shared_ptr<EventSink> sink, const http::RequestHead &head,
                     const Destination &destination);

    // What came cannot be served; `head` is null if it is not even a request.
    ExchangeRecorder(std::shared_ptr<EventSink> sink, const http::RequestHead *head, const Refusal &refusal);

    ~ExchangeRecorder();
    ExchangeRecorder(const ExchangeRecorder &) = delete;
    ExchangeRecorder &operator=(const ExchangeRecorder &) = delete;

    void begin();
    void requestBody(const Pieces &content);
    void requestRead();
    void answered(const http::ResponseHead &head);
    void answerBody(const Pieces &content);

    // As answerBody(), of an answer that is edited: the client got `sentOn` bytes for it.
    void editedAnswerBody(const Pieces &content, std::size_t sentOn);

    // Whether the bytes behind a 101 are to be told as they pass, by the client and by the upstream.
    bool readsSocket() const { return m_socketReader != nullptr; }
    void socketSent(std::string_view piece);
    void socketAnswered(std::string_view piece);

    // How many bytes of a tunnel, or behind a 101.
    void tunnelled(std::uint64_t toUpstream, std::uint64_t toClient);

    // The request goes upstream with a secret of the user's.
    void secretInjected();

    // Hookscope answers in the upstream's place.
    void answeredByUs(int status);

    // The last byte went on, or none will: then `error` says why. Once.
    void finished(std::optional<std::string> error);

private:
    void sendStarted(std::string path, bool isTunnel, const http::FieldList &head, std::int64_t timestampUs);
    std::int64_t nowUs() const;
    ProxyEvent proxyEvent(HookEvent event) const;
    void send(Event &&event);
    void reportProgress();
    void reportProgress(const llm::CallFacts &facts, std::int64_t begunUs);
    void reportSocketCalls();
    LlmEvent callEvent(const llm::CallFacts &facts, std::int64_t begunUs) const;
    void emitCall(const std::optional<std::string> &error);
    void ensureRequestEvent();
    void keepRequest(bool isWhole);

    // What begin() makes the first event of.
    struct Unsaid {
        const http::RequestHead *head;
        const Destination *destination;
        std::int64_t timestampUs;
    };

    std::shared_ptr<EventSink> m_sink;
    std::optional<Unsaid> m_unsaid;
    Secrets m_secrets;
    ProxyEvent m_common; // what is alike in every event of this exchange
    std::string m_path;
    bool m_isRequest = true;
    bool m_isFinished = false;
    bool m_hasRequestEvent = false;
    CollectedBody m_requestKept;
    CollectedBody m_answerKept;
    bool m_isRequestKept = false;
    std::unique_ptr<llm::CallReader> m_reader;
    std::unique_ptr<llm::SocketCallReader> m_socketReader;

    struct Progress { // of the call that runs, as it was sent last
        std::int64_t begunUs = 0;
        std::optional<std::string> model;
        bool hasFirstContent = false;
        TokenUsage tokens = {};

        bool operator==(const Progress &) const = default;
    };
    std::optional<Progress> m_sentProgress;
    std::int64_t m_progressSentUs = 0;

    Clock::time_point m_startedAt; // the head was read
    Clock::time_point m_readAt; // the request was read whole
    std::optional<Clock::time_point> m_answeredAt;
    std::optional<int> m_status;
    std::uint64_t m_requestBytes = 0;
    std::uint64_t m_responseBytes = 0;
};

} // namespace hookscope::proxy
