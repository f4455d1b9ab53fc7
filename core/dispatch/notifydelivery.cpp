#include "core/dispatch/notifydelivery.h"

#include "core/dispatch/printable.h"
#include "core/hooks/eventvalues.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace hookscope {

NotifyDelivery::NotifyDelivery(DeliveryTally &tally, QObject *parent)
    : QObject(parent)
    , m_tally(tally)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(intervalMs);
    connect(&m_timer, &QTimer::timeout, this, &NotifyDelivery::showDue);
}

QString NotifyDelivery::lineOf(const QByteArray &json)
{
    const EventValues values(json);
    const std::string_view value = values.json("summary");
    const QByteArray list = '[' + QByteArray(value.data(), static_cast<qsizetype>(value.size())) + ']';
    const QString text = QJsonDocument::fromJson(list).array().first().toString();
    return printable(text.toUtf8()).left(mostCharacters);
}

void NotifyDelivery::add(const QString &hookName, const QByteArray &json, const DeliveryMark &mark)
{
    using Result = HookOutcome::Result;
    if (!m_isThere) {
        const QString text = tr("There is no desktop here to show it: Hookscope runs without its window");
        m_tally.countFailed(hookName, text);
        m_tally.note(HookOutcome{mark, hookName, Result::Failed, text, {}});
        return;
    }
    Held &held = m_held[hookName];
    held.text = lineOf(json);
    ++held.count;
    m_tally.countDelivered(hookName);
    m_tally.note(HookOutcome{mark, hookName, Result::Delivered, tr("Handed to the desktop"), {}});
    if (QDateTime::currentMSecsSinceEpoch() - held.lastMs >= intervalMs)
        show(hookName, held);
    else if (!m_timer.isActive())
        m_timer.start();
}

void NotifyDelivery::show(const QString &hookName, Held &held)
{
    const QString text =
        held.count > 1 ? tr("%1 … and %2 more").arg(held.text).arg(held.count - 1) : held.text;
    held.count = 0;
    held.lastMs = QDateTime::currentMSecsSinceEpoch();
    emit requested(hookName, text);
}

void NotifyDelivery::showDue()
{
    for (auto it = m_held.begin(); it != m_held.end(); ++it) {
        if (it->count > 0)
            show(it.key(), *it);
    }
}

} // namespace hookscope
