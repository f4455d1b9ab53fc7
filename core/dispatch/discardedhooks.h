#pragma once

#include "core/hooks/hook.h"
#include "core/outbox/outbox.h"

#include <QHash>
#include <QObject>

namespace hookscope {

class WebhookSender;

// The hooks that their user removed in this run. Closes what waits for each in the outbox, as soon as nothing
// of it is under way, and opens it again if the very same hook comes back. Another hook of that name gets
// nothing of it: it may lead elsewhere. Delivery thread.
class DiscardedHooks final : public QObject {
    Q_OBJECT
public:
    // Both outlive it.
    DiscardedHooks(Outbox &outbox, const WebhookSender &webhooks, QObject *parent = nullptr);

    // They are no longer among those that the sender has.
    void add(const QList<Hook> &hooks);

    // The hooks in force from now on, before the sender has them.
    void setHooks(const QList<Hook> &hooks);

signals:
    void closed(const QString &hookName, quint64 events); // given up

private:
    struct Discarded {
        Hook hook;
        std::optional<Outbox::Closed> closed;
    };

    void close(const QString &hookName);
    void closeAll();

    Outbox &m_outbox;
    const WebhookSender &m_webhooks;
    QHash<QString, Discarded> m_discarded;
};

} // namespace hookscope
