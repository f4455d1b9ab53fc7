#include "core/dispatch/discardedhooks.h"

#include "core/dispatch/webhooksender.h"

namespace hookscope {

DiscardedHooks::DiscardedHooks(Outbox &outbox, const WebhookSender &webhooks, QObject *parent)
    : QObject(parent)
    , m_outbox(outbox)
    , m_webhooks(webhooks)
{
    connect(&webhooks, &WebhookSender::changed, this, &DiscardedHooks::close);
    connect(&outbox, &Outbox::stateChanged, this, &DiscardedHooks::closeAll);
}

void DiscardedHooks::add(const QList<Hook> &hooks)
{
    for (const Hook &hook : hooks) {
        if (!std::holds_alternative<WebhookTarget>(hook.target))
            continue;
        m_discarded.insert(hook.name, {hook, {}});
        close(hook.name);
    }
}

void DiscardedHooks::setHooks(const QList<Hook> &hooks)
{
    for (const Hook &hook : hooks) {
        const auto found = m_discarded.constFind(hook.name);
        if (found == m_discarded.cend())
            continue;
        const Discarded discarded = *found;
        if (hook == discarded.hook && discarded.closed)
            m_outbox.reopen(hook.name, *discarded.closed);
        else if (hook != discarded.hook && !discarded.closed)
            close(hook.name); // or the other one would get it
        m_discarded.remove(hook.name);
    }
}

// Not while an event is under way: its end is told to the outbox.
void DiscardedHooks::close(const QString &hookName)
{
    const auto found = m_discarded.find(hookName);
    if (found == m_discarded.end() || found->closed || m_webhooks.statusOf(hookName))
        return;
    const auto closed = m_outbox.close(hookName);
    if (!closed)
        return;
    m_discarded[hookName].closed = closed;
    if (closed->events > 0)
        emit this->closed(hookName, closed->events);
}

void DiscardedHooks::closeAll()
{
    const QStringList names = m_discarded.keys();
    for (const QString &name : names)
        close(name);
}

} // namespace hookscope
