#pragma once

#include "ui/settings/palettes.h"

#include <QDBusConnection>
#include <QObject>
#include <optional>

class QDBusVariant;

namespace hookscope {

// What the desktop says of its colours, by the settings portal (org.freedesktop.portal.Settings,
// org.freedesktop.appearance: color-scheme and contrast), if there is one. Main thread. Asks once at the
// start and never waits for the answer.
class SystemAppearance final : public QObject {
    Q_OBJECT
public:
    explicit SystemAppearance(std::optional<QDBusConnection> bus, QObject *parent = nullptr);

    const AppearanceHint &hint() const { return m_hint; }

signals:
    void changed(const hookscope::AppearanceHint &hint);

private slots:
    void take(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void ask(QDBusConnection &bus, const QString &key);

    AppearanceHint m_hint;
};

} // namespace hookscope
