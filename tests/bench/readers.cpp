#include "core/llm/callreader.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <simdjson.h>
#include <string>
#include <vector>

// How fast answers are read, by dialect, against simdjson parsing the same bytes and doing no more: the
// recordings, made larger by repeating what is in their middle. Prints MB/s; the best of several rounds,
// since the machine is shared. Usage: bench_readers [FIXTURES]

using namespace hookscope;

namespace {

constexpr std::size_t bodySize = 16U << 20;
constexpr std::size_t pieceSize = 64U << 10; // as a relay reads it
constexpr int rounds = 5;

struct Recording {
    const char *label;
    const char *path;
    const char *contentType;
};

constexpr Recording recordings[]{
    {"OpenAI chat, JSON", "openai/chat-json-audio-01/response.json", "application/json"},
    {"OpenAI responses, JSON", "xai/responses-json-01/response.json", "application/json"},
    {"Anthropic, JSON", "anthropic/messages-json-thinking-01/response.json", "application/json"},
    {"Gemini, JSON", "gemini/generate-json-thinking-01/response.json", "application/json"},
    {"Cohere, JSON", "cohere/v2-chat-json-cached-01/response.json", "application/json"},
    {"Bedrock Converse, JSON", "bedrock/converse-json-cache-01/response.json", "application/json"},
    {"OpenAI chat, SSE", "openai/chat-stream-cached-01/response.sse", "text/event-stream"},
    {"OpenAI responses, SSE", "openai/responses-stream-incomplete-01/response.sse", "text/event-stream"},
    {"Anthropic, SSE", "anthropic/messages-stream-cache-write-03/response.sse", "text/event-stream"},
    {"Gemini, SSE", "gemini/stream-sse-counts-reset-03/response.sse", "text/event-stream"},
    {"Cohere, SSE", "cohere/v2-chat-stream-reasoning-01/response.sse", "text/event-stream"},
    {"Perplexity, SSE", "perplexity/chat-stream-01/response.sse", "text/event-stream"},
    {"Ollama, NDJSON", "ollama/api-chat-stream-03/response.ndjson", "application/x-ndjson"},
};

std::string contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

// A JSON answer beside a copy of itself, over and over.
std::string enlargedJson(const std::string &answer)
{
    const auto open = answer.find('{');
    std::string body = answer.substr(0, open + 1) + "\"filling\":[";
    while (body.size() < bodySize)
        body.append(answer).append(",");
    body.back() = ']';
    return body + ',' + answer.substr(open + 1);
}

// The stream's events but the first three and the last three, over and over.
std::string enlargedStream(std::string answer, std::string_view separator)
{
    for (auto at = answer.find("\r\n"); at != std::string::npos; at = answer.find("\r\n", at))
        answer.erase(at, 1);
    std::vector<std::string> events;
    for (std::size_t at = 0; at < answer.size();) {
        const auto end = std::min(answer.find(separator, at), answer.size() - separator.size());
        events.push_back(answer.substr(at, end + separator.size() - at));
        at = end + separator.size();
    }
    const auto edge = std::min<std::size_t>(3, (events.size() - 1) / 2);
    std::string body;
    for (std::size_t i = 0; i < edge; ++i)
        body += events[i];
    while (body.size() < bodySize) {
        for (std::size_t i = edge; i < events.size() - edge; ++i)
            body += events[i];
    }
    for (std::size_t i = events.size() - edge; i < events.size(); ++i)
        body += events[i];
    return body;
}

template <class Work>
double megabytesPerSecond(std::size_t size, Work work)
{
    double best = 0;
    for (int i = 0; i < rounds; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        best = std::max(best, static_cast<double>(size) / 1e6 / taken.count());
    }
    return best;
}

void readAll(const Recording &recording, const QJsonObject &meta, const std::string &body)
{
    const QUrl url(meta.value(QStringLiteral("url")).toString());
    const auto path =
        url.toString(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::FullyEncoded).toStdString();
    const http::FieldList head{{"Content-Type", recording.contentType}};
    auto reader = llm::CallReader::forRequest(
        {"POST", path, llm::providerOfHost(url.host().toStdString(), {}), head});
    reader->requestBody("{\"model\":\"m\"}");
    reader->requestEnded();
    reader->answerHead(200, head);
    for (std::size_t at = 0; at < body.size(); at += pieceSize)
        reader->answerBody(std::string_view(body).substr(at, pieceSize), 1);
    reader->answerEnded(true);
    if (reader->facts().usage != UsageState::Reported)
        std::printf("%s: no usage was read\n", recording.path);
}

// Whatever there is of JSON in the body, and nothing done with it.
void parseAll(simdjson::dom::parser &parser, const std::string &body, bool isSse)
{
    if (!isSse) {
        simdjson::dom::document_stream documents;
        if (parser.parse_many(body, bodySize * 2).get(documents) != simdjson::SUCCESS)
            return;
        for (const auto document : documents)
            static_cast<void>(document.error());
        return;
    }
    constexpr std::string_view data = "data: ";
    for (std::size_t at = 0; at < body.size();) {
        const auto end = std::min(body.find('\n', at), body.size());
        const auto line = std::string_view(body).substr(at, end - at);
        if (line.starts_with(data))
            static_cast<void>(parser.parse(line.data() + data.size(), line.size() - data.size()).error());
        at = end + 1;
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QString fixtures = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(HOOKSCOPE_FIXTURES);
    std::printf("%-24s %12s %12s %8s\n", "answer", "read MB/s", "simdjson", "ratio");
    for (const Recording &recording : recordings) {
        const QString path = fixtures + QStringLiteral("/open/") + QLatin1String(recording.path);
        const auto answer = contentOf(path);
        const auto meta = QJsonDocument::fromJson(QByteArray::fromStdString(
            contentOf(path.left(path.lastIndexOf(u'/')) + QStringLiteral("/meta.json"))));
        if (answer.empty() || !meta.isObject()) {
            std::fprintf(stderr, "bench_readers: %s cannot be read\n", qPrintable(path));
            return 1;
        }
        const bool isSse = path.endsWith(QStringLiteral(".sse"));
        const bool isJson = path.endsWith(QStringLiteral(".json"));
        const auto body = isJson ? enlargedJson(answer) : enlargedStream(answer, isSse ? "\n\n" : "\n");
        const double read =
            megabytesPerSecond(body.size(), [&] { readAll(recording, meta.object(), body); });
        simdjson::dom::parser parser;
        const double parsed = megabytesPerSecond(body.size(), [&] { parseAll(parser, body, isSse); });
        std::printf("%-24s %12.0f %12.0f %8.2f\n", recording.label, read, parsed, read / parsed);
    }
    return 0;
}
