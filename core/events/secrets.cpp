#include "core/events/credentialscan.h"
#include "core/events/redact.h"

#include <QByteArray>
#include <algorithm>
#include <cstring>
#include <iterator>

namespace hookscope {

namespace {

constexpr std::size_t npos = std::string_view::npos;

// Shorter values are words; masking them everywhere would hide what people need to see.
constexpr std::size_t shortestSecret = 6;
// Of longer ones this much is compared; what follows it in one run goes with it.
constexpr std::size_t longestCompared = 256;
// More than any client sends; it bounds the time that a hostile head can take.
constexpr std::size_t mostValues = 512;
// Cookies also hold settings ("dark", "en-US").
constexpr std::size_t shortestCookie = 8;

// What people put where a local server wants a key and does not look at it. These are names that
// appear in URLs and models.
constexpr std::string_view placeholders[] = {
    "ollama",   "openai",          "anthropic", "claude",      "gemini",   "google",  "mistral",
    "deepseek", "lmstudio",        "lm-studio", "llama.cpp",   "llamacpp", "localai", "not-needed",
    "no-key",   "no-key-required", "unused",    "placeholder", "local",    "secret",  "password",
    "api-key",  "sandbox",         "hookscope", "Bearer",      "bearer"};

std::size_t hashOfStart(const char *text) noexcept
{
    std::uint32_t start = 0;
    std::memcpy(&start, text, sizeof start);
    return start * 0x9e3779b1U >> 22;
}

// RFC 9110 section 11.2, token68.
bool isTokenCharacter(char c) noexcept
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
        || std::string_view("-._~+/=").find(c) != npos;
}

std::string base64(std::string_view text, bool forUrls)
{
    QByteArray::Base64Options options = QByteArray::OmitTrailingEquals;
    if (forUrls)
        options |= QByteArray::Base64UrlEncoding;
    return QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size()))
        .toBase64(options)
        .toStdString();
}

std::string fromBase64(std::string_view text)
{
    const auto bytes = QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size()));
    return QByteArray::fromBase64(bytes).toStdString();
}

std::string_view unquoted(std::string_view text)
{
    text = http::trimmed(text);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        return text.substr(1, text.size() - 2);
    return text;
}

// Calls take(part) for each part of `text` between any of `separators`.
template <class Take> void split(std::string_view text, const char *separators, Take take)
{
    for (;;) {
        const auto end = text.find_first_of(separators);
        take(http::trimmed(text.substr(0, end)));
        if (end == npos)
            return;
        text.remove_prefix(end + 1);
    }
}

} // namespace

Secrets Secrets::of(std::string_view target, const http::FieldList &head)
{
    Secrets secrets;
    secrets.addUrl(target);
    for (const http::Field &field : head) {
        const auto is = [&](std::string_view name) {
            return http::equalsIgnoringCase(field.name, name);
        };
        if (is("authorization") || is("proxy-authorization"))
            secrets.addAuthorization(field.value, is("proxy-authorization"));
        else if (is("sec-websocket-protocol"))
            secrets.addSubprotocols(field.value);
        else if (is("referer"))
            secrets.addUrl(field.value);
        else if (isCredentialField(field.name) && !is("cookie"))
            secrets.addForms(unquoted(field.value));
    }

    // Last, because there can be many of them.
    for (const http::Field &field : head) {
        if (http::equalsIgnoringCase(field.name, "cookie"))
            secrets.addCookies(field.value);
    }

    auto &values = secrets.m_values;
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return secrets;
}

void Secrets::add(const Secrets &others)
{
    if (others.isEmpty())
        return;
    std::vector<std::string> all;
    all.reserve(m_values.size() + others.m_values.size());
    std::set_union(m_values.begin(), m_values.end(), others.m_values.begin(), others.m_values.end(),
                   std::back_inserter(all));
    m_values = std::move(all);
    for (std::size_t i = 0; i < m_starts.size(); ++i)
        m_starts[i] |= others.m_starts[i];
}

void Secrets::add(std::string_view value)
{
    if (value.size() < shortestSecret || m_values.size() >= mostValues
        || std::find(std::begin(placeholders), std::end(placeholders), value) != std::end(placeholders))
        return;
    m_values.emplace_back(value.substr(0, longestCompared));
    const std::size_t hash = hashOfStart(value.data());
    m_starts[hash / 64] |= std::uint64_t(1) << hash % 64;
}

// The value itself, what it stands for if it is percent-encoded, and the base64 forms of both.
// Percent-encoded occurrences are found by decoding the text.
void Secrets::addForms(std::string_view value)
{
    if (value.size() < shortestSecret)
        return;
    add(value);
    add(base64(value, false));
    add(base64(value, true));
    const bool isEncoded = value.find('%') != npos || value.find('+') != npos;
    if (!isEncoded)
        return;

    std::string form(value);
    const std::string plain = percentDecoded(form).text;
    std::replace(form.begin(), form.end(), '+', ' ');
    const std::string ofForm = percentDecoded(form).text;
    for (const std::string &meant : {plain, ofForm}) {
        add(meant);
        add(base64(meant, false));
        add(base64(meant, true));
    }
}

