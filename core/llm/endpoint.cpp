#include "core/llm/endpoint.h"

#include "core/llm/dialectreader.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace hookscope::llm {

namespace {

using Answer = Endpoint::Answer;

// A dialect's reader; a new one is one more row, and its file.
struct Speaker {
    Dialect dialect;
    ReaderFactory reader;
};

constexpr Speaker openAi{Dialect::OpenAi, makeOpenAiReader};
constexpr Speaker anthropic{Dialect::Anthropic, makeAnthropicReader};
constexpr Speaker google{Dialect::Google, makeGoogleReader};
constexpr Speaker interactions{Dialect::Google, makeInteractionsReader};
constexpr Speaker cohere{Dialect::Cohere, makeCohereReader};
constexpr Speaker ollama{Dialect::Ollama, makeOllamaReader};
constexpr Speaker llamaCpp{Dialect::OpenAi, makeLlamaCppReader}; // whose other endpoints are OpenAI's
constexpr Speaker bedrock{Dialect::Bedrock, makeBedrockReader};

Endpoint endpointOf(const Speaker &speaker)
{
    Endpoint endpoint;
    endpoint.dialect = speaker.dialect;
    endpoint.reader = speaker.reader;
    return endpoint;
}

struct Ending {
    std::string_view path;
    Speaker speaker;
    Answer answer = Answer::Generation;
    bool streamsUnlessTold = false;
    bool needsRecognition = false;
};

// Of two that fit, the first counts.
constexpr std::array endings{
    Ending{"/chat/completions", openAi},
    Ending{"/fim/completions", openAi},
    Ending{"/text/chatcompletion_v2", openAi}, // MiniMax
    Ending{"/completions", openAi},
    Ending{"/completion", llamaCpp, Answer::Generation, false, true},
    Ending{"/responses", openAi},
    Ending{"/responses/compact", openAi},
    Ending{"/text-generation/generation", openAi}, // DashScope's own
    Ending{"/multimodal-generation/generation", openAi},
    Ending{"/api/embeddings", ollama, Answer::Embedding},
    Ending{"/embeddings", openAi, Answer::Embedding},
    Ending{"/audio/transcriptions", openAi, Answer::Media},
    Ending{"/audio/translations", openAi, Answer::Media},
    Ending{"/images/generations", openAi, Answer::Media},
    Ending{"/images/edits", openAi, Answer::Media},
    Ending{"/messages", anthropic},
    Ending{"/v1/complete", anthropic},
    Ending{"/interactions", interactions},
    Ending{"/api/chat", ollama, Answer::Generation, true},
    Ending{"/api/generate", ollama, Answer::Generation, true},
    Ending{"/api/embed", ollama, Answer::Embedding},
    Ending{"/v1/chat", cohere},
    Ending{"/v2/chat", cohere},
    Ending{"/v1/generate", cohere},
    Ending{"/v1/embed", cohere, Answer::Embedding},
    Ending{"/v2/embed", cohere, Answer::Embedding},
    Ending{"/v1/rerank", cohere, Answer::Embedding},
    Ending{"/v2/rerank", cohere, Answer::Embedding},
};

struct Verb {
    std::string_view name;
    Answer answer;
    bool isStream;
    bool isOfPartner; // the publisher's own format
    bool needsRecognition = false;
};

constexpr std::array googleVerbs{
    Verb{"generateContent", Answer::Generation, false, false},
    Verb{"streamGenerateContent", Answer::Generation, true, false},
    Verb{"embedContent", Answer::Embedding, false, false},
    Verb{"batchEmbedContents", Answer::Embedding, false, false},
    Verb{"predict", Answer::Embedding, false, false, true},
    Verb{"rawPredict", Answer::Generation, false, true},
    Verb{"streamRawPredict", Answer::Generation, true, true},
};

struct BedrockVerb {
    std::string_view name;
    bool isStream;
};

constexpr std::array bedrockVerbs{
    BedrockVerb{"/converse", false},
    BedrockVerb{"/converse-stream", true},
    BedrockVerb{"/invoke", false},
    BedrockVerb{"/invoke-with-response-stream", true},
};

// The results of a batch are fetched; whether a file holds some, its content shows.
struct Download {
    std::string_view before; // the id
    std::string_view ending;
    Speaker speaker;
};

constexpr std::array downloads{
    Download{"/messages/batches/", "/results", {Dialect::Anthropic, makeBatchReader}},
    Download{"/files/", "/content", {Dialect::OpenAi, makeBatchReader}},
};

// Requests to an LLM host that name a model and are no calls of it.
constexpr std::array<std::string_view, 16> noCalls{
    "/count_tokens", "/count-tokens", ":countTokens", "/moderations", "/files",  "/uploads",
    "/batches",      "/fine_tuning",  "/cachedContents", "/traces/ingest", "/tokenize", "/detokenize",
    "/realtime/",    "/assistants",   "/threads",      "/vector_stores",
};

// The segment behind `before`, e.g. the deployment in "/deployments/x/chat/completions".
std::optional<std::string> segmentAfter(std::string_view path, std::string_view before)
{
    const auto at = path.find(before);
    if (at == std::string_view::npos)
        return std::nullopt;
    const auto rest = path.substr(at + before.size());
    const auto segment = rest.substr(0, rest.find('/'));
    return segment.empty() ? std::nullopt : std::optional(percentDecoded(segment));
}

std::optional<Endpoint> googleEndpoint(std::string_view path, std::string_view verbName)
{
    for (const Verb &verb : googleVerbs) {
        if (verb.name != verbName)
            continue;
        const bool isAnthropic = path.find("/publishers/anthropic/") != path.npos;
        const Speaker speaker = !verb.isOfPartner ? google : isAnthropic ? anthropic : openAi;
        Endpoint endpoint = endpointOf(speaker);
        endpoint.needsRecognition = verb.needsRecognition;
        endpoint.answer = verb.answer;
        endpoint.isStream = verb.isStream;
        // "/v1internal:generateContent" names its model in the body.
        const auto slash = path.rfind('/');
        if (path.substr(0, slash).find('/') != path.npos)
            endpoint.model = percentDecoded(path.substr(slash + 1));
        return endpoint;
    }
    return std::nullopt;
}

// "/model/{id}/converse"; the id may be an ARN, whose last part names the model or the profile.
std::optional<Endpoint> bedrockEndpoint(std::string_view path)
{
    constexpr std::string_view before = "/model/";
    const auto at = path.rfind(before);
    if (at == path.npos)
        return std::nullopt;
    const auto rest = path.substr(at + before.size());
    const auto *verb = std::find_if(bedrockVerbs.begin(), bedrockVerbs.end(),
                                    [&](const BedrockVerb &row) { return rest.ends_with(row.name); });
    if (verb == bedrockVerbs.end() || rest.size() == verb->name.size())
        return std::nullopt;
    Endpoint endpoint = endpointOf(bedrock);
    endpoint.isStream = verb->isStream;
    endpoint.model = percentDecoded(rest.substr(0, rest.size() - verb->name.size()));
    if (endpoint.model->starts_with("arn:"))
        endpoint.model->erase(0, endpoint.model->rfind('/') + 1);
    return endpoint;
}

std::optional<Endpoint> downloadEndpoint(std::string_view path)
{
    for (const Download &download : downloads) {
        const auto at = path.find(download.before);
        if (at == path.npos || !path.ends_with(download.ending))
            continue;
        Endpoint endpoint = endpointOf(download.speaker);
        endpoint.needsRecognition = true;
        endpoint.answerId = segmentAfter(path, download.before);
        return endpoint;
    }
    return std::nullopt;
}

} // namespace

