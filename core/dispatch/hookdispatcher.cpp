#include "core/dispatch/hookdispatcher.h"

#include "core/dispatch/auditsink.h"
#include "core/dispatch/failurelog.h"
#include "core/dispatch/filesink.h"
#include "core/dispatch/printable.h"
#include "core/dispatch/sampleevent.h"
#include "core/dispatch/webhooksender.h"
#include "core/events/eventjson.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QThread>
#include <QTimer>
#include <array>
#include <map>
#include <unordered_set>
#include <vector>

namespace hookscope {

namespace {

constexpr int countsIntervalMs = 100;
constexpr qsizetype fileBatchLimit = 1024 * 1024; // bytes that are gathered for one write
constexpr std::size_t ownDeliveriesLimit = 10'000;
constexpr qsizetype longestAnswer = 300;
constexpr qsizetype outcomesLimit = 1000; // that are told at once; of more, the last ones
constexpr std::string_view ownUserAgent = "hookscope/";

// A hook as delivering needs it.
struct Due {
    Hook hook;
    QUrl url; // of a webhook
    QString invalid; // why nothing can be delivered, if so
};

// Lines for one file, and whose they are.
struct FileBatch {
    QByteArray lines;
    QHash<QString, quint64> events; // by hook
    QList<HookOutcome> outcomes; // to be, of the last ones
};

void keepLast(QList<HookOutcome> &outcomes, HookOutcome outcome)
{
    if (outcomes.size() >= outcomesLimit)
        outcomes.removeFirst();
    outcomes.append(std::move(outcome));
}

Due dueOf(const Hook &hook)
{
    Due due{hook, {}, {}};
    if (const auto valid = validate(hook); !valid)
        due.invalid = valid.error().text;
    else if (const auto *webhook = std::get_if<WebhookTarget>(&hook.target))
        due.url = QUrl(webhook->url, QUrl::StrictMode);
    return due;
}

std::int64_t microsecondsNow()
{
    return QDateTime::currentMSecsSinceEpoch() * 1000;
}

QByteArray bytesOf(const std::string &text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

class HookDispatcher::Private {
public:
    Private(HookDispatcher *dispatcher, int auditFd)
        : q(dispatcher)
        , audit(auditFd, dispatcher)
        , failures(dispatcher)
        , webhooks(webhookTimeoutMs, queueLimitPerEndpoint, dispatcher)
        , countsTimer(dispatcher)
    {
    }

    const std::vector<Due> &dueFor(HookEvent event) const { return dueHooks[static_cast<std::size_t>(event)]; }

    DeliveryCounts *countsOf(const QString &hookName);
    void countDelivered(const QString &hookName, quint64 events = 1);
    void countFailed(const QString &hookName, const QString &text, quint64 events = 1);
    void countDropped(const QString &hookName, quint64 events = 1);
    void emitCounts();
    void note(HookOutcome outcome);

    void take(const Event &event);
    template <class E> void deliver(HookEvent moment, const E &event);
    template <class E> void deliverToHooks(HookEvent moment, const E &event, bool isAudited);
    void deliverToFile(const Due &due, const QString &path, const QByteArray &json, const DeliveryMark &mark);
    void writeFile(const QString &path, FileBatch &batch);
    void writeFiles();

    void testWebhook(const Hook &hook, const QByteArray &json);
    TestResult testFile(const Hook &hook, const QString &path, const QByteArray &json);

    void noteWebhook(const QString &hookName, const WebhookOutcome &outcome, const DeliveryMark &mark);
    bool isIdle() const { return webhooks.isIdle() && audit.isDrained(); }
    void finishFlush(QTimer *flush);
    void finishFlushesIfIdle();
    void reportUndelivered();

    HookDispatcher *q;
    AuditSink audit;
    FailureLog failures;
    WebhookSender webhooks;
    FileSink files;
    QTimer countsTimer;
    QNetworkAccessManager *testNetwork = nullptr; // its own connections: tests pass the queues
    QList<QTimer *> flushes;

    std::array<std::vector<Due>, 3> dueHooks; // by HookEvent
    QHash<QString, DeliveryCounts> counts; // of all hooks that are in force, also disabled ones
    QSet<QString> changedCounts;
    QList<HookOutcome> outcomes; // not told yet
    std::map<QString, FileBatch> fileBatches; // by path
    // Exchanges in which this program's own deliveries came by; they fire no hook.
    std::unordered_set<ExchangeId> ownDeliveries;
};

DeliveryCounts *HookDispatcher::Private::countsOf(const QString &hookName)
{
    const auto it = counts.find(hookName);
    if (it == counts.end())
        return nullptr; // removed meanwhile
    changedCounts.insert(hookName);
    if (!countsTimer.isActive())
        countsTimer.start();
    return &*it;
}

void HookDispatcher::Private::countDelivered(const QString &hookName, quint64 events)
{
    if (auto *count = countsOf(hookName)) {
        count->delivered += events;
        count->lastTime = QDateTime::currentDateTimeUtc();
    }
}

void HookDispatcher::Private::countFailed(const QString &hookName, const QString &text, quint64 events)
{
    if (auto *count = countsOf(hookName)) {
        count->failed += events;
        count->lastError = text;
        count->lastTime = QDateTime::currentDateTimeUtc();
        failures.report(hookName, text, events);
    }
}

void HookDispatcher::Private::countDropped(const QString &hookName, quint64 events)
{
    if (auto *count = countsOf(hookName))
        count->dropped += events;
}

void HookDispatcher::Private::emitCounts()
{
    const QSet<QString> changed = std::exchange(changedCounts, {});
    for (const QString &hookName : changed) {
        if (counts.contains(hookName))
            emit q->countsChanged(hookName, counts.value(hookName));
    }
    if (!outcomes.isEmpty())
        emit q->fired(std::exchange(outcomes, {}));
}

void HookDispatcher::Private::note(HookOutcome outcome)
{
    outcome.time = QDateTime::currentDateTimeUtc();
    keepLast(outcomes, std::move(outcome));
    if (!countsTimer.isActive())
        countsTimer.start();
}

void HookDispatcher::Private::take(const Event &event)
{
    if (const auto *started = std::get_if<Started>(&event)) {
        // A hook that points at the proxy itself would fire on its own delivery, for ever.
        const auto agent = http::fieldValue(started->head, "user-agent");
        if (agent && agent->substr(0, ownUserAgent.size()) == ownUserAgent) {
            if (ownDeliveries.size() >= ownDeliveriesLimit)
                ownDeliveries.clear(); // their ends never came
            ownDeliveries.insert(started->id);
        }
    } else if (const auto *proxied = std::get_if<ProxyEvent>(&event)) {
        deliver(proxied->event, *proxied);
        if (proxied->event == HookEvent::OnResponse)
            ownDeliveries.erase(proxied->id);
    } else if (const auto *call = std::get_if<LlmEvent>(&event)) {
        deliver(HookEvent::OnResponse, *call);
    }
}

template <class E> DeliveryMark markOf(HookEvent moment, const E &event)
{
    if constexpr (std::is_same_v<E, BudgetEvent>)
        return {{}, moment, false};
    else
        return {event.id, moment, std::is_same_v<E, LlmEvent>};
}

template <class E> void HookDispatcher::Private::deliver(HookEvent moment, const E &event)
{
    const bool isAudited = audit.append(auditLine(event));
    if (!ownDeliveries.contains(event.id))
        deliverToHooks(moment, event, isAudited);
}

template <class E>
void HookDispatcher::Private::deliverToHooks(HookEvent moment, const E &event, bool isAudited)
{
    using Result = HookOutcome::Result;
    const DeliveryMark mark = markOf(moment, event);
    QByteArray json; // made once, for the first hook that needs it
    for (const Due &due : dueFor(moment)) {
        if constexpr (!std::is_same_v<E, BudgetEvent>) {
            if (!due.hook.when.isEmpty() && !isDue(due.hook, event, microsecondsNow()))
                continue;
        }
        if (!due.invalid.isEmpty()) {
            countFailed(due.hook.name, due.invalid);
            note({mark, due.hook.name, Result::Failed, due.invalid, {}});
            continue;
        }
        if (std::holds_alternative<AuditTarget>(due.hook.target)) {
            isAudited ? countDelivered(due.hook.name) : countDropped(due.hook.name);
            note({mark, due.hook.name, isAudited ? Result::Delivered : Result::Dropped,
                  isAudited ? HookDispatcher::tr("Wrote a line to the audit log")
                            : HookDispatcher::tr("The audit log takes no more lines: its reader has stopped"),
                  {}});
            continue;
        }
        if (json.isNull())
            json = bytesOf(toJson(event));
        if (const auto *file = std::get_if<FileTarget>(&due.hook.target)) {
            deliverToFile(due, file->path, json, mark);
        } else if (!webhooks.enqueue(due.hook.name, due.url, json, mark)) {
            countDropped(due.hook.name);
            note({mark, due.hook.name, Result::Dropped, HookDispatcher::tr("The queue of its receiver is full"), {}});
            failures.report(due.hook.name,
                            HookDispatcher::tr("the queue of its receiver is full, the event is dropped"));
        }
    }
}

void HookDispatcher::Private::deliverToFile(const Due &due, const QString &path, const QByteArray &json,
                                            const DeliveryMark &mark)
{
    FileBatch &batch = fileBatches[path];
    batch.lines += json;
    batch.lines += '\n';
    ++batch.events[due.hook.name];
    keepLast(batch.outcomes, {mark, due.hook.name, {}, {}, {}});
    if (batch.lines.size() >= fileBatchLimit)
        writeFile(path, batch);
}

void HookDispatcher::Private::writeFile(const QString &path, FileBatch &batch)
{
    const FileBatch taken = std::exchange(batch, {});
    if (taken.lines.isEmpty())
        return;
    const FileSink::Outcome outcome = files.append(path, taken.lines);
    for (auto it = taken.events.cbegin(); it != taken.events.cend(); ++it) {
        if (outcome.error.isEmpty())
            countDelivered(it.key(), it.value());
        else
            countFailed(it.key(), outcome.error, it.value());
    }
    for (HookOutcome each : taken.outcomes) {
        each.result = outcome.error.isEmpty() ? HookOutcome::Result::Delivered : HookOutcome::Result::Failed;
        each.text = outcome.error.isEmpty() ? HookDispatcher::tr("Appended a line to %1").arg(path) : outcome.error;
        note(std::move(each));
    }
    if (outcome.closedTornLine) {
        failures.report(taken.events.cbegin().key(),
                        HookDispatcher::tr("File %1 ended within a line; that line was closed").arg(path));
    }
}

void HookDispatcher::Private::writeFiles()
{
    for (auto &[path, batch] : fileBatches)
        writeFile(path, batch);
    fileBatches.clear();
}

void HookDispatcher::Private::testWebhook(const Hook &hook, const QByteArray &json)
{
    if (!testNetwork)
        testNetwork = WebhookAttempt::makeNetwork(q);
    const QUrl url(std::get<WebhookTarget>(hook.target).url, QUrl::StrictMode);
    auto *attempt = new WebhookAttempt(testNetwork, url, json, webhookTimeoutMs, q);
    QObject::connect(
        attempt, &WebhookAttempt::finished, q, [this, attempt, hook](const WebhookOutcome &outcome) {
            attempt->deleteLater();
            QString text = outcome.isDelivered
                ? HookDispatcher::tr("Answered %1 in %2 ms").arg(outcome.status).arg(outcome.elapsedMs)
                : HookDispatcher::tr("%1 (after %2 ms)").arg(outcome.text).arg(outcome.elapsedMs);
            if (!outcome.answer.isEmpty())
                text += QLatin1String(": ") + printable(outcome.answer);
            emit q->tested({hook.name, outcome.isDelivered, text});
        });
}

TestResult HookDispatcher::Private::testFile(const Hook &hook, const QString &path, const QByteArray &json)
{
    QElapsedTimer elapsed;
    elapsed.start();
    const FileSink::Outcome outcome = files.append(path, json + '\n');
    if (!outcome.error.isEmpty())
        return {hook.name, false, outcome.error};
    return {hook.name, true,
            HookDispatcher::tr("Appended a line of %1 bytes to %2 in %3 ms")
                .arg(json.size() + 1)
                .arg(path)
                .arg(elapsed.elapsed())};
}

void HookDispatcher::Private::noteWebhook(const QString &hookName, const WebhookOutcome &outcome,
                                          const DeliveryMark &mark)
{
    if (outcome.isDelivered)
        countDelivered(hookName);
    else
        countFailed(hookName, outcome.text);
    QString text = outcome.isDelivered
        ? HookDispatcher::tr("Answered %1 in %2 ms").arg(outcome.status).arg(outcome.elapsedMs)
        : HookDispatcher::tr("%1 (after %2 ms)").arg(outcome.text).arg(outcome.elapsedMs);
    if (!outcome.answer.isEmpty())
        text += QLatin1String(": ") + printable(outcome.answer).left(longestAnswer);
    note({mark, hookName, outcome.isDelivered ? HookOutcome::Result::Delivered : HookOutcome::Result::Failed, text, {}});
}

void HookDispatcher::Private::finishFlush(QTimer *flush)
{
    flushes.removeOne(flush);
    flush->stop();
    flush->deleteLater();
    failures.flush();
    audit.write();
    emitCounts();
    emit q->flushed();
}

void HookDispatcher::Private::finishFlushesIfIdle()
{
    // writing may find the audit log drained and come back here: take one at a time
    while (!flushes.isEmpty() && isIdle())
        finishFlush(flushes.first());
}

void HookDispatcher::Private::reportUndelivered()
{
    failures.flush();
    const QHash<QString, quint64> left = webhooks.undelivered();
    for (auto it = left.cbegin(); it != left.cend(); ++it) {
        audit.append(QStringLiteral("[proxy:hook] %1: %2")
                         .arg(printable(it.key()),
                              HookDispatcher::tr("stopped before %1 events were delivered").arg(it.value()))
                         .toStdString());
    }
    audit.write();
}

HookDispatcher::HookDispatcher(int auditFd, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, auditFd))
{
    qRegisterMetaType<hookscope::HookRegistry::Snapshot>();
    qRegisterMetaType<hookscope::EventBatch>();
    qRegisterMetaType<hookscope::BudgetEvent>();
    qRegisterMetaType<hookscope::Hook>();
    qRegisterMetaType<hookscope::DeliveryCounts>();
    qRegisterMetaType<hookscope::TestResult>();
    qRegisterMetaType<QList<hookscope::HookOutcome>>();

    d->countsTimer.setSingleShot(true);
    d->countsTimer.setInterval(countsIntervalMs);
    connect(&d->countsTimer, &QTimer::timeout, this, [this] { d->emitCounts(); });
    connect(&d->failures, &FailureLog::lineMade, this, [this](const QString &hookName, const QString &line) {
        d->audit.append(line.toStdString());
        d->audit.write();
        emit failed(hookName, line);
    });
    connect(&d->webhooks, &WebhookSender::finished, this,
            [this](const QString &hookName, const WebhookOutcome &outcome, const DeliveryMark &mark) {
                d->noteWebhook(hookName, outcome, mark);
            });
    connect(&d->webhooks, &WebhookSender::drained, this, [this] { d->finishFlushesIfIdle(); });
    connect(&d->audit, &AuditSink::drained, this, [this] { d->finishFlushesIfIdle(); });
}

HookDispatcher::~HookDispatcher()
{
    d->reportUndelivered();
    qDeleteAll(findChildren<WebhookAttempt *>(Qt::FindDirectChildrenOnly)); // before their network
}

void HookDispatcher::setHooks(const HookRegistry::Snapshot &hooks)
{
    Q_ASSERT(thread() == QThread::currentThread());
    d->dueHooks = {};
    QSet<QString> names;
    QSet<QString> paths;
    QHash<QString, QUrl> urls;
    for (const Hook &hook : hooks ? *hooks : QList<Hook>()) {
        names.insert(hook.name);
        if (!d->counts.contains(hook.name))
            d->counts.insert(hook.name, {});
        if (!hook.enabled)
            continue;
        const Due due = dueOf(hook);
        if (due.url.isValid())
            urls.insert(hook.name, due.url);
        if (const auto *file = std::get_if<FileTarget>(&hook.target))
            paths.insert(file->path);
        d->dueHooks[static_cast<std::size_t>(hook.event)].push_back(due);
    }
    const QStringList known = d->counts.keys();
    for (const QString &name : known) {
        if (!names.contains(name)) {
            d->counts.remove(name);
            d->failures.forget(name);
        }
    }
    d->files.closeAllBut(paths);
    const QHash<QString, quint64> takenOut = d->webhooks.takeOut(
        [&urls](const QString &hookName, const QUrl &url) { return urls.value(hookName) == url; });
    for (auto it = takenOut.cbegin(); it != takenOut.cend(); ++it)
        d->countDropped(it.key(), it.value());
    d->finishFlushesIfIdle();
}

void HookDispatcher::dispatch(const EventBatch &batch)
{
    Q_ASSERT(thread() == QThread::currentThread());
    if (!batch)
        return;
    for (const RedactedEvent &redacted : *batch)
        d->take(redacted.event());
    d->writeFiles();
    d->audit.write();
}

void HookDispatcher::dispatchBudget(const BudgetEvent &event)
{
    Q_ASSERT(thread() == QThread::currentThread());
    d->deliverToHooks(HookEvent::OnBudget, event, false); // such hooks have no audit target
    d->writeFiles();
    d->audit.write();
}

void HookDispatcher::test(const Hook &hook)
{
    Q_ASSERT(thread() == QThread::currentThread());
    if (const auto valid = validate(hook); !valid) {
        emit tested({hook.name, false, valid.error().text});
        return;
    }
    const QByteArray json = hook.event == HookEvent::OnBudget ? bytesOf(toJson(sampleBudgetEvent()))
                                                              : bytesOf(toJson(sampleEvent(hook.event)));
    if (std::holds_alternative<WebhookTarget>(hook.target)) {
        d->testWebhook(hook, json);
    } else if (const auto *file = std::get_if<FileTarget>(&hook.target)) {
        emit tested(d->testFile(hook, file->path, json));
    } else {
        const bool isWritten = d->audit.append(auditLine(sampleEvent(hook.event)));
        d->audit.write();
        emit tested({hook.name, isWritten,
                     isWritten ? tr("Wrote a line to the audit log")
                               : tr("The audit log takes no more lines: its reader has stopped")});
    }
}

void HookDispatcher::flush(int timeoutMs)
{
    Q_ASSERT(thread() == QThread::currentThread());
    auto *timer = new QTimer(this);
    timer->setSingleShot(true);
    connect(timer, &QTimer::timeout, this, [this, timer] { d->finishFlush(timer); });
    d->flushes.append(timer);
    timer->start(timeoutMs);
    d->audit.write();
    d->finishFlushesIfIdle();
}

} // namespace hookscope
