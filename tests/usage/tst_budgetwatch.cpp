#include "core/usage/budgetwatch.h"

#include "core/usage/budgetfilter.h"
#include "core/usage/usagetotals.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <limits>

using namespace hookscope;

namespace {

constexpr PicoUsd usd = 1'000'000'000'000;

std::int64_t at(const char *text, const QTimeZone &zone = QTimeZone::utc())
{
    QDateTime time = QDateTime::fromString(QString::fromUtf8(text), Qt::ISODate);
    time.setTimeZone(zone);
    return time.toMSecsSinceEpoch() * 1000;
}

Budget daily(std::int64_t limit, BudgetUnit unit = BudgetUnit::Money)
{
    return {"daily", BudgetPeriod::Day, unit, limit, 80, {}};
}

LlmEvent call(std::int64_t endUs, std::optional<PicoUsd> cost, const std::string &model = "m")
{
    LlmEvent event;
    event.id = ExchangeId::next();
    event.timestampUs = endUs;
    event.provider = "openai";
    event.model = model;
    event.status = 200;
    event.tokens.input = 10;
    event.tokens.output = 5;
    event.usage = UsageState::Reported;
    event.cost = cost;
    event.costSource = cost ? CostSource::PriceList : CostSource::None;
    return event;
}

// A watch behind totals, as in the program, with a clock that is set by hand.
struct Stage {
    explicit Stage(const QTimeZone &zone = QTimeZone::utc(), Qt::DayOfWeek first = Qt::Monday)
        : watch(nullptr, {zone, first}, [this] { return nowUs; })
    {
        QObject::connect(&totals, &UsageTotals::callCounted, &watch, &BudgetWatch::count);
        QObject::connect(&totals, &UsageTotals::callCorrected, &watch, &BudgetWatch::correct);
        QObject::connect(&watch, &BudgetWatch::crossed, &watch,
                         [this](const BudgetEvent &event) { told.push_back(event); });
    }

    void add(const LlmEvent &event)
    {
        nowUs = std::max(nowUs, event.timestampUs);
        std::vector<RedactedEvent> events{redact(Event(event), {})};
        totals.add(std::make_shared<const std::vector<RedactedEvent>>(std::move(events)));
    }

    std::vector<BudgetCrossing> kinds() const
    {
        std::vector<BudgetCrossing> result;
        for (const BudgetEvent &event : told)
            result.push_back(event.kind);
        return result;
    }

    std::int64_t nowUs = at("2026-11-18T12:00:00"); // a Wednesday
    UsageTotals totals{nullptr, QTimeZone::utc()};
    BudgetWatch watch;
    std::vector<BudgetEvent> told;
};

using Kinds = std::vector<BudgetCrossing>;

} // namespace

class TestBudgetWatch : public QObject {
    Q_OBJECT
private slots:
    void knowsWhenAPeriodIs_data();
    void knowsWhenAPeriodIs();
    void forecasts_data();
    void forecasts();
    void tellsEachCrossingOnce();
    void tellsOfTheWorstAlone();
    void tellsAgainInTheNextPeriod();
    void countsInThePeriodOfTheEnd();
    void saysAtLeastWhereSomethingIsNotKnown();
    void countsTokensOfCallsThatTellOne();
    void countsACallThatIsSeenTwiceOnce();
    void takesOnlyWhatTheFilterTakes();
    void readsFiltersOfWhatIsKept_data();
    void readsFiltersOfWhatIsKept();
    void countsWhatWasBeforeTheBudget();
    void tellsNothingOfRestoredCalls();
    void remembersOverARestart();
    void takesAChangedLimitForAnotherBudget();
    void doesNotOverflow();
    void survivesABrokenFile_data();
    void survivesABrokenFile();
};

