#include "core/hooks/sendingpolicy.h"

#include "core/events/redact.h"
#include "core/http/head.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>
#include <algorithm>

namespace hookscope {

namespace {

struct PolicyText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::Hook)
};

tl::unexpected<Error> invalid(const QString &text)
{
    return tl::unexpected(Error{ErrorCode::InvalidInput, text});
}

const QRegularExpression &secretPattern()
{
    static const QRegularExpression pattern(QStringLiteral(R"(\{secret:([^{}]*)\})"));
    return pattern;
}

// What shells take as a variable's name: the environment may have it where there is no keyring.
bool isSecretName(const QString &name)
{
    static const QRegularExpression pattern(QStringLiteral(R"(\A[A-Za-z_][A-Za-z0-9_]*\z)"));
    return pattern.match(name).hasMatch();
}

// Those that say how and what Hookscope sends.
bool isOwnField(const QString &name)
{
    static const QStringList own{QStringLiteral("host"),
                                 QStringLiteral("content-length"),
                                 QStringLiteral("content-type"),
                                 QStringLiteral("user-agent"),
                                 QStringLiteral("transfer-encoding"),
                                 QStringLiteral("connection"),
                                 QStringLiteral("upgrade"),
                                 QStringLiteral("te"),
                                 QStringLiteral("trailer"),
                                 QStringLiteral("expect"),
                                 QStringLiteral("accept-encoding"),
                                 QStringLiteral("webhook-id"),
                                 QStringLiteral("keep-alive"),
                                 QStringLiteral("webhook-timestamp"),
                                 QStringLiteral("webhook-signature"),
                                 QStringLiteral("content-encoding")};
    return own.contains(name.toLower());
}

Result<void> validateField(const SendingPolicy::Field &field)
{
    if (!http::isToken(field.name.toStdString()))
        return invalid(PolicyText::tr("\"%1\" cannot be the name of a header").arg(field.name.simplified()));
    if (isOwnField(field.name))
        return invalid(PolicyText::tr("\"%1\" is set by Hookscope itself").arg(field.name));
    const bool isPrintable = std::all_of(field.value.cbegin(), field.value.cend(), [](QChar c) {
        return c >= QLatin1Char(' ') && c <= QLatin1Char('~');
    });
    if (!isPrintable || field.value != field.value.trimmed()) {
        return invalid(
            PolicyText::tr("The value of \"%1\" can hold printable ASCII only, without spaces around it")
                .arg(field.name));
    }
    QStringList names;
    for (auto match = secretPattern().globalMatch(field.value); match.hasNext();)
        names << match.next().captured(1);
    for (const QString &name : names) {
        if (!isSecretName(name))
            return invalid(
                PolicyText::tr("\"{secret:%1}\" must name a value by letters, digits and _").arg(name));
    }
    if (names.isEmpty() && !field.value.isEmpty() && isCredentialField(field.name.toStdString())) {
        return invalid(
            PolicyText::tr("\"%1\" carries a credential, which must not be in a file: put it into the "
                           "keyring and write {secret:NAME}")
                .arg(field.name));
    }
    return {};
}

} // namespace