std::string_view withoutQuery(std::string_view path)
{
    path = path.substr(0, path.find_first_of("?#"));
    while (path.ends_with('/'))
        path.remove_suffix(1);
    return path;
}

std::string percentDecoded(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto hex = text.substr(i + 1, 2);
        if (text[i] == '%' && hex.size() == 2
            && hex.find_first_not_of("0123456789abcdefABCDEF") == hex.npos) {
            decoded += static_cast<char>(std::strtol(std::string(hex).c_str(), nullptr, 16));
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

std::optional<Endpoint> endpointOf(std::string_view method, std::string_view path,
                                   std::optional<Dialect> hint)
{
    path = withoutQuery(path);
    if (method == "GET")
        return downloadEndpoint(path);
    if (method != "POST")
        return std::nullopt;
    if (path.find("/threads/") != path.npos) // OpenAI's assistants keep "messages" there
        return std::nullopt;

    if (auto endpoint = bedrockEndpoint(path))
        return endpoint;

    const auto colon = path.rfind(':');
    if (colon != path.npos && path.find('/', colon) == path.npos)
        return googleEndpoint(path.substr(0, colon), path.substr(colon + 1));

    for (const Ending &ending : endings) {
        if (!path.ends_with(ending.path))
            continue;
        // "/v1/chat" and the like are what half of all programs call theirs.
        if (ending.speaker.dialect == Dialect::Cohere && hint && *hint != Dialect::Cohere)
            continue;
        Endpoint endpoint = endpointOf(ending.speaker);
        endpoint.answer = ending.answer;
        endpoint.streamsUnlessTold = ending.streamsUnlessTold;
        endpoint.needsRecognition = ending.needsRecognition;
        endpoint.model = segmentAfter(path, "/deployments/");
        if (!endpoint.model)
            endpoint.model = segmentAfter(path, "/engines/");
        return endpoint;
    }
    return std::nullopt;
}

bool mayBeCall(std::string_view method, std::string_view path)
{
    path = withoutQuery(path);
    return method == "POST" && std::none_of(noCalls.begin(), noCalls.end(), [&](std::string_view part) {
               return path.find(part) != path.npos;
           });
}

std::vector<Endpoint> endpointsOfAnyDialect()
{
    std::vector<Endpoint> endpoints;
    for (const Speaker &speaker : {anthropic, google, cohere, ollama, openAi, bedrock})
        endpoints.push_back(endpointOf(speaker));
    return endpoints;
}

} // namespace hookscope::llm
