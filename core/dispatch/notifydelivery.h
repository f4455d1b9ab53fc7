#pragma once

#include "core/dispatch/deliverytally.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace hookscope {

// Events on their way to the desktop's notifications: of each hook at most one in intervalMs, which then
// tells of how many there were. Without a desktop they fail. Delivery thread; `tally` outlives it.
class NotifyDelivery final : public QObject {
    Q_OBJECT
public:
    static constexpr int intervalMs = 1000;
    static constexpr qsizetype mostCharacters = 300;

    explicit NotifyDelivery(DeliveryTally &tally, QObject *parent = nullptr);

    void setDesktop(bool isThere) { m_isThere = isThere; }
    bool hasDesktop() const { return m_isThere; }

    void add(const QString &hookName, const QByteArray &json, const DeliveryMark &mark);

    // What is said of that event in one line of plain text.
    static QString lineOf(const QByteArray &json);

signals:
    void requested(const QString &hookName, const QString &text);

private:
    struct Held {
        QString text; // of the last one
        int count = 0;
        qint64 lastMs = 0; // when one was shown; 0: never
    };

    void showDue();
    void show(const QString &hookName, Held &held);

    DeliveryTally &m_tally;
    QHash<QString, Held> m_held;
    QTimer m_timer;
    bool m_isThere = false;
};

} // namespace hookscope
