#include "ui/live/filterbar.h"
#include "ui/live/livemodel.h"
#include "ui/live/livepage.h"
#include "ui/live/liveview.h"

#include "tests/ui/sampleevents.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace hookscope;
using samples::Batch;

class TestLiveView : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void followsTheNewestRow();
    void staysWhereThePersonScrolledAndCountsWhatCame();
    void keepsRowsInPlaceWhenOthersAreEvicted();
    void followsOnThroughAResize();
    void keepsTheSelectionThroughFilterAndSort();
    void keepsTheDetailWhenItsRowLeaves();
    void restoresColumns();
    void keepsColumnsOnAStateOfAnotherKind();
    void marksRowsByKeys();
    void copiesSelectedRows();

private:
    void arrive(int count);
    bool isAtBottom() const
    {
        const QScrollBar *bar = page->view().verticalScrollBar();
        return bar->value() == bar->maximum();
    }

    std::unique_ptr<EventLog> log;
    std::unique_ptr<LivePage> page;
};

void TestLiveView::init()
{
    log = std::make_unique<EventLog>(LogCaps{.rows = 200});
    page = std::make_unique<LivePage>(*log);
    page->resize(700, 400);
    page->show();
    QVERIFY(QTest::qWaitForWindowExposed(page.get()));
}

void TestLiveView::cleanup()
{
    page.reset();
    log.reset();
}

void TestLiveView::arrive(int count)
{
    Batch batch;
    for (int i = 0; i < count; ++i)
        batch.start("host" + std::to_string(i % 10), i % 2 ? "/odd" : "/even");
    batch.giveTo(*log);
    page->model().flush();
}

void TestLiveView::followsTheNewestRow()
{
    arrive(100);
    QVERIFY(page->view().verticalScrollBar()->maximum() > 0);
    QVERIFY(isAtBottom());
    arrive(1);
    QVERIFY(isAtBottom());
    QVERIFY(page->view().isFollowing());
}

void TestLiveView::staysWhereThePersonScrolledAndCountsWhatCame()
{
    arrive(100);
    LiveView &view = page->view();
    view.verticalScrollBar()->setValue(300);
    QVERIFY(!view.isFollowing());
    arrive(7);
    arrive(5);
    QCOMPARE(view.verticalScrollBar()->value(), 300);
    auto *cue = view.findChild<QPushButton *>();
    QVERIFY(cue->isVisible());
    QCOMPARE(cue->text(), QStringLiteral("▼ 12 new"));

    QTest::mouseClick(cue, Qt::LeftButton);
    QVERIFY(view.isFollowing());
    QVERIFY(isAtBottom());
    QVERIFY(!cue->isVisible());
    arrive(3);
    QVERIFY(isAtBottom());
}

void TestLiveView::keepsRowsInPlaceWhenOthersAreEvicted()
{
    arrive(200);
    LiveView &view = page->view();
    view.verticalScrollBar()->setValue(view.rowHeight(0) * 120 + 3);
    const int top = view.rowAt(0);
    const auto sequence = page->model().sequenceAt(top);
    const int offset = view.rowViewportPosition(top);
    arrive(50);
    QVERIFY(log->begin() > 0);
    QCOMPARE(page->model().rowCount(), static_cast<int>(log->end() - log->begin()));
    QCOMPARE(page->model().sequenceAt(view.rowAt(0)), sequence);
    QCOMPARE(view.rowViewportPosition(view.rowAt(0)), offset);
}

void TestLiveView::followsOnThroughAResize()
{
    arrive(100);
    page->resize(700, 250);
    QVERIFY(page->view().isFollowing());
    QVERIFY(isAtBottom());
    page->resize(700, 500);
    QVERIFY(page->view().isFollowing());
    QVERIFY(isAtBottom());
}

void TestLiveView::keepsTheSelectionThroughFilterAndSort()
{
    arrive(100);
    LiveView &view = page->view();
    view.selectRow(31);
    const auto sequence = page->model().sequenceAt(31);
    view.sortByColumn(static_cast<int>(Column::Host), Qt::DescendingOrder);
    page->model().setFilter(samples::filterOf(false, QStringLiteral("odd")));
    arrive(10);
    QCOMPARE(view.selectionModel()->selectedRows().size(), 1);
    QCOMPARE(page->model().sequenceAt(view.selectionModel()->selectedRows().first().row()), sequence);
}

