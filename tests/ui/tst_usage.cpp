#include "ui/usage/budgettexts.h"
#include "ui/usage/limitsmodel.h"
#include "ui/usage/totalsbar.h"
#include "ui/usage/totalsmodel.h"
#include "ui/usage/totalstable.h"

#include "tests/ui/sampleevents.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
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
    void showsCost_data();
    void showsCost();
    void showsTodaysCostOnceThereIsAnotherDay();
    void saysWhatWasNotUnderstood();
    void saysWhatWasSeenTwice();
    void sortsCostByItsSize();
    void listsRateLimits();
    void tellsOfBudgets_data();
    void tellsOfBudgets();
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

void TestUsage::showsCost_data()
{
    using Costs = QList<qint64>; // -1: none
    QTest::addColumn<Costs>("costs");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("toolTip"); // a part of it
    QTest::newRow("nothing yet") << Costs() << "Cost $0.00"
                                 << "0 LLM calls";
    QTest::newRow("all known") << Costs{1'230'000'000'000, 20'000'000} << "Cost $1.23"
                               << "2 LLM calls";
    QTest::newRow("one unknown") << Costs{1'239'000'000'000, -1} << "Cost ≥\u202f$1.23"
                                 << "1 call has no known price";
    QTest::newRow("two unknown") << Costs{1'230'000'000'000, -1, -1} << "Cost ≥\u202f$1.23"
                                 << "2 calls have no known price";
    QTest::newRow("none known") << Costs{-1} << "Cost —"
                                << "1 call has no known price";
}

void TestUsage::showsCost()
{
    QFETCH(QList<qint64>, costs);
    QFETCH(QString, toolTip);
    EventLog log;
    UsageTotals totals;
    connect(&log, &EventLog::appended, &totals, &UsageTotals::add);
    TotalsBar bar(totals, log);
    Batch batch;
    for (const qint64 cost : costs)
        batch.add(Batch::costing(batch.start(), cost < 0 ? std::nullopt : std::optional<PicoUsd>(cost)));
    batch.giveTo(log);
    QFETCH(QString, text);
    QTRY_COMPARE(::text(bar, "cost"), text);
    const QString shown = bar.findChild<QLabel *>(QStringLiteral("cost"))->toolTip();
    QVERIFY2(shown.contains(toolTip), qPrintable(shown));
    QVERIFY(bar.findChild<QLabel *>(QStringLiteral("notUnderstood"))->isHidden());
}

void TestUsage::showsTodaysCostOnceThereIsAnotherDay()
{
    EventLog log;
    UsageTotals totals;
    connect(&log, &EventLog::appended, &totals, &UsageTotals::add);
    TotalsBar bar(totals, log);
    const auto *today = bar.findChild<QLabel *>(QStringLiteral("today"));
    Batch batch;
    LlmEvent now = Batch::costing(batch.start(), 1'000'000'000'000);
    now.timestampUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    batch.add(now);
    batch.giveTo(log);
    QTRY_COMPARE(text(bar, "cost"), QStringLiteral("Cost $1.00"));
    QVERIFY(today->isHidden());

    batch.add(Batch::costing(batch.start(), 2'000'000'000'000)); // of 1970
    batch.giveTo(log);
    QTRY_COMPARE(text(bar, "cost"), QStringLiteral("Cost $3.00"));
    QVERIFY(!today->isHidden());
    QCOMPARE(today->text(), QStringLiteral("today $1.00"));
}

void TestUsage::saysWhatWasNotUnderstood()
{
    EventLog log;
    UsageTotals totals;
    connect(&log, &EventLog::appended, &totals, &UsageTotals::add);
    TotalsBar bar(totals, log);
    Batch batch;
    LlmEvent strange = Batch::costing(batch.start(), {});
    strange.usage = UsageState::Missing;
    strange.tokens = {};
    strange.details.isUnderstood = false;
    batch.add(strange);
    batch.giveTo(log);
    QTRY_COMPARE(text(bar, "notUnderstood"), QStringLiteral("⚠ 1 call not understood"));
    batch.add(strange);
    batch.giveTo(log);
    QTRY_COMPARE(text(bar, "notUnderstood"), QStringLiteral("⚠ 2 calls not understood"));
    const auto *label = bar.findChild<QLabel *>(QStringLiteral("notUnderstood"));
    QVERIFY(!label->isHidden());
    QVERIFY(label->toolTip().contains(QStringLiteral("HOST=DIALECT")));
}

void TestUsage::saysWhatWasSeenTwice()
{
    EventLog log;
    UsageTotals totals;
    connect(&log, &EventLog::appended, &totals, &UsageTotals::add);
    TotalsBar bar(totals, log);
    Batch batch;
    LlmEvent call = Batch::costing(batch.start(), 1'000'000'000'000);
    call.details.answerId = "msg_01XFDUDYJgAACzvnptvVoYEL";
    batch.add(call);
    batch.add(call);
    batch.giveTo(log);
    QTRY_COMPARE(text(bar, "cost"), QStringLiteral("Cost $1.00"));
    QCOMPARE(text(bar, "input"), QStringLiteral("Tokens in 10"));
    for (const char *name : {"cost", "input"}) {
        QVERIFY(bar.findChild<QLabel *>(QLatin1String(name))
                    ->toolTip()
                    .contains(QStringLiteral("1 answer was seen once more")));
    }
}

