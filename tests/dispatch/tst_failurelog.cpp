#include "core/dispatch/failurelog.h"

#include <QSignalSpy>
#include <QTest>

using namespace hookscope;

class FailureLogTest : public QObject {
    Q_OBJECT

private slots:
    void tellsTheFirstAtOnceAndCountsTheOthers()
    {
        FailureLog log;
        QSignalSpy spy(&log, &FailureLog::lineMade);
        for (int i = 0; i < 500; ++i)
            log.report(QStringLiteral("a"), QStringLiteral("error %1").arg(i));
        log.report(QStringLiteral("b"), QStringLiteral("other"), 3);
        QCOMPARE(spy.count(), 2);
        QCOMPARE(spy.at(0).at(1).toString(), QStringLiteral("[proxy:hook] a: error 0"));
        QCOMPARE(spy.at(1).at(1).toString(), QStringLiteral("[proxy:hook] b: other (3 events)"));
        QTRY_COMPARE(spy.count(), 3);
        QCOMPARE(spy.at(2).at(0).toString(), QStringLiteral("a"));
        QCOMPARE(spy.at(2).at(1).toString(),
                 QStringLiteral("[proxy:hook] a: 499 more failures, the last one: error 499"));
    }

    void tellsWhatWasHeldBackWhenFlushed()
    {
        FailureLog log;
        QSignalSpy spy(&log, &FailureLog::lineMade);
        log.report(QStringLiteral("a"), QStringLiteral("x"));
        log.report(QStringLiteral("a"), QStringLiteral("x"), 7);
        log.flush();
        QCOMPARE(spy.count(), 2);
        QVERIFY(spy.at(1).at(1).toString().contains(QLatin1String("7 more failures")));
        log.flush();
        QCOMPARE(spy.count(), 2);
    }

    void makesOneLineOfAnyText()
    {
        FailureLog log;
        QSignalSpy spy(&log, &FailureLog::lineMade);
        log.report(QStringLiteral("a"), QStringLiteral("x\r\n[proxy:audit] forged\x1b[2J"));
        const QString line = spy.at(0).at(1).toString();
        QVERIFY(!line.contains(QLatin1Char('\n')));
        QVERIFY(!line.contains(QLatin1Char('\r')));
        QVERIFY(!line.contains(QLatin1Char('\x1b')));
    }
};

QTEST_GUILESS_MAIN(FailureLogTest)
#include "tst_failurelog.moc"
