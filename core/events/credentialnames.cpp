#include "core/events/credentialscan.h"
#include "core/events/redact.h"

#include <algorithm>
#include <array>

namespace hookscope {

namespace {

// Names are compared as lower case with '-' between the words.
constexpr char folded(char c) noexcept
{
    if (c >= 'A' && c <= 'Z')
        return static_cast<char>(c + ('a' - 'A'));
    return c == '_' || c == '.' || c == '[' || c == ' ' ? '-' : c;
}

// `word` is folded already.
bool hasWordAt(std::string_view name, std::size_t at, std::string_view word) noexcept
{
    if (at > name.size() || name.size() - at < word.size())
        return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (folded(name[at + i]) != word[i])
            return false;
    }
    return true;
}

bool isName(std::string_view name, std::string_view word) noexcept
{
    return name.size() == word.size() && hasWordAt(name, 0, word);
}

bool endsWith(std::string_view name, std::string_view word) noexcept
{
    return name.size() >= word.size() && hasWordAt(name, name.size() - word.size(), word);
}

bool contains(std::string_view name, std::string_view word) noexcept
{
    for (std::size_t i = 0; i + word.size() <= name.size(); ++i) {
        if (hasWordAt(name, i, word))
            return true;
    }
    return false;
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
    return !endsWith(before, "page") && !endsWith(before, "page-");
}

// What makes a credential of any name that holds it.
bool holdsCredentialWord(std::string_view name) noexcept
{
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto at = [&](std::string_view word) {
            return hasWordAt(name, i, word);
        };
        switch (folded(name[i])) {
        case 'a':
            if (at("api-key") || at("apikey") || at("authorization") || at("access-key") || at("accesskey"))
                return true;
            break;
        case 'c':
            if (at("credential"))
                return true;
            break;
        case 'j':
            if (at("jwt"))
                return true;
            break;
        case 'p':
            if (at("password") || at("passwd") || at("passphrase") || at("private-key") || at("privatekey"))
                return true;
            break;
        case 's':
            if (at("secret") || at("signature"))
                return true;
            break;
        case 't':
            if (at("token") && isSecretToken(name, i))
                return true;
            break;
        default:
            break;
        }
    }
    return false;
}

} // namespace

bool isCredentialField(std::string_view name)
{
    // CORS talks about credentials, it holds none.
    if (hasWordAt(name, 0, "access-control-"))
        return false;
    return holdsCredentialWord(name) || contains(name, "cookie") || endsWith(name, "-key")
        || endsWith(name, "-auth") || isName(name, "key") || isName(name, "auth");
}

bool isCredentialParameter(std::string_view name)
{
    while (!name.empty() && (name.back() == ']' || name.back() == '['))
        name.remove_suffix(1);
    static constexpr std::string_view whole[] = {
        "key",       "auth",          "code",   "sig",          "pwd",        "pass",      "otp",
        "assertion", "code-verifier", "ticket", "samlresponse", "jsessionid", "phpsessid", "subscriptionkey",
        "sid"};
    return std::any_of(std::begin(whole), std::end(whole),
                       [&](std::string_view word) { return isName(name, word); })
        || endsWith(name, "-key") || endsWith(name, "-auth") || endsWith(name, "-sig")
        || endsWith(name, "-assertion") || holdsCredentialWord(name);
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
    return std::any_of(std::begin(schemes), std::end(schemes),
                       [&](std::string_view scheme) { return isName(word, scheme); });
}

} // namespace hookscope
