#pragma once

namespace hookscope {

class AttachTest;
class BudgetWatch;
class EventLog;
class EventPrinter;
class FollowGate;
class History;
class HistoryFeed;
class HookDispatcher;
class HookRegistry;
class JsonlTail;
class MainWindow;
class ProxyServer;
class Replayer;
class Readers;
class SessionReader;
class SessionWindow;
class TrustCheck;
class UsageSeries;
class UsageTotals;

// Every connection between rooms: proxy → log → totals, hooks, output; totals → budgets → hooks, window;
// registry → dispatcher; dispatcher → window. Data runs left to right, and nothing downstream holds what is upstream of it.
struct Pipeline {
    ProxyServer &proxy;
    EventLog &log;
    UsageTotals &totals;
    UsageSeries &series;
    BudgetWatch &budgets;
    HookRegistry &registry;
    HookDispatcher &dispatcher; // on the delivery thread
};

void connectPipeline(const Pipeline &pipeline);
void connectPrinter(const Pipeline &pipeline, EventPrinter &printer);
void connectWindow(const Pipeline &pipeline, MainWindow &window);
void connectWithoutWindow(const Pipeline &pipeline); // what the window does otherwise

// The history's objects: the feed on the main thread, the history on its own.
void connectHistory(const Pipeline &pipeline, HistoryFeed &feed, History &history);
void connectHistoryWindow(History &history, Readers &readers, MainWindow &window);
void connectSession(SessionReader &reader, SessionWindow &window);
void connectAttachTest(AttachTest &test, MainWindow &window);
void connectTrustCheck(TrustCheck &check, MainWindow &window);
void connectReplay(Replayer &replayer, MainWindow &window);
void connectTail(JsonlTail &tail, FollowGate &gate, EventLog &log);

} // namespace hookscope