void TestUsage::sortsCostByItsSize()
{
    EventLog log;
    UsageTotals totals;
    connect(&log, &EventLog::appended, &totals, &UsageTotals::add);
    TotalsTable table(totals);
    QAbstractItemModelTester tester(table.model());
    Batch batch;
    const auto add = [&](const char *model, std::optional<PicoUsd> cost) {
        LlmEvent call = Batch::costing(batch.start(), cost);
        call.model = model;
        batch.add(call);
    };
    add("nine", 9'000'000'000'000);
    add("ten", 10'000'000'000'000);
    add("small", 900'000'000);
    add("unknown", {});
    add("small", {});
    batch.giveTo(log);
    QTRY_COMPARE(table.model()->rowCount(), 4);
    table.sortByColumn(TotalsModel::Cost, Qt::DescendingOrder);
    QStringList shown;
    for (int row = 0; row < 4; ++row)
        shown.append(table.model()->index(row, TotalsModel::Model).data().toString() + QLatin1Char(' ')
                     + table.model()->index(row, TotalsModel::Cost).data().toString());
    const QStringList expected{QStringLiteral("ten $10.00"), QStringLiteral("nine $9.00"),
                               QStringLiteral("small ≥\u202f$0.00090"), QStringLiteral("unknown —")};
    QCOMPARE(shown, expected);
    const QVariant tip = table.model()->index(2, TotalsModel::Cost).data(Qt::ToolTipRole);
    QVERIFY(tip.toString().contains(QStringLiteral("1 call has no known price")));
}

void TestUsage::listsRateLimits()
{
    std::int64_t nowUs = QDateTime(QDate::currentDate(), QTime(12, 0)).toMSecsSinceEpoch() * 1000;
    EventLog log;
    LimitsModel model(log, nullptr, [&nowUs] { return nowUs; });
    const QAbstractItemModelTester tester(&model);
    const auto cell = [&model](int row, int column) { return model.index(row, column).data().toString(); };
    const auto tell = [&](const std::string &provider, std::vector<RateLimit> limits) {
        Batch batch;
        LlmEvent call = Batch::costing(batch.start(), std::nullopt);
        call.provider = provider;
        call.timestampUs = nowUs;
        call.details.rateLimits = std::move(limits);
        batch.add(call);
        batch.giveTo(log);
    };
    tell("openai", {{"requests", "10000", "9999", "6m0s"}});
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(cell(0, LimitsModel::Provider), QStringLiteral("openai"));
    QCOMPARE(cell(0, LimitsModel::Model), QStringLiteral("m"));
    QCOMPARE(cell(0, LimitsModel::Remaining), QStringLiteral("9,999"));
    QCOMPARE(cell(0, LimitsModel::Limit), QStringLiteral("10,000"));
    QCOMPARE(cell(0, LimitsModel::Reset), QStringLiteral("12:06:00 (in 6 min 00 s)"));
    nowUs += 400'000'000;
    model.tick();
    QCOMPARE(cell(0, LimitsModel::Reset), QStringLiteral("12:06:00 (passed)"));
    QCOMPARE(cell(0, LimitsModel::Age), QStringLiteral("6 min 40 s"));
    tell("x", {{"p\u202e", "50% used", {}, "soon"}, {"q", {}, {}, {}}});
    tell("openai", {{"requests", "10000", "5", "1s"}});
    QTRY_COMPARE(model.rowCount(), 3);
    QTRY_COMPARE(cell(0, LimitsModel::Remaining), QStringLiteral("5"));
    QCOMPARE(cell(1, LimitsModel::Reset), QStringLiteral("soon"));
    QCOMPARE(cell(1, LimitsModel::Limit), QStringLiteral("50% used"));
    QVERIFY(!cell(1, LimitsModel::Name).contains(QChar(0x202e)));
    QCOMPARE(cell(2, LimitsModel::Reset), QStringLiteral("—"));
}

void TestUsage::tellsOfBudgets_data()
{
    QTest::addColumn<BudgetEvent>("event");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("text");
    BudgetEvent event;
    event.budget = "a\nb";
    event.limit = 10'000'000'000'000;
    event.spent = 8'000'000'000'000;
    QTest::newRow("threshold") << event << QStringLiteral("Budget “a␊b” is nearly spent")
                               << QStringLiteral("Spent today: $8.00 of $10.00.");
    event.budget = "b";
    event.kind = BudgetCrossing::Exceeded;
    event.spent = 10'000'000'000'001;
    event.isLowerBound = true;
    QTest::newRow("exceeded") << event << QStringLiteral("Budget “b” is exceeded")
                              << QStringLiteral("Spent today: at least $10.000000000001 of $10.00.");
    event.kind = BudgetCrossing::Forecast;
    event.unit = BudgetUnit::Tokens;
    event.period = BudgetPeriod::Month;
    event.limit = 5'000'000;
    event.spent = 1'234'567;
    event.forecastAtUs = QDateTime(QDate(2026, 11, 19), QTime(3, 0)).toMSecsSinceEpoch() * 1000;
    QTest::newRow("forecast") << event << QStringLiteral("Budget “b” will not last")
                              << QStringLiteral("Spent this month: at least 1,234,567 of 5,000,000 tokens. At this "
                                                "rate it is used up on Thursday, 19 November 2026 or earlier.");
    event.period = BudgetPeriod::Day;
    event.isLowerBound = false;
    QTest::newRow("today") << event << QStringLiteral("Budget “b” will not last")
                           << QStringLiteral("Spent today: 1,234,567 of 5,000,000 tokens. At this rate it is "
                                             "used up at 03:00:00.");
}

void TestUsage::tellsOfBudgets()
{
    QFETCH(BudgetEvent, event);
    QFETCH(QString, title);
    QFETCH(QString, text);
    QCOMPARE(budgetTitle(event), title);
    QCOMPARE(budgetText(event), text);
}

QTEST_MAIN(TestUsage)
#include "tst_usage.moc"