void TestBudgetWatch::knowsWhenAPeriodIs_data()
{
    QTest::addColumn<int>("period");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<int>("firstDay");
    QTest::addColumn<QByteArray>("now"); // local
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("end");
    const auto row = [](const char *name, BudgetPeriod period, const char *zone, Qt::DayOfWeek first,
                        const char *now, const char *start, const char *end) {
        QTest::newRow(name) << static_cast<int>(period) << QByteArray(zone) << static_cast<int>(first)
                            << QByteArray(now) << QByteArray(start) << QByteArray(end);
    };
    const auto day = BudgetPeriod::Day;
    const auto week = BudgetPeriod::Week;
    const auto month = BudgetPeriod::Month;
    const char *berlin = "Europe/Berlin";
    row("day", day, berlin, Qt::Monday, "2026-11-18T12:00:00", "2026-11-18T00:00:00", "2026-11-19T00:00:00");
    row("first instant of a day", day, berlin, Qt::Monday, "2026-11-18T00:00:00", "2026-11-18T00:00:00",
        "2026-11-19T00:00:00");
    row("day of 23 hours", day, berlin, Qt::Monday, "2026-03-29T12:00:00", "2026-03-29T00:00:00",
        "2026-03-30T00:00:00");
    row("day of 25 hours", day, berlin, Qt::Monday, "2026-10-25T12:00:00", "2026-10-25T00:00:00",
        "2026-10-26T00:00:00");
    row("week from Monday", week, berlin, Qt::Monday, "2026-11-18T12:00:00", "2026-11-16T00:00:00",
        "2026-11-23T00:00:00");
    row("week from Sunday", week, berlin, Qt::Sunday, "2026-11-18T12:00:00", "2026-11-15T00:00:00",
        "2026-11-22T00:00:00");
    row("a Sunday in a week from Sunday", week, berlin, Qt::Sunday, "2026-11-15T12:00:00",
        "2026-11-15T00:00:00", "2026-11-22T00:00:00");
    row("a Sunday in a week from Monday", week, berlin, Qt::Monday, "2026-11-15T12:00:00",
        "2026-11-09T00:00:00", "2026-11-16T00:00:00");
    row("week over a year's end", week, berlin, Qt::Monday, "2027-01-01T12:00:00", "2026-12-28T00:00:00",
        "2027-01-04T00:00:00");
    row("month", month, berlin, Qt::Monday, "2026-02-28T23:59:59", "2026-02-01T00:00:00",
        "2026-03-01T00:00:00");
    row("December", month, berlin, Qt::Monday, "2026-12-31T23:59:59", "2026-12-01T00:00:00",
        "2027-01-01T00:00:00");
}

void TestBudgetWatch::knowsWhenAPeriodIs()
{
    QFETCH(int, period);
    QFETCH(QByteArray, zone);
    QFETCH(int, firstDay);
    QFETCH(QByteArray, now);
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, end);
    const QTimeZone local(zone);
    if (!local.isValid())
        QSKIP("this system does not know the time zone");
    const PeriodSpan span = spanOf(static_cast<BudgetPeriod>(period), at(now.constData(), local),
                                   {local, static_cast<Qt::DayOfWeek>(firstDay)});
    QCOMPARE(span.startUs, at(start.constData(), local));
    QCOMPARE(span.endUs, at(end.constData(), local));
}

void TestBudgetWatch::forecasts_data()
{
    QTest::addColumn<qint64>("spent");
    QTest::addColumn<quint64>("calls");
    QTest::addColumn<qint64>("elapsed"); // of a period of 1000, with a limit of 100
    QTest::addColumn<qint64>("expected"); // -1: none
    const auto row = [](const char *name, qint64 spent, quint64 calls, qint64 elapsed, qint64 expected) {
        QTest::newRow(name) << spent << calls << elapsed << expected;
    };
    row("half of it in a quarter", 50, 3, 250, 500);
    row("just enough for the period", 10, 3, 100, -1);
    row("a little more than enough", 11, 3, 100, 909);
    row("too early", 50, 3, 99, -1);
    row("too few calls", 50, 2, 250, -1);
    row("nothing spent", 0, 3, 500, -1);
    row("all of it, just now", 100, 3, 500, 500);
}

