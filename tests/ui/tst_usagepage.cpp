#include "ui/usage/usagepage.h"

#include "core/usage/usagetotals.h"
#include "ui/usage/celltable.h"
#include "ui/usage/usagechart.h"
#include "ui/usage/usagefilter.h"
#include "ui/usage/usagerows.h"

#include <QAbstractItemModelTester>
#include <QBarSet>
#include <QComboBox>
#include <QLabel>
#include <QLegend>
#include <QLegendMarker>
#include <QSignalSpy>
#include <QStackedBarSeries>
#include <QTabWidget>
#include <QTest>
#include <cmath>
#include <memory>

using namespace hookscope;

namespace {

constexpr qint64 minute = 60'000'000;
constexpr qint64 noon = 1'795'694'400'000'000 + 30 * minute;

LlmEvent callAt(qint64 timestampUs, const std::string &model, qint64 input = 100, qint64 output = 10)
{
    LlmEvent event;
    event.id = ExchangeId::next();
    event.timestampUs = timestampUs;
    event.sandbox = "box";
    event.provider = "anthropic";
    event.model = model;
    event.status = 200;
    event.tokens.input = input;
    event.tokens.output = output;
    event.usage = UsageState::Reported;
    event.cost = input * 1'000'000;
    event.costSource = CostSource::PriceList;
    event.latencyUs = 250'000;
    event.session = "session of " + model;
    return event;
}

CellTableModel::Row row(const char *key, const char *text)
{
    const QString shown = QString::fromLatin1(text);
    return {key, {}, {{shown, shown, {}}, {shown, 1, {}}}, {}};
}

} // namespace

class TestUsagePage : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { page.reset(); }
    void isBuiltWhenItIsFirstShown();
    void showsTheSameInChartAndTable_data();
    void showsTheSameInChartAndTable();
    void hasAtMostFiveHundredBars();
    void keepsAStacksColour();
    void changesWhileItIsSeenOnly();
    void saysTheHeadlineNumbers();
    void marksWhatIsALowerBound();
    void leavesBlankWhatWasNotStated();
    void asksForTheCallsOfABar();
    void asksForTheCallsOfALegendEntry();
    void asksForTheCallsOfTheRest();
    void asksForTheCallsOfARow();
    void showsLatencyByModel();
    void showsSessions();
    void keepsItsChoices();
    void followsThePalette();
    void showsNamesAsTheyAre();
    void writesFilters_data();
    void writesFilters();
    void tellsOfRowsAsTheyCome_data();
    void tellsOfRowsAsTheyCome();
    void keepsTheSelectedRow();

private:
    void take(LlmEvent call)
    {
        std::vector<RedactedEvent> events{redact(std::move(call), {})};
        totals->add(std::make_shared<const std::vector<RedactedEvent>>(std::move(events)));
    }
    void takeMany()
    {
        for (int i = 0; i < 1'000; ++i) {
            LlmEvent call = callAt(now - i * 7 * minute, "model-" + std::to_string(i % 11), 1000 + 7 * i, i);
            call.sandbox = "box-" + std::to_string(i % 2);
            take(call);
        }
    }
    void choose(const char *box, int item)
    {
        page->findChild<QComboBox *>(QLatin1String(box))->setCurrentIndex(item);
    }
    QString text(const char *label) const { return page->findChild<QLabel *>(QLatin1String(label))->text(); }
    CellTable *table(const char *name) const { return page->findChild<CellTable *>(QLatin1String(name)); }
    UsageChart *chart() const { return page->findChild<UsageChart *>(); }
    QStackedBarSeries *bars() const
    {
        return static_cast<QStackedBarSeries *>(chart()->chart()->series().constFirst());
    }

    qint64 now = 0;
    std::unique_ptr<UsageTotals> totals;
    std::unique_ptr<UsageSeries> series;
    std::unique_ptr<UsagePage> page;
};

void TestUsagePage::init()
{
    now = noon;
    series = std::make_unique<UsageSeries>(nullptr, QTimeZone::utc(), [this] { return now; });
    totals = std::make_unique<UsageTotals>(nullptr, QTimeZone::utc());
    connect(totals.get(), &UsageTotals::counted, series.get(), &UsageSeries::count);
    page = std::make_unique<UsagePage>(*series);
    page->resize(1200, 700);
}

