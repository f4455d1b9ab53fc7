#pragma once

#include "core/events/budgetevent.h"
#include "core/events/delivery.h"
#include "core/events/redact.h"
#include "core/hooks/hookregistry.h"

#include <QObject>
#include <memory>

namespace hookscope {

// Delivers events to the hooks that are due, on its own thread (move it there before the first call);
// every slot is queued and every signal comes from that thread. Writes the audit lines to stderr,
// also with no hook at all. Nothing here waits: a slow webhook delays only its own endpoint's queue,
// which is bounded; files are opened without blocking; failures are counted, never fatal. An exchange
// whose request has this program's own user-agent is a hook's delivery: audited, but no hook fires on it.
class HookDispatcher final : public QObject {
    Q_OBJECT
public:
    static constexpr int webhookTimeoutMs = 15'000;
    static constexpr int queueLimitPerEndpoint = 10'000; // events; more are dropped and counted

    // auditFd: where audit lines go; -1 writes none (for tests).
    explicit HookDispatcher(int auditFd = 2, QObject *parent = nullptr);
    ~HookDispatcher() override;

public slots:
    // The hooks in force from now on. Counts of hooks that are no longer there are dropped.
    void setHooks(const hookscope::HookRegistry::Snapshot &hooks);

    // Audits and delivers what the batch holds of ProxyEvent and LlmEvent.
    void dispatch(const hookscope::EventBatch &batch);

    // Delivers it to the hooks on budgets, and to no other; it has no audit line.
    void dispatchBudget(const hookscope::BudgetEvent &event);

    // Sends one sample event to `hook` (which need not be registered), past the queues.
    void test(const hookscope::Hook &hook);

    // Delivers what is queued, for at most `timeoutMs`, then emits flushed().
    void flush(int timeoutMs);

signals:
    // At most 10 times a second per hook, and after the last change.
    void countsChanged(const QString &hookName, const hookscope::DeliveryCounts &counts);
    // What became of single events, the oldest first; if very many fire, the last thousand of each batch.
    void fired(const QList<hookscope::HookOutcome> &outcomes);
    void tested(const hookscope::TestResult &result);
    void flushed();
    // One line for stderr's reader, `[proxy:hook] ...`, credentials masked. Also written to auditFd.
    void failed(const QString &hookName, const QString &text);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hookscope
