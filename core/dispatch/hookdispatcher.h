#pragma once

#include "core/dispatch/retry.h"
#include "core/events/budgetevent.h"
#include "core/events/delivery.h"
#include "core/events/redact.h"
#include "core/hooks/hookregistry.h"

#include <QObject>
#include <memory>

namespace hookscope {

// Delivers events to the hooks that are due, on its own thread (move it there before the first call);
// every slot is queued and every signal comes from that thread. Writes the audit lines to stderr,
// also with no hook at all. Nothing here waits for a receiver: a slow webhook delays only its own queue,
// which is bounded; files are opened without blocking; failures are counted, never fatal. Events of hooks
// that deliver at least once are on the disk before they are tried. An exchange whose request has this
// program's own user-agent is a hook's delivery: audited, but no hook fires on it.
class HookDispatcher final : public QObject {
    Q_OBJECT
public:
    // Events that wait for one best-effort hook; more are dropped and counted.
    static constexpr int queueLimit = 10'000;

    // auditFd: where audit lines go; -1 writes none.
    explicit HookDispatcher(int auditFd = 2, const DeliveryTiming &timing = {}, QObject *parent = nullptr);
    ~HookDispatcher() override;

public slots:
    // Where the outbox is. It is opened with the first hook that delivers at least once; without, such hooks
    // deliver from memory.
    void setOutboxFolder(const QString &folder);

    // The hooks in force from now on. Counts of hooks that are no longer there are dropped.
    void setHooks(const hookscope::HookRegistry::Snapshot &hooks);

    // Their user removed these hooks, which setHooks() no longer has: what waits for them in the outbox is
    // given up at once, counted in the log, and kept like all that was given up. It waits again, as it did,
    // if the very same hook comes back in this run (Undo); another of that name gets none of it. What waits
    // for hooks that are merely not loaded stays for three days.
    void discardHooks(const QList<hookscope::Hook> &hooks);

    // Whether there is a desktop that shows notifications; if not, they fail.
    void setDesktop(bool isThere);

    // The values that hooks name: signing keys, secrets in headers and templates. Held in memory alone.
    void setSecrets(const QHash<QString, QByteArray> &secrets);

    // Audits and delivers what the batch holds of ProxyEvent and LlmEvent.
    void dispatch(const hookscope::EventBatch &batch);

    // Delivers it to the hooks on budgets, and to no other; it has no audit line.
    void dispatchBudget(const hookscope::BudgetEvent &event);

    // Sends one sample event to `hook` (which need not be registered), past the queues.
    void test(const hookscope::Hook &hook);

    // Delivers what is queued, for at most `timeoutMs`, then emits flushed(). What waits in the outbox for
    // another try is not waited for.
    void flush(int timeoutMs);

    // The event `json` once more to that hook, as its way of delivery is, with the id that it had.
    void resend(const QString &hookName, const QByteArray &webhookId, const hookscope::DeliveryMark &mark,
                const QByteArray &json);

    // At most `limit` of the events that were given up, the oldest first: emits deadListed().
    void listDead(const hookscope::DeadLetterChoice &choice, int limit);
    // Sends them again, as new ones with the ids that they had, if their hook is there; or removes them.
    void resendDead(const hookscope::DeadLetterChoice &choice);
    void discardDead(const hookscope::DeadLetterChoice &choice);

signals:
    // At most 10 times a second per hook, and after the last change.
    void countsChanged(const QString &hookName, const hookscope::DeliveryCounts &counts);
    // What became of single events, the oldest first; if very many fire, the last thousand of each batch.
    void fired(const QList<hookscope::HookOutcome> &outcomes);
    // Single tries of webhooks, likewise.
    void attempted(const QList<hookscope::DeliveryAttempt> &attempts);
    // That hook's receiver answered 410 Gone: nothing is sent to it any more; switch the hook off.
    void gone(const QString &hookName);
    void outboxChanged(const hookscope::OutboxState &state);
    void deadListed(const QList<hookscope::DeadLetter> &letters);
    void tested(const hookscope::TestResult &result);
    void flushed();
    // To be shown by the desktop, as plain text.
    void notificationRequested(const QString &hookName, const QString &text);
    // One line for stderr's reader, `[proxy:hook] ...`, credentials masked. Also written to auditFd.
    void failed(const QString &hookName, const QString &text);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hookscope
