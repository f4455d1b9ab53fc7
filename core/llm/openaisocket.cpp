#include "core/llm/pickedjson.h"
#include "core/llm/socketcalls.h"

#include <algorithm>
#include <deque>

namespace hookscope::llm {

namespace {

enum Client : std::size_t { ClientType, AskedModel, AskedInner, AskedSession, ClientEventId };

const JsonPaths &clientMessagePaths()
{
    static const JsonPaths paths{"type", "model", "response.model", "session.model", "event_id"};
    return paths;
}

enum Server : std::size_t {
    Type,
    Id,
    Object,
    ResponseId,
    SessionModel,
    Status,
    StatusCode,
    FailedEventId,
    ResponseStatus,
    StatusReason,
    StatusError,
};

const JsonPaths &serverMessagePaths()
{
    static const JsonPaths paths{
        "type",
        "response.id",
        "response.object",
        "response_id",
        "session.model",
        "status",
        "status_code",
        "error.event_id",
        "response.status",
        "response.status_details.reason",
        "response.status_details.error",
    };
    return paths;
}

constexpr std::size_t mostRunning = 64;
constexpr std::size_t mostEndedIds = 1024;

// Whether the answer is over with this message.
bool isLast(std::string_view type)
{
    return type == "response.completed" || type == "response.incomplete" || type == "response.failed"
        || type == "response.cancelled" || type == "response.done";
}

struct Open {
    RunningCall call;
    std::string id; // of the response; empty until the server names it
    std::string eventId; // of the client's message that asked for it
    bool isDoubtful = false; // an error came that may be about it
};

// A response is a call, known by its id: the same id is one call however often it is told, and several
// run at once (realtime responses outside of the conversation).
class OpenAiSocketCalls final : public SocketCalls {
public:
    OpenAiSocketCalls(SocketHints hints, OpenAiSocket kind)
        : SocketCalls(std::move(hints))
        , m_isRealtime(kind == OpenAiSocket::Realtime)
        , m_answerPaths(makeOpenAiReader({})->paths())
    {
    }

    const JsonPaths &clientPaths() const override { return clientMessagePaths(); }
    const JsonPaths &serverPaths() const override { return serverMessagePaths(); }
    const JsonPaths &answerPaths() const override { return m_answerPaths; }

    bool mayMatterOfClient(const JsonPicker &message) const override
    {
        const auto type = message.word(ClientType);
        return type.empty() || type == "response.create" || type == "session.update";
    }

    // Most of what a server sends are pieces of answers, of which each answer's first one matters.
    bool mayMatterOfServer(const JsonPicker &message) const override
    {
        return !message.word(Type).ends_with(".delta")
            || std::any_of(m_open.begin(), m_open.end(),
                           [](const Open &open) { return !open.call.call().facts.firstContentUs; });
    }

    void clientMessage(const JsonPicker &message, std::int64_t nowUs) override;
    void serverMessage(const JsonPicker &message, const JsonPicker &answer, std::int64_t nowUs) override;
    void cut(std::int64_t nowUs, const std::optional<std::string> &error) override;
    const SocketCall *running() const override;

private:
    bool isCall() const { return m_hints.isKnown || m_isRecognised; }
    RunningCall begun(const std::optional<std::string> &requestModel, std::int64_t begunUs) const;
    void add(const std::optional<std::string> &requestModel, std::int64_t begunUs, std::string eventId);
    Open *openWith(std::string_view id);
    Open *begin(std::string_view id, std::int64_t nowUs);
    void readError(const JsonPicker &message, const JsonPicker &answer, std::int64_t nowUs);
    Open *failedBy(std::string_view eventId);
    void noteOutcome(CallFacts &facts, const JsonPicker &message);
    void end(Open &open, SocketCall call);

