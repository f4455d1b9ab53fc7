#include "core/usage/usageseries.h"
#include "core/usage/usagetotals.h"
#include "tests/ui/sampleevents.h"
#include "ui/live/filterbar.h"
#include "ui/live/livepage.h"
#include "ui/live/liveview.h"
#include "ui/main/mainwindow.h"
#include "ui/main/sessionsdialog.h"
#include "ui/main/sessionwindow.h"

#include <QAction>
#include <QApplication>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace hookscope;
using samples::Batch;

class TestSessions : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void saysWhatWasRestored_data();
    void saysWhatWasRestored();
    void asksForANameToSaveUnder();
    void listsOpensAndDeletesSessions();
    void showsASessionReadOnly();
    void stopsReadingWhenTheWindowCloses();
    void closesSessionsWithTheWindow();
    void showsWhatIsFollowedAndStopsIt();
    void saysThatTheSessionIsNotKept();
    void tellsOfAClearedTable();

private:
    QString message(const char *key) const
    {
        const auto *frame = window->findChild<QWidget *>(QStringLiteral("message-") + QLatin1String(key));
        return frame && !frame->isHidden() ? frame->findChild<QLabel *>(QStringLiteral("text"))->text()
                                           : QString();
    }

    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<EventLog> log;
    std::unique_ptr<UsageTotals> totals;
    std::unique_ptr<UsageSeries> series;
    std::unique_ptr<HookRegistry> registry;
    Settings settings;
    std::unique_ptr<MainWindow> window;
};

void TestSessions::init()
{
    folder = std::make_unique<QTemporaryDir>();
    log = std::make_unique<EventLog>();
    totals = std::make_unique<UsageTotals>();
    series = std::make_unique<UsageSeries>();
    registry = std::make_unique<HookRegistry>();
    settings = {};
    window = std::make_unique<MainWindow>(MainWindow::Context{
        *log, *totals, *series, *registry, settings, folder->filePath(QStringLiteral("state/window.ini"))});
    window->show();
    QVERIFY(QTest::qWaitForWindowExposed(window.get()));
}

void TestSessions::cleanup()
{
    window.reset();
    registry.reset();
    series.reset();
    totals.reset();
    log.reset();
    folder.reset();
}

void TestSessions::saysWhatWasRestored_data()
{
    QTest::addColumn<ReadSummary>("summary");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << ReadSummary{} << QString();
    QTest::newRow("one") << ReadSummary{1, 0, 0, 0, false} << QStringLiteral("Restored 1 call.");
    QTest::newRow("some") << ReadSummary{213, 0, 0, 0, false} << QStringLiteral("Restored 213 calls.");
    QTest::newRow("after a crash") << ReadSummary{213, 2, 1, 3, false}
                                   << QStringLiteral(
                                          "Restored 213 calls. 2 of them had not ended when Hookscope did. "
                                          "Lines that could not be read and were skipped: 1. Events that "
                                          "could not be stored when they happened: 3.");
}

void TestSessions::saysWhatWasRestored()
{
    QFETCH(ReadSummary, summary);
    QFETCH(QString, text);
    window->showRestored(summary);
    QCOMPARE(message("restored"), text);
}

void TestSessions::asksForANameToSaveUnder()
{
    QSignalSpy saved(window.get(), &MainWindow::sessionSaveRequested);
    window->findChild<QAction *>(QStringLiteral("saveSession"))->trigger();
    auto *dialog = window->findChild<QInputDialog *>();
    QVERIFY(dialog);
    dialog->setTextValue(QStringLiteral(" monday "));
    dialog->accept();
    QCOMPARE(saved.size(), 1);
    QCOMPARE(saved.first().first().toString(), QStringLiteral("monday"));
    window->showSessionSaved(QStringLiteral("monday"), {});
    QVERIFY(message("sessionSaved").contains(QLatin1String("monday")));
    window->showSessionSaved(QStringLiteral("monday"), QStringLiteral("There is one."));
    QCOMPARE(message("sessionSaved"), QStringLiteral("There is one."));
}

void TestSessions::listsOpensAndDeletesSessions()
{
    QSignalSpy listed(window.get(), &MainWindow::sessionListRequested);
    QSignalSpy opened(window.get(), &MainWindow::sessionOpened);
    QSignalSpy removed(window.get(), &MainWindow::sessionRemoveRequested);
    window->findChild<QAction *>(QStringLiteral("openSession"))->trigger();
    QCOMPARE(listed.size(), 1);
    QPointer<SessionsDialog> dialog = window->findChild<SessionsDialog *>();
    QVERIFY(dialog);
    auto *open = dialog->findChild<QPushButton *>(QStringLiteral("openSession"));
    window->showSessions({});
    QVERIFY(!open->isEnabled());
    window->showSessions({{QStringLiteral("a"), 1000, QDateTime::currentDateTime()},
                          {QStringLiteral("b"), 2'000'000, QDateTime::currentDateTime()}});
    QVERIFY(open->isEnabled());
    auto *table = dialog->findChild<QTableWidget *>();
    QCOMPARE(table->rowCount(), 2);
    table->selectRow(1);

    dialog->findChild<QPushButton *>(QStringLiteral("deleteSession"))->click();
    auto *box = dialog->findChild<QMessageBox *>();
    QVERIFY(box);
    for (QAbstractButton *button : box->buttons()) {
        if (box->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    }
    QCOMPARE(removed.size(), 1);
    QCOMPARE(removed.first().first().toString(), QStringLiteral("b"));

    table->selectRow(0);
    open->click();
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().at(1).toString(), QStringLiteral("a"));
    delete opened.first().first().value<SessionWindow *>();
}

