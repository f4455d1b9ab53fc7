#include "core/dispatch/hookdispatcher.h"

#include "core/dispatch/auditsink.h"
#include "core/dispatch/collectordelivery.h"
#include "core/dispatch/deliverytally.h"
#include "core/dispatch/discardedhooks.h"
#include "core/dispatch/eventrouter.h"
#include "core/dispatch/filedelivery.h"
#include "core/dispatch/firinggate.h"
#include "core/dispatch/notifydelivery.h"
#include "core/dispatch/printable.h"
#include "core/dispatch/programdelivery.h"
#include "core/dispatch/sampleevent.h"
#include "core/dispatch/webhooksender.h"
#include "core/events/eventjson.h"
#include "core/outbox/outbox.h"

#include <QNetworkAccessManager>
#include <QThread>
#include <QTimer>
#include <vector>

namespace hookscope {

namespace {

constexpr qsizetype longestAnswer = 200; // that is shown
constexpr int tidyMs = 60 * 60 * 1000;

std::int64_t millisecondsNow()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QByteArray bytesOf(const std::string &text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

QString outcomeText(const DeliveryAttempt &attempt)
{
    QString text = attempt.isDelivered
        ? HookDispatcher::tr("Answered %1 in %2 ms").arg(attempt.status).arg(attempt.elapsedMs)
        : HookDispatcher::tr("%1 (after %2 ms)").arg(attempt.text).arg(attempt.elapsedMs);
    if (!attempt.answer.isEmpty())
        text += QLatin1String(": ") + printable(attempt.answer.left(longestAnswer));
    return text;
}

} // namespace

class HookDispatcher::Private {
public:
    Private(HookDispatcher *dispatcher, int auditFd, const DeliveryTiming &deliveryTiming)
        : q(dispatcher)
        , timing(deliveryTiming)
        , audit(auditFd, dispatcher)
        , tally(dispatcher)
        , files(tally)
        , outbox({}, dispatcher)
        , webhooks(timing, queueLimit, outbox, dispatcher)
        , discarded(outbox, webhooks, dispatcher)
        , collectors(tally, {}, dispatcher)
        , programs(tally, dispatcher)
        , notifications(tally, dispatcher)
        , gate(dispatcher)
        , router({audit, files, outbox, webhooks, tally, collectors, programs, notifications, gate})
        , tidyTimer(dispatcher)
    {
    }

    void testWebhook(const Hook &hook, const QByteArray &json);
    void noteEnd(WebhookLane::End end, const std::vector<QueuedEvent> &events,
                 const DeliveryAttempt &attempt);
    void complete(const QString &hookName, DeliveryCounts &counts);

    bool isIdle() const
    {
        return webhooks.isIdle() && collectors.isIdle() && programs.isIdle() && audit.isDrained();
    }
    void finishFlush(QTimer *flush);
    void finishFlushesIfIdle();
    void reportUndelivered();
    void connectParts();
    void openOutboxIfWanted();
    void tidyOutbox();
    QString writeLine(const QString &hookName, const QString &text);

    HookDispatcher *q;
    DeliveryTiming timing;
    AuditSink audit;
    DeliveryTally tally;
    FileDelivery files;
    Outbox outbox;
    WebhookSender webhooks;
    DiscardedHooks discarded;
    CollectorDelivery collectors;
    ProgramDelivery programs;
    NotifyDelivery notifications;
    FiringGate gate;
    EventRouter router;
    QTimer tidyTimer;
    QNetworkAccessManager *testNetwork = nullptr; // its own connections: tests pass the queues
    QList<QTimer *> flushes;

