#pragma once

#include "core/error.h"
#include "core/hooks/payloadtemplate.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <functional>
#include <utility>
#include <vector>

namespace hookscope {

// What a webhook sends: the keys "template", "headers", "sign_with" and "allow_private" of a hook. Credentials are named,
// not held: `{secret:NAME}` in a field's value stands for what the keyring has under NAME, and so does each
// of signWith, so that a hook set can be shown and passed on.
struct SendingPolicy {
    static constexpr int mostFields = 20;
    static constexpr int mostKeys = 2; // during a rotation receivers know the one or the other

    struct Field {
        QString name;
        QString value;
        friend bool operator==(const Field &, const Field &) = default;
    };

    PayloadTemplate body; // empty: the event itself
    std::vector<Field> fields; // by name
    QStringList signWith; // names of signing keys, see core/dispatch/webhooksignature.h
    bool allowsPrivate = false; // "allow_private": the URL's name may lead to a private address

    friend bool operator==(const SendingPolicy &, const SendingPolicy &) = default;
};

// What those keys of a hook's object say; the error names the key and what is wrong with it.
Result<SendingPolicy> sendingPolicyFromJson(const QJsonObject &hook);

// Sets those keys, without those that are empty.
void writeTo(QJsonObject &hook, const SendingPolicy &policy);

// Why this cannot be sent, if so: a name that is no token or that Hookscope sets itself, a value with a
// control character, a credential that is written out, a secret's name that an environment variable cannot
// have.
Result<void> validate(const SendingPolicy &policy);

// The names of the values that the keyring has to give.
QStringList secretNames(const SendingPolicy &policy);

// `value` with its secrets put in; the error names the one for which `secret` has nothing.
Result<QByteArray> resolved(const QString &value,
                            const std::function<QByteArray(const QString &name)> &secret);

} // namespace hookscope