Result<SendingPolicy> sendingPolicyFromJson(const QJsonObject &hook)
{
    SendingPolicy policy;
    if (const QJsonValue body = hook.value(QLatin1String("template")); !body.isUndefined()) {
        if (!body.isString())
            return invalid(
                PolicyText::tr("\"template\" must be a string: JSON with places like {{summary}}"));
        auto compiled = PayloadTemplate::compile(body.toString());
        if (!compiled)
            return tl::unexpected(compiled.error());
        policy.body = *std::move(compiled);
    }
    if (const QJsonValue headers = hook.value(QLatin1String("headers")); !headers.isUndefined()) {
        if (!headers.isObject())
            return invalid(PolicyText::tr("\"headers\" must be an object: {\"Name\": \"value\"}"));
        const QJsonObject object = headers.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!it->isString())
                return invalid(
                    PolicyText::tr("\"headers\": the value of \"%1\" must be a string").arg(it.key()));
            policy.fields.push_back({it.key(), it->toString()});
        }
    }
    if (const QJsonValue keys = hook.value(QLatin1String("sign_with")); !keys.isUndefined()) {
        const QJsonArray names = keys.toArray();
        const bool areStrings =
            std::all_of(names.begin(), names.end(), [](const QJsonValue &name) { return name.isString(); });
        if (!keys.isArray() || !areStrings)
            return invalid(PolicyText::tr("\"sign_with\" must be a list of names of keys in the keyring"));
        for (const QJsonValue &name : names)
            policy.signWith << name.toString();
    }
    const QJsonValue allow = hook.value(QLatin1String("allow_private"));
    if (!allow.isUndefined() && !allow.isBool())
        return invalid(PolicyText::tr("\"allow_private\" must be true or false"));
    policy.allowsPrivate = allow.toBool();
    return policy;
}

void writeTo(QJsonObject &hook, const SendingPolicy &policy)
{
    hook.remove(QStringLiteral("template"));
    hook.remove(QStringLiteral("headers"));
    hook.remove(QStringLiteral("sign_with"));
    hook.remove(QStringLiteral("allow_private"));
    if (!policy.body.isEmpty())
        hook.insert(QStringLiteral("template"), policy.body.text());
    if (!policy.fields.empty()) {
        QJsonObject headers;
        for (const SendingPolicy::Field &field : policy.fields)
            headers.insert(field.name, field.value);
        hook.insert(QStringLiteral("headers"), headers);
    }
    if (!policy.signWith.isEmpty())
        hook.insert(QStringLiteral("sign_with"), QJsonArray::fromStringList(policy.signWith));
    if (policy.allowsPrivate)
        hook.insert(QStringLiteral("allow_private"), true);
}

Result<void> validate(const SendingPolicy &policy)
{
    if (policy.fields.size() > SendingPolicy::mostFields)
        return invalid(
            PolicyText::tr("\"headers\" can hold at most %1 fields").arg(SendingPolicy::mostFields));
    QStringList seen;
    for (const SendingPolicy::Field &field : policy.fields) {
        if (const auto valid = validateField(field); !valid)
            return valid;
        if (seen.contains(field.name.toLower()))
            return invalid(PolicyText::tr("\"headers\" holds \"%1\" twice").arg(field.name));
        seen << field.name.toLower();
    }
    if (policy.signWith.size() > SendingPolicy::mostKeys) {
        return invalid(
            PolicyText::tr("\"sign_with\" can name at most two keys: the present one, and the earlier one "
                           "while receivers change over"));
    }
    for (const QString &name : policy.signWith) {
        if (!isSecretName(name))
            return invalid(PolicyText::tr("\"sign_with\" must name keys by letters, digits and _, not \"%1\"")
                               .arg(name));
    }
    return {};
}

QStringList secretNames(const SendingPolicy &policy)
{
    QStringList names = policy.signWith + policy.body.secretNames();
    for (const SendingPolicy::Field &field : policy.fields) {
        for (auto match = secretPattern().globalMatch(field.value); match.hasNext();)
            names << match.next().captured(1);
    }
    names.removeDuplicates();
    return names;
}

Result<QByteArray> resolved(const QString &value,
                            const std::function<QByteArray(const QString &name)> &secret)
{
    QByteArray text;
    qsizetype end = 0;
    for (auto matches = secretPattern().globalMatch(value); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const QByteArray found = secret(match.captured(1));
        if (found.isEmpty())
            return invalid(PolicyText::tr("there is no value for the secret %1").arg(match.captured(1)));
        text += QStringView(value).mid(end, match.capturedStart() - end).toLatin1() + found;
        end = match.capturedEnd();
    }
    return text + QStringView(value).mid(end).toLatin1();
}

} // namespace hookscope
