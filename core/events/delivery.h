#pragma once

#include "core/events/event.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

namespace hookscope {

// What became of the deliveries of one hook since it was registered. Counts are of events.
struct DeliveryCounts {
    quint64 delivered = 0;
    quint64 failed = 0;  // tried and refused, unreachable, or not writable
    quint64 dropped = 0; // never tried, because the queue was full
    QString lastError;   // a sentence; empty if nothing has failed
    QDateTime lastTime;  // of the last delivery or failure; invalid before the first

    friend bool operator==(const DeliveryCounts &, const DeliveryCounts &) = default;
};

// The sample event's way to one hook, and what came back: for the editor's Test button.
struct TestResult {
    QString hookName;
    bool delivered = false;
    QString text; // a sentence, e.g. "Answered 204 in 12 ms" or why it failed

    friend bool operator==(const TestResult &, const TestResult &) = default;
};

// Which event a delivery is of.
struct DeliveryMark {
    ExchangeId exchange;
    HookEvent event = HookEvent::OnRequest;
    bool isLlmEvent = false;

    friend bool operator==(const DeliveryMark &, const DeliveryMark &) = default;
};

// What became of one event at one hook.
struct HookOutcome {
    enum class Result { Delivered, Failed, Dropped };

    DeliveryMark mark;
    QString hookName;
    Result result = Result::Delivered;
    QString text; // a sentence: what came back, or why it failed
    QDateTime time;

    friend bool operator==(const HookOutcome &, const HookOutcome &) = default;
};

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::DeliveryCounts)
Q_DECLARE_METATYPE(hookscope::TestResult)
Q_DECLARE_METATYPE(hookscope::HookOutcome)
Q_DECLARE_METATYPE(QList<hookscope::HookOutcome>)
