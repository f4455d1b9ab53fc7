#include "core/dispatch/collectorexport.h"

#include "core/dispatch/printable.h"

#include <QCoreApplication>

namespace hookscope {

namespace {

constexpr qsizetype longestAnswer = 200; // that is shown

struct CollectorText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::CollectorDelivery)
};

struct DispatcherText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::HookDispatcher)
};

// The URL of a hook is the collector's; that of one signal is taken as well.
QUrl endpointOf(const Hook &hook, CollectorSignal signal)
{
    QUrl url(std::get<OtlpTarget>(hook.target).url, QUrl::StrictMode);
    QString path = url.path(QUrl::FullyEncoded);
    for (const char *known : {"/v1/traces", "/v1/metrics"}) {
        if (path.endsWith(QLatin1String(known)))
            path.chop(static_cast<qsizetype>(qstrlen(known)));
    }
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    path += QLatin1String(signal == CollectorSignal::Spans ? "/v1/traces" : "/v1/metrics");
    url.setPath(path, QUrl::TolerantMode);
    return url;
}

QString hostText(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

QString failureText(const WebhookOutcome &outcome, const QUrl &url)
{
    const QString host = hostText(url);
    if (outcome.status >= 300 && outcome.status <= 399) {
        return CollectorText::tr("Collector %1 answered %2: redirects are not followed, name the new address")
            .arg(host)
            .arg(outcome.status);
    }
    if (outcome.status > 0)
        return CollectorText::tr("Collector %1 answered %2").arg(host).arg(outcome.status);
    if (outcome.reason.isEmpty())
        return outcome.text;
    return CollectorText::tr("Export to %1 failed: %2").arg(host, outcome.reason);
}

} // namespace

Result<WebhookMessage> collectorMessage(const Hook &hook, CollectorSignal signal, const std::string &body,
                                        const SecretOf &secret)
{
    WebhookMessage message;
    message.url = endpointOf(hook, signal);
    message.json = QByteArray::fromStdString(body);
    message.isPrivateAllowed = hook.sending.allowsPrivate;
    for (const SendingPolicy::Field &field : hook.sending.fields) {
        const auto value = resolved(field.value, secret);
        if (!value)
            return tl::unexpected(value.error());
        message.fields.append({field.name.toLatin1(), *value});
    }
    return message;
}

Secrets secretsOf(const Hook &hook, const SecretOf &secret)
{
    http::FieldList fields;
    for (const QString &name : secretNames(hook.sending))
        fields.push_back({"x-api-key", secret(name).toStdString()});
    return Secrets::of({}, fields);
}

WebhookOutcome masked(WebhookOutcome outcome, const QUrl &url, const Secrets &secrets)
{
    if (!outcome.isDelivered)
        outcome.text = failureText(outcome, url);
    outcome.answer = QByteArray::fromStdString(secrets.masked(outcome.answer.toStdString()));
    outcome.text = QString::fromStdString(secrets.masked(outcome.text.toStdString()));
    return outcome;
}

bool isWorthAnotherTry(const WebhookOutcome &outcome)
{
    if (outcome.isRefusedHere)
        return false;
    return outcome.status == 0 || outcome.status == 429 || outcome.status == 502 || outcome.status == 503
        || outcome.status == 504;
}

QString outcomeTextOf(const DeliveryAttempt &attempt)
{
    QString text = attempt.isDelivered
        ? DispatcherText::tr("Answered %1 in %2 ms").arg(attempt.status).arg(attempt.elapsedMs)
        : DispatcherText::tr("%1 (after %2 ms)").arg(attempt.text).arg(attempt.elapsedMs);
    if (!attempt.answer.isEmpty())
        text += QLatin1String(": ") + printable(attempt.answer.left(longestAnswer));
    return text;
}

QString withRemark(const QString &text, quint64 rejected, int of, const QString &message)
{
    if (rejected == 0 && message.isEmpty())
        return text;
    const QString said = printable(message.left(longestAnswer).toUtf8());
    if (rejected == 0)
        return CollectorText::tr("The collector says: %1").arg(said);
    return CollectorText::tr("The collector rejected %1 of %2: %3").arg(rejected).arg(of).arg(said);
}

} // namespace hookscope
