#pragma once

#include "core/error.h"
#include "core/events/event.h"
#include "core/events/exchange.h"
#include "core/events/filter.h"
#include "core/hooks/deliverypolicy.h"
#include "core/hooks/hooktarget.h"
#include "core/hooks/sendingpolicy.h"

#include <QJsonObject>
#include <QMetaType>
#include <QString>
#include <optional>

namespace hookscope {

// At most so many events in that time reach the target. Those beyond are counted, and told of by one event
// that says how many there were (DigestEvent) when the time is over.
struct FiringLimit {
    static constexpr int mostEvents = 1000;
    static constexpr int mostS = 7 * 24 * 3600;

    int events = 1;
    int perS = 300; // seconds

    friend bool operator==(const FiringLimit &, const FiringLimit &) = default;
};

// When something happens and `when` holds for it, deliver it there. The JSON form is agentkernel's ProxyHook,
// with own keys behind it; keys that are not known here are kept in `extra`.
struct Hook {
    QString name;
    HookEvent event = HookEvent::OnResponse;
    HookTarget target = AuditTarget();
    bool enabled = true;
    QJsonObject extra = {};
    Filter when = {}; // empty: always. An event is looked at by itself: what it does not tell is not known
    DeliveryPolicy delivery = {}; // of webhooks; other targets have the default
    SendingPolicy sending = {}; // likewise; collectors have headers alone
    std::optional<FiringLimit> limit = {};

    friend bool operator==(const Hook &, const Hook &) = default;
};

// Why `hook` cannot be registered, as a sentence for people, if so: an empty name, a webhook URL that
// is not http(s) or not a URL or holds a line break, a file path that is empty or relative or holds NUL,
// budgets for the audit log, anything but answers for a collector, a condition on budgets, a way of delivery
// or a header that only webhooks have.
Result<void> validate(const Hook &hook);

// Whether the hook's condition holds for an event of its moment.
bool isDue(const Hook &hook, const ProxyEvent &event, std::int64_t nowUs);
bool isDue(const Hook &hook, const LlmEvent &event, std::int64_t nowUs);

// Whether one of the events that this exchange made would have been delivered, were the hook in force.
bool wouldFire(const Hook &hook, const Exchange &exchange, std::int64_t nowUs);

QJsonObject toJson(const Hook &hook);

// The hook that `value` describes; the error names what is wrong with it. Does not validate().
Result<Hook> hookFromJson(const QJsonValue &value);

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::Hook)
