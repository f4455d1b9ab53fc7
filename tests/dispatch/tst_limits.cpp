#include "core/dispatch/firinggate.h"
#include "core/dispatch/notifydelivery.h"
#include "receiver.h"
#include "running.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace hookscope;

namespace {

Hook limited(const QString &url, int events, int perS)
{
    Hook hook = hookTo(QStringLiteral("a"), WebhookTarget{url});
    hook.limit = FiringLimit{events, perS};
    return hook;
}

QJsonObject objectOf(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

class TestLimits : public QObject {
    Q_OBJECT
private slots:
    void letsNoMoreThroughThanItSays();
    void sendsADigestWhenTheTimeIsOver();
    void sendsADigestAtTheEnd();
    void tellsOfAHookThatGoes();
    void showsAtTheDesktop();
    void showsManyAsOne();
    void saysThatThereIsNoDesktop();
    void sumsUpForPeople();
};

void TestLimits::letsNoMoreThroughThanItSays()
{
    FiringGate gate;
    const Hook hook = limited(QStringLiteral("http://h/"), 2, 1000);
    gate.setHooks({hook});
    QCOMPARE(gate.lets(hook), true);
    QCOMPARE(gate.lets(hook), true);
    QCOMPARE(gate.lets(hook), false);
    QCOMPARE(gate.lets(hookTo(QStringLiteral("b"), AuditTarget())), true); // it has no limit
    gate.setHooks({hook}); // that changes nothing
    QCOMPARE(gate.lets(hook), false);
}

void TestLimits::sendsADigestWhenTheTimeIsOver()
{
    Receiver receiver;
    Running running;
    running.setHooks({limited(receiver.url(), 1, 1)});
    running.dispatch(requests(5));
    QTRY_COMPARE(receiver.requests.size(), 2);
    QCOMPARE(objectOf(receiver.requests[0].body).value(QStringLiteral("event")).toString(),
             QStringLiteral("on_request"));
    const QJsonObject digest = objectOf(receiver.requests[1].body);
    QCOMPARE(digest.value(QStringLiteral("event")).toString(), QStringLiteral("digest"));
    QCOMPARE(digest.value(QStringLiteral("hook")).toString(), QStringLiteral("a"));
    QCOMPARE(digest.value(QStringLiteral("suppressed")).toInt(), 4);
    QVERIFY(digest.value(QStringLiteral("since")).toString().endsWith(QLatin1Char('Z')));
}

void TestLimits::sendsADigestAtTheEnd()
{
    Receiver receiver;
    Running running;
    running.setHooks({limited(receiver.url(), 1, 1000)});
    running.dispatch(requests(3));
    running.flush(20'000);
    QTRY_COMPARE(running.flushed, 1);
    QCOMPARE(receiver.requests.size(), 2);
    QCOMPARE(objectOf(receiver.requests[1].body).value(QStringLiteral("suppressed")).toInt(), 2);
}

void TestLimits::tellsOfAHookThatGoes()
{
    FiringGate gate;
    QList<Digest> digests;
    connect(&gate, &FiringGate::digestMade, this, [&](const Digest &digest) { digests << digest; });
    const Hook hook = limited(QStringLiteral("http://h/"), 1, 1000);
    gate.setHooks({hook});
    gate.lets(hook);
    gate.lets(hook);
    gate.lets(hook);
    gate.setHooks({});
    QCOMPARE(digests.size(), 1);
    QCOMPARE(digests[0].suppressed, 2u);
    gate.flush();
    QCOMPARE(digests.size(), 1); // once
}

void TestLimits::showsAtTheDesktop()
{
    DeliveryTally tally;
    tally.setHooks({QStringLiteral("a")});
    NotifyDelivery notify(tally);
    notify.setDesktop(true);
    QSignalSpy requested(&notify, &NotifyDelivery::requested);
    notify.add(QStringLiteral("a"), R"({"event":"on_request","method":"GET","url":"http://h/<b>\u0007"})",
               {});
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested[0][0].toString(), QStringLiteral("a"));
    const QString text = requested[0][1].toString();
    QVERIFY2(text.startsWith(QStringLiteral("GET http://h/<b>")), qPrintable(text));
    QVERIFY(!text.contains(QChar(7)));
}

void TestLimits::showsManyAsOne()
{
    DeliveryTally tally;
    NotifyDelivery notify(tally);
    notify.setDesktop(true);
    QSignalSpy requested(&notify, &NotifyDelivery::requested);
    for (int i = 0; i < 13; ++i)
        notify.add(QStringLiteral("a"), R"({"event":"on_request","method":"GET","url":"http://h/"})", {});
    QCOMPARE(requested.size(), 1);
    QTRY_COMPARE(requested.size(), 2);
    QVERIFY(requested[1][1].toString().contains(QStringLiteral("11 more")));
}

void TestLimits::saysThatThereIsNoDesktop()
{
    Running running;
    running.setHooks({hookTo(QStringLiteral("a"), NotifyTarget())});
    running.dispatch(requests(1));
    QTRY_COMPARE(running.counts("a").failed, 1u);
    QVERIFY(running.counts("a").lastError.contains(QStringLiteral("no desktop")));
}

void TestLimits::sumsUpForPeople()
{
    QCOMPARE(NotifyDelivery::lineOf(
                 R"({"event":"digest","hook":"a","suppressed":3,"since":"2026-01-02T03:04:05.000Z"})"),
             QStringLiteral("3 more events since 2026-01-02T03:04:05.000Z"));
    QCOMPARE(NotifyDelivery::lineOf("no json"), QString());
}

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_limits.moc"