void TestLiveView::keepsTheDetailWhenItsRowLeaves()
{
    arrive(100);
    page->view().selectRow(30); // "/even"
    QSignalSpy selected(&page->view(), &LiveView::exchangeSelected);
    page->model().setFilter(samples::filterOf(false, QStringLiteral("odd")));
    arrive(200); // evicts
    page->view().setFocus();
    QCOMPARE(selected.count(), 0);
    QVERIFY(!page->view().currentIndex().isValid());
    page->filterBar().clearAction()->trigger();
    QCOMPARE(selected.count(), 1);
    QVERIFY(!selected.first().first().value<std::optional<EventLog::Sequence>>());
}

void TestLiveView::restoresColumns()
{
    QHeaderView *header = page->view().horizontalHeader();
    header->hideSection(static_cast<int>(Column::Host));
    header->moveSection(header->visualIndex(static_cast<int>(Column::Duration)), 1);
    header->resizeSection(static_cast<int>(Column::Model), 222);
    page->view().sortByColumn(static_cast<int>(Column::Total), Qt::DescendingOrder);
    const QByteArray state = page->view().saveColumns();

    LivePage other(*log);
    QVERIFY(other.view().restoreColumns(state));
    const QHeaderView *restored = other.view().horizontalHeader();
    QVERIFY(restored->isSectionHidden(static_cast<int>(Column::Host)));
    QCOMPARE(restored->visualIndex(static_cast<int>(Column::Duration)), 1);
    QCOMPARE(restored->sectionSize(static_cast<int>(Column::Model)), 222);
    QVERIFY(!other.model().isNewestLast());

    other.view().resetColumns();
    QVERIFY(!restored->isSectionHidden(static_cast<int>(Column::Host)));
    for (int place = 0; place < hookscope::columnCount; ++place)
        QCOMPARE(restored->logicalIndex(place),
                 static_cast<int>(defaultOrder[static_cast<std::size_t>(place)]));
    QVERIFY(other.model().isNewestLast());
}

void TestLiveView::keepsColumnsOnAStateOfAnotherKind()
{
    QVERIFY(!page->view().restoreColumns({}));
    QVERIFY(!page->view().restoreColumns(QByteArray("something else entirely, and long enough")));
    QCOMPARE(page->view().horizontalHeader()->hiddenSectionCount(), static_cast<int>(hiddenAtFirst.size()));
}

void TestLiveView::marksRowsByKeys()
{
    arrive(4);
    QTableView &view = page->view();
    view.setCurrentIndex(page->model().index(1, 0));
    QVERIFY(log->record(1)->isRead);
    QVERIFY(!log->record(0)->isRead);
    page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(page.get()));
    view.setFocus(); // keys are the table's while it has the focus
    QTest::keyClick(&view, Qt::Key_4);
    QTest::keyClick(&view, Qt::Key_P);
    QCOMPARE(log->record(1)->mark, 4);
    QVERIFY(log->record(1)->isPinned);
    QTest::keyClick(&view, Qt::Key_K);
    QCOMPARE(view.currentIndex().row(), 0);
    QTest::keyClick(&view, Qt::Key_N);
    QCOMPARE(view.currentIndex().row(), 1);
    QTest::keyClick(&view, Qt::Key_0);
    QTest::keyClick(&view, Qt::Key_P);
    QCOMPARE(log->record(1)->mark, 0);
    QVERIFY(!log->record(1)->isPinned);
    QTest::keyClick(&view, Qt::Key_J);
    QCOMPARE(view.currentIndex().row(), 2);
}

void TestLiveView::copiesSelectedRows()
{
    arrive(3);
    LiveView &view = page->view();
    for (int section = 0; section < hookscope::columnCount; ++section)
        view.setColumnHidden(
            section, section != static_cast<int>(Column::Host) && section != static_cast<int>(Column::Path));
    view.selectAll();
    view.copySelection();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("host0\t/even\nhost1\t/odd\nhost2\t/even"));
}

QTEST_MAIN(TestLiveView)
#include "tst_liveview.moc"
