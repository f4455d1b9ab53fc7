#pragma once

#include "core/hooks/hook.h"

#include <QString>

namespace hookscope {

// Hooks in words, as plain one-line text. Pure.

QString eventText(HookEvent event); // "On request"
QString targetText(const HookTarget &target); // "Webhook https://…", "File /…", "Audit log"

// `name` if it is free, else "name copy", "name copy 2", ...
QString freeName(const QString &name, const QStringList &taken);

} // namespace hookscope
