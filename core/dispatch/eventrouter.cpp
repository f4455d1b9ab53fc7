#include "core/dispatch/eventrouter.h"

#include "core/dispatch/auditsink.h"
#include "core/dispatch/collectordelivery.h"
#include "core/dispatch/filedelivery.h"
#include "core/dispatch/firinggate.h"
#include "core/dispatch/notifydelivery.h"
#include "core/dispatch/programdelivery.h"
#include "core/dispatch/webhooksender.h"
#include "core/events/eventjson.h"
#include "core/outbox/outbox.h"

#include <QCoreApplication>
#include <string_view>

namespace hookscope {

namespace {

constexpr std::size_t ownDeliveriesLimit = 10'000;
constexpr std::string_view ownUserAgent = "hookscope/";

struct RouterText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::HookDispatcher)
};

std::int64_t millisecondsNow()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QByteArray bytesOf(const std::string &text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

template <class E> DeliveryMark markOf(HookEvent moment, const E &event)
{
    if constexpr (std::is_same_v<E, BudgetEvent>)
        return {{}, moment, false};
    else
        return {event.id, moment, std::is_same_v<E, LlmEvent>};
}

} // namespace

QByteArray newWebhookId()
{
    return "msg_" + bytesOf(ExchangeId::next().text()).replace('-', QByteArray());
}

EventRouter::EventRouter(const Destinations &destinations)
    : m_to(destinations)
{
}

void EventRouter::setHooks(const QList<Hook> &enabled)
{
    m_due = {};
    for (const Hook &hook : enabled) {
        const auto valid = validate(hook);
        m_due[static_cast<std::size_t>(hook.event)].push_back({hook, valid ? QString() : valid.error().text});
    }
}

void EventRouter::take(const Event &event)
{
    m_to.collectors.follow(event);
    if (const auto *started = std::get_if<Started>(&event)) {
        // A hook that points at the proxy itself would fire on its own delivery, for ever.
        const auto agent = http::fieldValue(started->head, "user-agent");
        if (agent && agent->substr(0, ownUserAgent.size()) == ownUserAgent) {
            if (m_ownDeliveries.size() >= ownDeliveriesLimit)
                m_ownDeliveries.clear(); // their ends never came
            m_ownDeliveries.insert(started->id);
        }
    } else if (const auto *proxied = std::get_if<ProxyEvent>(&event)) {
        deliver(proxied->event, *proxied);
        if (proxied->event == HookEvent::OnResponse)
            m_ownDeliveries.erase(proxied->id);
    } else if (const auto *call = std::get_if<LlmEvent>(&event)) {
        deliver(HookEvent::OnResponse, *call);
    }
}

template <class E> void EventRouter::deliver(HookEvent moment, const E &event)
{
    const bool isAudited = m_to.audit.append(auditLine(event));
    if (!m_ownDeliveries.contains(event.id))
        deliverToHooks(moment, event, isAudited);
}

template <class E> void EventRouter::deliverToHooks(HookEvent moment, const E &event, bool isAudited)
{
    const DeliveryMark mark = markOf(moment, event);
    QByteArray json; // made once, for the first hook that needs it
    for (const Due &due : m_due[static_cast<std::size_t>(moment)]) {
        if constexpr (!std::is_same_v<E, BudgetEvent>) {
            if (!due.hook.when.isEmpty() && !isDue(due.hook, event, millisecondsNow() * 1000))
                continue;
        }
        if (!due.invalid.isEmpty()) {
            m_to.tally.countFailed(due.hook.name, due.invalid);
            m_to.tally.note(HookOutcome{mark, due.hook.name, HookOutcome::Result::Failed, due.invalid, {}});
            continue;
        }
        if (!m_to.gate.lets(due.hook))
            continue;
        if (std::holds_alternative<AuditTarget>(due.hook.target)) {
            deliverToAudit(due.hook, isAudited, mark);
            continue;
        }
        if constexpr (!std::is_same_v<E, BudgetEvent>) {
            if (std::holds_alternative<OtlpTarget>(due.hook.target)) {
                m_to.collectors.add(due.hook, event, mark);
                continue;
            }
        }
        if (json.isNull())
            json = bytesOf(toJson(event));
        deliverJson(due.hook, json, mark);
    }
}

