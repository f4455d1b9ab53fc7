#include "app/pipeline.h"

#include "app/eventprinter.h"
#include "core/dispatch/hookdispatcher.h"
#include "core/events/eventlog.h"
#include "core/hooks/hookregistry.h"
#include "core/proxy/proxyserver.h"
#include "core/usage/budgetwatch.h"
#include "core/usage/usagetotals.h"
#include "ui/main/mainwindow.h"

namespace hookscope {

void connectPipeline(const Pipeline &p)
{
    QObject::connect(&p.proxy, &ProxyServer::captured, &p.log, &EventLog::append);
    QObject::connect(&p.proxy, &ProxyServer::lost, &p.log, &EventLog::reportLost);
    QObject::connect(&p.log, &EventLog::appended, &p.totals, &UsageTotals::add);
    QObject::connect(&p.totals, &UsageTotals::callCounted, &p.budgets, &BudgetWatch::count);
    QObject::connect(&p.totals, &UsageTotals::callCorrected, &p.budgets, &BudgetWatch::correct);
    QObject::connect(&p.budgets, &BudgetWatch::crossed, &p.dispatcher, &HookDispatcher::dispatchBudget);
    QObject::connect(&p.log, &EventLog::appended, &p.dispatcher, &HookDispatcher::dispatch);
    QObject::connect(&p.registry, &HookRegistry::snapshotChanged, &p.dispatcher, &HookDispatcher::setHooks);
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
    QObject::connect(&p.dispatcher, &HookDispatcher::tested, &window, &MainWindow::showTestResult);
    QObject::connect(&p.budgets, &BudgetWatch::crossed, &window, &MainWindow::showBudget);
    QObject::connect(&window, &MainWindow::testFireRequested, &p.dispatcher, &HookDispatcher::test);
}

} // namespace hookscope
