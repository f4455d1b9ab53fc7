#include "core/llm/provider.h"

#include "core/http/fields.h"

#include <array>

namespace hookscope::llm {

namespace {

constexpr std::string_view regionalOpenAi = "*.api.openai.com";

// The first row of a name is the one that a route to that provider means.
constexpr std::array providers{
    Provider{"openai", Dialect::OpenAi, "api.openai.com"},
    Provider{"openai", Dialect::OpenAi, regionalOpenAi}, // a region, which costs more
    Provider{"openai", Dialect::OpenAi, "chatgpt.com"}, // Codex with a ChatGPT login
    Provider{"anthropic", Dialect::Anthropic, "api.anthropic.com"},
    Provider{"google", Dialect::Google, "generativelanguage.googleapis.com"},
    Provider{"google", Dialect::Google, "cloudcode-pa.googleapis.com"}, // Gemini CLI with a Google login
    Provider{"deepseek", Dialect::OpenAi, "api.deepseek.com"},
    Provider{"groq", Dialect::OpenAi, "api.groq.com"},
    Provider{"mistral", Dialect::OpenAi, "api.mistral.ai"},
    Provider{"cohere", Dialect::Cohere, "api.cohere.com"},
    Provider{"cohere", Dialect::Cohere, "api.cohere.ai"},
    Provider{"together", Dialect::OpenAi, "api.together.xyz"},
    Provider{"together", Dialect::OpenAi, "api.together.ai"},
    Provider{"fireworks", Dialect::OpenAi, "api.fireworks.ai"},
    Provider{"openrouter", Dialect::OpenAi, "openrouter.ai"},
    Provider{"xai", Dialect::OpenAi, "api.x.ai"},
    Provider{"ollama", Dialect::Ollama, "ollama.com"},
    Provider{"azure-openai", Dialect::OpenAi, "*.openai.azure.com"},
    Provider{"azure-openai", Dialect::OpenAi, "*.cognitiveservices.azure.com"},
    Provider{"azure-foundry", Dialect::OpenAi, "*.services.ai.azure.com"},
    Provider{"vertex", Dialect::Google, "aiplatform.googleapis.com"},
    Provider{"vertex", Dialect::Google, "*-aiplatform.googleapis.com"},
    Provider{"bedrock", Dialect::Bedrock, "bedrock-runtime.*.amazonaws.com"},
    Provider{"bedrock", Dialect::Bedrock, "bedrock-runtime-fips.*.amazonaws.com"},
    Provider{"bedrock", Dialect::Bedrock, "bedrock-runtime.*.amazonaws.com.cn"},
    Provider{"bedrock", Dialect::OpenAi, "bedrock-mantle.*.api.aws"},
    Provider{"github-copilot", Dialect::OpenAi, "api.githubcopilot.com"},
    Provider{"github-copilot", Dialect::OpenAi, "*.githubcopilot.com"},
    Provider{"github-copilot", Dialect::OpenAi, "copilot-proxy.githubusercontent.com"},
    Provider{"perplexity", Dialect::OpenAi, "api.perplexity.ai"},
    Provider{"cerebras", Dialect::OpenAi, "api.cerebras.ai"},
    Provider{"zai", Dialect::OpenAi, "api.z.ai"},
    Provider{"zai", Dialect::OpenAi, "open.bigmodel.cn"},
    Provider{"moonshot", Dialect::OpenAi, "api.moonshot.ai"},
    Provider{"moonshot", Dialect::OpenAi, "api.moonshot.cn"},
    Provider{"moonshot", Dialect::OpenAi, "api.kimi.com"},
    Provider{"dashscope", Dialect::OpenAi, "dashscope.aliyuncs.com"},
    Provider{"dashscope", Dialect::OpenAi, "dashscope-intl.aliyuncs.com"},
    Provider{"minimax", Dialect::OpenAi, "api.minimax.io"},
    Provider{"minimax", Dialect::OpenAi, "api.minimaxi.com"},
    Provider{"vercel-gateway", Dialect::OpenAi, "ai-gateway.vercel.sh"},
    Provider{"huggingface-router", Dialect::OpenAi, "router.huggingface.co"},
};

constexpr std::array routes{
    BuiltInRoute{"openai", "https://api.openai.com", "openai"},
    BuiltInRoute{"anthropic", "https://api.anthropic.com", "anthropic"},
    BuiltInRoute{"gemini", "https://generativelanguage.googleapis.com", "google"},
    BuiltInRoute{"deepseek", "https://api.deepseek.com", "deepseek"},
    BuiltInRoute{"groq", "https://api.groq.com", "groq"},
    BuiltInRoute{"mistral", "https://api.mistral.ai", "mistral"},
    BuiltInRoute{"cohere", "https://api.cohere.com", "cohere"},
    BuiltInRoute{"together", "https://api.together.xyz", "together"},
    BuiltInRoute{"fireworks", "https://api.fireworks.ai", "fireworks"},
    BuiltInRoute{"openrouter", "https://openrouter.ai", "openrouter"},
    BuiltInRoute{"xai", "https://api.x.ai", "xai"},
    BuiltInRoute{"ollama", "http://127.0.0.1:11434", "ollama"},
};

// The host without its port and without the dot that may end a full name.
std::string_view bareHost(std::string_view host)
{
    if (host.starts_with('['))
        return host.substr(0, host.find(']') + 1);
    const auto colon = host.find(':');
    if (colon != std::string_view::npos && host.find(':', colon + 1) == std::string_view::npos)
        host = host.substr(0, colon);
    if (host.ends_with('.'))
        host.remove_suffix(1);
    return host;
}

bool matches(std::string_view pattern, std::string_view host)
{
    const auto star = pattern.find('*');
    if (star == std::string_view::npos)
        return http::equalsIgnoringCase(pattern, host);
    const auto beginning = pattern.substr(0, star);
    const auto ending = pattern.substr(star + 1);
    return host.size() > beginning.size() + ending.size()
        && http::equalsIgnoringCase(host.substr(0, beginning.size()), beginning)
        && http::equalsIgnoringCase(host.substr(host.size() - ending.size()), ending);
}

struct DialectName {
    std::string_view name;
    Dialect dialect;
};

constexpr std::array dialects{
    DialectName{"openai", Dialect::OpenAi}, DialectName{"anthropic", Dialect::Anthropic},
    DialectName{"google", Dialect::Google}, DialectName{"cohere", Dialect::Cohere},
    DialectName{"ollama", Dialect::Ollama}, DialectName{"bedrock", Dialect::Bedrock},
};

} // namespace

std::optional<Dialect> dialectNamed(std::string_view name) noexcept
{
    for (const DialectName &row : dialects) {
        if (row.name == name)
            return row.dialect;
    }
    return std::nullopt;
}

std::string_view nameOf(Dialect dialect) noexcept
{
    for (const DialectName &row : dialects) {
        if (row.dialect == dialect)
            return row.name;
    }
    return {};
}

std::string dialectNames()
{
    std::string names;
    for (const DialectName &row : dialects)
        names.append(names.empty() ? "" : ", ").append(row.name);
    return names;
}

std::span<const BuiltInRoute> builtInRoutes() noexcept
{
    return routes;
}

std::optional<KnownProvider> providerOfRoute(std::string_view routeName)
{
    for (const BuiltInRoute &route : routes) {
        if (route.name != routeName)
            continue;
        for (const Provider &provider : providers) {
            if (provider.name == route.provider)
                return KnownProvider{std::string(provider.name), provider.dialect};
        }
    }
    return std::nullopt;
}

std::vector<std::string> providerHosts(const std::vector<LlmDomain> &domains)
{
    std::vector<std::string> hosts;
    for (const LlmDomain &domain : domains)
        hosts.push_back(http::lowered(bareHost(domain.host)));
    for (const Provider &provider : providers)
        hosts.emplace_back(provider.host);
    return hosts;
}

std::optional<KnownProvider> providerOfHost(std::string_view host, const std::vector<LlmDomain> &domains)
{
    const auto bare = bareHost(host);
    for (const LlmDomain &domain : domains) {
        if (http::equalsIgnoringCase(bareHost(domain.host), bare))
            return KnownProvider{"custom", domain.dialect};
    }
    for (const Provider &provider : providers) {
        if (!matches(provider.host, bare))
            continue;
        KnownProvider known{std::string(provider.name), provider.dialect};
        if (provider.host == regionalOpenAi)
            known.region = bare.substr(0, bare.find('.'));
        return known;
    }
    return std::nullopt;
}

} // namespace hookscope::llm
