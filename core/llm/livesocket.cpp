#include "core/llm/socketcalls.h"

namespace hookscope::llm {

namespace {

// ai.google.dev/api/live. Protobuf's JSON form takes every name in two spellings from a client.
enum Client : std::size_t {
    SetupModel,
    TurnIsComplete,
    ToolResponse = TurnIsComplete + 4,
    Asking = ToolResponse + 2
};

const JsonPaths &clientMessagePaths()
{
    static const JsonPaths paths{
        "setup.model",
        "clientContent.turnComplete?",
        "clientContent.turn_complete?",
        "client_content.turnComplete?",
        "client_content.turn_complete?",
        "toolResponse?",
        "tool_response?",
        "realtimeInput.text?",
        "realtime_input.text?",
        "realtimeInput.activityEnd?",
        "realtime_input.activity_end?",
    };
    return paths;
}

enum Server : std::size_t { SetupComplete, TurnComplete, ModelTurn, Transcription, ToolCall, Usage };

const JsonPaths &serverMessagePaths()
{
    static const JsonPaths paths{
        "setupComplete?",
        "serverContent.turnComplete?",
        "serverContent.modelTurn?",
        "serverContent.outputTranscription?",
        "toolCall?",
        "usageMetadata?",
    };
    return paths;
}

// A turn of the model's is a call: it is billed by itself, the history that it is given included. Usage
// comes with the message that completes the turn, or in one of its own right behind it.
class LiveSocket final : public SocketCalls {
public:
    explicit LiveSocket(SocketHints hints)
        : SocketCalls(std::move(hints))
        , m_answerPaths(makeGoogleReader({})->paths())
    {
    }

    const JsonPaths &clientPaths() const override { return clientMessagePaths(); }
    const JsonPaths &serverPaths() const override { return serverMessagePaths(); }
    const JsonPaths &answerPaths() const override { return m_answerPaths; }
    bool mayMatterOfClient(const JsonPicker & /*message*/) const override { return true; }
    bool mayMatterOfServer(const JsonPicker & /*message*/) const override { return true; }

    void clientMessage(const JsonPicker &message, std::int64_t nowUs) override
    {
        if (auto model = nameIn(message, SetupModel))
            m_hints.model = std::move(model);
        if (!asks(message))
            return;
        endCompleted();
        if (!m_turn)
            begin(nowUs);
        else if (m_turn->isAnswered() && !message.holds(ToolResponse) && !message.holds(ToolResponse + 1))
            m_askedUs = nowUs; // the model is interrupted: the next turn answers this
    }

    void serverMessage(const JsonPicker &message, const JsonPicker &answer, std::int64_t nowUs) override
    {
        const bool hasContent =
            message.holds(ModelTurn) || message.holds(Transcription) || message.holds(ToolCall);
        const bool hasUsage = message.holds(Usage);
        const bool isComplete = message.holds(TurnComplete);
        m_isRecognised =
            m_isRecognised || hasUsage || message.kind(SetupComplete) != JsonPicker::Kind::Absent;
        if (hasContent || isComplete)
            endCompleted();
        if (!m_turn && (hasContent || (hasUsage && isComplete)))
            begin(m_askedUs.value_or(nowUs));
        if (!m_turn || (!hasContent && !hasUsage && !isComplete))
            return;
        m_turn->read(answer, nowUs);
        if (hasContent)
            m_turn->noteFirstContent(nowUs);
        if (isComplete)
            m_completedUs = nowUs;
        if (m_completedUs && hasUsage)
            endCompleted(); // what was stated earlier in the turn may not be all
    }

    void cut(std::int64_t nowUs, const std::optional<std::string> &error) override
    {
        endCompleted();
        if (m_turn && (m_isRecognised || m_hints.isKnown))
            m_ended.push_back(m_turn->cut(nowUs, error));
        m_turn.reset();
    }

    const SocketCall *running() const override
    {
        return m_turn && (m_isRecognised || m_hints.isKnown) ? &m_turn->call() : nullptr;
    }

private:
    // The model is to answer now.
    static bool asks(const JsonPicker &message)
    {
        for (auto wanted = std::size_t(TurnIsComplete); wanted < clientMessagePaths().size(); ++wanted) {
            if (message.holds(wanted)
                || (wanted >= Asking && message.kind(wanted) == JsonPicker::Kind::EmptyObject))
                return true;
        }
        return false;
    }

    void begin(std::int64_t begunUs)
    {
        m_askedUs.reset();
        m_turn.emplace(m_hints, m_hints.model, begunUs,
                       makeGoogleReader({m_hints.provider, Endpoint::Answer::Generation, m_hints.model}));
    }

    void endCompleted()
    {
        if (!m_turn || !m_completedUs)
            return;
        if (m_isRecognised || m_hints.isKnown)
            m_ended.push_back(m_turn->ended(*m_completedUs));
        m_turn.reset();
        m_completedUs.reset();
    }

    const JsonPaths &m_answerPaths;
    std::optional<RunningCall> m_turn;
    std::optional<std::int64_t> m_completedUs; // the turn is over, but for its usage
    std::optional<std::int64_t> m_askedUs; // what the turn after this one answers
    bool m_isRecognised = false;
};

} // namespace

std::unique_ptr<SocketCalls> makeLiveSocketCalls(SocketHints hints)
{
    return std::make_unique<LiveSocket>(std::move(hints));
}

} // namespace hookscope::llm
