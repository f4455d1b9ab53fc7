#pragma once

#include "core/llm/provider.h"

#include <optional>
#include <string>
#include <string_view>

namespace hookscope::llm {

// What a request's path says about the call.
struct Endpoint {
    enum class Answer { Generation, Embedding };

    Dialect dialect = Dialect::OpenAi;
    Answer answer = Answer::Generation;
    std::optional<std::string> model; // where the path names it
    bool isStream = false; // the path alone asks for a stream
    bool streamsUnlessTold = false; // a request that does not say streams
};

// None if nothing at that path is a call: model lists, token counts, batches, polled answers, uploads.
// The hint decides where two dialects share a path.
std::optional<Endpoint> endpointOf(std::string_view method, std::string_view path,
                                   std::optional<Dialect> hint);

// Text of a URL without its "%2F"; what is no such escape stays.
std::string percentDecoded(std::string_view text);

} // namespace hookscope::llm
