#include "core/dispatch/failurelog.h"

#include "core/dispatch/printable.h"

namespace hookscope {

namespace {

constexpr int quietMs = 1000;

QString lineOf(const QString &hookName, const QString &text)
{
    return QStringLiteral("[proxy:hook] %1: %2").arg(printable(hookName), printable(text));
}

} // namespace

FailureLog::FailureLog(QObject *parent)
    : QObject(parent)
    , m_timer(this) // a child moves to the other thread together with this
{
    m_timer.setInterval(quietMs / 4);
    connect(&m_timer, &QTimer::timeout, this, [this] { tell(false); });
}

void FailureLog::report(const QString &hookName, const QString &text, quint64 events)
{
    State &state = m_states[hookName];
    if (state.more == 0 && state.quietUntil.hasExpired()) {
        state.quietUntil = QDeadlineTimer(quietMs);
        emit lineMade(hookName,
                      lineOf(hookName, events == 1 ? text : tr("%1 (%2 events)").arg(text).arg(events)));
        return;
    }
    state.more += events;
    state.last = text;
    if (!m_timer.isActive())
        m_timer.start();
}

void FailureLog::flush()
{
    tell(true);
}

void FailureLog::forget(const QString &hookName)
{
    m_states.remove(hookName);
}

void FailureLog::tell(bool isForced)
{
    QList<std::pair<QString, QString>> lines;
    bool isHeldBack = false;
    for (auto it = m_states.begin(); it != m_states.end(); ++it) {
        if (it->more == 0)
            continue;
        if (!isForced && !it->quietUntil.hasExpired()) {
            isHeldBack = true;
            continue;
        }
        lines.append(
            {it.key(),
             lineOf(it.key(), tr("%1 more failures, the last one: %2").arg(it->more).arg(it->last))});
        it->more = 0;
        it->quietUntil = QDeadlineTimer(quietMs);
    }
    if (!isHeldBack)
        m_timer.stop();
    for (const auto &[hookName, line] : lines)
        emit lineMade(hookName, line);
}

} // namespace hookscope