void TestBudgetWatch::forecasts()
{
    QFETCH(qint64, spent);
    QFETCH(quint64, calls);
    QFETCH(qint64, elapsed);
    QFETCH(qint64, expected);
    const PeriodSpan span{7000, 8000};
    const auto when = forecast(spent, 100, calls, span, span.startUs + elapsed);
    QCOMPARE(when.value_or(6999) - span.startUs, expected);
}

void TestBudgetWatch::tellsEachCrossingOnce()
{
    Stage stage;
    stage.nowUs = at("2026-11-18T23:00:00"); // too late for a forecast of less than the limit
    stage.watch.setBudgets({{daily(10 * usd), {}}});
    stage.add(call(stage.nowUs, 7 * usd + 999'999'999'999));
    QCOMPARE(stage.kinds(), Kinds{});
    stage.add(call(stage.nowUs, 1));
    QCOMPARE(stage.kinds(), Kinds{BudgetCrossing::Threshold});
    stage.add(call(stage.nowUs, 2 * usd));
    QCOMPARE(stage.told.size(), 2U); // spent to the last picodollar, and an hour to go
    QCOMPARE(stage.told[1].kind, BudgetCrossing::Forecast);
    stage.add(call(stage.nowUs, 1));
    stage.add(call(stage.nowUs, 5 * usd));
    QCOMPARE(stage.kinds(),
             (Kinds{BudgetCrossing::Threshold, BudgetCrossing::Forecast, BudgetCrossing::Exceeded}));
    const BudgetEvent &last = stage.told.back();
    QCOMPARE(last.budget, std::string("daily"));
    QCOMPARE(last.spent, 10 * usd + 1);
    QCOMPARE(last.limit, 10 * usd);
    QCOMPARE(last.periodStartUs, at("2026-11-18T00:00:00"));
    QVERIFY(!last.isLowerBound);
}

void TestBudgetWatch::tellsOfTheWorstAlone()
{
    Stage stage;
    stage.watch.setBudgets({{daily(10 * usd), {}}});
    for (int i = 0; i < 3; ++i)
        stage.add(call(stage.nowUs, 20 * usd));
    QCOMPARE(stage.kinds(), Kinds{BudgetCrossing::Exceeded});
}

void TestBudgetWatch::tellsAgainInTheNextPeriod()
{
    Stage stage;
    stage.watch.setBudgets({{daily(10 * usd), {}}});
    stage.add(call(stage.nowUs, 20 * usd));
    stage.add(call(at("2026-11-19T00:00:00"), 9 * usd));
    QCOMPARE(stage.kinds(), (Kinds{BudgetCrossing::Exceeded, BudgetCrossing::Threshold}));
    QCOMPARE(stage.told.back().spent, 9 * usd);
}

void TestBudgetWatch::countsInThePeriodOfTheEnd()
{
    Stage stage;
    stage.watch.setBudgets({{daily(10 * usd), {}}});
    stage.nowUs = at("2026-11-19T00:00:01");
    stage.add(call(at("2026-11-18T23:59:59"), 20 * usd)); // told to us a little later
    QCOMPARE(stage.kinds(), Kinds{});
    QCOMPARE(stage.watch.standings().front().spent.amount, 0);
    stage.add(call(at("2026-11-19T00:00:00"), 20 * usd));
    QCOMPARE(stage.kinds(), Kinds{BudgetCrossing::Exceeded});
}

void TestBudgetWatch::saysAtLeastWhereSomethingIsNotKnown()
{
    Stage stage;
    stage.watch.setBudgets({{daily(10 * usd), {}}});
    stage.add(call(stage.nowUs, std::nullopt));
    stage.add(call(stage.nowUs, 9 * usd));
    QCOMPARE(stage.kinds(), Kinds{BudgetCrossing::Threshold});
    QVERIFY(stage.told.front().isLowerBound);
}

void TestBudgetWatch::countsTokensOfCallsThatTellOne()
{
    Stage stage;
    stage.watch.setBudgets({{daily(100, BudgetUnit::Tokens), {}}});
    LlmEvent embedding = call(stage.nowUs, std::nullopt);
    embedding.tokens.input = 99;
    embedding.tokens.output.reset();
    stage.add(embedding);
    QCOMPARE(stage.kinds(), Kinds{BudgetCrossing::Threshold});
    QVERIFY(!stage.told.front().isLowerBound); // what it costs is another matter
    LlmEvent cut = call(stage.nowUs, std::nullopt);
    cut.usage = UsageState::Partial;
    stage.add(cut);
    QCOMPARE(stage.told.back().kind, BudgetCrossing::Exceeded);
    QCOMPARE(stage.told.back().spent, 114);
    QVERIFY(stage.told.back().isLowerBound);
}

void TestBudgetWatch::countsACallThatIsSeenTwiceOnce()
{
    Stage stage;
    stage.watch.setBudgets({{daily(10 * usd), {}}});
    LlmEvent first = call(stage.nowUs, std::nullopt);
    first.details.answerId = "chatcmpl-BpJBM4XqgLRpLxmTeun39ESCNhQwb";
    stage.add(first);
    QVERIFY(stage.watch.standings().front().spent.isLowerBound);
    LlmEvent again = first;
    again.id = ExchangeId::next();
    again.cost = 9 * usd;
    again.costSource = CostSource::Provider;
    stage.add(again);
    stage.add(again);
    stage.totals.clear(); // the sums of the window are another matter
    stage.add(again);
    const auto standing = stage.watch.standings().front();
    QCOMPARE(standing.spent.amount, 9 * usd);
    QVERIFY(!standing.spent.isLowerBound);
    QCOMPARE(stage.kinds(), Kinds{BudgetCrossing::Threshold});
}

void TestBudgetWatch::takesOnlyWhatTheFilterTakes()
{
    Stage stage;
    Budget budget = daily(10 * usd);
    budget.filter = "model:op*";
    const auto filter = budgetFilter(QString::fromStdString(budget.filter));
    QVERIFY(filter);
    stage.add(call(stage.nowUs, 4 * usd, "opus"));
    stage.watch.setBudgets({{budget, *filter}});
    stage.add(call(stage.nowUs, 50 * usd, "haiku"));
    QCOMPARE(stage.kinds(), Kinds{});
    stage.add(call(stage.nowUs, 7 * usd, "opus"));
    QCOMPARE(stage.kinds(), Kinds{BudgetCrossing::Exceeded});
    QCOMPARE(stage.told.front().spent, 11 * usd);
}

void TestBudgetWatch::readsFiltersOfWhatIsKept_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isRead");
    const auto row = [](const char *text, bool isRead) {
        QTest::newRow(text) << QString::fromLatin1(text) << isRead;
    };
    QTest::newRow("none") << QString() << true;
    row("provider:openai (model:a* OR -host:localhost) status<400", true);
    row("sandbox:a session:b process:c path:/v1/* method:POST", true);
    row("status>=", false);
    row("opus", false); // stands anywhere, also in what is not kept
    row("cached>0", false);
    row("since:10m", false);
    row("is:slow", false);
    row("model:a pid:1", false);
}

void TestBudgetWatch::readsFiltersOfWhatIsKept()
{
    QFETCH(QString, text);
    QFETCH(bool, isRead);
    const auto filter = budgetFilter(text);
    QCOMPARE(filter.has_value(), isRead);
    if (filter)
        QCOMPARE(static_cast<bool>(*filter), !text.isEmpty());
    else
        QVERIFY(!filter.error().isEmpty());
}

void TestBudgetWatch::countsWhatWasBeforeTheBudget()
{
    Stage stage;
    stage.add(call(at("2026-11-17T23:00:00"), 100 * usd)); // yesterday
    stage.add(call(at("2026-11-18T11:00:00"), 9 * usd));
    stage.nowUs = at("2026-11-18T23:00:00");
    stage.watch.setBudgets({{daily(10 * usd), {}}});
    QCOMPARE(stage.kinds(), Kinds{BudgetCrossing::Threshold});
    QCOMPARE(stage.told.front().spent, 9 * usd);
    stage.watch.setBudgets({{daily(10 * usd), {}}}); // as when other settings are changed
    QCOMPARE(stage.told.size(), 1U);
}

void TestBudgetWatch::tellsNothingOfRestoredCalls()
{
    Stage stage;
    stage.watch.setBudgets({{daily(10 * usd), {}}});
    stage.watch.beginRestore();
    stage.add(call(stage.nowUs, 20 * usd));
    stage.watch.endRestore();
    QCOMPARE(stage.kinds(), Kinds{});
    QCOMPARE(stage.watch.standings().front().spent.amount, 20 * usd);
    stage.add(call(stage.nowUs, 0));
    QCOMPARE(stage.kinds(), Kinds{BudgetCrossing::Exceeded});
}

void TestBudgetWatch::remembersOverARestart()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("data/budgets.json"));
    Stage before;
    connect(&before.watch, &BudgetWatch::toldChanged, &before.watch,
            [&path](const ToldCrossings &told) { QVERIFY(saveToldCrossings(path, told)); });
    before.watch.setBudgets({{daily(10 * usd), {}}});
    before.add(call(before.nowUs, 9 * usd));
    QCOMPARE(before.told.size(), 1U);
    QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther), 0);

    Stage after;
    const auto told = loadToldCrossings(path);
    QVERIFY(told);
    QCOMPARE(*told, before.watch.told());
    after.watch.setTold(*told);
    after.watch.setBudgets({{daily(10 * usd), {}}});
    after.watch.beginRestore();
    after.add(call(after.nowUs, 9 * usd));
    after.watch.endRestore();
    after.add(call(after.nowUs, usd / 2));
    QCOMPARE(after.kinds(), Kinds{});
    after.add(call(after.nowUs, usd));
    QCOMPARE(after.kinds(), Kinds{BudgetCrossing::Exceeded});
}

