#pragma once

#include <QDBusConnection>
#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <optional>

namespace hookscope {

// Notifications by the desktop's service (org.freedesktop.Notifications, version 1.2 of its
// specification). Main thread. Never waits for the service; what it does not take is handed back.
class DesktopNotifier final : public QObject {
    Q_OBJECT
public:
    explicit DesktopNotifier(std::optional<QDBusConnection> bus, QObject *parent = nullptr);

    // Plain text. A later one of the same key takes the earlier one's place on the screen.
    void show(const QString &key, const QString &title, const QString &text);

signals:
    void activated(); // the person clicked on one of ours
    void undelivered(const QString &title, const QString &text); // no service, or it refused

private slots:
    void takeAction(uint id, const QString &action);
    void forget(uint id, uint reason);

private:
    struct Note {
        QString key, title, text;
    };

    void askForCapabilities();
    void send(const Note &note);
    void giveBack();

    static constexpr qsizetype mostWaiting = 20;

    std::optional<QDBusConnection> m_bus;
    std::optional<bool> m_takesMarkup; // not set: not asked yet
    bool m_isAsking = false;
    QList<Note> m_waiting; // for what the service can
    QHash<QString, uint> m_ids; // by key
};

} // namespace hookscope
