#pragma once

#include "core/llm/provider.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hookscope::llm {

class DialectReader;
struct ReaderHints;
using ReaderFactory = std::unique_ptr<DialectReader> (*)(ReaderHints hints);

// What a request's path says about the call.
struct Endpoint {
    enum class Answer {
        Generation,
        Embedding,
        Media, // transcriptions, images
    };

    Dialect dialect = Dialect::OpenAi; // names the provider of a host that is not known
    ReaderFactory reader = nullptr;
    Answer answer = Answer::Generation;
    std::optional<std::string> model; // where the path names it
    bool isStream = false; // the path alone asks for a stream
    bool streamsUnlessTold = false; // a request that does not say streams
    bool needsRecognition = false; // other things are done at that path too: the answer's content decides
    std::optional<std::string> answerId; // where the path names it: a batch, a file of results
};

// None if nothing at that path is a call: model lists, token counts, batches, polled answers, uploads.
// The hint decides where two dialects share a path.
std::optional<Endpoint> endpointOf(std::string_view method, std::string_view path,
                                   std::optional<Dialect> hint);

// Whether a request at a path that is in no table may be a call all the same; not where the path is known
// to be of something else (uploads, tuning, moderation).
bool mayBeCall(std::string_view method, std::string_view path);

// For such a request: one of each dialect, those first whose answers are told most surely.
std::vector<Endpoint> endpointsOfAnyDialect();

// The path alone: without query, fragment and the slashes at its end.
std::string_view withoutQuery(std::string_view path);

// Text of a URL without its "%2F"; what is no such escape stays.
std::string percentDecoded(std::string_view text);

} // namespace hookscope::llm
