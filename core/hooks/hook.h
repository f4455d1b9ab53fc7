#pragma once

#include "core/error.h"
#include "core/events/event.h"

#include <QJsonObject>
#include <QMetaType>
#include <QString>
#include <variant>

namespace hookscope {

struct WebhookTarget {
    QString url;
    friend bool operator==(const WebhookTarget &, const WebhookTarget &) = default;
};

struct FileTarget {
    QString path;
    friend bool operator==(const FileTarget &, const FileTarget &) = default;
};

struct AuditTarget {
    friend bool operator==(const AuditTarget &, const AuditTarget &) = default;
};

using HookTarget = std::variant<WebhookTarget, FileTarget, AuditTarget>;

// When something happens, deliver it there. The JSON form is agentkernel's ProxyHook, with own keys
// behind it; keys that are not known here are kept in `extra`.
struct Hook {
    QString name;
    HookEvent event = HookEvent::OnResponse;
    HookTarget target = AuditTarget();
    bool enabled = true;
    QJsonObject extra;

    friend bool operator==(const Hook &, const Hook &) = default;
};

// Why `hook` cannot be registered, as a sentence for people, if so: an empty name, a webhook URL that
// is not http(s) or not a URL or holds a line break, a file path that is empty or relative or holds NUL,
// budgets for the audit log.
Result<void> validate(const Hook &hook);

QJsonObject toJson(const Hook &hook);

// The hook that `value` describes; the error names what is wrong with it. Does not validate().
Result<Hook> hookFromJson(const QJsonValue &value);

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::Hook)
