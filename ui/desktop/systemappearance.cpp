#include "ui/desktop/systemappearance.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace hookscope {

namespace {

constexpr int timeoutMs = 10'000; // a portal that is started by being asked takes its time

QString service()
{
    return QStringLiteral("org.freedesktop.portal.Desktop");
}

QString path()
{
    return QStringLiteral("/org/freedesktop/portal/desktop");
}

QString interface()
{
    return QStringLiteral("org.freedesktop.portal.Settings");
}

QString appearance()
{
    return QStringLiteral("org.freedesktop.appearance");
}

QString schemeKey()
{
    return QStringLiteral("color-scheme");
}

QString contrastKey()
{
    return QStringLiteral("contrast");
}

} // namespace

SystemAppearance::SystemAppearance(std::optional<QDBusConnection> bus, QObject *parent)
    : QObject(parent)
{
    if (!bus)
        return;
    bus->connect(service(), path(), interface(), QStringLiteral("SettingChanged"), this,
                 SLOT(take(QString, QString, QDBusVariant)));
    ask(*bus, schemeKey());
    ask(*bus, contrastKey());
}

void SystemAppearance::ask(QDBusConnection &bus, const QString &key)
{
    // Not ReadOne, which portals before version 2 do not have.
    QDBusMessage call =
        QDBusMessage::createMethodCall(service(), path(), interface(), QStringLiteral("Read"));
    call.setArguments({appearance(), key});
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call, timeoutMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, key] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (!reply.isError())
            take(appearance(), key, reply.value());
    });
}

void SystemAppearance::take(const QString &space, const QString &key, const QDBusVariant &value)
{
    QVariant content = value.variant();
    while (content.canConvert<QDBusVariant>()) // Read wraps its answer twice
        content = content.value<QDBusVariant>().variant();
    bool isNumber = false;
    const uint number = content.toUInt(&isNumber);
    if (space != appearance() || !isNumber)
        return;
    AppearanceHint hint = m_hint;
    using Scheme = AppearanceHint::Scheme;
    if (key == schemeKey())
        hint.scheme = number == 1 ? Scheme::Dark : number == 2 ? Scheme::Light : Scheme::Unknown;
    else if (key == contrastKey())
        hint.isContrastHigh = number == 1;
    if (hint == m_hint)
        return;
    m_hint = hint;
    emit changed(m_hint);
}

} // namespace hookscope
