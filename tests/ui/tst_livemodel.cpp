#include "ui/live/cellorder.h"
#include "ui/live/livemodel.h"

#include "tests/ui/sampleevents.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <random>

using namespace hookscope;
using samples::Batch;

class TestLiveModel : public QObject {
    Q_OBJECT
private slots:
    void fillsARowInAsItsEventsArrive();
    void takesInBatchesByTimerAndNotPerEvent();
    void showsOnlyWhatTheFilterMatches_data();
    void showsOnlyWhatTheFilterMatches();
    void showsACallOnceItIsRecognised();
    void sortsByAnyColumn_data();
    void sortsByAnyColumn();
    void movesARowWhenItsSortedCellChanges();
    void keepsPersistentIndexesOnTheirExchange();
    void rearrangesALargeLogInSlices_data();
    void rearrangesALargeLogInSlices();
    void obeysTheLastOfSeveralWishes();
    void tellsWhatStandsOut();
    void removesWhatTheLogEvicts();
    void emptiesAtOnceWhenCleared();
    void standsStillWhilePaused();
    void agreesWithTheLogAfterManyRandomSteps();
    void showsNoSumWithAGap();
    void marksABoundAsOne();
    void showsWhatAnExchangeCosts_data();
    void showsWhatAnExchangeCosts();
    void sortsCostByItsSize();
    void marksWhatWasNotUnderstood();

private:
    static QString cell(const LiveModel &model, int row, Column column)
    {
        return model.index(row, static_cast<int>(column)).data().toString();
    }
    static QStringList cells(const LiveModel &model, Column column)
    {
        QStringList result;
        for (int row = 0; row < model.rowCount(); ++row)
            result.append(cell(model, row, column));
        return result;
    }
};