    bool m_isRealtime;
    const JsonPaths &m_answerPaths;
    PickedJson m_json;
    std::optional<std::string> m_sessionModel;
    std::vector<Open> m_open; // in the order in which they began
    std::deque<std::string> m_endedIds;
    bool m_isRecognised = false;
};

void OpenAiSocketCalls::clientMessage(const JsonPicker &message, std::int64_t nowUs)
{
    const auto type = message.word(ClientType);
    if (type == "session.update") {
        if (auto model = nameIn(message, AskedSession))
            m_hints.model = std::move(model);
    } else if (type == "response.create") {
        auto model = nameIn(message, AskedModel);
        if (!model)
            model = nameIn(message, AskedInner);
        add(model ? model : m_hints.model, nowUs, nameIn(message, ClientEventId).value_or(std::string()));
    }
}

void OpenAiSocketCalls::serverMessage(const JsonPicker &message, const JsonPicker &answer, std::int64_t nowUs)
{
    const auto type = message.word(Type);
    if (type == "error")
        return readError(message, answer, nowUs);
    if (type == "session.created" || type == "session.updated") {
        if (auto model = nameIn(message, SessionModel))
            m_sessionModel = std::move(model);
        return;
    }
    if (!type.starts_with("response."))
        return;
    const auto object = message.word(Object);
    m_isRecognised = m_isRecognised || object == "response" || object == "realtime.response";
    // Most messages name the response by the one member or the other; Codex's deltas by none.
    const auto id = message.word(Id).empty() ? message.word(ResponseId) : message.word(Id);
    if (id.size() > longestName)
        return;
    Open *open = openWith(id);
    if (!open && !message.word(Id).empty())
        open = begin(id, nowUs);
    if (!open)
        return;
    open->call.read(answer, nowUs);
    if (!isLast(type))
        return;
    SocketCall call = open->call.ended(nowUs);
    noteOutcome(call.facts, message);
    end(*open, std::move(call));
}

RunningCall OpenAiSocketCalls::begun(const std::optional<std::string> &requestModel,
                                     std::int64_t begunUs) const
{
    return {m_hints, requestModel, begunUs,
            makeOpenAiReader({m_hints.provider, Endpoint::Answer::Generation, requestModel})};
}

void OpenAiSocketCalls::add(const std::optional<std::string> &requestModel, std::int64_t begunUs,
                            std::string eventId)
{
    if (m_open.size() == mostRunning)
        end(m_open.front(), m_open.front().call.cut(begunUs, "too many answers are awaited at once"));
    m_open.push_back({begun(requestModel, begunUs), {}, std::move(eventId)});
    m_open.back().call.setModel(m_sessionModel);
}

// Without an id: the one whose answer began last.
Open *OpenAiSocketCalls::openWith(std::string_view id)
{
    const auto found = std::find_if(m_open.rbegin(), m_open.rend(), [id](const Open &open) {
        return id.empty() ? !open.id.empty() : open.id == id;
    });
    return found == m_open.rend() ? nullptr : &*found;
}

// The server begins the answer to what was asked for first, or one on its own account (realtime, when the
// user has stopped to speak). Null for an answer that is over already.
Open *OpenAiSocketCalls::begin(std::string_view id, std::int64_t nowUs)
{
    if (std::find(m_endedIds.begin(), m_endedIds.end(), id) != m_endedIds.end())
        return nullptr;
    auto asked = std::find_if(m_open.begin(), m_open.end(),
                              [](const Open &open) { return open.id.empty() && !open.isDoubtful; });
    if (asked == m_open.end())
        asked = std::find_if(m_open.begin(), m_open.end(), [](const Open &open) { return open.id.empty(); });
    if (asked == m_open.end()) {
        add(m_hints.model, nowUs, {});
        asked = m_open.end() - 1;
    } else if (asked->isDoubtful) { // not what the error was about, but when it was asked for is not known
        asked->isDoubtful = false;
        asked->call = begun(asked->call.call().facts.details.requestModel, nowUs);
    }
    asked->id = id;
    asked->call.setModel(m_sessionModel);
    asked->call.call().facts.details.answerId = std::string(id);
    return &*asked;
}

void OpenAiSocketCalls::readError(const JsonPicker &message, const JsonPicker &answer, std::int64_t nowUs)
{
    const auto eventId = nameIn(message, FailedEventId).value_or(std::string());
    Open *open = failedBy(eventId);
    if (!open)
        return;
    open->call.read(answer, nowUs);
    if (m_isRealtime && eventId.empty()) {
        open->isDoubtful = true;
        return;
    }
    for (const auto place : {Status, StatusCode}) {
        const auto status = tokenCount(message.raw(place));
        if (status && *status >= 100 && *status < 600)
            open->call.call().status = static_cast<int>(*status);
    }
    end(*open, open->call.ended(nowUs));
}

// The call that an error message is about. A realtime session's errors are about any of the client's
// messages, and do not end a response: only what was asked for and not begun can be meant.
Open *OpenAiSocketCalls::failedBy(std::string_view eventId)
{
    const auto isMeant = [&](const Open &open) {
        if (m_isRealtime)
            return open.id.empty() && !open.isDoubtful && open.eventId == eventId;
        return open.id.empty();
    };
    const auto found = std::find_if(m_open.begin(), m_open.end(), isMeant);
    if (found != m_open.end())
        return &*found;
    return m_isRealtime || m_open.empty() ? nullptr : &m_open.back();
}

// A realtime response tells its end in members of its own.
void OpenAiSocketCalls::noteOutcome(CallFacts &facts, const JsonPicker &message)
{
    if (!m_isRealtime)
        return;
    auto reason = nameIn(message, StatusReason);
    if (!reason)
        reason = nameIn(message, ResponseStatus);
    if (reason)
        facts.details.stopReason = std::move(reason);
    if (message.holds(StatusError))
        facts.error = m_json.errorText(message.raw(StatusError));
}

void OpenAiSocketCalls::end(Open &open, SocketCall call)
{
    if (!open.id.empty()) {
        m_endedIds.push_back(std::move(open.id));
        if (m_endedIds.size() > mostEndedIds)
            m_endedIds.pop_front();
    }
    m_open.erase(m_open.begin() + (&open - m_open.data()));
    if (isCall())
        m_ended.push_back(std::move(call));
}

void OpenAiSocketCalls::cut(std::int64_t nowUs, const std::optional<std::string> &error)
{
    while (!m_open.empty())
        end(m_open.front(), m_open.front().call.cut(nowUs, error));
}

const SocketCall *OpenAiSocketCalls::running() const
{
    return isCall() && !m_open.empty() ? &m_open.back().call.call() : nullptr;
}

} // namespace

std::unique_ptr<SocketCalls> makeOpenAiSocketCalls(SocketHints hints, OpenAiSocket kind)
{
    return std::make_unique<OpenAiSocketCalls>(std::move(hints), kind);
}

} // namespace hookscope::llm
