#pragma once

#include "core/dispatch/webhookattempt.h"

#include <QDateTime>
#include <optional>
#include <vector>

namespace hookscope {

// When deliveries are tried again. The defaults are the schedule of Standard Webhooks 1.0.0 up to its ninth
// try (with the tenth, a day later, it would be more than the three days that Hookscope keeps at it).
struct DeliveryTiming {
    int attemptMs = 15'000; // for one try
    std::vector<qint64> waitsMs = {5'000,      300'000,    1'800'000,  7'200'000,
                                   18'000'000, 36'000'000, 50'400'000, 72'000'000}; // at least once
    std::vector<qint64> bestEffortWaitsMs = {500, 3'000};
    double jitter = 0.1; // of each wait, at most, sooner or later
    qint64 longestMs = 3LL * 24 * 60 * 60 * 1000; // after the event was made
    qint64 lateSpreadMs = 60'000; // over which tries that became due while the program did not run are spread
    qint64 longestRetryAfterMs = 24LL * 60 * 60 * 1000; // that a receiver may ask for
    qint64 longestBestEffortRetryAfterMs = 60'000;

    // A host's circuit opens after that many failures in a row over that time, and lets a probe through then
    // and again after twice the time each, up to the longest.
    int circuitFailures = 20;
    qint64 circuitAfterMs = 10'000;
    qint64 firstProbeMs = 30'000;
    qint64 longestProbeMs = 600'000;
};

enum class Verdict {
    Delivered,
    Again, // it may pass: no answer, 5xx, 408, 425, 429
    GiveUp, // it will not: other 4xx, a redirect
    Gone, // 410: the receiver wants no more
};

Verdict verdictOf(const WebhookOutcome &outcome);

// Whether the outcome says that its host is in trouble, rather than what was sent to it.
bool isHostInTrouble(const WebhookOutcome &outcome);

// A Retry-After field's value (RFC 9110 section 10.2.3: seconds, or a date), as milliseconds from `now`; none
// if it is neither. Not bounded above but by the type.
std::optional<qint64> retryAfterMs(const QByteArray &value, const QDateTime &now);

// `waitMs`, by a share of at most `jitter` longer or shorter; `random` is from 0 to 1.
qint64 jittered(qint64 waitMs, double jitter, double random);

} // namespace hookscope
