#include "core/policy/secretbinding.h"

#include "core/http/fields.h"
#include "core/http/target.h"
#include "core/policy/hostpattern.h"

#include <algorithm>

namespace hookscope::policy {

namespace {

constexpr std::size_t shortestValue = 8;
constexpr std::size_t shortestPhrase = 16; // without a digit
constexpr std::size_t longestValue = 8192;

tl::unexpected<std::string> invalid(const char *text)
{
    return tl::unexpected(std::string(text));
}

bool isAlnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// What shells take as a variable's name, so that it can be one.
bool isSecretName(std::string_view name)
{
    return !name.empty() && !(name.front() >= '0' && name.front() <= '9')
        && std::all_of(name.begin(), name.end(), [](char c) { return isAlnum(c) || c == '_'; });
}

// RFC 9110 section 5.6.2.
bool isToken(std::string_view name)
{
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return isAlnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

// These frame the message or belong to one hop: a value in them would break the request.
bool isReserved(std::string_view header)
{
    static constexpr std::string_view names[] = {"host",       "content-length", "transfer-encoding",
                                                 "connection", "upgrade",        "te",
                                                 "trailer",    "expect",         "keep-alive"};
    const std::string name = http::lowered(header);
    return name.starts_with("proxy")
        || std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// Why a secret for its host does not go into that request; empty if it does.
std::string refusalOf(const HeldSecret &secret, const SecretRequest &request)
{
    const SecretBinding &binding = secret.binding;
    const std::string start = "the secret " + binding.name + " was not injected: ";
    if (std::find(binding.sandboxes.begin(), binding.sandboxes.end(), request.sandbox)
        == binding.sandboxes.end()) {
        return start + "the sandbox '" + std::string(request.sandbox) + "' is not one that is listed for it";
    }
    const bool isLoopback = http::isLoopbackName(request.host);
    if (!request.isTls && !isLoopback)
        return start + "the request does not go over TLS";
    if (request.isTls && !isLoopback && request.port != 443)
        return start + "the request goes to another port than 443";
    if (request.method == "TRACE")
        return start + "the answer to a TRACE would repeat it";
    if (secret.value.empty())
        return start + secret.absence;
    return {};
}

} // namespace

tl::expected<SecretBinding, std::string> parseSecretBinding(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (text.substr(0, colon).find('=') != std::string_view::npos) {
        return invalid(
            "leave the value out, which others can read on a command line: put it into the keyring or an "
            "environment variable NAME");
    }
    if (colon == std::string_view::npos)
        return invalid("it is not NAME:HOST[:HEADER]");
    SecretBinding binding;
    binding.name = text.substr(0, colon);
    if (!isSecretName(binding.name))
        return invalid("the name may hold letters, digits and '_' only");
    text.remove_prefix(colon + 1);
    const std::size_t hostEnd = !text.empty() && text.front() == '[' ? text.find(']') : 0;
    const std::size_t end = hostEnd == std::string_view::npos ? hostEnd : text.find(':', hostEnd);
    const auto pattern = parseHostPattern(text.substr(0, end));
    if (!pattern)
        return tl::unexpected(pattern.error());
    if (pattern->isDomain)
        return invalid("a secret goes to one host: leave out the '*.'");
    binding.host = pattern->host;
    if (end == std::string_view::npos)
        return binding;
    const std::string_view header = text.substr(end + 1);
    if (header.find_first_not_of("0123456789") == std::string_view::npos)
        return invalid("leave out the port: a secret goes to port 443, or to this machine");
    if (!isToken(header))
        return invalid("HEADER is not a header's name");
    if (isReserved(header))
        return invalid("that header belongs to the connection and cannot hold a secret");
    binding.header = header;
    if (!http::equalsIgnoringCase(header, "authorization"))
        binding.prefix.clear();
    return binding;
}

tl::expected<std::pair<std::string, std::string>, std::string> parseSecretSandbox(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || !isSecretName(text.substr(0, colon)) || colon + 1 == text.size())
        return invalid("it is not NAME:LABEL");
    return std::pair(std::string(text.substr(0, colon)), std::string(text.substr(colon + 1)));
}

std::optional<std::string> problemWithSecret(std::string_view value)
{
    if (value.size() < shortestValue)
        return "its value has fewer than 8 characters";
    const bool hasDigit = value.find_first_of("0123456789") != std::string_view::npos;
    if (value.size() < shortestPhrase && !hasDigit)
        return "its value is a word, and words are not masked";
    if (value.size() > longestValue)
        return "its value has more than 8192 characters";
    if (!std::all_of(value.begin(), value.end(), [](char c) { return c > 0x20 && c < 0x7f; }))
        return "its value holds spaces, line ends or characters beyond ASCII";
    // Masking looks for what JSON and URLs do not escape, so that every form of the value is found.
    const bool isPlain = std::all_of(value.begin(), value.end(), [](char c) {
        return isAlnum(c) || std::string_view("-._~+/=:!$*,;@|^()[]{}#%&").find(c) != std::string_view::npos;
    });
    if (!isPlain)
        return "its value holds quotes, backslashes or angle brackets";
    return std::nullopt;
}

SecretChoice chooseSecrets(const std::vector<HeldSecret> &secrets, const SecretRequest &request)
{
    SecretChoice choice;
    for (const HeldSecret &secret : secrets) {
        const std::string &header = secret.binding.header;
        const auto isTaken = [&header](const HeldSecret *other) {
            return http::equalsIgnoringCase(other->binding.header, header);
        };
        // Compared as it was written: another spelling of the same host gets nothing.
        if (http::lowered(request.host) != secret.binding.host
            || std::any_of(choice.injected.begin(), choice.injected.end(), isTaken))
            continue;
        std::string refusal = refusalOf(secret, request);
        if (refusal.empty()) {
            choice.injected.push_back(&secret);
        } else if (choice.refusal.empty()) {
            choice.refusal = std::move(refusal);
            choice.refusedHeader = header;
        }
    }
    const bool isReplaced =
        std::any_of(choice.injected.begin(), choice.injected.end(), [&](const HeldSecret *secret) {
            return http::equalsIgnoringCase(secret->binding.header, choice.refusedHeader);
        });
    if (isReplaced)
        choice.refusal.clear();
    return choice;
}

} // namespace hookscope::policy
