#pragma once

#include "core/events/event.h"
#include "core/otlp/attributes.h"

#include <optional>
#include <string>
#include <string_view>

namespace hookscope::otlp {

// Where a call went besides its host, and which one of its exchange it is.
struct CallPlace {
    std::optional<int> port;
    int index = 0; // of the calls of one exchange, from 0
};

// A call in the words of OpenTelemetry's semantic conventions for generative AI, as the repository
// open-telemetry/semantic-conventions-genai has them: `gen_ai.provider.name`, not the older `gen_ai.system`.

// gen_ai.operation.name: "chat", "generate_content", "text_completion", "embeddings", ..., by the path.
std::string_view operationOf(const LlmEvent &call);

// gen_ai.provider.name: the conventions' well-known value, or Hookscope's name where there is none.
std::string_view providerNameOf(std::string_view provider);

// gen_ai.response.model: the one that the answer named. Absent if it cannot be told from the one asked for.
std::optional<std::string> responseModelOf(const LlmEvent &call);

// gen_ai.request.model.
std::optional<std::string> requestModelOf(const LlmEvent &call);

// error.type: the status from 400 on, "_OTHER" for what has no class; absent if the call did not fail. That
// no reader understands an answer is no failure of the call.
std::optional<std::string> errorTypeOf(const LlmEvent &call);
std::optional<std::string> errorTypeOf(const ProxyEvent &answer);

// What spans and metrics have alike: operation, provider, models, server, error.
void addCommon(Attributes &attributes, const LlmEvent &call, const CallPlace &place);

// The port that a URL leads to, that of CONNECT ("host:port") included; none if it is not known.
std::optional<int> portOf(std::string_view url);

} // namespace hookscope::otlp
