#include "core/llm/socketcallreader.h"

#include "core/llm/endpoint.h"
#include "core/llm/pickedjson.h"

#include <algorithm>

namespace hookscope::llm {

namespace {

using Sender = http::WebSocketReader::Sender;

constexpr int normalClosure = 1000; // RFC 6455 section 7.4.1
constexpr int goingAway = 1001;

enum class Protocol { Responses, Realtime, Live };

std::optional<Protocol> protocolOf(std::string_view path)
{
    path = withoutQuery(path);
    if (path.ends_with("/responses"))
        return Protocol::Responses;
    if (path.ends_with("/realtime"))
        return Protocol::Realtime;
    // "…GenerativeService.BidiGenerateContent", with "Constrained" behind it for short-lived tokens
    if (path.substr(path.rfind('/') + 1).find("BidiGenerateContent") != path.npos)
        return Protocol::Live;
    return std::nullopt;
}

bool asksForWebSocket(const http::FieldList &head)
{
    const auto protocols = http::listMembers(head, "upgrade");
    return std::any_of(protocols.begin(), protocols.end(),
                       [](std::string_view name) { return http::equalsIgnoringCase(name, "websocket"); });
}

// The model that the URL's query names; Azure's names a deployment.
std::optional<std::string> modelOfQuery(std::string_view path)
{
    const auto mark = path.find('?');
    auto query = mark == path.npos ? std::string_view() : path.substr(mark + 1);
    while (!query.empty()) {
        const auto pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        const auto name = pair.substr(0, pair.find('='));
        if ((name == "model" || name == "deployment") && pair.size() > name.size() + 1
            && pair.size() < longestName)
            return percentDecoded(pair.substr(name.size() + 1));
    }
    return std::nullopt;
}

} // namespace

std::unique_ptr<SocketCallReader> SocketCallReader::forRequest(const CallReader::Request &request)
{
    const auto protocol = protocolOf(request.path);
    if (request.method != "GET" || !protocol || !asksForWebSocket(request.head))
        return nullptr;
    const bool isLive = *protocol == Protocol::Live;
    SocketHints hints;
    hints.isKnown = request.provider.has_value();
    hints.provider = hints.isKnown ? request.provider->name : isLive ? "google" : "openai";
    hints.model = modelOfQuery(request.path);
    hints.session = idIn(request.head, {"session-id", "session_id"});
    auto calls = isLive ? makeLiveSocketCalls(std::move(hints))
                        : makeOpenAiSocketCalls(std::move(hints),
                                                *protocol == Protocol::Realtime ? OpenAiSocket::Realtime
                                                                                : OpenAiSocket::Responses);
    return std::make_unique<SocketCallReader>(std::move(calls));
}

SocketCallReader::SocketCallReader(std::unique_ptr<SocketCalls> calls)
    : m_calls(std::move(calls))
    , m_client(*m_calls, Sender::Client)
    , m_server(*m_calls, Sender::Server)
{
}

void SocketCallReader::upgraded(const http::FieldList &answerHead)
{
    const auto agreed = http::WebSocketExtensions::of(answerHead);
    m_client.upgraded(agreed);
    m_server.upgraded(agreed);
}

void SocketCallReader::clientBytes(std::string_view bytes, std::int64_t nowUs)
{
    if (!m_isOver)
        m_client.feed(bytes, nowUs);
}

void SocketCallReader::serverBytes(std::string_view bytes, std::int64_t nowUs)
{
    if (m_isOver)
        return;
    switch (m_server.feed(bytes, nowUs)) {
    case http::WebSocketReader::State::Reading:
        break;
    case http::WebSocketReader::State::Closed:
        closed(nowUs);
        break;
    case http::WebSocketReader::State::Unreadable:
        m_isOver = true;
        m_calls->endUnread(nowUs, std::string(m_server.failure()));
        break;
    }
}

void SocketCallReader::closed(std::int64_t nowUs)
{
    if (std::exchange(m_isOver, true))
        return;
    m_calls->cut(nowUs,
                 m_server.complaint().value_or("the websocket was closed before the answer was complete"));
}

SocketCallReader::Side::Side(SocketCalls &calls, Sender sender)
    : m_calls(calls)
    , m_sender(sender)
    , m_message(sender == Sender::Client ? calls.clientPaths() : calls.serverPaths())
{
    if (sender == Sender::Server)
        m_answer.emplace(calls.answerPaths());
}

http::WebSocketReader::State SocketCallReader::Side::feed(std::string_view bytes, std::int64_t nowUs)
{
    if (!m_reader)
        return http::WebSocketReader::State::Reading;
    m_nowUs = nowUs;
    return m_reader->feed(bytes, *this);
}

std::optional<std::string> SocketCallReader::Side::complaint() const
{
    const auto code = m_reader ? m_reader->closeCode() : std::nullopt;
    if (!code || *code == normalClosure || *code == goingAway)
        return std::nullopt;
    return errorSentence("websocket closed with " + std::to_string(*code), m_reader->closeReason());
}

void SocketCallReader::Side::messageBegan()
{
    m_mayMatter = false;
    m_message.reset();
    if (m_answer)
        m_answer->reset();
}

bool SocketCallReader::Side::messagePart(std::string_view part)
{
    m_message.feed(part);
    m_mayMatter = !m_message.hasFailed()
        && (m_sender == Sender::Client ? m_calls.mayMatterOfClient(m_message)
                                       : m_calls.mayMatterOfServer(m_message));
    if (m_mayMatter && m_answer)
        m_answer->feed(part);
    return m_mayMatter && !m_message.isComplete();
}

void SocketCallReader::Side::messageEnded()
{
    if (!m_mayMatter || !m_message.isComplete())
        return;
    if (m_sender == Sender::Client)
        m_calls.clientMessage(m_message, m_nowUs);
    else
        m_calls.serverMessage(m_message, *m_answer, m_nowUs);
}

} // namespace hookscope::llm
