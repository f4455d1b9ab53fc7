#pragma once

namespace hookscope {

class EventLog;
class EventPrinter;
class HookDispatcher;
class HookRegistry;
class MainWindow;
class ProxyServer;
class UsageSeries;
class UsageTotals;

// Every connection between rooms: proxy → log → totals, hooks, output; registry → dispatcher;
// dispatcher → window. Data runs left to right, and nothing downstream holds what is upstream of it.
struct Pipeline {
    ProxyServer &proxy;
    EventLog &log;
    UsageTotals &totals;
    UsageSeries &series;
    HookRegistry &registry;
    HookDispatcher &dispatcher; // on the delivery thread
};

void connectPipeline(const Pipeline &pipeline);
void connectPrinter(const Pipeline &pipeline, EventPrinter &printer);
void connectWindow(const Pipeline &pipeline, MainWindow &window);

} // namespace hookscope
