#include "ui/desktop/desktopnotifier.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

namespace hookscope {

namespace {

constexpr int timeoutMs = 5'000;

QString service()
{
    return QStringLiteral("org.freedesktop.Notifications");
}

QString path()
{
    return QStringLiteral("/org/freedesktop/Notifications");
}

QDBusMessage callOf(const QString &method)
{
    return QDBusMessage::createMethodCall(service(), path(), service(), method);
}

} // namespace

DesktopNotifier::DesktopNotifier(std::optional<QDBusConnection> bus, QObject *parent)
    : QObject(parent)
    , m_bus(std::move(bus))
{
    if (!m_bus)
        return;
    m_bus->connect(service(), path(), service(), QStringLiteral("ActionInvoked"), this,
                   SLOT(takeAction(uint, QString)));
    m_bus->connect(service(), path(), service(), QStringLiteral("NotificationClosed"), this,
                   SLOT(forget(uint, uint)));
}

void DesktopNotifier::show(const QString &key, const QString &title, const QString &text)
{
    if (!m_bus || m_waiting.size() >= mostWaiting) {
        emit undelivered(title, text);
    } else if (m_takesMarkup) {
        send({key, title, text});
    } else {
        m_waiting.append({key, title, text});
        askForCapabilities();
    }
}

void DesktopNotifier::askForCapabilities()
{
    if (m_isAsking)
        return;
    m_isAsking = true;
    auto *watcher = new QDBusPendingCallWatcher(
        m_bus->asyncCall(callOf(QStringLiteral("GetCapabilities")), timeoutMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        m_isAsking = false;
        const QDBusPendingReply<QStringList> reply = *watcher;
        if (reply.isError())
            return giveBack(); // and the next one asks again: the service may be there by then
        m_takesMarkup = reply.value().contains(QStringLiteral("body-markup"));
        for (const Note &note : std::exchange(m_waiting, {}))
            send(note);
    });
}

void DesktopNotifier::giveBack()
{
    for (const Note &note : std::exchange(m_waiting, {}))
        emit undelivered(note.title, note.text);
}

void DesktopNotifier::send(const Note &note)
{
    const QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("org.hookscope.Hookscope")},
                            {QStringLiteral("urgency"), QVariant::fromValue(uchar(1))}}; // normal
    const QStringList actions{QStringLiteral("default"), tr("Show Hookscope")};
    constexpr int expiry = -1; // as the service likes
    QDBusMessage call = callOf(QStringLiteral("Notify"));
    call.setArguments({QStringLiteral("Hookscope"), m_ids.value(note.key, 0),
                       QStringLiteral("org.hookscope.Hookscope"), note.title,
                       *m_takesMarkup ? note.text.toHtmlEscaped() : note.text, actions, hints, expiry});
    auto *watcher = new QDBusPendingCallWatcher(m_bus->asyncCall(call, timeoutMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, note] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isError()) {
            m_takesMarkup.reset(); // another service may take its place
            emit undelivered(note.title, note.text);
        } else {
            m_ids.insert(note.key, reply.value());
        }
    });
}

void DesktopNotifier::takeAction(uint id, const QString &)
{
    if (m_ids.key(id).isNull())
        return; // another program's
    emit activated();
}

void DesktopNotifier::forget(uint id, uint)
{
    m_ids.remove(m_ids.key(id));
}

} // namespace hookscope