void Secrets::addUserInfo(std::string_view userInfo, bool isSandboxLabel)
{
    const auto colon = userInfo.find(':');
    const auto user = userInfo.substr(0, colon);
    const auto password = colon == npos ? std::string_view() : userInfo.substr(colon + 1);
    if (!password.empty()) {
        addForms(password);
        addForms(userInfo);
    } else if (!isSandboxLabel) {
        addForms(user); // a key in the place of the name, as with `curl -u KEY:`
    }
}

void Secrets::addAuthorization(std::string_view value, bool isProxy)
{
    value = http::trimmed(value);
    const auto space = value.find_first_of(" \t");
    const bool hasScheme = space != npos && isAuthorizationScheme(value.substr(0, space));
    if (!hasScheme)
        return addForms(unquoted(value));

    const auto rest = http::trimmed(value.substr(space));
    if (http::equalsIgnoringCase(value.substr(0, space), "basic")) {
        add(rest);
        addUserInfo(fromBase64(rest), isProxy);
        return;
    }
    addForms(rest);
    if (rest.find('=') == npos)
        return;
    // Credential=..., Signature=... or token="..."
    split(rest, ",", [this](std::string_view part) {
        const auto equals = part.find('=');
        if (equals == npos)
            return;
        const auto name = part.substr(0, equals);
        if (isCredentialParameter(name) || http::equalsIgnoringCase(name, "response"))
            addForms(unquoted(part.substr(equals + 1)));
    });
}

void Secrets::addCookies(std::string_view value)
{
    split(value, ";", [this](std::string_view pair) {
        const auto equals = pair.find('=');
        const auto cookie = unquoted(equals == npos ? pair : pair.substr(equals + 1));
        if (cookie.size() >= shortestCookie)
            addForms(cookie);
    });
}

// Browsers cannot set a field on a websocket, so keys are sent as subprotocols:
// "openai-insecure-api-key.KEY", "base64url.bearer.authorization.k8s.io.TOKEN".
void Secrets::addSubprotocols(std::string_view value)
{
    split(value, ",", [this](std::string_view protocol) {
        const auto dot = protocol.rfind('.');
        if (dot != npos && isCredentialField(protocol.substr(0, dot)))
            addForms(protocol.substr(dot + 1));
    });
}

void Secrets::addUrl(std::string_view url)
{
    const auto scheme = url.find("://");
    const std::size_t begin = scheme == npos ? 0 : scheme + 3;
    const auto authority = url.substr(begin, url.find_first_of("/?#\\", begin) - begin);
    const auto at = authority.rfind('@');
    if (at != npos) {
        addUserInfo(authority.substr(0, at), false);
        addUserInfo(percentDecoded(authority.substr(0, at)).text, false);
    }
    const auto query = url.find_first_of("?#;");
    if (query == npos)
        return;
    split(url.substr(query + 1), "&#?;", [this](std::string_view pair) {
        const auto equals = pair.find('=');
        if (equals != npos && isCredentialParameter(percentDecoded(pair.substr(0, equals)).text))
            addForms(pair.substr(equals + 1));
    });
}

void Secrets::find(std::string_view text, Spans &spans) const
{
    for (std::size_t i = 0; i + shortestSecret <= text.size(); ++i) {
        const std::size_t hash = hashOfStart(text.data() + i);
        if ((m_starts[hash / 64] >> hash % 64 & 1) == 0)
            continue;
        const auto start = text.substr(i, sizeof(std::uint32_t));
        const auto rest = text.substr(i);
        std::size_t longest = 0;
        for (auto value = std::lower_bound(m_values.begin(), m_values.end(), start);
             value != m_values.end() && value->starts_with(start); ++value) {
            if (rest.starts_with(*value))
                longest = std::max(longest, value->size());
        }
        if (longest == 0)
            continue;
        std::size_t end = i + longest;
        while (longest == longestCompared && end < text.size() && isTokenCharacter(text[end]))
            ++end;
        spans.add(text, i, end);
        if (longest == longestCompared)
            i = end - 1;
    }
}

std::size_t Secrets::endWithoutPartial(std::string_view text) const
{
    constexpr std::size_t shortestPart = 3; // fewer characters tell nothing
    std::size_t end = text.size();
    for (const std::string &value : m_values) {
        for (std::size_t part = std::min(value.size(), text.size()); part >= shortestPart; --part) {
            if (!text.ends_with(std::string_view(value).substr(0, part)))
                continue;
            end = std::min(end, text.size() - part);
            break;
        }
    }
    return end;
}

std::string Secrets::masked(std::string text) const
{
    if (m_values.empty())
        return text;
    const Spans spans = findDecoded(text, [this](std::string_view form, Spans &found) { find(form, found); });
    return spans.isEmpty() ? std::move(text) : spans.masked(text);
}

} // namespace hookscope
