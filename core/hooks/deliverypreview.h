#pragma once

#include "core/hooks/hook.h"

#include <QByteArray>
#include <QList>
#include <QStringList>
#include <functional>
#include <optional>
#include <string>

namespace hookscope {

// An event that was captured, with what a delivery of it needs besides.
struct CapturedEvent {
    Event event; // a ProxyEvent or an LlmEvent
    std::string url; // of its exchange
    int callIndex = 0; // of an LlmEvent: which one of its exchange it is

    friend bool operator==(const CapturedEvent &, const CapturedEvent &) = default;
};

// What a hook would deliver for one event, as it would leave the program. No secret is in it: each stands as
// `***`, and what is made at each try stands in ‹angle quotes›.
struct DeliveryPreview {
    struct Part {
        QString title; // what this is
        QStringList head; // a request's line and fields, or a program's words
        QByteArray body; // byte for byte

        friend bool operator==(const Part &, const Part &) = default;
    };

    QList<Part> parts;
    QString note; // a sentence on what is not to be seen in it; may be empty
    QString problem; // why there is none, a sentence; empty: there is

    friend bool operator==(const DeliveryPreview &, const DeliveryPreview &) = default;
};

// Makes one; without an event, of the sample that a test sends. Pure, main thread.
using PreviewMaker =
    std::function<DeliveryPreview(const Hook &hook, const std::optional<CapturedEvent> &event)>;

} // namespace hookscope
