#pragma once

#include "core/events/event.h"
#include "core/events/filter.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <optional>

namespace hookscope {

// How the last tries of one hook went.
enum class DeliveryState {
    Ok, // the last one succeeded, or there was none
    Retrying, // it failed and is tried again
    Failing, // for more than a minute, or the last event was given up
    CircuitOpen, // its host fails throughout: it is asked now and then only
    Gone, // the receiver answered 410: it wants no more
};

// What became of the deliveries of one hook since it was registered, and what is still to come. Counts are of
// events.
struct DeliveryCounts {
    quint64 delivered = 0;
    quint64 failed = 0; // given up: refused, unreachable, or not writable
    quint64 dropped = 0; // never delivered, because there was no room for it
    QString lastError; // a sentence; empty if nothing has failed
    QDateTime lastTime; // of the last delivery or failure; invalid before the first
    quint64 retried = 0; // tries that failed and were not the last
    quint64 waiting = 0; // queued or under way, also from before the start
    quint64 dead = 0; // given up and kept in the outbox: they can be sent again
    DeliveryState state = DeliveryState::Ok;
    QDateTime failingSince; // the first failure after the last success; invalid if there was none
    QDateTime nextTry; // if one is waited for
    QDateTime oldestWaiting; // when the oldest that waits was made; invalid if none does

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

// One try to deliver, and what the receiver said: a line of the delivery log.
struct DeliveryAttempt {
    QString hookName;
    QByteArray webhookId; // of what was sent: the same over all its tries, restarts included
    DeliveryMark mark; // of the first event in it
    int events = 1; // more than one: they were sent as an array
    int number = 1; // of the try, from 1
    QDateTime time; // of its end
    int status = 0; // 0: no answer
    QByteArray answer; // the first KB of its body, credentials masked, otherwise as it came
    qint64 elapsedMs = 0;
    bool isDelivered = false;
    QString text; // why not: a sentence
    QDateTime nextTry; // invalid: this was the last

    friend bool operator==(const DeliveryAttempt &, const DeliveryAttempt &) = default;
};

// An event that was given up. Kept in the outbox until it is sent again, removed, or 30 days old.
struct DeadLetter {
    qint64 sequence = 0; // names it
    QString hookName;
    QByteArray webhookId;
    DeliveryMark mark;
    QDateTime made;
    QDateTime given; // when it was given up
    int attempts = 0;
    QString reason; // a sentence
    QByteArray json; // the event

    friend bool operator==(const DeadLetter &, const DeadLetter &) = default;
};

// Which dead letters: those that fulfil all that is set.
struct DeadLetterChoice {
    std::optional<QString> hookName;
    std::optional<QList<qint64>> sequences;
    QDateTime givenSince; // if valid
    QDateTime givenUntil; // if valid
    Filter filter; // looks at the event by itself; for what is neither a request nor a call, none holds

    friend bool operator==(const DeadLetterChoice &, const DeadLetterChoice &) = default;
};

// Whether the outbox can keep what it promises.
struct OutboxState {
    bool isDurable = true; // false: events wait in memory only, and are lost with the program
    QString text; // a sentence: why it cannot, or what happened to its file; empty: nothing to say
    quint64 waiting = 0; // events, of all hooks, also of those that are not there
    quint64 dead = 0;

    friend bool operator==(const OutboxState &, const OutboxState &) = default;
};

// What became of one event at one hook.
struct HookOutcome {
    enum class Result { Delivered, Failed, Dropped, Waiting }; // Waiting: a try failed, another follows

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
Q_DECLARE_METATYPE(hookscope::OutboxState)
Q_DECLARE_METATYPE(hookscope::DeadLetterChoice)
Q_DECLARE_METATYPE(QList<hookscope::DeadLetter>)
Q_DECLARE_METATYPE(QList<hookscope::DeliveryAttempt>)
Q_DECLARE_METATYPE(hookscope::HookOutcome)
Q_DECLARE_METATYPE(QList<hookscope::HookOutcome>)