void TestUsagePage::isBuiltWhenItIsFirstShown()
{
    take(callAt(now, "opus"));
    QVERIFY(!page->findChild<QWidget *>());
    page->show();
    QVERIFY(chart());
    QCOMPARE(bars()->count(), 1);
}

void TestUsagePage::showsTheSameInChartAndTable_data()
{
    QTest::addColumn<int>("range");
    QTest::addColumn<int>("amount");
    QTest::addColumn<int>("split");
    for (int range = 0; range < 3; ++range) {
        for (int amount = 0; amount < 2; ++amount) {
            for (int split = 0; split < 3; ++split)
                QTest::addRow("%d %d %d", range, amount, split) << range << amount << split;
        }
    }
}

void TestUsagePage::showsTheSameInChartAndTable()
{
    QFETCH(int, range);
    QFETCH(int, amount);
    QFETCH(int, split);
    takeMany();
    page->show();
    choose("usageRange", range);
    choose("usageAmount", amount);
    choose("usageSplit", split);

    const QAbstractItemModel *rows = table("usageGroups")->model();
    const int column = amount == 0 ? 2 : 1;
    QMap<QString, double> ofTable; // by colour, since what is not charted is one stack
    double whole = 0;
    for (int i = 0; i < rows->rowCount(); ++i) {
        const double value = rows->index(i, column).data(CellTableModel::sortRole).toDouble();
        ofTable[rows->index(i, 0).data(Qt::DecorationRole).value<QColor>().name()] += value;
        whole += value;
    }
    QVERIFY(whole > 0);
    QMap<QString, double> ofChart;
    for (QBarSet *set : bars()->barSets())
        ofChart[set->color().name()] += set->sum() * chart()->unit();
    QCOMPARE(ofChart.keys(), ofTable.keys());
    for (auto each = ofTable.cbegin(); each != ofTable.cend(); ++each)
        QVERIFY(std::abs(ofChart[each.key()] - each.value()) <= 1e-9 * whole);
}

void TestUsagePage::hasAtMostFiveHundredBars()
{
    takeMany();
    page->show();
    for (int range = 0; range < 3; ++range) {
        choose("usageRange", range);
        int count = 0;
        for (QBarSet *set : bars()->barSets())
            count += set->count();
        QVERIFY(count > 0 && count <= 500);
        QCOMPARE(bars()->count(), 8);
        QCOMPARE(bars()->barSets().constLast()->label(), QStringLiteral("Other"));
    }
}

