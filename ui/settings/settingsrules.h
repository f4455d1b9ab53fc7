#pragma once

#include "core/settings/settings.h"

#include <QString>
#include <optional>

namespace hookscope {

// What is wrong with settings that a person entered: the first problem as a sentence that says what to
// write instead, or nothing. Pure.
std::optional<QString> problemWith(const Settings &settings);

// Whether that host is this machine only: other addresses need --allow-remote at the start.
bool isLoopbackHost(const QString &host);

} // namespace hookscope
