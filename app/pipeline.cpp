#include "app/pipeline.h"

#include "app/attachtest.h"
#include "app/eventprinter.h"
#include "app/readers.h"
#include "core/dispatch/hookdispatcher.h"
#include "core/events/eventlog.h"
#include "core/history/history.h"
#include "core/history/historyfeed.h"
#include "core/history/sessionreader.h"
#include "core/launch/trustcheck.h"
#include "core/replay/replayer.h"
#include "core/hooks/hookregistry.h"
#include "core/proxy/proxyserver.h"
#include "core/sources/followgate.h"
#include "core/sources/jsonltail.h"
#include "core/usage/budgetwatch.h"
#include "core/usage/usageseries.h"
#include "core/usage/usagetotals.h"
#include "ui/main/mainwindow.h"
#include "ui/main/sessionwindow.h"

#include <QTimer>

namespace hookscope {

void connectPipeline(const Pipeline &p)
{
    QObject::connect(&p.proxy, &ProxyServer::captured, &p.log, &EventLog::append);
    QObject::connect(&p.proxy, &ProxyServer::lost, &p.log, &EventLog::reportLost);
    QObject::connect(&p.log, &EventLog::appended, &p.totals, &UsageTotals::add);
    QObject::connect(&p.totals, &UsageTotals::counted, &p.series, &UsageSeries::count);
    QObject::connect(&p.totals, &UsageTotals::cleared, &p.series, &UsageSeries::clear);
    QObject::connect(&p.totals, &UsageTotals::callCounted, &p.budgets, &BudgetWatch::count);
    QObject::connect(&p.totals, &UsageTotals::callCorrected, &p.budgets, &BudgetWatch::correct);
    QObject::connect(&p.budgets, &BudgetWatch::crossed, &p.dispatcher, &HookDispatcher::dispatchBudget);
    // In this order: what comes back from disk counts, and is told of by nobody.
    QObject::connect(&p.log, &EventLog::restored, &p.budgets, &BudgetWatch::beginRestore);
    QObject::connect(&p.log, &EventLog::restored, &p.totals, &UsageTotals::add);
    QObject::connect(&p.log, &EventLog::restored, &p.budgets, &BudgetWatch::endRestore);
    QObject::connect(&p.log, &EventLog::rowsRestored, &p.budgets, &BudgetWatch::beginRestore);
    QObject::connect(&p.log, &EventLog::rowsRestored, &p.totals, &UsageTotals::addRows);
    QObject::connect(&p.log, &EventLog::rowsRestored, &p.budgets, &BudgetWatch::endRestore);
    QObject::connect(&p.log, &EventLog::appended, &p.dispatcher, &HookDispatcher::dispatch);
    QObject::connect(&p.registry, &HookRegistry::snapshotChanged, &p.dispatcher, &HookDispatcher::setHooks);
    QObject::connect(&p.registry, &HookRegistry::hooksDiscarded, &p.dispatcher, &HookDispatcher::discardHooks);
}

void connectPrinter(const Pipeline &p, EventPrinter &printer)
{
    QObject::connect(&p.log, &EventLog::appended, &printer, &EventPrinter::print);
    QObject::connect(&p.log, &EventLog::lostChanged, &printer, [](quint64 lost) {
        qWarning("hookscope: %llu events were left out because the output could not keep up",
                 static_cast<unsigned long long>(lost));
    });
}

void connectWindow(const Pipeline &p, MainWindow &window)
{
    QObject::connect(&p.dispatcher, &HookDispatcher::countsChanged, &window, &MainWindow::showDeliveryCounts);
    QObject::connect(&p.dispatcher, &HookDispatcher::fired, &window, &MainWindow::showHookOutcomes);
    QObject::connect(&window, &MainWindow::keepBodiesChanged, &p.proxy, &ProxyServer::setKeepsBodies);
    QObject::connect(&p.dispatcher, &HookDispatcher::tested, &window, &MainWindow::showTestResult);
    QObject::connect(&p.budgets, &BudgetWatch::crossed, &window, &MainWindow::showBudget);
    QObject::connect(&window, &MainWindow::testFireRequested, &p.dispatcher, &HookDispatcher::test);
    QObject::connect(&p.dispatcher, &HookDispatcher::gone, &window, &MainWindow::showHookGone);
    QObject::connect(&p.dispatcher, &HookDispatcher::outboxChanged, &window, &MainWindow::showOutboxState);
    QObject::connect(&p.dispatcher, &HookDispatcher::notificationRequested, &window, &MainWindow::showHookNotification);
    QObject::connect(&p.dispatcher, &HookDispatcher::attempted, &window, &MainWindow::showAttempts);
    QObject::connect(&p.dispatcher, &HookDispatcher::deadListed, &window, &MainWindow::showDead);
    QObject::connect(&window, &MainWindow::deadListRequested, &p.dispatcher, &HookDispatcher::listDead);
    QObject::connect(&window, &MainWindow::discardDeadRequested, &p.dispatcher, &HookDispatcher::discardDead);
    QObject::connect(&window, &MainWindow::resendRequested, &p.dispatcher, &HookDispatcher::resend);
    QObject::connect(&window, &MainWindow::resendDeadRequested, &p.dispatcher, &HookDispatcher::resendDead);
}

void connectWithoutWindow(const Pipeline &p)
{
    QObject::connect(&p.dispatcher, &HookDispatcher::gone, &p.registry, &HookRegistry::disable);
}

// Only what is appended is stored: what was restored is on disk, in its session or in its file.
void connectHistory(const Pipeline &p, HistoryFeed &feed, History &history)
{
    QObject::connect(&p.log, &EventLog::appended, &feed, &HistoryFeed::take);
    QObject::connect(&feed, &HistoryFeed::passed, &history, &History::append);
    QObject::connect(&feed, &HistoryFeed::leftOut, &history, &History::noteLeftOut);
    QObject::connect(&history, &History::stored, &feed, &HistoryFeed::noteStored);
    QObject::connect(&p.log, &EventLog::annotated, &history, &History::noteAnnotations);
    QObject::connect(&history, &History::annotationsRestored, &p.log, &EventLog::annotate);
    QObject::connect(
        &history, &History::restoring, &p.log, [&log = p.log, &history](const EventBatch &batch) {
            log.restore(batch);
            // By a timer, so that what else waits in the event loop comes first (one of 0 ms would not).
            QTimer::singleShot(1, &log,
                               [&history] { QMetaObject::invokeMethod(&history, &History::restoreNext); });
        });
}

void connectHistoryWindow(History &history, Readers &readers, MainWindow &window)
{
    QObject::connect(&history, &History::restored, &window, &MainWindow::showRestored);
    QObject::connect(&history, &History::failed, &window, &MainWindow::showHistoryFault);
    QObject::connect(&history, &History::recovered, &window, &MainWindow::showHistoryRecovered);
    QObject::connect(&history, &History::leftOutChanged, &window, &MainWindow::showHistoryLeftOut);
    QObject::connect(&history, &History::sessionsListed, &window, &MainWindow::showSessions);
    QObject::connect(&history, &History::sessionSaved, &window, &MainWindow::showSessionSaved);
    QObject::connect(&history, &History::sessionRemoved, &window, &MainWindow::showSessionRemoved);
    QObject::connect(&window, &MainWindow::logCleared, &history, &History::noteCleared);
    QObject::connect(&window, &MainWindow::sessionListRequested, &history, &History::listSessions);
    QObject::connect(&window, &MainWindow::sessionSaveRequested, &history, &History::saveSession);
    QObject::connect(&window, &MainWindow::sessionRemoveRequested, &history, &History::removeSession);
    QObject::connect(&window, &MainWindow::sessionOpened, &readers, &Readers::openSession);
    QObject::connect(&window, &MainWindow::followRequested, &readers, &Readers::follow);
    QObject::connect(&window, &MainWindow::unfollowRequested, &readers, &Readers::unfollow);
    QObject::connect(&readers, &Readers::followedChanged, &window, &MainWindow::showFollowed);
}

void connectAttachTest(AttachTest &test, MainWindow &window)
{
    QObject::connect(&window, &MainWindow::attachTestRequested, &test, &AttachTest::run);
    QObject::connect(&test, &AttachTest::finished, &window, &MainWindow::showAttachCheck);
}

void connectTrustCheck(TrustCheck &check, MainWindow &window)
{
    QObject::connect(&window, &MainWindow::trustCheckRequested, &check, &TrustCheck::run);
    QObject::connect(&check, &TrustCheck::checked, &window, &MainWindow::addTrustResult);
    QObject::connect(&check, &TrustCheck::finished, &window, &MainWindow::showTrustReport);
}

void connectReplay(Replayer &replayer, MainWindow &window)
{
    QObject::connect(&window, &MainWindow::replayRequested, &replayer, &Replayer::replay);
    QObject::connect(&replayer, &Replayer::failed, &window, &MainWindow::showReplayFault);
}

void connectSession(SessionReader &reader, SessionWindow &window)
{
    QObject::connect(&reader, &SessionReader::batchRead, &window, &SessionWindow::take);
    QObject::connect(&reader, &SessionReader::annotationsRead, &window.log(), &EventLog::annotate);
    QObject::connect(&reader, &SessionReader::progressed, &window, &SessionWindow::showProgress);
    QObject::connect(&reader, &SessionReader::finished, &window, &SessionWindow::showFinished);
    QObject::connect(&reader, &SessionReader::finished, &reader, &QObject::deleteLater);
    QObject::connect(&window, &SessionWindow::batchTaken, &reader, &SessionReader::readNext);
    QObject::connect(&window, &SessionWindow::cancelled, &reader, &SessionReader::cancel);
}

void connectTail(JsonlTail &tail, FollowGate &gate, EventLog &log)
{
    QObject::connect(&log, &EventLog::appended, &gate, &FollowGate::noteAppended);
    QObject::connect(&tail, &JsonlTail::read, &gate, [&tail, &gate, &log](const ReadBatch &batch) {
        log.restoreRead(gate.newOf(batch));
        QTimer::singleShot(1, &tail, &JsonlTail::readNext);
    });
}

} // namespace hookscope