void TestUsagePage::keepsAStacksColour()
{
    take(callAt(now, "first", 1000));
    take(callAt(now, "second", 10));
    page->show();
    const auto before = chart()->colours();
    QCOMPARE(before.size(), std::size_t(2));
    take(callAt(now, "second", 100'000));
    take(callAt(now, "third", 1'000'000));
    QTRY_COMPARE(bars()->count(), 3);
    QCOMPARE(chart()->colours().at("first"), before.at("first"));
    QCOMPARE(chart()->colours().at("second"), before.at("second"));
}

void TestUsagePage::changesWhileItIsSeenOnly()
{
    take(callAt(now, "opus"));
    page->show();
    QCOMPARE(table("usageGroups")->model()->rowCount(), 1);
    page->hide();
    QSignalSpy inserted(table("usageGroups")->model(), &QAbstractItemModel::rowsInserted);
    take(callAt(now, "haiku"));
    for (const QTimer *timer : page->findChildren<QTimer *>())
        QVERIFY(!timer->isActive());
    QCOMPARE(inserted.count(), 0);
    page->show();
    QCOMPARE(table("usageGroups")->model()->rowCount(), 2);
    take(callAt(now, "sonnet"));
    QTRY_COMPARE(table("usageGroups")->model()->rowCount(), 3);
}

void TestUsagePage::saysTheHeadlineNumbers()
{
    LlmEvent cached = callAt(now, "opus", 1000, 200);
    cached.tokens.cacheRead = 250;
    take(cached);
    LlmEvent old = callAt(now - 30 * minute, "opus", 3000, 0);
    old.status = 500;
    take(old);
    page->show();
    QCOMPARE(text("tokensPerMinute"), QStringLiteral("1,200"));
    QCOMPARE(text("todaysCost"), QStringLiteral("$0.0040"));
    QCOMPARE(text("cacheShare"), QStringLiteral("25.0 %"));
    QCOMPARE(text("errorRate"), QStringLiteral("50.0 %"));
    now += 3 * 60 * minute;
    choose("usageSplit", 1);
    QCOMPARE(text("tokensPerMinute"), QStringLiteral("0"));
    QCOMPARE(text("cacheShare"), QStringLiteral("—"));
    QCOMPARE(text("errorRate"), QStringLiteral("—"));
}

void TestUsagePage::marksWhatIsALowerBound()
{
    take(callAt(now, "opus", 1000, 200));
    LlmEvent silent = callAt(now, "opus");
    silent.tokens = {};
    silent.usage = UsageState::Missing;
    silent.cost = {};
    take(silent);
    LlmEvent unpriced = callAt(now, "local");
    unpriced.cost = {};
    take(unpriced);
    page->show();
    QCOMPARE(text("tokensPerMinute"), QStringLiteral("≥\u202f1,310"));
    QCOMPARE(text("todaysCost"), QStringLiteral("≥\u202f$0.0010"));
    const QAbstractItemModel *rows = table("usageGroups")->model();
    QCOMPARE(rows->index(0, 0).data().toString(), QStringLiteral("opus"));
    QCOMPARE(rows->index(0, 1).data().toString(), QStringLiteral("≥\u202f$0.0010"));
    QCOMPARE(rows->index(0, 2).data().toString(), QStringLiteral("≥\u202f1,200"));
    QCOMPARE(rows->index(1, 1).data().toString(), QStringLiteral("—"));
    QCOMPARE(rows->index(1, 2).data().toString(), QStringLiteral("110"));
    QVERIFY(rows->index(0, 1).data(Qt::ToolTipRole).toString().contains(QStringLiteral("at least")));
}

void TestUsagePage::leavesBlankWhatWasNotStated()
{
    LlmEvent cached = callAt(now, "opus", 1000);
    cached.tokens.cacheRead = 0;
    take(cached);
    take(callAt(now, "opus"));
    page->show();
    const QAbstractItemModel *rows = table("usageGroups")->model();
    QCOMPARE(rows->index(0, 4).data().toString(), QStringLiteral("0"));
    QCOMPARE(rows->index(0, 4).data(Qt::ToolTipRole).toString(), QStringLiteral("Stated for 1 of 2 calls."));
    QCOMPARE(rows->index(0, 5).data().toString(), QStringLiteral("—"));
    QCOMPARE(rows->index(0, 7).data().toString(), QStringLiteral("—"));
}

void TestUsagePage::asksForTheCallsOfABar()
{
    take(callAt(now, "claude-opus-4-1"));
    page->show();
    QSignalSpy asked(page.get(), &UsagePage::filterRequested);
    emit bars()->barSets().constFirst()->clicked(59);
    QCOMPARE(asked.takeFirst().constFirst().toString(), QStringLiteral("model:claude-opus-4-1"));
    choose("usageSplit", 2);
    emit bars()->barSets().constFirst()->clicked(59);
    QCOMPARE(asked.takeFirst().constFirst().toString(), QStringLiteral("sandbox:box"));
}

void TestUsagePage::asksForTheCallsOfALegendEntry()
{
    take(callAt(now, "llama3:8b"));
    page->show();
    QSignalSpy asked(page.get(), &UsagePage::filterRequested);
    emit chart()->chart()->legend()->markers().constFirst()->clicked();
    QCOMPARE(asked.takeFirst().constFirst().toString(), QStringLiteral("model:llama3:8b"));
}

void TestUsagePage::asksForTheCallsOfTheRest()
{
    for (int i = 0; i < 9; ++i)
        take(callAt(now, "m" + std::to_string(i), 1000 - i));
    page->show();
    QSignalSpy asked(page.get(), &UsagePage::filterRequested);
    emit bars()->barSets().constLast()->clicked(59);
    QCOMPARE(asked.takeFirst().constFirst().toString(),
             QStringLiteral("is:llm -model:m0 -model:m1 -model:m2 -model:m3 -model:m4 -model:m5 -model:m6"));
}

void TestUsagePage::asksForTheCallsOfARow()
{
    take(callAt(now, "opus", 1000));
    take(callAt(now, "haiku", 10));
    page->show();
    QVERIFY(QTest::qWaitForWindowExposed(page.get()));
    QSignalSpy asked(page.get(), &UsagePage::filterRequested);
    CellTable *groups = table("usageGroups");
    const QRect place = groups->visualRect(groups->model()->index(1, 0));
    QTest::mouseClick(groups->viewport(), Qt::LeftButton, {}, place.center());
    QCOMPARE(asked.takeFirst().constFirst().toString(), QStringLiteral("model:haiku"));
    groups->setCurrentIndex(groups->model()->index(0, 3));
    QTest::keyClick(groups, Qt::Key_Return);
    QCOMPARE(asked.takeFirst().constFirst().toString(), QStringLiteral("model:opus"));
}

void TestUsagePage::showsLatencyByModel()
{
    for (int i = 1; i <= 100; ++i) {
        LlmEvent call = callAt(now, "opus");
        call.latencyUs = i * 10'000;
        if (i > 50)
            call.ttftUs = i * 20'000;
        take(call);
    }
    page->show();
    choose("usageSplit", 1); // latency stays by model
    page->findChild<QTabWidget *>()->setCurrentIndex(1);
    const QAbstractItemModel *rows = table("usageLatency")->model();
    QAbstractItemModelTester tester(table("usageLatency")->model());
    QCOMPARE(rows->rowCount(), 1);
    QCOMPARE(rows->index(0, 0).data().toString(), QStringLiteral("opus"));
    const double firstToken = rows->index(0, 2).data(CellTableModel::sortRole).toDouble();
    const double latency = rows->index(0, 7).data(CellTableModel::sortRole).toDouble();
    QVERIFY(std::abs(firstToken - 1'500'000) <= 0.008 * 1'500'000);
    QVERIFY(std::abs(latency - 990'000) <= 0.008 * 990'000);
    QVERIFY(rows->index(0, 2).data(Qt::ToolTipRole).toString().contains(QStringLiteral("50 calls")));
}

void TestUsagePage::showsSessions()
{
    take(callAt(now - 5 * minute, "opus"));
    take(callAt(now, "opus"));
    take(callAt(now - minute, "haiku"));
    LlmEvent other = callAt(now, "haiku");
    other.session = {};
    take(other);
    page->show();
    page->findChild<QTabWidget *>()->setCurrentIndex(2);
    CellTable *sessions = table("usageSessions");
    QAbstractItemModelTester tester(sessions->model());
    QCOMPARE(sessions->model()->rowCount(), 2);
    QCOMPARE(sessions->model()->index(0, 0).data().toString(), QStringLiteral("session of opus"));
    QCOMPARE(sessions->model()->index(0, 2).data().toString(), QStringLiteral("$0.00020"));
    QSignalSpy asked(page.get(), &UsagePage::filterRequested);
    emit sessions->activated(sessions->model()->index(1, 0));
    QCOMPARE(asked.takeFirst().constFirst().toString(), QStringLiteral("session:\"session of haiku\""));
}

void TestUsagePage::keepsItsChoices()
{
    page->show();
    choose("usageRange", 2);
    choose("usageAmount", 1);
    choose("usageSplit", 1);
    const QByteArray saved = page->saveChoices();
    UsagePage other(*series);
    for (const char *bad : {"", "1", "9 0 0", "0 -1 0", "a b c d"})
        other.restoreChoices(bad);
    QCOMPARE(other.saveChoices(), QByteArray("0 0 0"));
    other.restoreChoices(saved);
    other.show();
    QCOMPARE(other.findChild<QComboBox *>(QStringLiteral("usageRange"))->currentIndex(), 2);
    QCOMPARE(other.findChild<QComboBox *>(QStringLiteral("usageAmount"))->currentIndex(), 1);
    QCOMPARE(other.saveChoices(), saved);
}

void TestUsagePage::followsThePalette()
{
    for (int i = 0; i < 7; ++i)
        take(callAt(now, "m" + std::to_string(i), 1000 - i));
    page->show();
    QPalette dark;
    dark.setColor(QPalette::Base, QColor(0x1e, 0x20, 0x24));
    dark.setColor(QPalette::Text, Qt::white);
    page->setPalette(dark);
    QCOMPARE(chart()->chart()->backgroundBrush().color(), QColor(0x1e, 0x20, 0x24));
    QCOMPARE(chart()->chart()->legend()->labelColor(), QColor(Qt::white));
    QCOMPARE(bars()->barSets().constLast()->color(), UsageColours::at(6, true));
    QVERIFY(UsageColours::at(6, true) != UsageColours::at(6, false));
}

void TestUsagePage::showsNamesAsTheyAre()
{
    take(callAt(now, "<b>bold</b>\u202e"));
    page->show();
    QCOMPARE(bars()->barSets().constFirst()->label(), QStringLiteral("&lt;b&gt;bold&lt;/b&gt;‹U+202E›"));
    QVERIFY(!table("usageGroups")->model()->index(0, 0).data(Qt::ToolTipRole).toString().contains(u'<'));
}

void TestUsagePage::writesFilters_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(expected);
    };
    row("claude-opus-4-1", "model:claude-opus-4-1");
    row("openai/gpt-4o", "model:openai/gpt-4o");
    row("llama3:8b", "model:llama3:8b");
    row("two words", "model:\"two words\"");
    row("with \"quotes\"", "model:\"with \\\"quotes\\\"\"");
    row("back\\slash", "model:\"back\\\\slash\"");
    row("star*", "model:\"star\\*\"");
    row("line\nbreak", "model:line*break");
    row("größe", "model:größe");
    row("unknown", "is:llm -model:*");
    row("", "is:llm -model:*");
}

void TestUsagePage::writesFilters()
{
    QFETCH(QString, name);
    QFETCH(QString, expected);
    QCOMPARE(groupFilter(UsageSplit::Model, name.toStdString()), expected);
    QCOMPARE(groupFilter(UsageSplit::Provider, "unknown"), QStringLiteral("provider:unknown"));
    QCOMPARE(restFilter(UsageSplit::Model, {"a b", "unknown"}),
             QStringLiteral("is:llm -model:\"a b\" model:*"));
}

void TestUsagePage::tellsOfRowsAsTheyCome_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("from nothing") << QByteArray() << QByteArray("abc");
    QTest::newRow("to nothing") << QByteArray("abc") << QByteArray();
    QTest::newRow("the same") << QByteArray("abc") << QByteArray("abc");
    QTest::newRow("between") << QByteArray("adg") << QByteArray("abcdefghi");
    QTest::newRow("before and after") << QByteArray("m") << QByteArray("abcmno");
    QTest::newRow("removed between") << QByteArray("abcdefghi") << QByteArray("adg");
    QTest::newRow("all others") << QByteArray("ace") << QByteArray("bdf");
    QTest::newRow("some") << QByteArray("abcxyz") << QByteArray("bdfyz");
}

