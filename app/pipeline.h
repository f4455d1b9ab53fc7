#pragma once

namespace hookscope {

class BudgetWatch;
class EventLog;
class EventPrinter;
class HookDispatcher;
class HookRegistry;
class MainWindow;
class ProxyServer;
class UsageTotals;

// Every connection between rooms: proxy → log → totals, hooks, output; totals → budgets → hooks, window;
// registry → dispatcher; dispatcher → window. Data runs left to right, and nothing downstream holds what is upstream of it.
struct Pipeline {
    ProxyServer &proxy;
    EventLog &log;
    UsageTotals &totals;
    BudgetWatch &budgets;
    HookRegistry &registry;
    HookDispatcher &dispatcher; // on the delivery thread
};

void connectPipeline(const Pipeline &pipeline);
void connectPrinter(const Pipeline &pipeline, EventPrinter &printer);
void connectWindow(const Pipeline &pipeline, MainWindow &window);

} // namespace hookscope
