#include "core/dispatch/firinggate.h"

#include "core/events/eventjson.h"
#include "core/events/jsonstring.h"

#include <QDateTime>
#include <algorithm>
#include <chrono>

namespace hookscope {

namespace {

qint64 steadyMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

QByteArray toJson(const Digest &digest)
{
    std::string json = "{\"timestamp\":";
    appendJsonString(json, rfc3339(QDateTime::currentMSecsSinceEpoch() * 1000));
    json += ",\"event\":\"digest\",\"hook\":";
    appendJsonString(json, digest.hookName.toStdString());
    json += ",\"suppressed\":" + std::to_string(digest.suppressed) + ",\"since\":";
    appendJsonString(json, rfc3339(digest.sinceMs * 1000));
    json += ",\"until\":";
    appendJsonString(json, rfc3339(digest.untilMs * 1000));
    return QByteArray::fromStdString(json + '}');
}

FiringGate::FiringGate(QObject *parent)
    : QObject(parent)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &FiringGate::look);
}

void FiringGate::setHooks(const QList<Hook> &hooks)
{
    QHash<QString, Window> windows;
    for (const Hook &hook : hooks) {
        if (!hook.limit)
            continue;
        const auto found = m_windows.constFind(hook.name);
        const bool isSame = found != m_windows.constEnd() && found->limit == *hook.limit;
        windows.insert(hook.name, isSame ? m_windows.take(hook.name) : Window{*hook.limit, 0, 0, {}});
    }
    QHash<QString, Window> gone = std::exchange(m_windows, windows);
    for (Window &window : gone)
        tell(window, steadyMs());
}

bool FiringGate::lets(const Hook &hook)
{
    if (!hook.limit)
        return true;
    Window &window = m_windows[hook.name];
    window.limit = *hook.limit;
    const qint64 nowMs = steadyMs();
    if (window.beganMs > 0 && nowMs - window.beganMs >= window.limit.perS * 1000LL)
        tell(window, nowMs);
    if (window.beganMs == 0) {
        window.beganMs = nowMs;
        window.fired = 0;
    }
    if (window.fired < window.limit.events) {
        ++window.fired;
        return true;
    }
    const qint64 wallMs = QDateTime::currentMSecsSinceEpoch();
    if (window.held.suppressed == 0) {
        window.held = {hook.name, 0, wallMs, wallMs};
        arm(nowMs);
    }
    ++window.held.suppressed;
    window.held.untilMs = wallMs;
    return false;
}

// Ends a window. What it held back begins the next one.
void FiringGate::tell(Window &window, qint64 nowMs)
{
    window.beganMs = 0;
    window.fired = 0;
    if (window.held.suppressed == 0)
        return;
    window.beganMs = nowMs;
    window.fired = 1;
    emit digestMade(std::exchange(window.held, {}));
}

void FiringGate::flush()
{
    for (Window &window : m_windows)
        tell(window, steadyMs());
}

void FiringGate::look()
{
    const qint64 nowMs = steadyMs();
    for (Window &window : m_windows) {
        if (window.beganMs > 0 && nowMs - window.beganMs >= window.limit.perS * 1000LL)
            tell(window, nowMs);
    }
    arm(nowMs);
}

void FiringGate::arm(qint64 nowMs)
{
    qint64 leftMs = -1;
    for (const Window &window : std::as_const(m_windows)) {
        if (window.held.suppressed == 0 && window.held.hookName.isEmpty())
            continue;
        const qint64 left = std::max<qint64>(0, window.beganMs + window.limit.perS * 1000LL - nowMs);
        leftMs = leftMs < 0 ? left : std::min(leftMs, left);
    }
    if (leftMs >= 0)
        m_timer.start(static_cast<int>(leftMs));
}

} // namespace hookscope