    QStringList webhookNames; // also of those that are off
    QString outboxFolder;
    bool isOutboxWanted = false;
};

void HookDispatcher::Private::testWebhook(const Hook &hook, const QByteArray &json)
{
    if (!testNetwork)
        testNetwork = WebhookAttempt::makeNetwork(q);
    const QUrl url(std::get<WebhookTarget>(hook.target).url, QUrl::StrictMode);
    QueuedEvent event;
    event.json = json;
    const WebhookMessage message = messageOf(url, hook.sending, {event}, hook.delivery.batch.has_value(),
                                             newWebhookId(), QDateTime::currentSecsSinceEpoch(),
                                             [this](const QString &name) { return webhooks.secret(name); });
    auto *attempt = new WebhookAttempt(testNetwork, message, timing.attemptMs, q);
    QObject::connect(attempt, &WebhookAttempt::finished, q,
                     [this, attempt, hook](const WebhookOutcome &outcome) {
                         attempt->deleteLater();
                         DeliveryAttempt told;
                         told.isDelivered = outcome.isDelivered;
                         told.status = outcome.status;
                         told.elapsedMs = outcome.elapsedMs;
                         told.text = outcome.text;
                         told.answer = outcome.answer;
                         emit q->tested({hook.name, outcome.isDelivered, outcomeText(told)});
                     });
}

void HookDispatcher::Private::noteEnd(WebhookLane::End end, const std::vector<QueuedEvent> &events,
                                      const DeliveryAttempt &attempt)
{
    using Result = HookOutcome::Result;
    Result result = Result::Delivered;
    switch (end) {
    case WebhookLane::End::Delivered:
        tally.countDelivered(attempt.hookName, events.size());
        break;
    case WebhookLane::End::Waiting:
        result = Result::Waiting;
        // Of best effort only the end is logged; a receiver that is gone has a line of its own.
        tally.countRetried(attempt.hookName, attempt.text,
                           events.front().sequence > 0 && attempt.nextTry.isValid()
                               ? DeliveryTally::Logging::Logged
                               : DeliveryTally::Logging::Quiet);
        break;
    case WebhookLane::End::GivenUp:
        result = Result::Failed;
        tally.countFailed(attempt.hookName, attempt.text, events.size());
        break;
    }
    const QString text = outcomeText(attempt);
    for (const QueuedEvent &event : events)
        tally.note(HookOutcome{event.mark, event.hookName, result, text, {}});
}

void HookDispatcher::Private::complete(const QString &hookName, DeliveryCounts &counts)
{
    if (!webhookNames.contains(hookName)) {
        collectors.complete(hookName, counts);
        programs.complete(hookName, counts);
        return;
    }
    counts.waiting = outbox.waitingOf(hookName);
    counts.dead = outbox.deadOf(hookName);
    counts.nextTry = {};
    counts.oldestWaiting = {};
    if (const auto status = webhooks.statusOf(hookName)) {
        counts.waiting += status->inMemory;
        counts.state = status->state;
        counts.failingSince = status->failingSince;
        counts.nextTry = status->nextTry;
        counts.oldestWaiting = status->oldestWaiting;
    } else if (counts.state != DeliveryState::Gone) {
        counts.state = DeliveryState::Ok;
        counts.failingSince = {};
    }
}

// Not before: a second Hookscope without such hooks has no business with the first one's file.
void HookDispatcher::Private::openOutboxIfWanted()
{
    if (!isOutboxWanted || outboxFolder.isEmpty() || tidyTimer.isActive())
        return;
    outbox.open(outboxFolder);
    webhooks.wakeAll();
    for (const QString &name : std::as_const(webhookNames))
        tally.touch(name);
    tidyOutbox();
    tidyTimer.start();
}

void HookDispatcher::Private::tidyOutbox()
{
    outbox.tidy(millisecondsNow() - timing.longestMs, webhookNames);
}

void HookDispatcher::Private::finishFlush(QTimer *flush)
{
    flushes.removeOne(flush);
    flush->stop();
    flush->deleteLater();
    if (flushes.isEmpty()) {
        webhooks.setFlushing(false);
        collectors.setFlushing(false);
    }
    tally.flush();
    audit.write();
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
    tally.flush();
    outbox.takeUpAgain();
    QHash<QString, quint64> lost = webhooks.undelivered();
    lost.insert(collectors.undelivered()); // hooks of other names
    lost.insert(programs.undelivered());
    for (const QString &name : std::as_const(webhookNames)) {
        const quint64 held = outbox.heldOf(name);
        if (held > 0)
            lost[name] += held;
        if (const quint64 kept = outbox.waitingOf(name) - held; kept > 0)
            writeLine(name, HookDispatcher::tr("%1 events wait in the outbox for the next start").arg(kept));
    }
    for (auto it = lost.cbegin(); it != lost.cend(); ++it)
        writeLine(it.key(), HookDispatcher::tr("stopped before %1 events were delivered").arg(it.value()));
    audit.write();
}

QString HookDispatcher::Private::writeLine(const QString &hookName, const QString &text)
{
    const QString line = QStringLiteral("[proxy:hook] %1: %2").arg(printable(hookName), text);
    audit.append(line.toStdString());
    audit.write();
    return line;
}

void HookDispatcher::Private::connectParts()
{
    tally.setCompletion([this](const QString &name, DeliveryCounts &counts) { complete(name, counts); });
    QObject::connect(&tally, &DeliveryTally::countsChanged, q, &HookDispatcher::countsChanged);
    QObject::connect(&tally, &DeliveryTally::fired, q, &HookDispatcher::fired);
    QObject::connect(&tally, &DeliveryTally::attempted, q, &HookDispatcher::attempted);
    QObject::connect(&tally, &DeliveryTally::lineMade, q,
                     [this](const QString &hookName, const QString &line) {
                         audit.append(line.toStdString());
                         audit.write();
                         emit q->failed(hookName, line);
                     });
    QObject::connect(&webhooks, &WebhookSender::tried, &tally,
                     [this](const DeliveryAttempt &attempt) { tally.note(attempt); });
    QObject::connect(&webhooks, &WebhookSender::ended, q,
                     [this](WebhookLane::End end, const std::vector<QueuedEvent> &events,
                            const DeliveryAttempt &attempt) { noteEnd(end, events, attempt); });
    QObject::connect(&webhooks, &WebhookSender::changed, &tally, &DeliveryTally::touch);
    QObject::connect(&webhooks, &WebhookSender::gone, q, [this](const QString &hookName) {
        tally.noteGone(hookName);
        emit q->failed(
            hookName, // by itself: it is told once
            writeLine(hookName,
                      HookDispatcher::tr("the receiver answered 410 Gone; the hook is switched off")));
        emit q->gone(hookName);
    });
    QObject::connect(&webhooks, &WebhookSender::drained, q, [this] { finishFlushesIfIdle(); });
    collectors.setSecrets([this](const QString &name) { return webhooks.secret(name); });
    QObject::connect(&collectors, &CollectorDelivery::drained, q, [this] { finishFlushesIfIdle(); });
    QObject::connect(&collectors, &CollectorDelivery::tested, q, &HookDispatcher::tested);
    QObject::connect(&programs, &ProgramDelivery::drained, q, [this] { finishFlushesIfIdle(); });
    QObject::connect(&programs, &ProgramDelivery::tested, q, &HookDispatcher::tested);
    QObject::connect(&notifications, &NotifyDelivery::requested, q, &HookDispatcher::notificationRequested);
    QObject::connect(&gate, &FiringGate::digestMade, q,
                     [this](const Digest &digest) { router.take(digest); });
    QObject::connect(&outbox, &Outbox::stateChanged, q, &HookDispatcher::outboxChanged);
    QObject::connect(&discarded, &DiscardedHooks::closed, q, [this](const QString &name, quint64 events) {
        emit q->failed(
            name,
            writeLine(name,
                      HookDispatcher::tr("the hook was removed; %1 events that waited for it are given up")
                          .arg(events)));
    });
    QObject::connect(&audit, &AuditSink::drained, q, [this] { finishFlushesIfIdle(); });
    tidyTimer.setInterval(tidyMs);
    QObject::connect(&tidyTimer, &QTimer::timeout, q, [this] { tidyOutbox(); });
}

HookDispatcher::HookDispatcher(int auditFd, const DeliveryTiming &timing, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, auditFd, timing))
{
    qRegisterMetaType<hookscope::HookRegistry::Snapshot>();
    qRegisterMetaType<hookscope::EventBatch>();
    qRegisterMetaType<hookscope::BudgetEvent>();
    qRegisterMetaType<hookscope::Hook>();
    qRegisterMetaType<hookscope::DeliveryCounts>();
    qRegisterMetaType<hookscope::TestResult>();
    qRegisterMetaType<hookscope::OutboxState>();
    qRegisterMetaType<hookscope::DeadLetterChoice>();
    qRegisterMetaType<QList<hookscope::HookOutcome>>();
    qRegisterMetaType<QList<hookscope::DeliveryAttempt>>();
    qRegisterMetaType<QList<hookscope::DeadLetter>>();

    d->connectParts();
}

HookDispatcher::~HookDispatcher()
{
    d->reportUndelivered();
    qDeleteAll(findChildren<WebhookAttempt *>(Qt::FindDirectChildrenOnly)); // before their network
}

void HookDispatcher::setDesktop(bool isThere)
{
    d->notifications.setDesktop(isThere);
}

void HookDispatcher::setSecrets(const QHash<QString, QByteArray> &secrets)
{
    d->webhooks.setSecrets(secrets); // where the collectors look as well
}

void HookDispatcher::setOutboxFolder(const QString &folder)
{
    Q_ASSERT(thread() == QThread::currentThread());
    d->outboxFolder = folder;
    d->openOutboxIfWanted();
}

void HookDispatcher::setHooks(const HookRegistry::Snapshot &hooks)
{
    Q_ASSERT(thread() == QThread::currentThread());
    d->webhookNames.clear();
    d->discarded.setHooks(hooks ? *hooks : QList<Hook>());
    QSet<QString> names;
    QSet<QString> paths;
    QHash<QString, FileRotation> rotations;
    QList<Hook> enabled;
    QList<Hook> webhooks;
    QList<Hook> collectors;
    QList<Hook> programs;
    for (const Hook &hook : hooks ? *hooks : QList<Hook>()) {
        names.insert(hook.name);
        const bool isWebhook = std::holds_alternative<WebhookTarget>(hook.target);
        if (isWebhook)
            d->webhookNames.append(hook.name);
        d->isOutboxWanted = d->isOutboxWanted || hook.delivery.mode == DeliveryMode::AtLeastOnce;
        if (!hook.enabled)
            continue;
        enabled.append(hook);
        if (isWebhook && validate(hook))
            webhooks.append(hook);
        if (std::holds_alternative<OtlpTarget>(hook.target) && validate(hook))
            collectors.append(hook);
        if (std::holds_alternative<ExecTarget>(hook.target) && validate(hook))
            programs.append(hook);
        const auto *file = std::get_if<FileTarget>(&hook.target);
        if (file)
            paths.insert(file->path);
        if (file && file->rotation && !rotations.contains(file->path))
            rotations.insert(file->path, *file->rotation); // of two hooks with one file, the first says
    }
    d->tally.setHooks(names);
    d->files.setFiles(paths, rotations);
    d->router.setHooks(enabled);
    d->collectors.setHooks(collectors);
    d->programs.setHooks(programs);
    d->gate.setHooks(enabled);
    d->openOutboxIfWanted();
    const QHash<QString, quint64> dropped = d->webhooks.setHooks(webhooks);
    for (auto it = dropped.cbegin(); it != dropped.cend(); ++it)
        d->tally.countDropped(it.key(), it.value());
    for (const QString &name : std::as_const(d->webhookNames)) {
        if (d->outbox.waitingOf(name) + d->outbox.deadOf(name) > 0)
            d->tally.touch(name);
    }
    d->finishFlushesIfIdle();
}

void HookDispatcher::discardHooks(const QList<Hook> &hooks)
{
    Q_ASSERT(thread() == QThread::currentThread());
    d->discarded.add(hooks);
}

void HookDispatcher::dispatch(const EventBatch &batch)
{
    Q_ASSERT(thread() == QThread::currentThread());
    if (!batch)
        return;
    for (const RedactedEvent &redacted : *batch)
        d->router.take(redacted.event());
    d->router.finishBatch();
}

void HookDispatcher::dispatchBudget(const BudgetEvent &event)
{
    Q_ASSERT(thread() == QThread::currentThread());
    d->router.take(event);
    d->router.finishBatch();
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
        emit tested(d->files.test(hook.name, file->path, json));
    } else if (std::holds_alternative<OtlpTarget>(hook.target)) {
        d->collectors.test(hook);
    } else if (std::holds_alternative<ExecTarget>(hook.target)) {
        d->programs.test(hook, json);
    } else if (std::holds_alternative<NotifyTarget>(hook.target)) {
        const bool isThere = d->notifications.hasDesktop();
        if (isThere)
            emit notificationRequested(hook.name, NotifyDelivery::lineOf(json));
        emit tested({hook.name, isThere,
                     isThere ? tr("Handed to the desktop") : tr("There is no desktop here to show it")});
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
    d->webhooks.setFlushing(true);
    d->collectors.setFlushing(true);
    d->gate.flush();
    d->audit.write();
    d->finishFlushesIfIdle();
}

void HookDispatcher::resend(const QString &hookName, const QByteArray &webhookId, const DeliveryMark &mark,
                            const QByteArray &json)
{
    Q_ASSERT(thread() == QThread::currentThread());
    d->router.resend(hookName, webhookId, mark, json);
}

void HookDispatcher::listDead(const DeadLetterChoice &choice, int limit)
{
    Q_ASSERT(thread() == QThread::currentThread());
    emit deadListed(d->outbox.deadLetters(choice, limit));
}

void HookDispatcher::resendDead(const DeadLetterChoice &choice)
{
    Q_ASSERT(thread() == QThread::currentThread());
    const QStringList names = d->outbox.revive(choice);
    d->webhooks.wake(names, true);
    for (const QString &name : names)
        d->tally.touch(name);
}

void HookDispatcher::discardDead(const DeadLetterChoice &choice)
{
    Q_ASSERT(thread() == QThread::currentThread());
    const QStringList names = d->outbox.discard(choice);
    for (const QString &name : names)
        d->tally.touch(name);
}

} // namespace hookscope
