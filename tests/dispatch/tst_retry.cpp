#include "core/dispatch/hostcircuits.h"
#include "core/dispatch/retry.h"

#include <QTest>
#include <limits>

using namespace hookscope;

class RetryTest : public QObject {
    Q_OBJECT

    static WebhookOutcome answered(int status)
    {
        WebhookOutcome outcome;
        outcome.status = status;
        outcome.isDelivered = status >= 200 && status <= 299;
        return outcome;
    }

    static DeliveryTiming timing()
    {
        DeliveryTiming timing;
        timing.circuitFailures = 3;
        timing.circuitAfterMs = 100;
        timing.firstProbeMs = 1000;
        timing.longestProbeMs = 3000;
        return timing;
    }

private slots:
    void theAnswerSaysWhetherItIsTriedAgain_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<Verdict>("verdict");
        const auto row = [](int status, Verdict verdict) {
            QTest::addRow("%d", status) << status << verdict;
        };
        row(0, Verdict::Again); // no answer
        for (const int status : {200, 201, 202, 204, 299})
            row(status, Verdict::Delivered);
        for (const int status : {408, 425, 429, 500, 501, 502, 503, 504, 599})
            row(status, Verdict::Again);
        for (const int status : {300, 301, 302, 304, 307, 308})
            row(status, Verdict::GiveUp);
        for (const int status :
             {400, 401, 402, 403, 404, 405, 406, 407, 409, 411, 413, 415, 418, 421, 422, 426, 431, 451})
            row(status, Verdict::GiveUp);
        row(410, Verdict::Gone);
    }

    void theAnswerSaysWhetherItIsTriedAgain()
    {
        QFETCH(int, status);
        QFETCH(Verdict, verdict);
        QCOMPARE(verdictOf(answered(status)), verdict);
        QCOMPARE(isHostInTrouble(answered(status)), verdict == Verdict::Again);
    }

    void whatIsRefusedHereIsNotTriedAgain()
    {
        WebhookOutcome outcome;
        outcome.isRefusedHere = true;
        QCOMPARE(verdictOf(outcome), Verdict::GiveUp);
    }

    void readsRetryAfter_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("ms"); // -1: none
        const qint64 most = std::numeric_limits<qint64>::max();
        QTest::newRow("seconds") << QByteArray("120") << qint64(120'000);
        QTest::newRow("none") << QByteArray("0") << qint64(0);
        QTest::newRow("spaces") << QByteArray(" 5 ") << qint64(5000);
        QTest::newRow("many") << QByteArray("1000000000") << qint64(1'000'000'000'000);
        QTest::newRow("too many") << QByteArray("9999999999999999999999") << most;
        QTest::newRow("more than fit") << QByteArray("9223372036854775807") << most;
        QTest::newRow("date") << QByteArray("Fri, 27 Nov 2026 12:02:00 GMT") << qint64(120'000);
        QTest::newRow("date that has passed") << QByteArray("Fri, 27 Nov 2026 11:00:00 GMT") << qint64(0);
        QTest::newRow("empty") << QByteArray() << qint64(-1);
        QTest::newRow("negative") << QByteArray("-5") << qint64(-1);
        QTest::newRow("fraction") << QByteArray("1.5") << qint64(-1);
        QTest::newRow("hexadecimal") << QByteArray("0x10") << qint64(-1);
        QTest::newRow("words") << QByteArray("soon") << qint64(-1);
        QTest::newRow("date without a zone") << QByteArray("Fri, 27 Nov 2026 12:02:00") << qint64(-1);
        QTest::newRow("31 February") << QByteArray("Fri, 31 Feb 2026 12:02:00 GMT") << qint64(-1);
    }

    void readsRetryAfter()
    {
        QFETCH(QByteArray, value);
        QFETCH(qint64, ms);
        const QDateTime now({2026, 11, 27}, {12, 0}, Qt::UTC);
        QCOMPARE(retryAfterMs(value, now).value_or(-1), ms);
    }

    void theUsualScheduleIsThatOfStandardWebhooks()
    {
        const DeliveryTiming usual;
        qint64 sum = 0;
        for (const qint64 wait : usual.waitsMs)
            sum += wait;
        QCOMPARE(usual.waitsMs.size(), 8u); // nine tries
        QCOMPARE(sum, ((51 * 60 + 35) * 60 + 5) * 1000LL);
        QVERIFY(sum + static_cast<qint64>(usual.jitter * static_cast<double>(sum)) < usual.longestMs);
    }

    void jitterIsBounded()
    {
        QCOMPARE(jittered(1000, 0.1, 0), 900);
        QCOMPARE(jittered(1000, 0.1, 0.5), 1000);
        QCOMPARE(jittered(1000, 0.1, 1), 1100);
        QCOMPARE(jittered(0, 0.1, 1), 0);
        QCOMPARE(jittered(72'000'000, 0, 1), 72'000'000);
    }

    void aCircuitOpensAfterManyFailuresInARow()
    {
        HostCircuits circuits(timing());
        const QString host = QStringLiteral("http://a:80");
        for (int i = 0; i < 2; ++i)
            QVERIFY(!circuits.noteEnd(host, true, 0));
        circuits.noteEnd(host, false, 1); // in a row
        for (int i = 0; i < 5; ++i)
            circuits.noteEnd(host, true, 50 + i); // and over some time
        QVERIFY(!circuits.isOpen(host));
        QCOMPARE(circuits.waitMs(host, 60), 0);
        circuits.noteEnd(host, true, 150);
        QVERIFY(circuits.isOpen(host));
        QCOMPARE(circuits.waitMs(host, 150), 1000);
        QCOMPARE(circuits.waitMs(host, 1100), 50);
        QVERIFY(!circuits.isOpen(QStringLiteral("http://b:80")));
    }

    void oneProbeDecides()
    {
        HostCircuits circuits(timing());
        const QString host = QStringLiteral("http://a:80");
        for (int i = 0; i < 3; ++i)
            circuits.noteEnd(host, true, i * 100);
        QVERIFY(circuits.isOpen(host));
        QVERIFY(!circuits.noteEnd(host, true, 250)); // it was under way before: no probe
        QCOMPARE(circuits.waitMs(host, 1200), 0);
        circuits.noteStart(host);
        QCOMPARE(circuits.waitMs(host, 1200), HostCircuits::probeOutMs); // one only
        QVERIFY(circuits.noteEnd(host, true, 1300));
        QCOMPARE(circuits.waitMs(host, 1300), 2000);
        circuits.noteStart(host);
        circuits.noteEnd(host, true, 3300);
        QCOMPARE(circuits.waitMs(host, 3300), 3000); // the longest
        circuits.noteStart(host);
        QVERIFY(circuits.noteEnd(host, false, 6300));
        QVERIFY(!circuits.isOpen(host));
        QCOMPARE(circuits.waitMs(host, 6300), 0);
    }

    void namesAHostByItsPort_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("host");
        QTest::newRow("http") << QStringLiteral("http://Example.org/a?b")
                              << QStringLiteral("http://example.org:80");
        QTest::newRow("https") << QStringLiteral("https://example.org")
                               << QStringLiteral("https://example.org:443");
        QTest::newRow("port") << QStringLiteral("https://u:p@example.org:8/")
                              << QStringLiteral("https://example.org:8");
    }

    void namesAHostByItsPort()
    {
        QFETCH(QString, url);
        QFETCH(QString, host);
        QCOMPARE(HostCircuits::hostOf(QUrl(url)), host);
    }
};

QTEST_APPLESS_MAIN(RetryTest)
#include "tst_retry.moc"
