#include "core/llm/endpoint.h"

#include <array>
#include <cstdlib>

namespace hookscope::llm {

namespace {

using Answer = Endpoint::Answer;

struct Ending {
    std::string_view path;
    Dialect dialect;
    Answer answer = Answer::Generation;
    bool streamsUnlessTold = false;
};

// Of two that fit, the first counts.
constexpr std::array endings{
    Ending{"/chat/completions", Dialect::OpenAi},
    Ending{"/fim/completions", Dialect::OpenAi},
    Ending{"/text/chatcompletion_v2", Dialect::OpenAi},
    Ending{"/completions", Dialect::OpenAi},
    Ending{"/responses", Dialect::OpenAi},
    Ending{"/responses/compact", Dialect::OpenAi},
    Ending{"/api/embeddings", Dialect::Ollama, Answer::Embedding},
    Ending{"/embeddings", Dialect::OpenAi, Answer::Embedding},
    Ending{"/messages", Dialect::Anthropic},
    Ending{"/v1/complete", Dialect::Anthropic},
    Ending{"/api/chat", Dialect::Ollama, Answer::Generation, true},
    Ending{"/api/generate", Dialect::Ollama, Answer::Generation, true},
    Ending{"/api/embed", Dialect::Ollama, Answer::Embedding},
    Ending{"/v1/chat", Dialect::Cohere},
    Ending{"/v2/chat", Dialect::Cohere},
    Ending{"/v1/generate", Dialect::Cohere},
    Ending{"/v1/embed", Dialect::Cohere, Answer::Embedding},
    Ending{"/v2/embed", Dialect::Cohere, Answer::Embedding},
    Ending{"/v1/rerank", Dialect::Cohere, Answer::Embedding},
    Ending{"/v2/rerank", Dialect::Cohere, Answer::Embedding},
};

struct Verb {
    std::string_view name;
    Answer answer;
    bool isStream;
    bool isOfPartner; // the publisher's own format
};

constexpr std::array googleVerbs{
    Verb{"generateContent", Answer::Generation, false, false},
    Verb{"streamGenerateContent", Answer::Generation, true, false},
    Verb{"embedContent", Answer::Embedding, false, false},
    Verb{"batchEmbedContents", Answer::Embedding, false, false},
    Verb{"rawPredict", Answer::Generation, false, true},
    Verb{"streamRawPredict", Answer::Generation, true, true},
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
        Endpoint endpoint;
        endpoint.dialect = Dialect::Google;
        if (verb.isOfPartner)
            endpoint.dialect =
                path.find("/publishers/anthropic/") != path.npos ? Dialect::Anthropic : Dialect::OpenAi;
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

} // namespace

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
    if (method != "POST")
        return std::nullopt;
    path = path.substr(0, path.find_first_of("?#"));
    while (path.ends_with('/'))
        path.remove_suffix(1);
    if (path.find("/threads/") != path.npos) // OpenAI's assistants keep "messages" there
        return std::nullopt;

    const auto colon = path.rfind(':');
    if (colon != path.npos && path.find('/', colon) == path.npos)
        return googleEndpoint(path.substr(0, colon), path.substr(colon + 1));

    for (const Ending &ending : endings) {
        if (!path.ends_with(ending.path))
            continue;
        // "/v1/chat" and the like are what half of all programs call theirs.
        if (ending.dialect == Dialect::Cohere && hint && *hint != Dialect::Cohere)
            continue;
        Endpoint endpoint;
        endpoint.dialect = ending.dialect;
        endpoint.answer = ending.answer;
        endpoint.streamsUnlessTold = ending.streamsUnlessTold;
        endpoint.model = segmentAfter(path, "/deployments/");
        if (!endpoint.model)
            endpoint.model = segmentAfter(path, "/engines/");
        return endpoint;
    }
    return std::nullopt;
}

} // namespace hookscope::llm
