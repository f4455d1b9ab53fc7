#include "core/events/redact.h"

#include "core/events/bodyredaction.h"
#include "core/events/credentialscan.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace hookscope {

namespace {

constexpr std::string_view mask = "***";

// Texts in which nothing was found by its form: a client's requests are much alike, and the same URLs and
// field values come again and again. Of one thread and a fixed size; a text takes the place of the one with
// the same hash.
class CleanTexts {
public:
    static constexpr std::size_t longest = 160;

    bool contains(std::string_view text, TextKind kind) const
    {
        const std::string &known = m_places[placeOf(text, kind)];
        return known.size() == text.size() && std::memcmp(known.data(), text.data(), text.size()) == 0;
    }
    void add(std::string_view text, TextKind kind) { m_places[placeOf(text, kind)] = text; }

private:
    // Each kind has places of its own: what is clean as prose need not be as a URL.
    static std::size_t placeOf(std::string_view text, TextKind kind)
    {
        return keyOf(text) % (places / 2) * 2 + (kind == TextKind::Url ? 1 : 0);
    }

    // Length, beginning and end tell most texts apart, and cost less to look at than all of it.
    static std::size_t keyOf(std::string_view text)
    {
        std::uint64_t first = 0;
        std::uint64_t last = 0;
        const std::size_t count = std::min(text.size(), sizeof first);
        std::memcpy(&first, text.data(), count);
        std::memcpy(&last, text.data() + text.size() - count, count);
        constexpr std::uint64_t odd = 0x9e37'79b9'7f4a'7c15; // 2^64 divided by the golden ratio
        return ((first ^ (last * odd)) * odd + text.size() * odd) >> 40U;
    }

    static constexpr std::size_t places = 512;
    std::array<std::string, places> m_places; // empty: none
};

// A mask has no delimiter in it, so that what stands before one can become user info by it: looked for until
// nothing more is found. Any honest text is done with by the second time.
// Says whether there was anything.
bool maskCredentials(std::string &text, TextKind kind)
{
    constexpr int mostTimes = 16;
    for (int i = 0; i < mostTimes; ++i) {
        const Spans spans = findDecoded(
            text, [kind](std::string_view form, Spans &found) { findCredentials(form, kind, found); });
        if (spans.isEmpty())
            return i > 0;
        std::string masked = spans.masked(text);
        if (masked == text)
            return true;
        text = std::move(masked);
    }
    return true;
}

void maskByForm(std::string &text, TextKind kind)
{
    thread_local CleanTexts clean;
    const bool isRemembered = text.size() <= CleanTexts::longest;
    if (isRemembered && clean.contains(text, kind))
        return;
    if (!maskCredentials(text, kind) && isRemembered)
        clean.add(text, kind);
}

// The scheme stays: which one a client uses is no secret, and often the reason for a 401.
void maskFieldValue(http::Field &field)
{
    if (http::trimmed(field.value).empty())
        return;
    const bool isAuthorization = http::equalsIgnoringCase(field.name, "authorization")
        || http::equalsIgnoringCase(field.name, "proxy-authorization");
    const auto space = field.value.find(' ');
    if (isAuthorization && space != std::string::npos
        && isAuthorizationScheme(std::string_view(field.value).substr(0, space)))
        field.value.resize(space + 1);
    else
        field.value.clear();
    field.value += mask;
}

// Masks an event's strings in place.
class Redactor {
public:
    explicit Redactor(const Secrets &secrets)
        : m_secrets(secrets)
    {
    }

    void operator()(Started &event) const
    {
        text(event.sandbox);
        process(event.process);
        text(event.method);
        url(event.url);
        text(event.host);
        url(event.path);
        fields(event.head);
    }

    void operator()(Answered &event) const { fields(event.head); }

    void operator()(CallProgress &event) const { text(event.model); }

    void operator()(ProxyEvent &event) const
    {
        text(event.sandbox);
        text(event.method);
        url(event.url);
        text(event.host);
        process(event.process);
        text(event.error);
    }

    void operator()(LlmEvent &event) const
    {
        text(event.sandbox);
        text(event.host);
        text(event.method);
        url(event.path);
        text(event.model);
        process(event.process);
        text(event.session);
        text(event.requestId);
        text(event.error);
        details(event.details);
    }

    void operator()(BodyKept &event) const
    {
        if (event.text) {
            event.text = std::make_shared<const std::string>(
                redactBody(*event.text, event.contentType, event.isTruncated, m_secrets));
        }
        text(event.contentType);
        text(event.note);
    }

private:
    void details(CallDetails &value) const
    {
        text(value.requestModel);
        text(value.answerId);
        text(value.serviceTier);
        text(value.stopReason);
        text(value.usageNote);
        for (RateLimit &limit : value.rateLimits) {
            text(limit.name);
            text(limit.limit);
            text(limit.remaining);
            text(limit.reset);
        }
    }

    void text(std::string &value) const { mask(value, TextKind::Prose); }

    void text(std::optional<std::string> &value) const
    {
        if (value)
            text(*value);
    }

    void url(std::string &value) const { mask(value, TextKind::Url); }

    // By value first: what looks like a credential may be a part of one only, and its rest would stay.
    void mask(std::string &value, TextKind kind) const
    {
        if (value.empty())
            return;
        if (!m_secrets.isEmpty())
            value = m_secrets.masked(std::move(value));
        maskByForm(value, kind);
    }

    void process(std::optional<Process> &value) const
    {
        if (value)
            text(value->name);
    }

    void fields(http::FieldList &head) const
    {
        for (http::Field &field : head) {
            if (isCredentialField(field.name))
                maskFieldValue(field);
            else
                text(field.value);
            text(field.name);
        }
    }

    const Secrets &m_secrets;
};

} // namespace

RedactedEvent redact(Event &&event, const Secrets &secrets)
{
    std::visit(Redactor(secrets), event);
    return RedactedEvent(std::move(event));
}

std::string redactUrl(std::string_view url)
{
    std::string text(url);
    maskByForm(text, TextKind::Url);
    return text;
}

} // namespace hookscope