void EventRouter::deliverJson(const Hook &hook, const QByteArray &json, const DeliveryMark &mark)
{
    if (const auto *file = std::get_if<FileTarget>(&hook.target))
        m_to.files.add(hook.name, file->path, json, mark);
    else if (std::holds_alternative<ExecTarget>(hook.target))
        m_to.programs.add(hook, json, mark);
    else if (std::holds_alternative<NotifyTarget>(hook.target))
        m_to.notifications.add(hook.name, json, mark);
    else if (std::holds_alternative<WebhookTarget>(hook.target))
        deliverToWebhook(hook, newWebhookId(), json, mark);
}

void EventRouter::take(const Digest &digest)
{
    for (const auto &moment : m_due) {
        for (const Due &due : moment) {
            if (due.hook.name == digest.hookName && due.invalid.isEmpty())
                deliverJson(due.hook, toJson(digest), {{}, due.hook.event, false});
        }
    }
    finishBatch();
}

void EventRouter::deliverToAudit(const Hook &hook, bool isAudited, const DeliveryMark &mark)
{
    using Result = HookOutcome::Result;
    isAudited ? m_to.tally.countDelivered(hook.name) : m_to.tally.countDropped(hook.name);
    m_to.tally.note(
        HookOutcome{mark,
                    hook.name,
                    isAudited ? Result::Delivered : Result::Dropped,
                    isAudited ? RouterText::tr("Wrote a line to the audit log")
                              : RouterText::tr("The audit log takes no more lines: its reader has stopped"),
                    {}});
}

void EventRouter::resend(const QString &hookName, const QByteArray &webhookId, const DeliveryMark &mark,
                         const QByteArray &json)
{
    for (const auto &moment : m_due) {
        for (const Due &due : moment) {
            if (due.hook.name == hookName && due.invalid.isEmpty()
                && std::holds_alternative<WebhookTarget>(due.hook.target))
                deliverToWebhook(due.hook, webhookId, json, mark);
        }
    }
    finishBatch();
}

void EventRouter::deliverToWebhook(const Hook &hook, const QByteArray &id, const QByteArray &json,
                                   const DeliveryMark &mark)
{
    QueuedEvent event;
    event.hookName = hook.name;
    event.id = id;
    event.mark = mark;
    event.madeMs = millisecondsNow();
    event.json = json;
    if (hook.delivery.mode == DeliveryMode::AtLeastOnce)
        m_forOutbox.push_back(std::move(event));
    else if (!m_to.webhooks.enqueue(event))
        drop(event, RouterText::tr("The queue of its receiver is full"));
    m_to.tally.touch(hook.name);
}

void EventRouter::drop(const QueuedEvent &event, const QString &text)
{
    m_to.tally.countDropped(event.hookName);
    m_to.tally.note(HookOutcome{event.mark, event.hookName, HookOutcome::Result::Dropped, text, {}});
    m_to.tally.report(event.hookName, RouterText::tr("%1: the event is dropped").arg(text));
}

void EventRouter::finishBatch()
{
    m_to.files.writeAll();
    if (!m_forOutbox.empty()) {
        std::vector<QueuedEvent> events = std::exchange(m_forOutbox, {});
        const std::size_t taken = m_to.outbox.append(events);
        QSet<QString> names;
        for (std::size_t i = 0; i < events.size(); ++i) {
            if (i < taken)
                names.insert(events[i].hookName);
            else
                drop(events[i], RouterText::tr("The outbox and the memory for what it cannot take are full"));
        }
        m_to.webhooks.wake(names.values());
    }
    m_to.audit.write();
}

void EventRouter::take(const BudgetEvent &event)
{
    deliverToHooks(HookEvent::OnBudget, event, false); // such hooks have no audit target
}

} // namespace hookscope