void TestUsagePage::tellsOfRowsAsTheyCome()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    CellTableModel model({{QStringLiteral("a"), {}, 1, false}, {QStringLiteral("b"), {}, 1}});
    QAbstractItemModelTester tester(&model);
    for (const QByteArray &keys : {before, after}) {
        std::vector<CellTableModel::Row> rows;
        for (const char key : keys)
            rows.push_back(row(QByteArray(1, key).constData(), QByteArray(2, key).constData()));
        std::reverse(rows.begin(), rows.end());
        model.setRows(rows);
        QCOMPARE(model.rowCount(), int(keys.size()));
        for (int i = 0; i < keys.size(); ++i)
            QCOMPARE(model.index(i, 0).data().toString(), QString(2, QLatin1Char(keys[i])));
    }
}

void TestUsagePage::keepsTheSelectedRow()
{
    take(callAt(now, "opus"));
    take(callAt(now, "zeta", 1));
    page->show();
    CellTable *groups = table("usageGroups");
    groups->setCurrentIndex(groups->model()->index(0, 0));
    take(callAt(now, "alpha", 1'000'000));
    QTRY_COMPARE(groups->model()->rowCount(), 3);
    QCOMPARE(groups->model()->index(0, 0).data().toString(), QStringLiteral("alpha"));
    QCOMPARE(groups->currentIndex().data().toString(), QStringLiteral("opus"));
    QCOMPARE(groups->currentIndex().row(), 1);
}

QTEST_MAIN(TestUsagePage)
#include "tst_usagepage.moc"
