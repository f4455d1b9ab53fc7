#include "ui/live/filterbar.h"
#include "ui/live/grouppane.h"
#include "ui/live/livemodel.h"
#include "ui/live/livepage.h"

#include "tests/ui/sampleevents.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace hookscope;
using samples::Batch;

namespace {

QStringList column(const GroupModel &model, int column)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts.append(model.index(row, column).data().toString());
    return texts;
}

void request(Batch &batch, const std::string &host, std::optional<PicoUsd> cost, int status = 200)
{
    const ExchangeId id = batch.start(host);
    batch.add(Batch::costing(id, cost));
    batch.finish(id, status);
}

} // namespace

class TestGroups final : public QObject {
    Q_OBJECT
private slots:
    void sumsWhatMatchesByGroup();
    void doesNothingWhileItIsNotActive();
    void keepsTheSelectedGroupWhileSumsChange();
    void showsTheRequestsOfTheSelectedGroupOnly();
};

void TestGroups::sumsWhatMatchesByGroup()
{
    EventLog log;
    Batch batch;
    request(batch, "a", 1'000'000'000'000);
    request(batch, "a", 500'000'000'000, 500);
    request(batch, "b", {});
    batch.start("c");
    batch.giveTo(log);
    GroupModel model(log);
    QAbstractItemModelTester tester(&model);
    QSignalSpy refreshed(&model, &GroupModel::refreshed);
    model.setGroupBy(GroupBy::Host);
    model.setActive(true);
    QVERIFY(refreshed.wait());
    model.sort(GroupModel::Name, Qt::AscendingOrder);
    QCOMPARE(column(model, GroupModel::Name),
             QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
    QCOMPARE(column(model, GroupModel::Requests),
             QStringList({QStringLiteral("2"), QStringLiteral("1"), QStringLiteral("1")}));
    QCOMPARE(column(model, GroupModel::Tokens),
             QStringList({QStringLiteral("30"), QStringLiteral("15"), QStringLiteral("—")}));
    QCOMPARE(column(model, GroupModel::Errors),
             QStringList({QStringLiteral("1"), QStringLiteral("0"), QStringLiteral("0")}));
    QCOMPARE(model.index(0, GroupModel::Cost).data().toString(), QStringLiteral("$1.50"));
    QVERIFY(model.index(1, GroupModel::Cost).data().toString().startsWith(QStringLiteral("≥")));
    QCOMPARE(model.index(2, GroupModel::Cost).data().toString(), QStringLiteral("—"));
    QCOMPARE(model.conditionAt(0), QStringLiteral("host:a"));

    model.setFilter(*Filter::compile(QStringLiteral("is:error")));
    QVERIFY(refreshed.wait());
    QCOMPARE(column(model, GroupModel::Name), QStringList({QStringLiteral("a")}));
    request(batch, "b", 1, 404);
    batch.giveTo(log);
    QVERIFY(refreshed.wait());
    QCOMPARE(model.rowCount(), 2);
    log.clear();
    QVERIFY(refreshed.wait());
    QCOMPARE(model.rowCount(), 0);
}

void TestGroups::doesNothingWhileItIsNotActive()
{
    EventLog log;
    GroupModel model(log);
    model.setGroupBy(GroupBy::Host);
    Batch batch;
    request(batch, "a", 1);
    batch.giveTo(log);
    QVERIFY(!model.isCounting());
    model.setActive(true);
    QVERIFY(model.isCounting());
    QTRY_COMPARE(model.rowCount(), 1);
}

void TestGroups::keepsTheSelectedGroupWhileSumsChange()
{
    EventLog log;
    Batch batch;
    request(batch, "a", 3);
    request(batch, "b", 2);
    batch.giveTo(log);
    GroupPane pane(log);
    QAbstractItemModelTester tester(&pane.model());
    QSignalSpy conditions(&pane, &GroupPane::conditionChanged);
    QVERIFY(pane.isHidden());
    pane.setGroupBy(GroupBy::Host);
    QTRY_COMPARE(pane.model().rowCount(), 2);
    pane.view().selectRow(1);
    QCOMPARE(pane.condition().text(), QStringLiteral("host:b"));

    request(batch, "b", 4); // now above a
    request(batch, "c", 9);
    batch.giveTo(log);
    QTRY_COMPARE(pane.model().rowCount(), 3);
    QCOMPARE(pane.condition().text(), QStringLiteral("host:b"));
    QCOMPARE(conditions.count(), 1);
    QCOMPARE(pane.view().selectionModel()->selectedRows().first().row(), 1);

    QTest::keyClick(&pane.view(), Qt::Key_Escape);
    QVERIFY(pane.condition().isEmpty());
    pane.view().selectRow(0);
    pane.setGroupBy(GroupBy::None);
    QVERIFY(pane.condition().isEmpty());
    QVERIFY(pane.isHidden());
}

void TestGroups::showsTheRequestsOfTheSelectedGroupOnly()
{
    EventLog log;
    LivePage page(log);
    page.show();
    Batch batch;
    request(batch, "a", 3);
    request(batch, "b", 2);
    request(batch, "b", 2, 404);
    batch.giveTo(log);
    page.model().flush();
    page.filterBar().setGroupBy(GroupBy::Host);
    GroupPane &pane = page.groupPane();
    QVERIFY(!pane.isHidden());
    QTRY_COMPARE(pane.model().rowCount(), 2);
    pane.view().sortByColumn(GroupModel::Name, Qt::AscendingOrder);
    pane.view().selectRow(1);
    QCOMPARE(page.model().rowCount(), 2);
    page.filterBar().setText(QStringLiteral("is:error"));
    QCOMPARE(page.model().rowCount(), 1);
    QTRY_COMPARE(pane.model().rowCount(), 1); // only b has errors
    page.filterBar().setText({});
    page.filterBar().setGroupBy(GroupBy::None);
    QCOMPARE(page.model().rowCount(), 3);
}

QTEST_MAIN(TestGroups)
#include "tst_groups.moc"
