#include "core/dispatch/webhookmessage.h"
#include "core/dispatch/webhooksignature.h"
#include "receiver.h"
#include "running.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace hookscope;

namespace {

const QByteArray key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const QByteArray laterKey = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

QByteArray fieldOf(const QByteArray &head, const QByteArray &name)
{
    const qsizetype at = head.toLower().indexOf("\r\n" + name.toLower() + ": ");
    if (at < 0)
        return {};
    const qsizetype from = at + 4 + name.size();
    return head.mid(from, head.indexOf('\r', from) - from);
}

QByteArray expectedSignature(const Receiver::Request &request, const QList<QByteArray> &keys)
{
    QList<QByteArray> bytes;
    for (const QByteArray &text : keys)
        bytes << *signingKeyOf(text);
    return webhookSignature(bytes, fieldOf(request.head, "webhook-id"),
                            fieldOf(request.head, "webhook-timestamp").toLongLong(), request.body);
}

Hook signedHook(const QString &url)
{
    Hook hook = hookTo(QStringLiteral("a"), WebhookTarget{url});
    hook.delivery.mode = DeliveryMode::AtLeastOnce;
    hook.sending.signWith = QStringList{QStringLiteral("KEY")};
    hook.sending.fields = {{QStringLiteral("Authorization"), QStringLiteral("Bearer {secret:TOKEN}")},
                           {QStringLiteral("X-Team"), QStringLiteral("blue")}};
    return hook;
}

constexpr qint64 hourMs = 3'600'000;

} // namespace

class TestSending : public QObject {
    Q_OBJECT
private slots:
    void signsEachTryAnew();
    void signsWithBothKeysDuringARotation();
    void waitsForItsSecrets();
    void masksItsSecretsInAnswers();
    void sendsWhatTheTemplateMakes();
    void sendsTemplatesInBatches();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void reachesAReceiverByName();
    void sendsNothingToMetadata();
};

void TestSending::signsEachTryAnew()
{
    int seen = 0;
    Receiver receiver([&seen](const Receiver::Request &) {
        return Receiver::status(++seen % 2 == 0 ? "200 OK" : "503 Busy");
    });
    Running running;
    running.setSecrets({{QStringLiteral("KEY"), key}, {QStringLiteral("TOKEN"), "t0ken"}});
    running.setHooks({signedHook(receiver.url())});
    running.dispatch(requests(1));
    QTRY_COMPARE(running.counts("a").delivered, 1u);
    QCOMPARE(receiver.requests.size(), 2);
    for (const Receiver::Request &request : receiver.requests) {
        QCOMPARE(fieldOf(request.head, "webhook-signature"), expectedSignature(request, {key}));
        QVERIFY(
            qAbs(fieldOf(request.head, "webhook-timestamp").toLongLong() - QDateTime::currentSecsSinceEpoch())
            < 60);
        QCOMPARE(fieldOf(request.head, "authorization"), QByteArray("Bearer t0ken"));
        QCOMPARE(fieldOf(request.head, "x-team"), QByteArray("blue"));
    }
    QCOMPARE(fieldOf(receiver.requests[0].head, "webhook-id"),
             fieldOf(receiver.requests[1].head, "webhook-id"));
}

void TestSending::signsWithBothKeysDuringARotation()
{
    Receiver receiver;
    Running running;
    running.setSecrets({{QStringLiteral("NEW"), laterKey}, {QStringLiteral("OLD"), key}});
    Hook hook = hookTo(QStringLiteral("a"), WebhookTarget{receiver.url()});
    hook.sending.signWith = QStringList{QStringLiteral("NEW"), QStringLiteral("OLD")};
    running.setHooks({hook});
    running.dispatch(requests(1));
    QTRY_COMPARE(receiver.requests.size(), 1);
    QCOMPARE(fieldOf(receiver.requests[0].head, "webhook-signature"),
             expectedSignature(receiver.requests[0], {laterKey, key}));
}

// The keyring may be locked at the start.
void TestSending::waitsForItsSecrets()
{
    const QTemporaryDir folder;
    Receiver receiver;
    DeliveryTiming timing;
    timing.waitsMs = {hourMs};
    Running running(-1, timing);
    running.setOutboxFolder(folder.path());
    running.setHooks({signedHook(receiver.url())});
    running.dispatch(requests(3));
    QTRY_COMPARE(running.counts("a").retried, 1u);
    QVERIFY2(running.counts("a").lastError.contains(QStringLiteral("TOKEN"))
                 || running.counts("a").lastError.contains(QStringLiteral("KEY")),
             qPrintable(running.counts("a").lastError));
    QVERIFY(receiver.requests.isEmpty());
    running.setSecrets({{QStringLiteral("KEY"), key}, {QStringLiteral("TOKEN"), "t0ken"}});
    QTRY_COMPARE(running.counts("a").delivered, 3u);
    QCOMPARE(running.counts("a").failed, 0u);
}

