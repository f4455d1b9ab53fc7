#pragma once

#include "core/error.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <functional>
#include <memory>
#include <vector>

namespace hookscope {

// A body of a webhook in the receiver's own form: JSON with places for what an event holds, without logic.
//   {{KEY}}           the value's text, escaped to stand within a JSON string; nothing if it is null or
//   absent
//   {{{KEY}}}         the value as JSON: a number, a string with its quotes, null
//   {{#KEY}}...{{/KEY}}   only if the value is there and neither null, false nor empty
//   {{^KEY}}...{{/KEY}}   only if it is not
//   {secret:NAME}     what the keyring has under NAME, escaped likewise
// KEY is a key of the wire contract, `process.name`, `process.pid`, `summary` (the event in one line) or
// `json` (the whole event). Numbers are copied digit by digit. An immutable value; any thread.
class PayloadTemplate {
public:
    static constexpr qsizetype mostCharacters = 20'000;
    using SecretOf = std::function<QByteArray(const QString &name)>;

    PayloadTemplate() = default; // empty: none

    // The error names the place and what would fit; also if what it makes is no JSON.
    static Result<PayloadTemplate> compile(const QString &text);

    // The body for that event (a line of the wire contract), which is JSON; the error names a secret that has
    // no value, or says that it would be none: sections may go together in ways that compile() did not see.
    Result<QByteArray> rendered(const QByteArray &eventJson, const SecretOf &secretOf) const;

    bool isEmpty() const { return m_text.isEmpty(); }
    const QString &text() const { return m_text; }
    QStringList secretNames() const;

    // The keys that a template can name.
    static const QStringList &keys();

    friend bool operator==(const PayloadTemplate &one, const PayloadTemplate &other)
    {
        return one.m_text == other.m_text;
    }

private:
    friend class TemplateCompiler;

    Result<QByteArray> renderedUnchecked(const QByteArray &eventJson, const SecretOf &secretOf) const;

    struct Piece {
        enum class Kind { Text, Value, Json, If, IfNot, End, Secret };
        Kind kind = Kind::Text;
        QByteArray text; // what is copied, or a name
        std::size_t end = 0; // of If and IfNot: the index of their End
    };

    QString m_text;
    std::shared_ptr<const std::vector<Piece>> m_pieces;
};

} // namespace hookscope
