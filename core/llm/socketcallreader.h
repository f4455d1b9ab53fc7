#pragma once

#include "core/http/websocket.h"
#include "core/llm/callreader.h"
#include "core/llm/jsonpicker.h"
#include "core/llm/socketcalls.h"

#include <optional>
#include <vector>

namespace hookscope::llm {

// Reads the LLM calls on one websocket from a copy of both directions' bytes, as they pass, after they were
// written on: OpenAI's Responses API (Codex, Copilot) and realtime API, also as Azure and xAI have it, and
// Gemini's Live API. Each answer of the provider's is a call of its own, given as soon as it has ended.
// Sans-I/O: any thread, one at a time. Nothing that the bytes hold makes it fail.
class SocketCallReader {
public:
    // Null if this cannot become a socket with calls on it: the path decides, and that the client asks for
    // a websocket.
    static std::unique_ptr<SocketCallReader> forRequest(const CallReader::Request &request);

    explicit SocketCallReader(std::unique_ptr<SocketCalls> calls);

    // The answer's head, a 101. Once, before any bytes.
    void upgraded(const http::FieldList &answerHead);

    // Bytes behind the heads, in pieces of any size; `nowUs` is the caller's clock, as for CallReader.
    void clientBytes(std::string_view bytes, std::int64_t nowUs);
    void serverBytes(std::string_view bytes, std::int64_t nowUs);

    // The socket is over. Once, last.
    void closed(std::int64_t nowUs);

    // The calls that have ended since this was asked for last.
    std::vector<SocketCall> takeEnded() { return m_calls->takeEnded(); }

    // The call that began last of those that run; null if none does that is known to be one.
    const SocketCall *running() const { return m_calls->running(); }

private:
    // One direction: finds the JSON in its messages.
    class Side final : public http::WebSocketReader::Sink {
    public:
        Side(SocketCalls &calls, http::WebSocketReader::Sender sender);

        void upgraded(const http::WebSocketExtensions &agreed) { m_reader.emplace(m_sender, agreed); }
        http::WebSocketReader::State feed(std::string_view bytes, std::int64_t nowUs);
        // Why nothing more can be read of it.
        std::string_view failure() const { return m_reader->failure(); }
        // What its close frame complains of.
        std::optional<std::string> complaint() const;

    private:
        void messageBegan() override;
        bool messagePart(std::string_view part) override;
        void messageEnded() override;

        SocketCalls &m_calls;
        http::WebSocketReader::Sender m_sender;
        std::optional<http::WebSocketReader> m_reader;
        JsonPicker m_message; // what the calls are told apart by
        std::optional<JsonPicker> m_answer; // of the server's: what the dialect's reader wants
        bool m_mayMatter = false; // the message that is read
        std::int64_t m_nowUs = 0;
    };

    std::unique_ptr<SocketCalls> m_calls;
    Side m_client;
    Side m_server;
    bool m_isOver = false;
};

} // namespace hookscope::llm
