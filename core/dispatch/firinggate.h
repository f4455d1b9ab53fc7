#pragma once

#include "core/hooks/hook.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace hookscope {

// What a hook did not deliver because of its limit.
struct Digest {
    QString hookName;
    quint64 suppressed = 0;
    qint64 sinceMs = 0; // of the wall clock, since the Unix epoch: the first of them
    qint64 untilMs = 0; // the last

    friend bool operator==(const Digest &, const Digest &) = default;
};

QByteArray toJson(const Digest &digest); // a line with "event": "digest"

// Lets through what the limits of hooks allow, and tells of the rest when their time is over. A digest is one
// of the events of the time that begins with it. Delivery thread.
class FiringGate final : public QObject {
    Q_OBJECT
public:
    explicit FiringGate(QObject *parent = nullptr);

    // What is counted of hooks that are no longer among these, or have another limit, is told of at once.
    void setHooks(const QList<Hook> &hooks);

    bool lets(const Hook &hook);
    void flush(); // tells of all that is held back

signals:
    void digestMade(const hookscope::Digest &digest);

private:
    struct Window {
        FiringLimit limit;
        qint64 beganMs = 0; // of the steady clock; 0: none is open
        int fired = 0;
        Digest held;
    };

    void look();
    void tell(Window &window, qint64 nowMs);
    void arm(qint64 nowMs);

    QHash<QString, Window> m_windows; // of hooks with a limit
    QTimer m_timer;
};

} // namespace hookscope
