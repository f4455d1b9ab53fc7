#include "core/events/credentialscan.h"
#include "core/events/redact.h"

#include <algorithm>
#include <array>

namespace hookscope {

namespace {

// A name longer than this is not looked at; what it names is taken for a credential.
constexpr std::size_t longestName = 256;

// Names are compared as lower case with '-' between the words.
constexpr char folded(char c) noexcept
{
    if (c >= 'A' && c <= 'Z')
        return static_cast<char>(c + ('a' - 'A'));
    return c == '_' || c == '.' || c == '[' || c == ' ' ? '-' : c;
}

class FoldedName {
public:
    // Not longer than longestName.
    explicit FoldedName(std::string_view name) noexcept
        : m_size(name.size())
    {
        std::transform(name.begin(), name.end(), m_text.begin(), folded);
    }

    operator std::string_view() const noexcept { return {m_text.data(), m_size}; }

private:
    std::array<char, longestName> m_text;
    std::size_t m_size;
};

bool hasWordAt(std::string_view name, std::size_t at, std::string_view word) noexcept
{
    return name.substr(at).starts_with(word);
}

bool contains(std::string_view name, std::string_view word) noexcept
{
    return name.find(word) != std::string_view::npos;
}

// "token" is also what a model reads: counts, limits and rates of those, and the marks of a page in a
// list, are for people to see.
bool isSecretToken(std::string_view name, std::size_t at) noexcept
{
    const std::size_t after = at + std::string_view("token").size();
    static constexpr std::string_view counts[] = {"-count", "-limit", "-usage", "-budget", "count", "izer"};
    const bool isCount = std::any_of(std::begin(counts), std::end(counts),
                                     [&](std::string_view word) { return hasWordAt(name, after, word); });
    const bool isPlural = hasWordAt(name, after, "s");
    static constexpr std::string_view owners[] = {"auth", "access", "refresh", "session", "bearer"};
    const bool isOwned = std::any_of(std::begin(owners), std::end(owners),
                                     [&](std::string_view word) { return contains(name, word); });
    if ((isCount || isPlural) && !isOwned)
        return false;
    if (contains(name, "ratelimit") || contains(name, "rate-limit"))
        return false;
    const std::string_view before = name.substr(0, at);
    return !before.ends_with("page") && !before.ends_with("page-");
}

constexpr unsigned pair(char first, char second) noexcept
{
    return static_cast<unsigned char>(first) << 8U | static_cast<unsigned char>(second);
}

// What makes a credential of any name that holds it.
bool holdsCredentialWord(std::string_view name) noexcept
{
    for (std::size_t i = 0; i + 1 < name.size(); ++i) {
        const auto at = [&](std::string_view word) {
            return hasWordAt(name, i, word);
        };
        bool isFound = false;
        switch (pair(name[i], name[i + 1])) {
        case pair('a', 'p'):
            isFound = at("api-key") || at("apikey");
            break;
        case pair('a', 'u'):
            isFound = at("authorization");
            break;
        case pair('a', 'c'):
            isFound = at("access-key") || at("accesskey");
            break;
        case pair('c', 'r'):
            isFound = at("credential");
            break;
        case pair('j', 'w'):
            isFound = at("jwt");
            break;
        case pair('p', 'a'):
            isFound = at("password") || at("passwd") || at("passphrase");
            break;
        case pair('p', 'r'):
            isFound = at("private-key") || at("privatekey");
            break;
        case pair('s', 'e'):
            isFound = at("secret");
            break;
        case pair('s', 'i'):
            isFound = at("signature");
            break;
        case pair('t', 'o'):
            isFound = at("token") && isSecretToken(name, i);
            break;
        default:
            break;
        }
        if (isFound)
            return true;
    }
    return false;
}

} // namespace

bool isCredentialField(std::string_view name)
{
    if (name.size() > longestName)
        return true;
    const FoldedName buffer(name);
    const std::string_view text = buffer;
    // CORS talks about credentials, it holds none.
    if (text.starts_with("access-control-"))
        return false;
    return text.ends_with("-key") || text.ends_with("-auth") || text == "key" || text == "auth"
        || contains(text, "cookie") || holdsCredentialWord(text);
}

bool isCredentialParameter(std::string_view name)
{
    if (name.size() > longestName)
        return true;
    while (!name.empty() && (name.back() == ']' || name.back() == '['))
        name.remove_suffix(1);
    static constexpr std::string_view whole[] = {
        "key",       "auth",          "code",   "sig",          "pwd",        "pass",      "otp",
        "assertion", "code-verifier", "ticket", "samlresponse", "jsessionid", "phpsessid", "subscriptionkey",
        "sid"};
    const FoldedName buffer(name);
    const std::string_view text = buffer;
    return std::find(std::begin(whole), std::end(whole), text) != std::end(whole) || text.ends_with("-key")
        || text.ends_with("-auth") || text.ends_with("-sig") || text.ends_with("-assertion")
        || holdsCredentialWord(text);
}

bool isAuthorizationScheme(std::string_view word)
{
    // The IANA registry of HTTP authentication schemes, and what clients send beside it.
    static constexpr std::string_view schemes[] = {"basic",        "bearer",      "digest",
                                                   "negotiate",    "ntlm",        "dpop",
                                                   "hoba",         "mutual",      "gnap",
                                                   "privatetoken", "scram-sha-1", "scram-sha-256",
                                                   "vapid",        "concealed",   "oauth",
                                                   "token",        "apikey",      "api-key",
                                                   "key",          "googlelogin", "aws4-hmac-sha256",
                                                   "signature",    "hawk"};
    if (word.size() > longestName)
        return false;
    return std::find(std::begin(schemes), std::end(schemes), FoldedName(word)) != std::end(schemes);
}

} // namespace hookscope
