#pragma once

#include "core/llm/callreader.h"

#include <QMetaType>
#include <algorithm>

// One call as a test speaks it, and what its reader made of it.
namespace hookscope::test {

struct Spoken {
    std::string path;
    std::string request;
    std::string answer;
    int status = 200;
    std::string contentType = "text/event-stream";
    bool isWhole = true;
    std::string host = {}; // empty: not known
    http::FieldList requestHead = {};
    http::FieldList answerHead = {};
};

inline std::unique_ptr<llm::CallReader> readerOf(const Spoken &call)
{
    return llm::CallReader::forRequest(
        {"POST", call.path, llm::providerOfHost(call.host, {}), call.requestHead});
}

inline std::unique_ptr<llm::CallReader> played(const Spoken &call, std::size_t piece = std::string::npos)
{
    auto reader = readerOf(call);
    if (!reader)
        return nullptr;
    for (std::size_t at = 0; at < call.request.size(); at += std::min(piece, call.request.size()))
        reader->requestBody(std::string_view(call.request).substr(at, piece));
    reader->requestEnded();
    auto head = call.answerHead;
    head.push_back({"Content-Type", call.contentType});
    reader->answerHead(call.status, head);
    for (std::size_t at = 0; at < call.answer.size(); at += std::min(piece, call.answer.size()))
        reader->answerBody(std::string_view(call.answer).substr(at, piece), static_cast<std::int64_t>(at));
    reader->answerEnded(call.isWhole);
    return reader;
}

inline std::string events(std::initializer_list<std::string_view> list)
{
    std::string stream;
    for (const auto data : list)
        stream.append("data: ").append(data).append("\n\n");
    return stream;
}

// "state in/out read/write/reasoning", a dash for what is absent.
inline std::string textOf(const llm::CallFacts &facts)
{
    const auto text = [](const std::optional<std::int64_t> &n) {
        return n ? std::to_string(*n) : std::string("-");
    };
    const auto &tokens = facts.tokens;
    const char *state = facts.usage == UsageState::Reported ? "reported"
        : facts.usage == UsageState::Partial                ? "partial"
                                                            : "missing";
    return std::string(state) + ' ' + text(tokens.input) + '/' + text(tokens.output) + ' '
        + text(tokens.cacheRead) + '/' + text(tokens.cacheWrite) + '/' + text(tokens.reasoning);
}

inline constexpr std::string_view messageStart =
    R"({"type":"message_start","message":{"type":"message","model":"claude","usage":)";

inline std::string started(std::string_view usage)
{
    return std::string(messageStart).append(usage).append("}}");
}

inline std::string delta(std::string_view usage)
{
    return std::string(R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":)")
        .append(usage)
        .append("}");
}

} // namespace hookscope::test

Q_DECLARE_METATYPE(hookscope::test::Spoken)
