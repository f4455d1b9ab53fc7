#include "ui/desktop/sessionbus.h"

#include <QFileInfo>

namespace hookscope {

std::optional<QDBusConnection> sessionBus()
{
    const bool isNamed = !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS");
    const QString usual = qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus");
    if (!isNamed && !QFileInfo::exists(usual))
        return std::nullopt;
    QDBusConnection bus = QDBusConnection::sessionBus();
    return bus.isConnected() ? std::optional(bus) : std::nullopt;
}

} // namespace hookscope
