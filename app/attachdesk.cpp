#include "app/attachdesk.h"

#include "app/runcount.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QTimer>
#include <QUrl>

namespace hookscope {

namespace {

constexpr int summaryTries = 20;
constexpr int summaryIntervalMs = 50;

void send(QLocalSocket *socket, const QByteArray &json)
{
    socket->write(json + '\n');
}

} // namespace

QByteArray toJson(const LaunchInputs &inputs)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("host"), inputs.host},
                                     {QStringLiteral("port"), inputs.port},
                                     {QStringLiteral("sandbox"), inputs.sandbox},
                                     {QStringLiteral("isIntercepting"), inputs.isIntercepting},
                                     {QStringLiteral("opened"), QJsonArray::fromStringList(inputs.opened)},
                                     {QStringLiteral("caCertificate"), inputs.caCertificate},
                                     {QStringLiteral("caBundle"), inputs.caBundle}})
        .toJson(QJsonDocument::Compact);
}

std::optional<LaunchInputs> launchInputsFromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    LaunchInputs inputs;
    inputs.host = object.value(QStringLiteral("host")).toString();
    inputs.port = static_cast<quint16>(object.value(QStringLiteral("port")).toInt());
    inputs.sandbox = object.value(QStringLiteral("sandbox")).toString();
    inputs.isIntercepting = object.value(QStringLiteral("isIntercepting")).toBool();
    for (const QJsonValue &host : object.value(QStringLiteral("opened")).toArray())
        inputs.opened.append(host.toString());
    inputs.caCertificate = object.value(QStringLiteral("caCertificate")).toString();
    inputs.caBundle = object.value(QStringLiteral("caBundle")).toString();
    return inputs.host.isEmpty() || inputs.port == 0 ? std::nullopt : std::optional(inputs);
}

AttachDesk::AttachDesk(EventLog &log, QObject *parent)
    : QObject(parent)
    , m_log(log)
{
}

void AttachDesk::answer(QLocalSocket *socket, const QByteArray &question)
{
    if (question == "where")
        send(socket, toJson(m_inputs));
    else if (question.startsWith("attach "))
        attach(socket, QString::fromUtf8(QByteArray::fromPercentEncoding(question.mid(7))));
    else if (question == "summary" && m_runs.contains(socket))
        summarise(socket, summaryTries);
    else
        socket->disconnectFromServer();
}

void AttachDesk::attach(QLocalSocket *socket, const QString &label)
{
    if (m_runs.contains(socket))
        return socket->disconnectFromServer();
    LaunchInputs inputs = m_inputs;
    inputs.sandbox = label;
    const QList<QString> taken = m_labels.values();
    for (int number = 2; taken.contains(inputs.sandbox); ++number)
        inputs.sandbox = label + QLatin1Char('-') + QString::number(number);
    auto *count = new RunCount(inputs.sandbox.toStdString(), socket);
    connect(&m_log, &EventLog::appended, count, &RunCount::take);
    m_runs.insert(socket, count);
    m_labels.insert(socket, inputs.sandbox);
    connect(socket, &QObject::destroyed, this, [this, socket] {
        m_runs.remove(socket);
        m_labels.remove(socket);
    });
    send(socket, toJson(inputs));
}

// The client has ended, but what it sent last may be on its way here.
void AttachDesk::summarise(QLocalSocket *socket, int triesLeft)
{
    const RunCount *count = m_runs.value(socket);
    if (triesLeft > 0 && (triesLeft == summaryTries || count->overall().inFlight > 0)) {
        QTimer::singleShot(summaryIntervalMs, socket,
                           [this, socket, triesLeft] { summarise(socket, triesLeft - 1); });
        return;
    }
    send(socket,
         QJsonDocument(QJsonObject{{QStringLiteral("summary"), runSummary(count->overall())}})
             .toJson(QJsonDocument::Compact));
}

} // namespace hookscope
