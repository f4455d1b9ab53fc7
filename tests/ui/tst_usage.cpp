#include "ui/usage/totalsbar.h"
#include "ui/usage/totalsmodel.h"

#include "tests/ui/sampleevents.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QTest>

using namespace hookscope;
using samples::Batch;

class TestUsage : public QObject {
    Q_OBJECT
private slots:
    void showsTotals();
    void marksSumsWithUnreportedCallsAsLowerBounds();
    void warnsOfLostEvents();
    void listsTotalsByModel();
};

namespace {

QString text(const TotalsBar &bar, const char *name)
{
    return bar.findChild<QLabel *>(QLatin1String(name))->text();
}

} // namespace

void TestUsage::showsTotals()
{
    EventLog log;
    UsageTotals totals;
    connect(&log, &EventLog::appended, &totals, &UsageTotals::add);
    TotalsBar bar(totals, log);
    Batch batch;
    const ExchangeId done = batch.start();
    batch.call(done, "m", samples::tokens(12'000, 345));
    batch.finish(done, 200);
    batch.finish(batch.start(), 500);
    batch.start();
    batch.giveTo(log);
    QTRY_COMPARE(text(bar, "input"), QStringLiteral("Tokens in 12,000"));
    QCOMPARE(text(bar, "output"), QStringLiteral("out 345"));
    QCOMPARE(text(bar, "requests"), QStringLiteral("Requests 3"));
    QCOMPARE(text(bar, "errors"), QStringLiteral("✕ Errors 1"));
    QCOMPARE(text(bar, "inFlight"), QStringLiteral("In flight 1"));
}

void TestUsage::marksSumsWithUnreportedCallsAsLowerBounds()
{
    EventLog log;
    UsageTotals totals;
    connect(&log, &EventLog::appended, &totals, &UsageTotals::add);
    TotalsBar bar(totals, log);
    Batch batch;
    batch.call(batch.start(), "m", samples::tokens(5, 6));
    batch.call(batch.start(), "m", {}, UsageState::Missing);
    batch.giveTo(log);
    QTRY_COMPARE(text(bar, "input"), QStringLiteral("Tokens in ≥\u202f5"));
}

void TestUsage::warnsOfLostEvents()
{
    EventLog log;
    UsageTotals totals;
    TotalsBar bar(totals, log);
    auto *lost = bar.findChild<QLabel *>(QStringLiteral("lost"));
    QVERIFY(lost->isHidden());
    log.reportLost(1200);
    QTRY_VERIFY(!lost->isHidden());
    QCOMPARE(lost->text(), QStringLiteral("⚠ 1,200 events lost"));
}

void TestUsage::listsTotalsByModel()
{
    EventLog log;
    UsageTotals totals;
    connect(&log, &EventLog::appended, &totals, &UsageTotals::add);
    TotalsModel model(totals);
    QAbstractItemModelTester tester(&model);
    Batch batch;
    batch.call(batch.start(), "a", samples::tokens(1000, 1));
    batch.giveTo(log);
    QTRY_COMPARE(model.rowCount(), 1);
    batch.call(batch.start(), "a", samples::tokens(1, 1));
    batch.call(batch.start(), "b", samples::tokens(1, 1));
    batch.giveTo(log);
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, TotalsModel::Model).data().toString(), QStringLiteral("a"));
    QCOMPARE(model.index(0, TotalsModel::Input).data().toString(), QStringLiteral("1,001"));
    totals.clear();
    QTRY_COMPARE(model.rowCount(), 0);
}

QTEST_MAIN(TestUsage)
#include "tst_usage.moc"
