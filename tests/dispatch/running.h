#pragma once

#include "core/dispatch/hookdispatcher.h"
#include "core/events/eventlog.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTest>
#include <QThread>
#include <deque>
#include <functional>
#include <mutex>

// Patience for a loaded machine and its disk: only a test that fails waits so long.
#undef QTRY_COMPARE
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, 30'000)

// A HookDispatcher as the program runs it, for its tests, and events for it.

namespace hookscope {

inline ProxyEvent proxyEvent(HookEvent event, const std::string &url = "http://example.com/x")
{
    ProxyEvent result;
    result.event = event;
    result.id = ExchangeId::next();
    result.sandbox = "local";
    result.method = "GET";
    result.url = url;
    result.host = "example.com";
    if (event == HookEvent::OnResponse)
        result.status = 200;
    return result;
}

inline LlmEvent llmEvent()
{
    LlmEvent result;
    result.id = ExchangeId::next();
    result.sandbox = "local";
    result.provider = "openai";
    result.path = "/v1/chat/completions";
    return result;
}

inline EventBatch batchOf(const std::vector<Event> &events)
{
    std::vector<RedactedEvent> batch;
    for (const Event &event : events)
        batch.push_back(redact(Event(event), Secrets()));
    return std::make_shared<const std::vector<RedactedEvent>>(std::move(batch));
}

inline EventBatch requests(int count)
{
    return batchOf(std::vector<Event>(static_cast<std::size_t>(count), proxyEvent(HookEvent::OnRequest)));
}

inline Hook hookTo(const QString &name, const HookTarget &target, HookEvent event = HookEvent::OnRequest)
{
    return {name, event, target, true, {}};
}

inline Hook onceTo(const QString &url, const QString &name = QStringLiteral("a"))
{
    Hook hook = hookTo(name, WebhookTarget{url});
    hook.delivery.mode = DeliveryMode::AtLeastOnce;
    return hook;
}

// Requests for /FIRST, /FIRST+1 and so on.
inline EventBatch numbered(int count, int first = 0)
{
    std::vector<Event> events;
    for (int i = first; i < first + count; ++i)
        events.emplace_back(proxyEvent(HookEvent::OnRequest, "http://example.com/" + std::to_string(i)));
    return batchOf(events);
}

// Calls for another thread. Qt's own queue would do, but the thread sanitizer cannot see its locks.
class Calls final : public QObject {
public:
    void post(std::function<void()> call)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_calls.push_back(std::move(call));
        }
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::User)
            return QObject::event(event);
        std::function<void()> call;
        {
            const std::lock_guard lock(m_mutex);
            call = std::move(m_calls.front());
            m_calls.pop_front();
        }
        call();
        return true;
    }

private:
    std::mutex m_mutex;
    std::deque<std::function<void()>> m_calls;
};

// As usual, but for tries that follow at once.
inline DeliveryTiming quick()
{
    DeliveryTiming timing;
    timing.waitsMs = {1, 1, 1};
    timing.bestEffortWaitsMs = {1, 1};
    return timing;
}

// A dispatcher on its own thread, as the program has it, with what it said.
class Running {
public:
    explicit Running(int auditFd = -1, const DeliveryTiming &timing = quick())
        : m_dispatcher(new HookDispatcher(auditFd, timing))
    {
        connect(&HookDispatcher::tested, [this](const TestResult &result) { tested.append(result); });
        connect(&HookDispatcher::failed,
                [this](const QString &, const QString &line) { failed.append(line); });
        connect(&HookDispatcher::fired, [this](const QList<HookOutcome> &told) { outcomes += told; });
        connect(&HookDispatcher::flushed, [this] { ++flushed; });
        connect(&HookDispatcher::attempted, [this](const QList<DeliveryAttempt> &told) { attempts += told; });
        connect(&HookDispatcher::gone, [this](const QString &name) { gone.append(name); });
        connect(&HookDispatcher::outboxChanged, [this](const OutboxState &state) { outbox = state; });
        connect(&HookDispatcher::deadListed,
                [this](const QList<DeadLetter> &letters) { dead.append(letters); });
        connect(&HookDispatcher::countsChanged, [this](const QString &name, const DeliveryCounts &counts) {
            m_counts.insert(name, counts);
            ++emissions;
        });
        m_dispatcher->moveToThread(&m_thread);
        m_toDispatcher.moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_dispatcher, &QObject::deleteLater);
        m_thread.start();
    }

    ~Running()
    {
        m_thread.quit();
        m_thread.wait();
    }

    void setHooks(const QList<Hook> &hooks)
    {
        const HookRegistry::Snapshot snapshot = std::make_shared<const QList<Hook>>(hooks);
        m_toDispatcher.post([=, this] { m_dispatcher->setHooks(snapshot); });
    }

    void discardHooks(const QList<Hook> &hooks)
    {
        m_toDispatcher.post([=, this] { m_dispatcher->discardHooks(hooks); });
    }

    void setSecrets(const QHash<QString, QByteArray> &secrets)
    {
        m_toDispatcher.post([=, this] { m_dispatcher->setSecrets(secrets); });
    }

    void setOutboxFolder(const QString &folder)
    {
        m_toDispatcher.post([=, this] { m_dispatcher->setOutboxFolder(folder); });
    }

    void listDead(const DeadLetterChoice &choice = {})
    {
        m_toDispatcher.post([=, this] { m_dispatcher->listDead(choice, 1000); });
    }

    void resendDead(const DeadLetterChoice &choice = {})
    {
        m_toDispatcher.post([=, this] { m_dispatcher->resendDead(choice); });
    }

    void discardDead(const DeadLetterChoice &choice = {})
    {
        m_toDispatcher.post([=, this] { m_dispatcher->discardDead(choice); });
    }

    void dispatch(const EventBatch &batch)
    {
        m_toDispatcher.post([=, this] { m_dispatcher->dispatch(batch); });
    }

    void dispatchBudget(const BudgetEvent &event)
    {
        m_toDispatcher.post([=, this] { m_dispatcher->dispatchBudget(event); });
    }

    void test(const Hook &hook)
    {
        m_toDispatcher.post([=, this] { m_dispatcher->test(hook); });
    }

    void flush(int timeoutMs = 10'000)
    {
        m_toDispatcher.post([=, this] { m_dispatcher->flush(timeoutMs); });
    }

    DeliveryCounts counts(const char *name) const { return m_counts.value(QString::fromLatin1(name)); }

private:
    // Takes the signal on the dispatcher's thread and what it brings to this one.
    template <class... Arguments, class Take>
    void connect(void (HookDispatcher::*signal)(Arguments...), Take take)
    {
        QObject::connect(m_dispatcher, signal, m_dispatcher, [this, take](Arguments... arguments) {
            m_fromDispatcher.post([take, arguments...] { take(arguments...); });
        });
    }

    QThread m_thread;
    HookDispatcher *m_dispatcher;
    Calls m_toDispatcher;
    Calls m_fromDispatcher;
    QHash<QString, DeliveryCounts> m_counts;

public:
    QList<TestResult> tested;
    QStringList failed;
    QList<HookOutcome> outcomes;
    QList<DeliveryAttempt> attempts;
    QStringList gone;
    OutboxState outbox;
    QList<QList<DeadLetter>> dead;
    int flushed = 0;
    int emissions = 0;
};

} // namespace hookscope
