#pragma once

#include "core/events/delivery.h"

#include <QByteArray>
#include <QString>

namespace hookscope {

// One event on its way to one hook. A value; in the outbox it is a row. Times are of the wall clock, in
// milliseconds since the Unix epoch, because they outlive the program.
struct QueuedEvent {
    qint64 sequence = 0; // its place in the outbox, growing; 0: not in it
    QString hookName;
    QByteArray id; // webhook-id: one for each event and hook, the same over all tries and restarts
    DeliveryMark mark;
    qint64 madeMs = 0;
    QByteArray json;
    int attempts = 0; // that failed
    qint64 nextMs = 0; // not to be tried before
    QByteArray batchId; // webhook-id of the array that it was last sent in; empty: it was not

    friend bool operator==(const QueuedEvent &, const QueuedEvent &) = default;
};

} // namespace hookscope
