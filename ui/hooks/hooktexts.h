#pragma once

#include "core/events/delivery.h"
#include "core/hooks/hook.h"

#include <QString>

namespace hookscope {

// Hooks in words, as plain one-line text. Pure.

QString eventText(HookEvent event); // "On request"
QString targetText(const HookTarget &target); // "Webhook https://…", "File /…", "Audit log"
QString deliveryText(const DeliveryPolicy &policy); // "At least once, up to 100 events together"

// A program and its arguments in one line, as QProcess::splitCommand() reads it back; it cannot say an empty
// word.
QString commandLine(const QStringList &command);

// How its deliveries go: "OK", "Retrying", "Off: the receiver is gone (410)", ...
QString stateText(const Hook &hook, const DeliveryCounts &counts);

// What they would do outside of this program: "send to a.example, b.example; run /x; use the value of KEY".
QString effectsText(const QList<Hook> &hooks);

// `name` if it is free, else "name copy", "name copy 2", ...
QString freeName(const QString &name, const QStringList &taken);

} // namespace hookscope
