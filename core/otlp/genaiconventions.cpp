#include "core/otlp/genaiconventions.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace hookscope::otlp {

namespace {

struct Name {
    std::string_view own;
    std::string_view conventions;
};

constexpr std::array providers{
    Name{"azure-foundry", "azure.ai.inference"},
    Name{"azure-openai", "azure.ai.openai"},
    Name{"bedrock", "aws.bedrock"},
    Name{"google", "gcp.gemini"},
    Name{"mistral", "mistral_ai"},
    Name{"moonshot", "moonshot_ai"},
    Name{"vertex", "gcp.vertex_ai"},
    Name{"xai", "x_ai"},
};

// By what a path holds; the first that matches counts.
constexpr std::array operations{
    Name{":batchEmbedContents", "embeddings"},
    Name{"embed", "embeddings"},
    Name{"/rerank", "rerank"}, // the conventions have no name for it, nor for the next two
    Name{"/audio/transcriptions", "transcription"},
    Name{"/audio/translations", "transcription"},
    Name{":generateContent", "generate_content"},
    Name{":streamGenerateContent", "generate_content"},
    Name{"/images/", "generate_content"},
    Name{"/interactions", "generate_content"},
    Name{"/chat/completions", "chat"},
    Name{"/completion", "text_completion"},
    Name{"/v1/complete", "text_completion"},
    Name{"/api/generate", "text_completion"},
    Name{"/v1/generate", "text_completion"},
};

bool isFailure(std::optional<int> status)
{
    return status && *status >= 400;
}

// Their answers name no model: what the event has is the one asked for.
bool namesNoModel(std::string_view provider)
{
    return provider == "bedrock" || provider == "cohere";
}

std::optional<int> number(std::string_view digits)
{
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool isWhole = error == std::errc() && end == digits.data() + digits.size();
    return isWhole && value > 0 && value <= 65535 ? std::optional(value) : std::nullopt;
}

} // namespace

std::string_view operationOf(const LlmEvent &call)
{
    const auto found = std::find_if(operations.begin(), operations.end(), [&](const Name &each) {
        return call.path.find(each.own) != std::string::npos;
    });
    return found == operations.end() ? "chat" : found->conventions;
}

std::string_view providerNameOf(std::string_view provider)
{
    const auto found = std::find_if(providers.begin(), providers.end(),
                                    [&](const Name &each) { return each.own == provider; });
    return found == providers.end() ? provider : found->conventions;
}

std::optional<std::string> requestModelOf(const LlmEvent &call)
{
    // The model of a call that failed can only be the one asked for.
    return call.details.requestModel || !isFailure(call.status) ? call.details.requestModel : call.model;
}

std::optional<std::string> responseModelOf(const LlmEvent &call)
{
    if (!call.model || isFailure(call.status))
        return std::nullopt;
    if (call.model != call.details.requestModel)
        return call.model;
    // An answer with an id is one that names its model.
    return call.details.answerId && !namesNoModel(call.provider) ? call.model : std::nullopt;
}

std::optional<std::string> errorTypeOf(const LlmEvent &call)
{
    if (isFailure(call.status))
        return std::to_string(*call.status);
    return call.error && call.details.isUnderstood ? std::optional<std::string>("_OTHER") : std::nullopt;
}

std::optional<std::string> errorTypeOf(const ProxyEvent &answer)
{
    if (isFailure(answer.status))
        return std::to_string(*answer.status);
    return answer.error ? std::optional<std::string>("_OTHER") : std::nullopt;
}

void addCommon(Attributes &attributes, const LlmEvent &call, const CallPlace &place)
{
    attributes.add("gen_ai.operation.name", operationOf(call));
    attributes.add("gen_ai.provider.name", providerNameOf(call.provider));
    attributes.addIf("gen_ai.request.model", requestModelOf(call));
    attributes.addIf("gen_ai.response.model", responseModelOf(call));
    if (!call.host.empty())
        attributes.add("server.address", call.host);
    attributes.addIf("server.port", place.port);
    attributes.add("hookscope.sandbox", call.sandbox);
}

std::optional<int> portOf(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    std::string_view authority = scheme == url.npos ? url : url.substr(scheme + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    authority.remove_prefix(authority.rfind('@') == authority.npos ? 0 : authority.rfind('@') + 1);
    const std::size_t colon = authority.rfind(':');
    if (colon != authority.npos && authority.find(']', colon) == authority.npos)
        return number(authority.substr(colon + 1));
    if (url.starts_with("https://") || url.starts_with("wss://"))
        return 443;
    return url.starts_with("http://") || url.starts_with("ws://") ? std::optional(80) : std::nullopt;
}

} // namespace hookscope::otlp
