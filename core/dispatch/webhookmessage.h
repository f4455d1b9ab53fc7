#pragma once

#include "core/hooks/sendingpolicy.h"
#include "core/outbox/queuedevent.h"

#include <QByteArray>
#include <QList>
#include <QUrl>
#include <utility>
#include <vector>

namespace hookscope {

// What is sent: a valid http or https URL, JSON, and fields besides those that every webhook has. A field
// whose name is no token, or whose value holds a control character, is not sent: the attempt fails.
struct WebhookMessage {
    QUrl url;
    QByteArray json;
    QList<std::pair<QByteArray, QByteArray>> fields = {};
    QList<QByteArray> secrets = {}; // that are in it: masked in what comes back
    bool isPrivateAllowed = false; // SendingPolicy::allowsPrivate
    QString problem = {}; // why it cannot be made now, a sentence; empty: it can
};

// The message for those events, to be sent as an array or each by itself. `id` is the webhook-id, `atSecond`
// the time of the attempt since the Unix epoch. A secret that has no value is its problem.
WebhookMessage messageOf(const QUrl &url, const SendingPolicy &policy, const std::vector<QueuedEvent> &events,
                         bool isArray, const QByteArray &id, qint64 atSecond,
                         const PayloadTemplate::SecretOf &secretOf);

} // namespace hookscope