void TestBudgetWatch::takesAChangedLimitForAnotherBudget()
{
    Stage stage;
    stage.watch.setBudgets({{daily(10 * usd), {}}});
    stage.add(call(stage.nowUs, 30 * usd));
    stage.watch.setBudgets({{daily(20 * usd), {}}});
    QCOMPARE(stage.kinds(), (Kinds{BudgetCrossing::Exceeded, BudgetCrossing::Exceeded}));
}

void TestBudgetWatch::doesNotOverflow()
{
    Stage stage;
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    stage.watch.setBudgets({{daily(most - 1, BudgetUnit::Tokens), {}}});
    LlmEvent huge = call(stage.nowUs, std::nullopt);
    huge.tokens.input = most;
    huge.tokens.output = most;
    stage.add(huge);
    QCOMPARE(stage.kinds(), Kinds{BudgetCrossing::Exceeded});
    QCOMPARE(stage.told.front().spent, most);
}

void TestBudgetWatch::survivesABrokenFile_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("isRead");
    QTest::newRow("no JSON") << QByteArray("{") << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("an array") << QByteArray("[1]") << true;
    QTest::newRow("strange entries") << QByteArray(R"({"told": [1, {"period_start_us": {}}, null]})") << true;
}

void TestBudgetWatch::survivesABrokenFile()
{
    QFETCH(QByteArray, content);
    QFETCH(bool, isRead);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("budgets.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    const auto told = loadToldCrossings(path);
    QCOMPARE(told.has_value(), isRead);
    if (!told)
        QVERIFY(told.error().text.contains(path));
}

QTEST_GUILESS_MAIN(TestBudgetWatch)
#include "tst_budgetwatch.moc"
