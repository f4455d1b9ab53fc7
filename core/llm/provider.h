#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hookscope::llm {

// The wire format of a provider's API. Which one a call speaks is decided from path and content; the
// provider only helps (OpenAI's chat and responses are one dialect with two readers inside).
enum class Dialect { OpenAi, Anthropic, Google, Cohere, Ollama, Bedrock };

// "openai", "anthropic", "google", "cohere", "ollama", "bedrock": what --llm-domain takes, and the name of a
// provider of which no more is known.
std::optional<Dialect> dialectNamed(std::string_view name) noexcept;
std::string_view nameOf(Dialect dialect) noexcept;

// All of them, for people: "openai, anthropic, ...".
std::string dialectNames();

struct Provider {
    std::string_view name;   // as in events, e.g. "google"
    Dialect dialect;
    std::string_view host;   // of the API, without a port; one "*" stands for any text
};

// A built-in base-URL route: requests to /NAME/... go to ROOT/...
struct BuiltInRoute {
    std::string_view name;
    std::string_view root; // without a trailing slash
    std::string_view provider;
};

std::span<const BuiltInRoute> builtInRoutes() noexcept;

// One more LLM host, from --llm-domain or the settings; its provider name is "custom", as agentkernel's.
struct LlmDomain {
    std::string host;
    Dialect dialect = Dialect::OpenAi;
};

// What is known before a byte of the body was seen.
struct KnownProvider {
    std::string name;
    Dialect dialect;
    std::optional<std::string> region = {}; // that its host names, where the price depends on it
    bool operator==(const KnownProvider &) const = default;
};

// The provider of a built-in route's name; none for another name.
std::optional<KnownProvider> providerOfRoute(std::string_view routeName);

// The hosts of all of them, with those of `domains`; a "*" stands for any text.
std::vector<std::string> providerHosts(const std::vector<LlmDomain> &domains);

// The provider of an upstream host (a port and letter case do not matter); `domains` win.
std::optional<KnownProvider> providerOfHost(std::string_view host, const std::vector<LlmDomain> &domains);

} // namespace hookscope::llm