void TestLiveModel::fillsARowInAsItsEventsArrive()
{
    EventLog log;
    LiveModel model(log);
    QAbstractItemModelTester tester(&model);
    Batch batch;
    const ExchangeId id = batch.start();
    batch.giveTo(log);
    model.flush();
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(cell(model, 0, Column::State), QStringLiteral("…"));
    QCOMPARE(cell(model, 0, Column::Host), QStringLiteral("api.openai.com"));
    QCOMPARE(cell(model, 0, Column::Status), QStringLiteral("—"));
    QCOMPARE(cell(model, 0, Column::Input), QStringLiteral("—"));

    QSignalSpy changed(&model, &LiveModel::dataChanged);
    batch.recognise(id, "gpt-5");
    batch.answer(id, 200);
    batch.giveTo(log);
    model.flush();
    QCOMPARE(changed.count(), 1);
    QCOMPARE(cell(model, 0, Column::State), QStringLiteral("▸"));
    QCOMPARE(cell(model, 0, Column::Model), QStringLiteral("gpt-5"));
    QCOMPARE(cell(model, 0, Column::Latency), QStringLiteral("20 ms"));

    batch.call(id, "gpt-5", samples::tokens(12'000, 345));
    batch.finish(id, 200, 3'420'000);
    batch.giveTo(log);
    model.flush();
    QCOMPARE(cell(model, 0, Column::State), QStringLiteral("✓"));
    QCOMPARE(cell(model, 0, Column::Input), QStringLiteral("12,000"));
    QCOMPARE(cell(model, 0, Column::Total), QStringLiteral("12,345"));
    QCOMPARE(cell(model, 0, Column::Cached), QStringLiteral("—"));
    QCOMPARE(cell(model, 0, Column::Duration), QStringLiteral("3.42 s"));
}

void TestLiveModel::takesInBatchesByTimerAndNotPerEvent()
{
    EventLog log;
    LiveModel model(log);
    QAbstractItemModelTester tester(&model);
    QSignalSpy inserted(&model, &LiveModel::rowsInserted);
    for (int i = 0; i < 50; ++i) {
        Batch batch;
        batch.start();
        batch.giveTo(log);
    }
    QCOMPARE(model.rowCount(), 0);
    QTRY_COMPARE(model.rowCount(), 50);
    QCOMPARE(inserted.count(), 1);
}

void TestLiveModel::showsOnlyWhatTheFilterMatches_data()
{
    QTest::addColumn<bool>("llmOnly");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("hosts");
    const QString openai = QStringLiteral("api.openai.com");
    const QString npm = QStringLiteral("registry.npmjs.org");
    const QString github = QStringLiteral("github.com");
    QTest::newRow("all") << false << QString() << QStringList{openai, npm, github};
    QTest::newRow("LLM only") << true << QString() << QStringList{openai};
    QTest::newRow("host in other case") << false << QStringLiteral("NPMjs") << QStringList{npm};
    QTest::newRow("model") << false << QStringLiteral("gpt-5") << QStringList{openai};
    QTest::newRow("status") << false << QStringLiteral("404") << QStringList{npm};
    QTest::newRow("error") << false << QStringLiteral("refused") << QStringList{github};
    QTest::newRow("process") << false << QStringLiteral("codex") << QStringList{openai, npm, github};
    QTest::newRow("every word") << false << QStringLiteral("codex  404 ") << QStringList{npm};
    QTest::newRow("nothing") << false << QStringLiteral("codex gemini") << QStringList{};
    QTest::newRow("both") << true << QStringLiteral("npmjs") << QStringList{};
}

void TestLiveModel::showsOnlyWhatTheFilterMatches()
{
    QFETCH(bool, llmOnly);
    QFETCH(QString, text);
    EventLog log;
    LiveModel model(log);
    QAbstractItemModelTester tester(&model);
    Batch batch;
    const ExchangeId call = batch.start();
    batch.recognise(call, "gpt-5");
    const ExchangeId package = batch.start("registry.npmjs.org", "/left-pad");
    batch.finish(package, 404);
    const ExchangeId broken = batch.start("github.com", "/");
    batch.finish(broken, {}, 10, "connection refused");
    batch.giveTo(log);

    model.flush();
    model.setFilter(samples::filterOf(llmOnly, text)); // rows that are there
    QTEST(cells(model, Column::Host), "hosts");
    model.setFilter({});
    QCOMPARE(model.rowCount(), 3);

    LiveModel later(log); // rows that come
    later.setFilter(samples::filterOf(llmOnly, text));
    QTEST(cells(later, Column::Host), "hosts");
}

void TestLiveModel::showsACallOnceItIsRecognised()
{
    EventLog log;
    LiveModel model(log);
    QAbstractItemModelTester tester(&model);
    model.setFilter(samples::filterOf(true, {}));
    Batch batch;
    const ExchangeId first = batch.start("first.example");
    const ExchangeId second = batch.start("second.example");
    batch.recognise(second, "m");
    batch.giveTo(log);
    model.flush();
    QCOMPARE(cells(model, Column::Host), QStringList{QStringLiteral("second.example")});
    batch.recognise(first, "m");
    batch.giveTo(log);
    model.flush();
    QCOMPARE(cells(model, Column::Host),
             (QStringList{QStringLiteral("first.example"), QStringLiteral("second.example")}));
}

void TestLiveModel::sortsByAnyColumn_data()
{
    QTest::addColumn<int>("column");
    for (int column = 0; column < hookscope::columnCount; ++column)
        QTest::newRow(qPrintable(infoOf(static_cast<Column>(column)).name)) << column;
}

void TestLiveModel::sortsByAnyColumn()
{
    QFETCH(int, column);
    EventLog log;
    LiveModel model(log);
    QAbstractItemModelTester tester(&model);
    std::mt19937 random(7);
    Batch batch;
    for (int i = 0; i < 60; ++i) {
        const ExchangeId id =
            batch.start("host" + std::to_string(random() % 5), "/" + std::to_string(random() % 9));
        if (random() % 3 == 0)
            continue;
        batch.answer(id, 200 + static_cast<int>(random() % 4), static_cast<std::int64_t>(random() % 900));
        batch.call(id, "m" + std::to_string(random() % 4), samples::tokens(random() % 100, random() % 100));
        batch.finish(id, 200 + static_cast<int>(random() % 4), static_cast<std::int64_t>(random() % 900));
        if (i % 7 == 0) {
            batch.giveTo(log);
            model.flush();
        }
    }
    const auto isOrdered = [&](Qt::SortOrder order) {
        for (int row = 1; row < model.rowCount(); ++row) {
            const auto compared =
                compareCells(*model.recordAt(row - 1).record, *model.recordAt(row).record, log.strings(),
                             static_cast<Column>(column));
            if (order == Qt::AscendingOrder ? compared > 0 : compared < 0)
                return false;
        }
        return true;
    };
    for (const Qt::SortOrder order : {Qt::DescendingOrder, Qt::AscendingOrder}) {
        model.sort(column, order);
        batch.start("newcomer", "/");
        batch.giveTo(log);
        model.flush();
        QVERIFY(isOrdered(order));
    }
    QCOMPARE(model.rowCount(), 62);
}

void TestLiveModel::movesARowWhenItsSortedCellChanges()
{
    EventLog log;
    LiveModel model(log);
    QAbstractItemModelTester tester(&model);
    model.sort(static_cast<int>(Column::Total), Qt::DescendingOrder);
    Batch batch;
    const ExchangeId small = batch.start("small");
    const ExchangeId big = batch.start("big");
    batch.call(small, "m", samples::tokens(1, 1));
    batch.giveTo(log);
    model.flush();
    QCOMPARE(cell(model, 0, Column::Host), QStringLiteral("small"));
    batch.call(big, "m", samples::tokens(100, 1));
    batch.giveTo(log);
    model.flush();
    QCOMPARE(cell(model, 0, Column::Host), QStringLiteral("big"));
}

void TestLiveModel::keepsPersistentIndexesOnTheirExchange()
{
    EventLog log;
    LiveModel model(log);
    QAbstractItemModelTester tester(&model);
    Batch batch;
    for (int i = 0; i < 20; ++i)
        batch.start("host" + std::to_string(i), i % 2 ? "/odd" : "/even");
    batch.giveTo(log);
    model.flush();
    const QPersistentModelIndex kept = model.index(7, static_cast<int>(Column::Host));
    const QPersistentModelIndex lost = model.index(8, static_cast<int>(Column::Host));
    model.sort(static_cast<int>(Column::Host), Qt::DescendingOrder);
    QCOMPARE(kept.data().toString(), QStringLiteral("host7"));
    model.setFilter(samples::filterOf(false, QStringLiteral("odd")));
    QCOMPARE(kept.data().toString(), QStringLiteral("host7"));
    QVERIFY(!lost.isValid());
    model.sort(static_cast<int>(Column::Time), Qt::AscendingOrder);
    model.setFilter({});
    QCOMPARE(kept.row(), 7);
    QCOMPARE(kept.data().toString(), QStringLiteral("host7"));
}

void TestLiveModel::removesWhatTheLogEvicts()
{
    EventLog log({.rows = 10});
    LiveModel model(log);
    QAbstractItemModelTester tester(&model);
    LiveModel sorted(log);
    QAbstractItemModelTester sortedTester(&sorted);
    sorted.sort(static_cast<int>(Column::Host), Qt::DescendingOrder);
    for (int round = 0; round < 5; ++round) {
        Batch batch;
        for (int i = 0; i < 4; ++i)
            batch.start("host" + std::to_string((round * 4 + i) % 7));
        batch.giveTo(log);
        model.flush();
        sorted.flush();
    }
    QCOMPARE(model.rowCount(), 10);
    QCOMPARE(model.sequenceAt(0), log.begin());
    QCOMPARE(sorted.rowCount(), 10);
    for (int row = 0; row < 10; ++row)
        QVERIFY(sorted.recordAt(row));
}

void TestLiveModel::emptiesAtOnceWhenCleared()
{
    EventLog log;
    LiveModel model(log);
    QAbstractItemModelTester tester(&model);
    Batch batch;
    for (int i = 0; i < 30; ++i)
        batch.start();
    batch.giveTo(log);
    model.flush();
    model.setPaused(true);
    log.clear();
    QCOMPARE(model.rowCount(), 0);
    model.setPaused(false);
    batch.start("after");
    batch.giveTo(log);
    model.flush();
    QCOMPARE(cells(model, Column::Host), QStringList{QStringLiteral("after")});
}

void TestLiveModel::standsStillWhilePaused()
{
    EventLog log({.rows = 5});
    LiveModel model(log);
    QAbstractItemModelTester tester(&model);
    Batch batch;
    const ExchangeId running = batch.start("running");
    batch.giveTo(log);
    model.setPaused(true);
    QCOMPARE(cells(model, Column::Host), QStringList{QStringLiteral("running")});

    QSignalSpy waiting(&model, &LiveModel::waitingChanged);
    batch.finish(running, 200);
    batch.start("one");
    batch.start("two");
    batch.giveTo(log);
    QTRY_COMPARE(waiting.count(), 1);
    QCOMPARE(model.waiting(), quint64(2));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(cell(model, 0, Column::State), QStringLiteral("…"));
    model.setFilter(samples::filterOf(false, QStringLiteral("one"))); // of the rows that stand there
    QCOMPARE(model.rowCount(), 0);
    model.setFilter({});
    QCOMPARE(model.rowCount(), 1);

    model.setPaused(false);
    QCOMPARE(model.waiting(), quint64(0));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(cell(model, 0, Column::State), QStringLiteral("✓"));
}

void TestLiveModel::agreesWithTheLogAfterManyRandomSteps()
{
    EventLog log({.rows = 120});
    LiveModel model(log);
    QAbstractItemModelTester tester(&model);
    std::mt19937 random(20);
    std::vector<ExchangeId> open;
    const Filter filters[] = {{},
                              samples::filterOf(true, {}),
                              samples::filterOf(false, QStringLiteral("host3")),
                              samples::filterOf(false, QStringLiteral("200"))};
    for (int step = 0; step < 600; ++step) {
        Batch batch;
        for (unsigned i = random() % 6; i > 0; --i)
            open.push_back(batch.start("host" + std::to_string(random() % 5)));
        for (unsigned i = random() % 5; i > 0 && !open.empty(); --i) {
            const std::size_t which = random() % open.size();
            if (random() % 2)
                batch.recognise(open[which], "m" + std::to_string(random() % 3));
            else
                batch.finish(open[which], random() % 2 ? 200 : 500, static_cast<std::int64_t>(random() % 90));
        }
        batch.giveTo(log);
        if (random() % 3 == 0)
            model.flush();
        if (random() % 9 == 0)
            model.setFilter(filters[random() % 4]);
        if (random() % 9 == 0)
            model.sort(static_cast<int>(random() % hookscope::columnCount),
                       random() % 2 ? Qt::AscendingOrder : Qt::DescendingOrder);
        if (random() % 15 == 0)
            model.setPaused(!model.isPaused());
        if (random() % 120 == 0)
            log.clear();
    }
    model.setPaused(false);
    model.flush();
    FilterMatcher matcher(model.filter(), log.strings(), model.nowUs());
    std::vector<LiveModel::Sequence> expected;
    for (auto sequence = log.begin(); sequence < log.end(); ++sequence) {
        if (matcher.matches(*log.record(sequence)))
            expected.push_back(sequence);
    }
    std::vector<LiveModel::Sequence> shown;
    for (int row = 0; row < model.rowCount(); ++row)
        shown.push_back(model.sequenceAt(row));
    std::sort(shown.begin(), shown.end());
    QCOMPARE(shown, expected);
}

void TestLiveModel::showsNoSumWithAGap()
{
    EventLog log;
    LiveModel model(log);
    Batch batch;
    const ExchangeId id = batch.start();
    batch.call(id, "m", samples::tokens(10, 5));
    TokenUsage gap;
    gap.input = 7;
    batch.call(id, "m", gap);
    batch.giveTo(log);
    model.flush();
    QCOMPARE(cell(model, 0, Column::Input), QStringLiteral("17"));
    QCOMPARE(cell(model, 0, Column::Output), QStringLiteral("—"));
    QCOMPARE(cell(model, 0, Column::Total), QStringLiteral("—"));
}

void TestLiveModel::rearrangesALargeLogInSlices_data()
{
    QTest::addColumn<int>("column");
    for (const Column column : {Column::Host, Column::Time, Column::Status})
        QTest::newRow(qPrintable(infoOf(column).name)) << static_cast<int>(column);
}

void TestLiveModel::rearrangesALargeLogInSlices()
{
    QFETCH(int, column);
    EventLog log;
    LiveModel model(log);
    Batch batch;
    const int count = static_cast<int>(LiveModel::mostAtOnce) + 5000;
    for (int i = 0; i < count; ++i)
        batch.answer(batch.start("host" + std::to_string(i * 7919 % 100)), 200 + i % 9);
    batch.giveTo(log);
    model.flush();
    QPersistentModelIndex kept = model.index(17, 0);

    QSignalSpy rearranged(&model, &LiveModel::rearranged);
    model.sort(column, Qt::DescendingOrder);
    QVERIFY(model.isRearranging());
    QCOMPARE(model.rowOf(17), 17); // as it was, until then
    for (int i = 0; i < 100; ++i)
        batch.answer(batch.start("host55"), 204);
    batch.giveTo(log);
    model.flush();
    QCOMPARE(model.rowCount(), count);
    QTRY_COMPARE(rearranged.count(), 1);
    QTRY_COMPARE(model.rowCount(), count + 100);
    QCOMPARE(model.sequenceAt(kept.row()), EventLog::Sequence(17));
    for (int row = 1; row < model.rowCount(); ++row) {
        QVERIFY(compareCells(*model.recordAt(row - 1).record, *model.recordAt(row).record, log.strings(),
                             static_cast<Column>(column))
                >= 0);
    }
}

void TestLiveModel::obeysTheLastOfSeveralWishes()
{
    EventLog log;
    LiveModel model(log);
    Batch batch;
    for (int i = 0; i < static_cast<int>(LiveModel::mostAtOnce) + 1; ++i)
        batch.start(i % 2 ? "odd" : "even");
    batch.giveTo(log);
    model.flush();
    model.sort(static_cast<int>(Column::Host), Qt::AscendingOrder);
    QTest::qWait(1); // it may be sorting by now
    model.setFilter(samples::filterOf(false, QStringLiteral("even")));
    model.sort(static_cast<int>(Column::Time), Qt::AscendingOrder);
    QTRY_VERIFY(!model.isRearranging());
    QTRY_COMPARE(model.rowCount(), static_cast<int>(LiveModel::mostAtOnce) / 2 + 1);
    QVERIFY(std::is_sorted(model.rows().begin(), model.rows().end()));
    log.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TestLiveModel::tellsWhatStandsOut()
{
    EventLog log;
    LiveModel model(log);
    Batch batch;
    const ExchangeId id = batch.start();
    LlmEvent call = Batch::costing({}, 12'345'600'000);
    call.id = id;
    batch.add(call);
    batch.finish(id, 500, 7'000);
    batch.giveTo(log);
    model.flush();
    const auto emphasis = [&] { return model.index(0, 0).data(LiveModel::emphasisRole).toInt(); };
    QCOMPARE(emphasis(), LiveModel::Failed | LiveModel::Unread);
    log.setRead(0);
    model.setThresholds({.slowUs = 6'999, .expensive = 12'345'599'999});
    QCOMPARE(emphasis(), LiveModel::Failed | LiveModel::Slow | LiveModel::Expensive);
    model.setThresholds({.slowUs = 7'000, .expensive = 12'345'600'000});
    QCOMPARE(emphasis(), static_cast<int>(LiveModel::Failed));
    log.setMark({0}, 3);
    log.setPinned({0}, true);
    QCOMPARE(cell(model, 0, Column::Mark), QStringLiteral("pinned, colour 3"));
}

void TestLiveModel::marksABoundAsOne()
{
    EventLog log;
    LiveModel model(log);
    Batch batch;
    batch.call(batch.start(), "m", samples::tokens(1000, 1), UsageState::Partial);
    batch.giveTo(log);
    model.flush();
    QCOMPARE(cell(model, 0, Column::Input), QStringLiteral("≥\u202f1,000"));
}

void TestLiveModel::showsWhatAnExchangeCosts_data()
{
    using Calls = std::vector<LlmEvent>;
    QTest::addColumn<Calls>("calls");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("toolTip");
    const LlmEvent cent = Batch::costing({}, 12'345'600'000);
    const LlmEvent unknown = Batch::costing({}, {});
    LlmEvent cut = cent;
    cut.usage = UsageState::Partial;
    LlmEvent cutButBilled = cut;
    cutButBilled.costSource = CostSource::Provider;
    const auto row = [](const char *name, const Calls &calls, const char *text, const char *toolTip) {
        QTest::newRow(name) << calls << QString::fromUtf8(text) << QString::fromUtf8(toolTip);
    };
    row("no call", {}, "—", "—");
    row("free", {Batch::costing({}, 0)}, "$0.00", "$0.00, by the price list");
    row("one call", {cent}, "$0.012", "$0.0123456, by the price list");
    row("no price known", {unknown}, "—", "—");
    row("several calls", {cent, cent}, "$0.025", "$0.0246912, for 2 calls");
    row("one of several unknown", {cent, unknown}, "≥\u202f$0.012", "≥\u202f$0.0123456, for 2 calls");
    row("none of several known", {unknown, unknown}, "—", "—");
    row("cut short", {cut}, "≥\u202f$0.012", "≥\u202f$0.0123456, by the price list");
    row("cut short, but billed", {cutButBilled}, "$0.012", "$0.0123456, as the provider stated it");
}

void TestLiveModel::showsWhatAnExchangeCosts()
{
    QFETCH(std::vector<LlmEvent>, calls);
    EventLog log;
    LiveModel model(log);
    QAbstractItemModelTester tester(&model);
    Batch batch;
    const ExchangeId id = batch.start();
    for (LlmEvent &call : calls) {
        call.id = id;
        batch.add(call);
    }
    batch.giveTo(log);
    model.flush();
    QTEST(cell(model, 0, Column::Cost), "text");
    const QModelIndex index = model.index(0, static_cast<int>(Column::Cost));
    QTEST(index.data(Qt::ToolTipRole).toString(), "toolTip");
    QCOMPARE(index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight, int(Qt::AlignRight));
}

void TestLiveModel::sortsCostByItsSize()
{
    EventLog log;
    LiveModel model(log);
    Batch batch;
    for (const std::optional<PicoUsd> cost :
         {std::optional<PicoUsd>(9'000'000'000'000), std::optional<PicoUsd>(), std::optional<PicoUsd>(0),
          std::optional<PicoUsd>(10'000'000'000'000), std::optional<PicoUsd>(900'000'000)})
        batch.add(Batch::costing(batch.start(), cost));
    batch.giveTo(log);
    model.flush();
    model.sort(static_cast<int>(Column::Cost), Qt::AscendingOrder);
    const QStringList expected{QStringLiteral("—"), QStringLiteral("$0.00"), QStringLiteral("$0.00090"),
                               QStringLiteral("$9.00"), QStringLiteral("$10.00")};
    QCOMPARE(cells(model, Column::Cost), expected);
}

void TestLiveModel::marksWhatWasNotUnderstood()
{
    EventLog log;
    LiveModel model(log);
    Batch batch;
    const ExchangeId id = batch.start();
    LlmEvent strange = Batch::costing(id, {});
    strange.details.isUnderstood = false;
    batch.add(strange);
    batch.finish(id, 200);
    batch.giveTo(log);
    model.flush();
    QCOMPARE(cell(model, 0, Column::State), QStringLiteral("?"));
    const QString tip = model.index(0, static_cast<int>(Column::State)).data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains(QStringLiteral("not understood")), qPrintable(tip));
}

QTEST_MAIN(TestLiveModel)
#include "tst_livemodel.moc"
