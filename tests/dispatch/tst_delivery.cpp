#include "core/dispatch/hookdispatcher.h"
#include "receiver.h"
#include "running.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>
#include <fcntl.h>
#include <unistd.h>

using namespace hookscope;

namespace {

int numberOf(const QJsonObject &event)
{
    return event.value(QLatin1String("url")).toString().section(u'/', -1).toInt();
}

int numberIn(const QByteArray &body)
{
    return numberOf(QJsonDocument::fromJson(body).object());
}

QList<int> numbersIn(const Receiver &receiver)
{
    QList<int> numbers;
    for (const Receiver::Request &request : receiver.requests)
        numbers.append(numberIn(request.body));
    return numbers;
}

QList<int> upTo(int count)
{
    QList<int> numbers;
    for (int i = 0; i < count; ++i)
        numbers.append(i);
    return numbers;
}

QByteArray idOf(const Receiver::Request &request)
{
    const qsizetype at = request.head.indexOf("\r\nwebhook-id: ");
    return at < 0 ? QByteArray() : request.head.mid(at + 14, request.head.indexOf('\r', at + 2) - at - 14);
}

QByteArray silence(const Receiver::Request &)
{
    return {};
}

constexpr qint64 hourMs = 3'600'000;

// As usual, but what fails waits for longer than any test.
DeliveryTiming patient()
{
    DeliveryTiming timing;
    timing.waitsMs = {hourMs, hourMs};
    timing.bestEffortWaitsMs = {hourMs};
    timing.jitter = 0;
    return timing;
}

} // namespace

class DeliveryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    QString folder() const { return m_dir->filePath(QStringLiteral("data")); }

