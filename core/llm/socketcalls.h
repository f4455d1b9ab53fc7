#pragma once

#include "core/llm/callfacts.h"
#include "core/llm/dialectreader.h"
#include "core/llm/headid.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hookscope::llm {

// One of the calls on a websocket. Times are of the caller's clock, as the facts' firstContentUs is.
struct SocketCall {
    CallFacts facts;
    std::int64_t begunUs = 0; // the client's message that asked for it, else the server's first about it
    std::optional<std::int64_t> answeredUs; // the server's first message about it
    std::int64_t endedUs = 0;
    std::optional<int> status; // as of HTTP, where an error message names one
};

// What is known of a socket before its first message.
struct SocketHints {
    std::string provider;
    bool isKnown = false; // the provider was named; else content must show that there are calls
    std::optional<std::string> model; // of the URL
    std::optional<std::string> session;
};

// A call that has begun, and the dialect's reader of its answer.
class RunningCall {
public:
    RunningCall(const SocketHints &hints, std::optional<std::string> requestModel, std::int64_t begunUs,
                std::unique_ptr<DialectReader> reader);

    // One more message of the answer, picked by the dialect reader's paths.
    void read(const JsonPicker &answer, std::int64_t nowUs);
    void noteFirstContent(std::int64_t nowUs);

    // The model, until the answer itself names one.
    void setModel(const std::optional<std::string> &model);

    // Its last message was read.
    SocketCall ended(std::int64_t nowUs);

    // It ends without its last message.
    SocketCall cut(std::int64_t nowUs, const std::optional<std::string> &error);

    SocketCall &call() { return m_call; }
    const SocketCall &call() const { return m_call; }
    bool isAnswered() const { return m_call.answeredUs.has_value(); }
    bool hasUsage() const { return m_reader->findings().statement != Findings::Statement::None; }

private:
    void publish();

    SocketCall m_call;
    std::unique_ptr<DialectReader> m_reader;
};

// A string that is a name or an id; none if it is absent, empty or longer than longestName.
std::optional<std::string> nameIn(const JsonPicker &message, std::size_t wanted);

// Tells the calls of one socket apart by its messages: one subclass per protocol, which know nothing of
// frames.
class SocketCalls {
public:
    explicit SocketCalls(SocketHints hints)
        : m_hints(std::move(hints))
    {
    }
    virtual ~SocketCalls() = default;
    SocketCalls(const SocketCalls &) = delete;
    SocketCalls &operator=(const SocketCalls &) = delete;

    // What to pick of each message, and for the readers of answers.
    virtual const JsonPaths &clientPaths() const = 0;
    virtual const JsonPaths &serverPaths() const = 0;
    virtual const JsonPaths &answerPaths() const = 0;

    // False as soon as what was picked of a message until now shows that it does not matter.
    virtual bool mayMatterOfClient(const JsonPicker &message) const = 0;
    virtual bool mayMatterOfServer(const JsonPicker &message) const = 0;

    virtual void clientMessage(const JsonPicker &message, std::int64_t nowUs) = 0;
    virtual void serverMessage(const JsonPicker &message, const JsonPicker &answer, std::int64_t nowUs) = 0;

    // No further message comes: the calls that run are cut.
    virtual void cut(std::int64_t nowUs, const std::optional<std::string> &error) = 0;
    virtual const SocketCall *running() const = 0;

    // What the server sends cannot be read on: cuts the calls that run. If none does, and there are calls
    // on this socket for sure, one stands for those that will not be seen.
    void endUnread(std::int64_t nowUs, const std::string &why);

    std::vector<SocketCall> takeEnded() { return std::exchange(m_ended, {}); }

protected:
    SocketHints m_hints;
    std::vector<SocketCall> m_ended;
};

// OpenAI's messages: of the Responses API over a websocket, or of the realtime API.
enum class OpenAiSocket { Responses, Realtime };
std::unique_ptr<SocketCalls> makeOpenAiSocketCalls(SocketHints hints, OpenAiSocket kind);

// Gemini's Live API.
std::unique_ptr<SocketCalls> makeLiveSocketCalls(SocketHints hints);

} // namespace hookscope::llm
