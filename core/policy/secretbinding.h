#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace hookscope::policy {

// Where a secret that clients need not hold goes, as agentkernel's --secret has it: into that header of
// requests to exactly that host, if they come from one of the sandboxes. The value is no part of it. A value.
struct SecretBinding {
    std::string name; // of the keyring's entry, or of the environment variable
    std::string host; // as canonicalHost() gives it
    std::string header = "Authorization";
    std::string prefix = "Bearer "; // none for other headers
    std::vector<std::string> sandboxes;

    friend bool operator==(const SecretBinding &, const SecretBinding &) = default;
};

// NAME:HOST[:HEADER], as --secret takes it. Errors are the end of a sentence and hold nothing of `text`,
// which may be a value by mistake.
tl::expected<SecretBinding, std::string> parseSecretBinding(std::string_view text);

// NAME:LABEL, as --secret-sandbox takes it.
tl::expected<std::pair<std::string, std::string>, std::string> parseSecretSandbox(std::string_view text);

// A binding, and its value or why there is none.
struct HeldSecret {
    SecretBinding binding;
    std::string value; // empty: there is none
    std::string absence; // then why, as a clause
};

// Why that value cannot be injected, or would not be found again where it must be masked; none: it can be.
// Holds nothing of the value.
std::optional<std::string> problemWithSecret(std::string_view value);

// The request that secrets may go into.
struct SecretRequest {
    std::string_view method;
    std::string_view host;
    std::uint16_t port = 0;
    bool isTls = false;
    std::string_view sandbox;
};

// Which secrets go into a request, at most one for each header, and why one that is for its host does not.
// Over TLS only to port 443; without it, and at other ports, to this machine only. Never into TRACE, whose
// answer repeats the request. Pure; the secrets outlive it.
struct SecretChoice {
    std::vector<const HeldSecret *> injected;
    std::string refusal; // a sentence without a final stop; empty if none was refused
    std::string refusedHeader;
};
SecretChoice chooseSecrets(const std::vector<HeldSecret> &secrets, const SecretRequest &request);

} // namespace hookscope::policy