void TestSending::masksItsSecretsInAnswers()
{
    Receiver receiver([](const Receiver::Request &request) {
        const QByteArray told = fieldOf(request.head, "authorization") + ' ' + fieldOf(request.head, "x-other");
        return QByteArray("HTTP/1.1 400 No\r\nConnection: close\r\nContent-Length: ")
            + QByteArray::number(told.size()) + "\r\n\r\n" + told;
    });
    Running running;
    running.setSecrets({{QStringLiteral("KEY"), key},
                        {QStringLiteral("TOKEN"), "t0ken-that-is-secret"},
                        {QStringLiteral("MORE"), "an0ther-secret-value"}});
    Hook hook = signedHook(receiver.url());
    hook.sending.fields.push_back({QStringLiteral("X-Other"), QStringLiteral("{secret:MORE}")});
    running.setHooks({hook});
    running.dispatch(requests(1));
    QTRY_COMPARE(running.attempts.size(), 1);
    QCOMPARE(running.attempts[0].answer, QByteArray("Bearer *** ***"));
}

void TestSending::sendsWhatTheTemplateMakes()
{
    Receiver receiver;
    Running running;
    running.setSecrets({{QStringLiteral("ROUTE"), "r\"1"}});
    Hook hook = hookTo(QStringLiteral("a"), WebhookTarget{receiver.url()});
    hook.sending.body =
        *PayloadTemplate::compile(QString::fromUtf8(R"({"text":"{{summary}}","key":"{secret:ROUTE}"})"));
    running.setHooks({hook});
    running.dispatch(batchOf({proxyEvent(HookEvent::OnRequest, "http://example.com/{secret:ROUTE}")}));
    QTRY_COMPARE(receiver.requests.size(), 1);
    const QByteArray expected = R"({"text":"GET http://example.com/{secret:ROUTE}","key":"r\"1"})";
    QCOMPARE(receiver.requests[0].body, expected);
}

void TestSending::sendsTemplatesInBatches()
{
    Receiver receiver;
    Running running;
    Hook hook = hookTo(QStringLiteral("a"), WebhookTarget{receiver.url()});
    hook.delivery.batch = Batching{2, 60'000};
    hook.sending.body = *PayloadTemplate::compile(QStringLiteral("{\"m\":\"{{method}}\"}"));
    running.setHooks({hook});
    running.dispatch(requests(2));
    QTRY_COMPARE(receiver.requests.size(), 1);
    const QByteArray expected = R"([{"m":"GET"},{"m":"GET"}])";
    QCOMPARE(receiver.requests[0].body, expected);
}

void TestSending::saysWhatIsMissing_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("problem"); // part of it; empty: none
    QTest::newRow("a key") << key << QString();
    QTest::newRow("none") << QByteArray() << QStringLiteral("there is no value for the secret KEY");
    QTest::newRow("a password") << QByteArray("hunter2")
                                << QStringLiteral("KEY: a signing key must be whsec_");
}

void TestSending::saysWhatIsMissing()
{
    QFETCH(QByteArray, value);
    QFETCH(QString, problem);
    SendingPolicy policy;
    policy.signWith = QStringList{QStringLiteral("KEY")};
    QueuedEvent event;
    event.json = "{}";
    const WebhookMessage message = messageOf(QUrl(QStringLiteral("http://127.0.0.1/")), policy, {event},
                                             false, "msg_1", 1, [&](const QString &) { return value; });
    QCOMPARE(message.problem.isEmpty(), problem.isEmpty());
    QVERIFY2(message.problem.contains(problem), qPrintable(message.problem));
    QVERIFY(value.isEmpty() || !message.problem.contains(QString::fromLatin1(value)));
}

// To the address that was looked up, under the name that was given.
void TestSending::reachesAReceiverByName()
{
    Receiver receiver;
    Running running;
    const QString url = receiver.url().replace(QStringLiteral("127.0.0.1"), QStringLiteral("localhost"));
    running.setHooks({hookTo(QStringLiteral("a"), WebhookTarget{url})});
    running.dispatch(requests(2));
    QTRY_COMPARE(running.counts("a").delivered, 2u);
    QCOMPARE(fieldOf(receiver.requests[0].head, "host"), "localhost:" + QByteArray::number(QUrl(url).port()));
}

void TestSending::sendsNothingToMetadata()
{
    Running running;
    running.setHooks(
        {hookTo(QStringLiteral("a"), WebhookTarget{QStringLiteral("http://169.254.169.254/latest/")})});
    running.dispatch(requests(1));
    QTRY_COMPARE(running.counts("a").failed, 1u);
    QVERIFY2(running.counts("a").lastError.contains(QStringLiteral("no receiver has")),
             qPrintable(running.counts("a").lastError));
    QCOMPARE(running.counts("a").retried, 0u);
}

QTEST_GUILESS_MAIN(TestSending)
#include "tst_sending.moc"