void TestSessions::showsASessionReadOnly()
{
    auto *session = new SessionWindow(QStringLiteral("monday"), LogCaps());
    QSignalSpy taken(session, &SessionWindow::batchTaken);
    QSignalSpy cancelled(session, &SessionWindow::cancelled);
    session->show();
    QVERIFY(session->windowTitle().contains(QLatin1String("monday (read-only)")));
    Batch batch;
    batch.start();
    session->take(batch.take());
    QVERIFY(taken.wait());
    session->showProgress(1, 2);
    QTRY_COMPARE(session->findChild<LivePage *>()->model().rowCount(), 1);
    QVERIFY(!session->findChild<LivePage *>()->filterBar().clearAction()->isEnabled());
    session->findChild<QPushButton *>(QStringLiteral("cancelReading"))->click();
    QCOMPARE(cancelled.size(), 1);
    session->showFinished({1, 0, 0, 0, true});
    const auto *outcome = session->findChild<QLabel *>(QStringLiteral("outcome"));
    QVERIFY(outcome->isVisible());
    QCOMPARE(outcome->text(), QStringLiteral("1 call. Reading was cancelled: there are more."));
    QPointer<SessionWindow> guard = session;
    session->close();
    QTRY_VERIFY(!guard);
    QCOMPARE(log->end(), EventLog::Sequence(0)); // the live one is not touched
}

void TestSessions::stopsReadingWhenTheWindowCloses()
{
    auto *session = new SessionWindow(QStringLiteral("a"), LogCaps());
    QSignalSpy cancelled(session, &SessionWindow::cancelled);
    session->show();
    session->close();
    QTRY_COMPARE(cancelled.size(), 1);
}

void TestSessions::closesSessionsWithTheWindow()
{
    window->findChild<QAction *>(QStringLiteral("openSession"))->trigger();
    QSignalSpy opened(window.get(), &MainWindow::sessionOpened);
    emit window->findChild<SessionsDialog *>()->openRequested(QStringLiteral("a"));
    QPointer<SessionWindow> session = opened.first().first().value<SessionWindow *>();
    QVERIFY(session);
    window->close();
    QTRY_VERIFY(!session);
}

void TestSessions::showsWhatIsFollowedAndStopsIt()
{
    QSignalSpy stopped(window.get(), &MainWindow::unfollowRequested);
    auto *menu = window->findChild<QMenu *>(QStringLiteral("followedFiles"));
    const auto entries = [menu] {
        emit menu->aboutToShow();
        return menu->actions();
    };
    QVERIFY(!entries().first()->isEnabled());
    FollowedFile file{QStringLiteral("/tmp/a&b.jsonl"), FollowedFile::State::Following, 7, 0, {}, {}};
    window->showFollowed(file);
    QCOMPARE(entries().first()->text(), QStringLiteral("a&&b.jsonl: 7 read"));
    file.badLines = 2;
    file.badReason = QStringLiteral("it is empty");
    window->showFollowed(file);
    QCOMPARE(entries().first()->text(), QStringLiteral("a&&b.jsonl: 7 read, 2 bad lines"));
    QVERIFY(message("follow-/tmp/a&b.jsonl").contains(QLatin1String("it is empty")));
    menu->actions().first()->trigger();
    QCOMPARE(stopped.first().first().toString(), file.path);
    file.state = FollowedFile::State::Ended;
    file.badLines = 0;
    window->showFollowed(file);
    QVERIFY(!entries().first()->isEnabled());
    QCOMPARE(message("follow-/tmp/a&b.jsonl"), QString());
}

void TestSessions::saysThatTheSessionIsNotKept()
{
    window->showHistoryFault(QStringLiteral("The disk is full."));
    QVERIFY(message("history").contains(QLatin1String("The disk is full.")));
    window->showHistoryLeftOut(5);
    QVERIFY(message("historyLeftOut").contains(u'5'));
    window->showHistoryRecovered();
    QCOMPARE(message("history"), QString());
}

void TestSessions::tellsOfAClearedTable()
{
    QSignalSpy cleared(window.get(), &MainWindow::logCleared);
    window->findChild<LivePage *>()->filterBar().clearAction()->trigger();
    QCOMPARE(cleared.size(), 1);
}

QTEST_MAIN(TestSessions)
#include "tst_sessions.moc"
