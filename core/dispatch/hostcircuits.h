#pragma once

#include "core/dispatch/retry.h"

#include <QHash>
#include <QString>
#include <QUrl>

namespace hookscope {

// A circuit breaker for each host (scheme, name and port). Closed: all may go. Open, after many failures in a
// row: nothing may, until the time of a probe; then one delivery may, and its outcome decides. Times are
// milliseconds of a steady clock that the caller reads. No I/O; one thread.
class HostCircuits {
public:
    explicit HostCircuits(const DeliveryTiming &timing);

    static QString hostOf(const QUrl &url);

    // How long nothing may go to that host; 0: one may go now. While a probe is out, probeOutMs.
    qint64 waitMs(const QString &host, qint64 nowMs) const;
    static constexpr qint64 probeOutMs = 1'000'000'000;

    bool isOpen(const QString &host) const;

    // One goes now.
    void noteStart(const QString &host);

    // It did not go after all, or nobody waits for what comes back.
    void noteUnsent(const QString &host);

    // It came back. True if others may go now that could not before.
    bool noteEnd(const QString &host, bool isInTrouble, qint64 nowMs);

private:
    struct Circuit {
        int failures = 0; // in a row
        qint64 firstFailureMs = 0;
        bool isOpen = false;
        bool isProbing = false;
        qint64 probeMs = 0; // when the next probe may go
        qint64 nextWaitMs = 0; // after a probe that fails
    };

    DeliveryTiming m_timing;
    QHash<QString, Circuit> m_circuits; // of hosts in trouble
};

} // namespace hookscope
