#include "core/dispatch/webhookmessage.h"

#include "core/dispatch/webhooksignature.h"

#include <QCoreApplication>

namespace hookscope {

namespace {

struct MessageText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::WebhookMessage)
};

Result<QByteArray> bodyOf(const PayloadTemplate &form, const std::vector<QueuedEvent> &events, bool isArray,
                          const PayloadTemplate::SecretOf &secretOf)
{
    QByteArray body;
    for (const QueuedEvent &event : events) {
        if (!body.isEmpty())
            body += ',';
        if (form.isEmpty()) {
            body += event.json;
            continue;
        }
        const auto rendered = form.rendered(event.json, secretOf);
        if (!rendered)
            return tl::unexpected(rendered.error());
        body += *rendered;
    }
    return isArray ? '[' + body + ']' : body;
}

Result<QByteArray> signatureOf(const QStringList &names, const WebhookMessage &message, const QByteArray &id,
                               qint64 atSecond, const PayloadTemplate::SecretOf &secretOf)
{
    QList<QByteArray> keys;
    for (const QString &name : names) {
        const QByteArray text = secretOf(name);
        if (text.isEmpty()) {
            return tl::unexpected(Error{ErrorCode::InvalidInput,
                                        MessageText::tr("there is no value for the secret %1").arg(name)});
        }
        const auto key = signingKeyOf(text);
        if (!key) {
            return tl::unexpected(
                Error{ErrorCode::InvalidInput, MessageText::tr("%1: %2").arg(name, key.error().text)});
        }
        keys << *key;
    }
    return webhookSignature(keys, id, atSecond, message.json);
}

Result<void> complete(WebhookMessage &message, const SendingPolicy &policy,
                      const std::vector<QueuedEvent> &events, bool isArray, const QByteArray &id,
                      qint64 atSecond, const PayloadTemplate::SecretOf &secretOf)
{
    auto body = bodyOf(policy.body, events, isArray, secretOf);
    if (!body)
        return tl::unexpected(body.error());
    message.json = *std::move(body);
    for (const SendingPolicy::Field &field : policy.fields) {
        auto value = resolved(field.value, secretOf);
        if (!value)
            return tl::unexpected(value.error());
        message.fields.append({field.name.toLatin1(), *value});
    }
    if (policy.signWith.isEmpty())
        return {};
    const auto signature = signatureOf(policy.signWith, message, id, atSecond, secretOf);
    if (!signature)
        return tl::unexpected(signature.error());
    message.fields.append({"webhook-signature", *signature});
    return {};
}

} // namespace

WebhookMessage messageOf(const QUrl &url, const SendingPolicy &policy, const std::vector<QueuedEvent> &events,
                         bool isArray, const QByteArray &id, qint64 atSecond,
                         const PayloadTemplate::SecretOf &secretOf)
{
    WebhookMessage message;
    message.url = url;
    message.isPrivateAllowed = policy.allowsPrivate;
    message.fields = {{"webhook-id", id}, {"webhook-timestamp", QByteArray::number(atSecond)}};
    for (const QString &name : secretNames(policy))
        message.secrets << secretOf(name);
    if (const auto made = complete(message, policy, events, isArray, id, atSecond, secretOf); !made)
        message.problem = MessageText::tr("Nothing was sent: %1").arg(made.error().text);
    return message;
}

} // namespace hookscope
