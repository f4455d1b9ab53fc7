#pragma once

#include "core/dispatch/webhookattempt.h"
#include "core/events/delivery.h"
#include "core/events/redact.h"
#include "core/hooks/hook.h"

#include <functional>
#include <string>

namespace hookscope {

// The value that the keyring or the environment has under a name; empty if it has none.
using SecretOf = std::function<QByteArray(const QString &name)>;

// One export to an OpenTelemetry collector, and what its answer means.

enum class CollectorSignal { Spans, Metrics };

// The POST to URL/v1/traces or URL/v1/metrics, with the hook's own header fields, their secrets put in. The
// error names the secret for which there is no value. Of a hook with an OtlpTarget.
Result<WebhookMessage> collectorMessage(const Hook &hook, CollectorSignal signal, const std::string &body,
                                        const SecretOf &secret);

// The values that a hook's header fields name.
Secrets secretsOf(const Hook &hook, const SecretOf &secret);

// The outcome without those: a collector may answer with what it was sent. Its text is that of a collector.
WebhookOutcome masked(WebhookOutcome outcome, const QUrl &url, const Secrets &secrets);

// What OTLP/HTTP says may be tried again: no answer, 429, 502, 503, 504.
bool isWorthAnotherTry(const WebhookOutcome &outcome);

// What became of it, for people.
QString outcomeTextOf(const DeliveryAttempt &attempt);

// `text`, and behind it what the collector said of its answer, if it said something.
QString withRemark(const QString &text, quint64 rejected, int of, const QString &message);

} // namespace hookscope
