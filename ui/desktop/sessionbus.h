#pragma once

#include <QDBusConnection>
#include <optional>

namespace hookscope {

// The desktop's bus, if there is one to connect to: none is ever started for us, which could take long.
// Connecting is a local handshake with the bus's daemon; what is called on it later is called without
// waiting.
std::optional<QDBusConnection> sessionBus();

} // namespace hookscope
