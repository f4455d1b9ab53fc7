#include "core/dispatch/previewof.h"

#include "core/dispatch/collectorexport.h"
#include "core/dispatch/notifydelivery.h"
#include "core/dispatch/sampleevent.h"
#include "core/dispatch/webhookmessage.h"
#include "core/events/eventjson.h"
#include "core/otlp/callmetrics.h"
#include "core/otlp/exportrequest.h"
#include "core/otlp/otlpspan.h"

#include <QCoreApplication>
#include <QLocale>

namespace hookscope {

namespace {

struct PreviewText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::DeliveryPreview)
};

constexpr const char *instanceShown = "00000000-0000-0000-0000-000000000000"; // made at each start

using Field = std::pair<QByteArray, QString>;

QByteArray mask(const QString &)
{
    return QByteArrayLiteral("***");
}

QString later(const QString &what)
{
    return QStringLiteral("‹") + what + QStringLiteral("›");
}

QByteArray bytesOf(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

QByteArray jsonOf(const Event &event)
{
    if (const auto *call = std::get_if<LlmEvent>(&event))
        return bytesOf(toJson(*call));
    if (const auto *proxied = std::get_if<ProxyEvent>(&event))
        return bytesOf(toJson(*proxied));
    return {};
}

QByteArray sampleJson(HookEvent moment)
{
    return moment == HookEvent::OnBudget ? bytesOf(toJson(sampleBudgetEvent()))
                                         : bytesOf(toJson(sampleEvent(moment)));
}

// Replaces, as QNetworkRequest does.
void setField(QList<Field> &fields, const QByteArray &name, const QString &value)
{
    for (Field &field : fields) {
        if (field.first.compare(name, Qt::CaseInsensitive) == 0) {
            field.second = value;
            return;
        }
    }
    fields.append({name, value});
}

QString hostOf(const QUrl &url)
{
    QString host = url.host(QUrl::EncodeUnicode);
    if (host.contains(QLatin1Char(':')))
        host = QLatin1Char('[') + host + QLatin1Char(']');
    return url.port() < 0 ? host : host + QLatin1Char(':') + QString::number(url.port());
}

// QNetworkAccessManager's own; the test of this file compares them with what arrives.
QString languages()
{
    const QString name = QLocale::system().name().replace(QLatin1Char('_'), QLatin1Char('-'));
    if (name == QLatin1String("C"))
        return QStringLiteral("en,*");
    return name + (name.startsWith(QLatin1String("en-")) ? QLatin1String(",*") : QLatin1String(",en,*"));
}

// Those that WebhookAttempt sends with it.
QList<Field> fieldsOf(const WebhookMessage &message)
{
    QList<Field> fields{{"Host", hostOf(message.url)},
                        {"Content-Type", QStringLiteral("application/json")},
                        {"User-Agent", QStringLiteral("hookscope/" HOOKSCOPE_VERSION)},
                        {"Accept-Encoding", QStringLiteral("identity")},
                        {"Accept-Language", languages()}};
    if (!message.url.userInfo().isEmpty())
        setField(fields, "Authorization", QStringLiteral("Basic ***"));
    for (const auto &[name, value] : message.fields)
        setField(fields, name, QString::fromLatin1(value));
    setField(fields, "Content-Length", QString::number(message.json.size()));
    setField(fields, "Connection", QStringLiteral("Keep-Alive"));
    return fields;
}

DeliveryPreview::Part requestPart(const QString &title, const WebhookMessage &message,
                                  const QList<Field> &fields)
{
    QString target = message.url.path(QUrl::FullyEncoded);
    if (target.isEmpty())
        target = QStringLiteral("/");
    if (message.url.hasQuery())
        target += QLatin1Char('?') + message.url.query(QUrl::FullyEncoded);
    target = QString::fromStdString(redactUrl(target.toStdString()));
    DeliveryPreview::Part part{title, {QStringLiteral("POST %1 HTTP/1.1").arg(target)}, message.json};
    for (const auto &[name, value] : fields)
        part.head << QString::fromLatin1(name) + QStringLiteral(": ") + value;
    return part;
}

QString endpointText(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

QString requestTitle(const QUrl &url)
{
    return PreviewText::tr("Request to %1").arg(endpointText(url));
}

// Signed is what is sent, not what is shown: the keys are only named.
DeliveryPreview webhookPreview(const Hook &hook, const QByteArray &json)
{
    const QUrl url(std::get<WebhookTarget>(hook.target).url, QUrl::StrictMode);
    SendingPolicy unsignedPolicy = hook.sending;
    unsignedPolicy.signWith.clear();
    QueuedEvent queued;
    queued.json = json;
    const auto &batch = hook.delivery.batch;
    const WebhookMessage message =
        messageOf(url, unsignedPolicy, {queued}, batch.has_value(), QByteArray(), 0, mask);
    DeliveryPreview preview;
    preview.problem = message.problem;
    QList<Field> fields = fieldsOf(message);
    setField(fields, "webhook-id", later(PreviewText::tr("of the event, the same at each try")));
    setField(fields, "webhook-timestamp", later(PreviewText::tr("made at each try")));
    if (!hook.sending.signWith.isEmpty()) {
        setField(fields, "webhook-signature",
                 later(PreviewText::tr("made at each try, with %1")
                           .arg(hook.sending.signWith.join(QStringLiteral(", ")))));
    }
    if (!hook.sending.body.secretNames().isEmpty())
        setField(fields, "Content-Length", later(PreviewText::tr("with its secrets")));
    preview.parts << requestPart(requestTitle(url), message, fields);
    if (batch) {
        preview.note =
            PreviewText::tr("Up to %1 events are sent in one array, which then has an id of its own.")
                .arg(batch->maxEvents);
    }
    return preview;
}

DeliveryPreview collectorPreview(const Hook &hook, const std::optional<CapturedEvent> &event)
{
    const LlmEvent sample = sampleCall();
    const auto *call = event ? std::get_if<LlmEvent>(&event->event) : &sample;
    const otlp::CallPlace place{event ? otlp::portOf(event->url) : std::nullopt,
                                event ? event->callIndex : 0};
    const std::string span =
        call ? otlp::spanOf(*call, place) : otlp::spanOf(std::get<ProxyEvent>(event->event));
    DeliveryPreview preview;
    const auto add = [&](CollectorSignal signal, const std::string &body) {
        const auto message = collectorMessage(hook, signal, body, mask);
        if (!message) {
            preview.problem = message.error().text;
            return;
        }
        preview.parts << requestPart(requestTitle(message->url), *message, fieldsOf(*message));
    };
    add(CollectorSignal::Spans, otlp::tracesRequest(instanceShown, {span}));
    if (!call)
        return preview;
    otlp::CallMetrics metrics(call->timestampUs - call->durationUs.value_or(0));
    metrics.count(*call, place);
    add(CollectorSignal::Metrics, otlp::metricsRequest(instanceShown, metrics.text(call->timestampUs)));
    preview.note =
        PreviewText::tr("Spans are sent together, after some seconds; metrics each minute, with the sums "
                        "of all calls since the start.");
    return preview;
}

QString auditText(const Hook &hook, const std::optional<CapturedEvent> &event)
{
    std::string line;
    if (!event)
        line = auditLine(sampleEvent(hook.event));
    else if (const auto *call = std::get_if<LlmEvent>(&event->event))
        line = auditLine(*call);
    else
        line = auditLine(std::get<ProxyEvent>(event->event));
    return QString::fromStdString(line);
}

DeliveryPreview programPreview(const ExecTarget &exec, const QByteArray &json)
{
    return {{{PreviewText::tr("Program and arguments, without a shell"), exec.command, {}},
             {PreviewText::tr("On its standard input, and then the end of it"), {}, json + '\n'}},
            {},
            {}};
}

} // namespace

DeliveryPreview previewOf(const Hook &hook, const std::optional<CapturedEvent> &event)
{
    if (const auto valid = validate(hook); !valid)
        return {{}, {}, valid.error().text};
    if (std::holds_alternative<OtlpTarget>(hook.target))
        return collectorPreview(hook, event);
    const QByteArray json = event ? jsonOf(event->event) : sampleJson(hook.event);
    if (std::holds_alternative<WebhookTarget>(hook.target))
        return webhookPreview(hook, json);
    if (const auto *file = std::get_if<FileTarget>(&hook.target))
        return {{{PreviewText::tr("Line appended to %1").arg(file->path), {}, json + '\n'}}, {}, {}};
    if (const auto *exec = std::get_if<ExecTarget>(&hook.target))
        return programPreview(*exec, json);
    if (std::holds_alternative<NotifyTarget>(hook.target)) {
        return {{{hook.name, {}, NotifyDelivery::lineOf(json).toUtf8()}},
                PreviewText::tr("At most one a second is shown, which then tells how many there were."),
                {}};
    }
    return {{{PreviewText::tr("Line on the standard error"), {}, auditText(hook, event).toUtf8() + '\n'}},
            {},
            {}};
}

} // namespace hookscope