private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void keepsTheOrderOverFailures()
    {
        int seen = 0;
        Receiver receiver([&seen](const Receiver::Request &) {
            return Receiver::status(++seen % 3 == 0 ? "200 OK" : "503 Busy");
        });
        Running running;
        running.setOutboxFolder(folder());
        running.setHooks({onceTo(receiver.url())});
        running.dispatch(numbered(20));
        QTRY_COMPARE(running.counts("a").delivered, 20u);
        QCOMPARE(receiver.requests.size(), 60);
        for (int i = 0; i < 60; ++i) {
            QCOMPARE(numberIn(receiver.requests[i].body), i / 3);
            QCOMPARE(idOf(receiver.requests[i]), idOf(receiver.requests[i / 3 * 3])); // one id for all tries
            QVERIFY(idOf(receiver.requests[i]).startsWith("msg_"));
        }
        QVERIFY(idOf(receiver.requests[0]) != idOf(receiver.requests[3]));
        QTRY_COMPARE(running.counts("a").waiting, 0u);
        QCOMPARE(running.counts("a").retried, 40u);
        QCOMPARE(running.counts("a").failed, 0u);
        QCOMPARE(running.counts("a").state, DeliveryState::Ok);
        QVERIFY(running.outbox.isDurable);
    }

    void oneIsUnderWayAtATime()
    {
        Receiver receiver(silence);
        Running running;
        running.setOutboxFolder(folder());
        running.setHooks({onceTo(receiver.url())});
        running.dispatch(numbered(20));
        QTRY_COMPARE(running.counts("a").waiting, 20u);
        QTRY_COMPARE(receiver.requests.size(), 1);
        QVERIFY(running.counts("a").oldestWaiting.isValid());
    }

    void goesOnWhereItWasAfterARestart()
    {
        Receiver receiver(silence);
        const QString log = m_dir->filePath(QStringLiteral("log"));
        const int fd = ::open(QFile::encodeName(log).constData(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        {
            Running running(fd);
            running.setOutboxFolder(folder());
            running.setHooks({onceTo(receiver.url())});
            running.dispatch(numbered(3));
            QTRY_COMPARE(receiver.requests.size(), 1);
        }
        ::close(fd);
        QFile lines(log);
        QVERIFY(lines.open(QIODevice::ReadOnly));
        QVERIFY(lines.readAll().contains("[proxy:hook] a: 3 events wait in the outbox for the next start\n"));

        receiver.setAnswer([](const Receiver::Request &) { return Receiver::status("204 No Content"); });
        Running running;
        running.setHooks({onceTo(receiver.url())});
        running.setOutboxFolder(folder());
        running.dispatch(numbered(1, 3));
        QTRY_COMPARE(running.counts("a").delivered, 4u);
        QCOMPARE(numbersIn(receiver), (QList<int>{0, 0, 1, 2, 3}));
        QCOMPARE(idOf(receiver.requests[0]), idOf(receiver.requests[1]));
    }

    void waitsForItsTimeAlsoAfterARestart()
    {
        Receiver receiver([](const Receiver::Request &) { return Receiver::status("500 Broken"); });
        {
            Running running(-1, patient());
            running.setOutboxFolder(folder());
            running.setHooks({onceTo(receiver.url())});
            running.dispatch(numbered(1));
            QTRY_COMPARE(running.counts("a").retried, 1u);
        }
        Running running(-1, patient());
        running.setOutboxFolder(folder());
        running.setHooks({onceTo(receiver.url())});
        running.flush();
        QTRY_COMPARE(running.flushed, 1); // what is not due yet is not waited for
        QTRY_COMPARE(running.counts("a").waiting, 1u);
        QCOMPARE(receiver.requests.size(), 1);
    }

    void givesUpAfterTheLastTryAndSendsAgainWhenAsked()
    {
        Receiver receiver([](const Receiver::Request &) { return Receiver::status("500 Broken"); });
        Running running;
        running.setOutboxFolder(folder());
        running.setHooks({onceTo(receiver.url())});
        running.dispatch(numbered(3));
        QTRY_COMPARE(running.counts("a").dead, 3u);
        QCOMPARE(receiver.requests.size(), 12); // four tries each
        QCOMPARE(running.counts("a").failed, 3u);
        QCOMPARE(running.counts("a").waiting, 0u);
        QCOMPARE(running.counts("a").state, DeliveryState::Failing);
        running.listDead();
        QTRY_COMPARE(running.dead.size(), 1);
        const QList<DeadLetter> letters = running.dead.first();
        QCOMPARE(letters.size(), 3);
        QCOMPARE(letters[0].attempts, 4);
        QCOMPARE(letters[1].webhookId, idOf(receiver.requests[4]));
        QVERIFY2(letters[0].reason.contains(QLatin1String("500")), qPrintable(letters[0].reason));

        receiver.setAnswer([](const Receiver::Request &) { return Receiver::status("200 OK"); });
        receiver.requests.clear();
        DeadLetterChoice one;
        one.sequences = QList<qint64>{letters[1].sequence};
        running.resendDead(one);
        QTRY_COMPARE(running.counts("a").delivered, 1u);
        QCOMPARE(numbersIn(receiver), QList<int>{1});
        QCOMPARE(idOf(receiver.requests[0]), letters[1].webhookId);
        QCOMPARE(running.counts("a").dead, 2u);
        running.resendDead();
        QTRY_COMPARE(running.counts("a").delivered, 3u);
        QCOMPARE(numbersIn(receiver), (QList<int>{1, 0, 2}));
        QTRY_COMPARE(running.counts("a").dead, 0u);
    }

    void keepsToItsOwnSchedule()
    {
        Receiver receiver([](const Receiver::Request &) { return Receiver::status("500 Broken"); });
        Running running(-1, patient());
        running.setOutboxFolder(folder());
        Hook hook = onceTo(receiver.url());
        hook.delivery.retryWaitsMs = {1, 1};
        running.setHooks({hook});
        running.dispatch(numbered(1));
        QTRY_COMPARE(running.counts("a").dead, 1u);
        QCOMPARE(receiver.requests.size(), 3);
    }

    void theAnswerSaysWhetherItIsTriedAgain_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<bool>("isTriedAgain");
        for (const char *status : {"400 Bad Request", "401 Unauthorized", "404 Not Found", "409 Conflict",
                                   "422 Unprocessable", "301 Moved", "307 Temporary"})
            QTest::newRow(status) << QByteArray(status) << false;
        for (const char *status : {"408 Timeout", "425 Too Early", "429 Too Many", "500 Broken", "503 Busy"})
            QTest::newRow(status) << QByteArray(status) << true;
    }

    void theAnswerSaysWhetherItIsTriedAgain()
    {
        QFETCH(QByteArray, status);
        QFETCH(bool, isTriedAgain);
        Receiver receiver([&status](const Receiver::Request &request) {
            return Receiver::status(numberIn(request.body) == 0 ? status : "200 OK");
        });
        Running running;
        running.setOutboxFolder(folder());
        running.setHooks({onceTo(receiver.url())});
        running.dispatch(numbered(2));
        QTRY_COMPARE(running.counts("a").delivered, 1u); // the next one follows in any case
        QCOMPARE(running.counts("a").dead, 1u);
        QCOMPARE(receiver.requests.size(), isTriedAgain ? 5 : 2);
    }

    void a410SwitchesTheHookOffAndKeepsItsQueue()
    {
        Receiver receiver([](const Receiver::Request &) { return Receiver::status("410 Gone"); });
        Running running;
        running.setOutboxFolder(folder());
        Hook hook = onceTo(receiver.url());
        running.setHooks({hook});
        running.dispatch(numbered(3));
        QTRY_COMPARE(running.gone, QStringList{QStringLiteral("a")});
        hook.enabled = false; // as the window and the registry do
        running.setHooks({hook});
        running.dispatch(numbered(1, 3));
        QTRY_COMPARE(running.counts("a").state, DeliveryState::Gone);
        QCOMPARE(running.counts("a").waiting, 3u);
        QCOMPARE(running.counts("a").dead, 0u);
        QCOMPARE(receiver.requests.size(), 1);
        QVERIFY(running.failed.first().contains(QLatin1String("410 Gone")));

        receiver.setAnswer([](const Receiver::Request &) { return Receiver::status("200 OK"); });
        hook.enabled = true;
        running.setHooks({hook});
        QTRY_COMPARE(running.counts("a").delivered, 3u);
        QCOMPARE(numbersIn(receiver), (QList<int>{0, 0, 1, 2}));
        QTRY_COMPARE(running.counts("a").state, DeliveryState::Ok);
    }

    void a410EndsBestEffortToo()
    {
        Receiver receiver([](const Receiver::Request &) { return Receiver::status("410 Gone"); });
        Running running;
        Hook hook = hookTo(QStringLiteral("a"), WebhookTarget{receiver.url()});
        hook.delivery.parallel = 1;
        running.setHooks({hook});
        running.dispatch(numbered(3));
        QTRY_COMPARE(running.gone.size(), 1);
        hook.enabled = false;
        running.setHooks({hook});
        QTRY_COMPARE(running.counts("a").dropped, 2u);
        QCOMPARE(running.counts("a").failed, 1u);
        QCOMPARE(receiver.requests.size(), 1);
    }

    void a410IsToldOnceThoughSeveralWereUnderWay()
    {
        QList<QTcpSocket *> open;
        Receiver receiver;
        receiver.onRequest = [&](QTcpSocket *socket) {
            open << socket;
        };
        Running running;
        running.setHooks({hookTo(QStringLiteral("a"), WebhookTarget{receiver.url()})});
        running.dispatch(numbered(3));
        QTRY_COMPARE(open.size(), 3);
        for (QTcpSocket *socket : std::as_const(open))
            socket->write(Receiver::status("410 Gone"));
        QTRY_COMPARE(running.counts("a").failed, 3u);
        QCOMPARE(running.gone, QStringList{QStringLiteral("a")});
        QCOMPARE(
            running.failed.filter(QStringLiteral("[proxy:hook] a: the receiver answered 410 Gone")).size(),
            1);
    }

    void waitsAsLongAsTheReceiverAsks_data()
    {
        QTest::addColumn<QByteArray>("retryAfter");
        QTest::addColumn<qint64>("leastMs");
        QTest::addColumn<qint64>("mostMs");
        const QByteArray inTwoHours = QLocale::c()
                                          .toString(QDateTime::currentDateTimeUtc().addSecs(7200),
                                                    QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"))
                                          .toLatin1();
        QTest::newRow("seconds") << QByteArray("7200") << 2 * hourMs - 60'000 << 2 * hourMs + 60'000;
        QTest::newRow("date") << inTwoHours << 2 * hourMs - 60'000 << 2 * hourMs + 60'000;
        QTest::newRow("less than usual") << QByteArray("1") << hourMs - 60'000 << hourMs + 60'000;
        QTest::newRow("bounded") << QByteArray("1000000000") << 24 * hourMs - 60'000 << 24 * hourMs + 60'000;
        QTest::newRow("nonsense") << QByteArray("soon") << hourMs - 60'000 << hourMs + 60'000;
    }

    void waitsAsLongAsTheReceiverAsks()
    {
        QFETCH(QByteArray, retryAfter);
        QFETCH(qint64, leastMs);
        QFETCH(qint64, mostMs);
        Receiver receiver([&](const Receiver::Request &) {
            return Receiver::status("429 Slow", "Retry-After: " + retryAfter + "\r\n");
        });
        Running running(-1, patient());
        running.setOutboxFolder(folder());
        running.setHooks({onceTo(receiver.url())});
        running.dispatch(numbered(1));
        QTRY_COMPARE(running.attempts.size(), 1);
        const DeliveryAttempt attempt = running.attempts.first();
        const qint64 waitMs = attempt.time.msecsTo(attempt.nextTry);
        QVERIFY2(waitMs >= leastMs && waitMs <= mostMs, QByteArray::number(waitMs).constData());
        QTRY_COMPARE(running.counts("a").state, DeliveryState::Retrying);
        QVERIFY(running.counts("a").nextTry.isValid());
    }

    void whatTheReceiverAsksForHoldsForAllItsEvents()
    {
        Receiver receiver(
            [](const Receiver::Request &) { return Receiver::status("503 Busy", "Retry-After: 7200\r\n"); });
        Running running(-1, quick());
        running.setOutboxFolder(folder());
        Hook hook = onceTo(receiver.url());
        hook.delivery.parallel = 2;
        running.setHooks({hook});
        running.dispatch(numbered(10));
        QTRY_COMPARE(running.counts("a").retried, 2u); // those that were under way
        running.flush();
        QTRY_COMPARE(running.flushed, 1);
        QCOMPARE(receiver.requests.size(), 2);
    }

    void othersGoOnInParallel()
    {
        Receiver receiver([](const Receiver::Request &request) {
            return Receiver::status(numberIn(request.body) % 5 == 0 ? "500 Broken" : "200 OK");
        });
        Running running(-1, patient());
        running.setOutboxFolder(folder());
        Hook hook = onceTo(receiver.url());
        hook.delivery.parallel = 3;
        running.setHooks({hook});
        running.dispatch(numbered(500));
        QTRY_COMPARE(running.counts("a").delivered, 400u);
        QTRY_COMPARE(running.counts("a").waiting, 100u);
        QCOMPARE(receiver.requests.size(), 500);
        QVERIFY(receiver.connections <= 3);
    }

    void asManyAtATimeAsTheHookSays()
    {
        Receiver receiver(silence);
        Running running;
        running.setOutboxFolder(folder());
        Hook once = onceTo(receiver.url(), QStringLiteral("once"));
        once.delivery.parallel = 3;
        Hook effort = hookTo(QStringLiteral("effort"), WebhookTarget{receiver.url()});
        effort.delivery.parallel = 1;
        running.setHooks({once, effort});
        running.dispatch(numbered(20));
        QTRY_COMPARE(receiver.requests.size(), 4);
        running.test(effort); // something behind it
        QTRY_COMPARE(receiver.requests.size(), 5);
    }

    void aHangingReceiverDelaysNoOtherHookOfItsHost()
    {
        Receiver receiver([](const Receiver::Request &request) {
            return request.head.startsWith("POST /slow") ? QByteArray() : Receiver::status("200 OK");
        });
        Running running;
        running.setOutboxFolder(folder());
        running.setHooks(
            {hookTo(QStringLiteral("slow"), WebhookTarget{receiver.url(QStringLiteral("/slow"))}),
             onceTo(receiver.url(), QStringLiteral("fast"))});
        running.dispatch(numbered(50));
        QTRY_COMPARE(running.counts("fast").delivered, 50u);
        QCOMPARE(running.counts("slow").delivered, 0u);
    }

    void sendsArrays()
    {
        Receiver receiver;
        Running running;
        running.setOutboxFolder(folder());
        Hook hook = onceTo(receiver.url());
        hook.delivery.batch = Batching{4, 600'000};
        running.setHooks({hook});
        running.dispatch(numbered(10));
        QTRY_COMPARE(running.counts("a").delivered, 8u);
        QCOMPARE(receiver.requests.size(), 2);
        running.flush(); // the half one too
        QTRY_COMPARE(running.counts("a").delivered, 10u);
        QList<int> numbers;
        for (const Receiver::Request &request : receiver.requests) {
            const QJsonDocument document = QJsonDocument::fromJson(request.body);
            QVERIFY(document.isArray());
            for (const QJsonValue &event : document.array())
                numbers.append(numberOf(event.toObject()));
        }
        QCOMPARE(numbers, upTo(10));
        QTRY_COMPARE(running.attempts.size(), 3);
        QCOMPARE(running.attempts[0].events, 4);
        QCOMPARE(running.attempts[2].events, 2);
    }

    void aHalfArrayGoesWhenItHasWaited()
    {
        Receiver receiver;
        Running running;
        Hook hook = hookTo(QStringLiteral("a"), WebhookTarget{receiver.url()});
        hook.delivery.batch = Batching{100, 1};
        running.setHooks({hook});
        running.dispatch(numbered(3));
        QTRY_COMPARE(running.counts("a").delivered, 3u);
        QVERIFY(receiver.requests.first().body.startsWith('['));
    }

    void anArrayStaysTheSameOverARestart()
    {
        Receiver receiver(silence);
        Hook hook = onceTo(receiver.url());
        hook.delivery.batch = Batching{3, 0};
        {
            Running running;
            running.setOutboxFolder(folder());
            running.setHooks({hook});
            running.dispatch(numbered(2));
            QTRY_COMPARE(receiver.requests.size(), 1);
            running.dispatch(numbered(2, 2));
            QTRY_COMPARE(running.counts("a").waiting, 4u);
        }
        receiver.setAnswer([](const Receiver::Request &) { return Receiver::status("204 No Content"); });
        Running running;
        running.setOutboxFolder(folder());
        running.setHooks({hook});
        QTRY_COMPARE(running.counts("a").delivered, 4u);
        QCOMPARE(receiver.requests.size(), 3);
        QCOMPARE(receiver.requests[1].body, receiver.requests[0].body);
        QCOMPARE(idOf(receiver.requests[1]), idOf(receiver.requests[0]));
        QVERIFY(idOf(receiver.requests[2]) != idOf(receiver.requests[0]));
    }

    void triesBestEffortThreeTimes()
    {
        int seen = 0;
        Receiver receiver([&seen](const Receiver::Request &) {
            return Receiver::status(++seen == 3 ? "200 OK" : "500 Broken");
        });
        Running running;
        running.setHooks({hookTo(QStringLiteral("a"), WebhookTarget{receiver.url()})});
        running.dispatch(numbered(1));
        running.flush(); // waits for the tries to come
        QTRY_COMPARE(running.flushed, 1);
        QCOMPARE(running.counts("a").delivered, 1u);
        QCOMPARE(running.counts("a").retried, 2u);
        QCOMPARE(receiver.requests.size(), 3);
        QCOMPARE(idOf(receiver.requests[0]), idOf(receiver.requests[2]));
        QVERIFY(!idOf(receiver.requests[0]).isEmpty());
        using Result = HookOutcome::Result;
        QCOMPARE(running.outcomes.size(), 3);
        QCOMPARE(running.outcomes[0].result, Result::Waiting);
        QCOMPARE(running.outcomes[2].result, Result::Delivered);
    }

    void keepsTheOrderOfBestEffortIfAsked()
    {
        int seen = 0;
        Receiver receiver([&seen](const Receiver::Request &) {
            return Receiver::status(++seen % 2 == 0 ? "200 OK" : "500 Broken");
        });
        Running running;
        Hook hook = hookTo(QStringLiteral("a"), WebhookTarget{receiver.url()});
        hook.delivery.parallel = 1;
        running.setHooks({hook});
        running.dispatch(numbered(20));
        QTRY_COMPARE(running.counts("a").delivered, 20u);
        for (int i = 0; i < 40; ++i)
            QCOMPARE(numberIn(receiver.requests[i].body), i / 2);
    }

    void aHostThatFailsThroughoutIsAskedNowAndThen()
    {
        Receiver receiver([](const Receiver::Request &) { return Receiver::status("503 Down"); });
        DeliveryTiming timing = quick();
        timing.waitsMs = std::vector<qint64>(1000, 1);
        timing.circuitFailures = 5;
        timing.circuitAfterMs = 0;
        timing.firstProbeMs = 10 * hourMs;
        timing.longestProbeMs = 10 * hourMs;
        Running running(-1, timing);
        running.setOutboxFolder(folder());
        running.setHooks({onceTo(receiver.url()), onceTo(receiver.url(), QStringLiteral("b"))});
        running.dispatch(numbered(10));
        QTRY_COMPARE(running.counts("a").state, DeliveryState::CircuitOpen);
        QTRY_COMPARE(running.counts("b").state, DeliveryState::CircuitOpen);
        QVERIFY(running.counts("a").nextTry > QDateTime::currentDateTimeUtc().addSecs(3600));
        running.flush(); // nothing can be sent, and nothing is waited for
        QTRY_COMPARE(running.flushed, 1);
        QVERIFY(receiver.requests.size() <= 6);
        QCOMPARE(running.counts("a").waiting, 10u);
    }

    void goesOnWhenTheHostIsBack()
    {
        Receiver receiver([](const Receiver::Request &) { return Receiver::status("503 Down"); });
        DeliveryTiming timing = quick();
        timing.waitsMs = std::vector<qint64>(1000, 1);
        timing.circuitFailures = 5;
        timing.circuitAfterMs = 0;
        timing.firstProbeMs = 20;
        timing.longestProbeMs = 20;
        Running running(-1, timing);
        running.setOutboxFolder(folder());
        running.setHooks({onceTo(receiver.url()), onceTo(receiver.url(), QStringLiteral("b"))});
        running.dispatch(numbered(10));
        QTRY_VERIFY(receiver.requests.size() >= 8); // some of them probes
        receiver.setAnswer([](const Receiver::Request &) { return Receiver::status("200 OK"); });
        QTRY_COMPARE(running.counts("a").delivered, 10u);
        QTRY_COMPARE(running.counts("b").delivered, 10u);
        QTRY_COMPARE(running.counts("a").state, DeliveryState::Ok);
    }

    void keepsTheQueueOfAHookThatIsNotThere()
    {
        Receiver receiver([](const Receiver::Request &) { return Receiver::status("500 Broken"); });
        Running running(-1, patient());
        running.setOutboxFolder(folder());
        running.setHooks({onceTo(receiver.url())});
        running.dispatch(numbered(3));
        QTRY_COMPARE(running.counts("a").retried, 1u);
        running.setHooks({});
        Receiver other;
        running.setHooks({onceTo(other.url())}); // its address was corrected
        QTRY_COMPARE(running.counts("a").delivered, 3u);
        QCOMPARE(numbersIn(other), upTo(3));
        QCOMPARE(receiver.requests.size(), 1);
    }

    void sendsToAnotherAddressAtOnce()
    {
        Receiver receiver([](const Receiver::Request &) { return Receiver::status("500 Broken"); });
        Running running(-1, patient());
        running.setOutboxFolder(folder());
        running.setHooks({onceTo(receiver.url())});
        running.dispatch(numbered(3));
        QTRY_COMPARE(running.counts("a").retried, 1u);
        Receiver other;
        running.setHooks({onceTo(other.url())});
        QTRY_COMPARE(running.counts("a").delivered, 3u);
        QCOMPARE(numbersIn(other), upTo(3));
    }

    void goesOnFromMemoryIfTheOutboxCannotBeMade()
    {
        Receiver receiver;
        Running running;
        running.setOutboxFolder(QStringLiteral("/dev/null/x"));
        running.setHooks({onceTo(receiver.url())});
        running.dispatch(numbered(5));
        QTRY_COMPARE(running.counts("a").delivered, 5u);
        QVERIFY(!running.outbox.isDurable);
        QVERIFY2(running.outbox.text.contains(QLatin1String("memory")), qPrintable(running.outbox.text));
        QCOMPARE(numbersIn(receiver), upTo(5));
    }

    void leavesTheOutboxAloneWithoutAHookThatNeedsIt()
    {
        Receiver receiver;
        Running running;
        running.setOutboxFolder(folder());
        running.setHooks({hookTo(QStringLiteral("b"), WebhookTarget{receiver.url()})});
        running.dispatch(numbered(1));
        QTRY_COMPARE(running.counts("b").delivered, 1u);
        QVERIFY(!QFile::exists(folder()));
        running.setHooks({onceTo(receiver.url())});
        running.dispatch(numbered(1, 1));
        QTRY_COMPARE(running.counts("a").delivered, 1u);
        QVERIFY(QFile::exists(folder() + QStringLiteral("/outbox.db")));
    }

    void tellsEveryTry()
    {
        Receiver receiver(
            [](const Receiver::Request &) { return Receiver::status("500 No", {}, QByteArray(3000, 'x')); });
        Running running;
        running.setOutboxFolder(folder());
        running.setHooks({onceTo(receiver.url())});
        running.dispatch(numbered(1));
        QTRY_COMPARE(running.attempts.size(), 4);
        for (int i = 0; i < 4; ++i) {
            const DeliveryAttempt &attempt = running.attempts[i];
            QCOMPARE(attempt.number, i + 1);
            QCOMPARE(attempt.hookName, QStringLiteral("a"));
            QCOMPARE(attempt.status, 500);
            QCOMPARE(attempt.answer, QByteArray(1024, 'x'));
            QCOMPARE(attempt.webhookId, idOf(receiver.requests[i]));
            QCOMPARE(attempt.nextTry.isValid(), i < 3);
            QVERIFY(!attempt.isDelivered && attempt.time.isValid());
        }
    }
};

QTEST_GUILESS_MAIN(DeliveryTest)
#include "tst_delivery.moc"
