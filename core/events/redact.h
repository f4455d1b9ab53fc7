#pragma once

#include "core/events/event.h"

#include <QMetaType>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hookscope {

class Spans;

// The credentials that one request carries: values of its credential fields, user info and query
// parameters, also in their base64 and percent-encoded forms. Kept for the exchange only; never stored.
class Secrets
{
public:
    Secrets() = default;

    // What the request of that target (origin or absolute form) and head carries.
    static Secrets of(std::string_view target, const http::FieldList &head);

    // Masks those too from now on.
    void add(const Secrets &others);

    // `text` with every occurrence of a credential replaced by `***`.
    std::string masked(std::string text) const;

    // Adds to `spans` every occurrence of a credential in `text` as it stands.
    void find(std::string_view text, Spans &spans) const;

    // Where `text` has to end so that its end is not the beginning of a credential.
    std::size_t endWithoutPartial(std::string_view text) const;

    bool isEmpty() const { return m_values.empty(); }

private:
    void add(std::string_view value);
    void addForms(std::string_view value);
    void addUserInfo(std::string_view userInfo, bool isSandboxLabel);
    void addAuthorization(std::string_view value, bool isProxy);
    void addCookies(std::string_view value);
    void addSubprotocols(std::string_view value);
    void addUrl(std::string_view url);

    std::vector<std::string> m_values; // sorted
    std::array<std::uint64_t, 16> m_starts{}; // a bit for each hash of the first four bytes of a value
};

// An event in which no credential is left. Only redact() makes one, and the log takes nothing else.
class RedactedEvent
{
public:
    const Event &event() const { return m_event; }

private:
    explicit RedactedEvent(Event &&event) : m_event(std::move(event)) {}
    friend RedactedEvent redact(Event &&event, const Secrets &secrets);

    Event m_event;
};

// Masks credential fields, user info and query parameters by name, and `secrets` by value.
RedactedEvent redact(Event &&event, const Secrets &secrets);

// A URL or request target with user info and the values of credential parameters replaced by `***`.
std::string redactUrl(std::string_view url);

// Whether a field of that name carries a credential (Authorization, x-api-key, Cookie, ...).
bool isCredentialField(std::string_view name);

using EventBatch = std::shared_ptr<const std::vector<RedactedEvent>>;

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::EventBatch)
