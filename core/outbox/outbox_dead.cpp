#include "core/outbox/outbox.h"

#include <QDateTime>
#include <limits>

// What was given up, and what is.

namespace hookscope {

namespace {

constexpr qint64 deadKeptMs = 30LL * 24 * 60 * 60 * 1000;

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace

void Outbox::tidy(qint64 beforeMs, const QStringList &present)
{
    if (!m_fault.isEmpty())
        return;
    QStringList absent;
    for (auto tally = m_tallies.cbegin(); tally != m_tallies.cend(); ++tally) {
        if (tally->waiting > 0 && !present.contains(tally.key()))
            absent.append(tally.key());
    }
    const QString reason = tr("There was no hook of this name for three days");
    if (m_file.buryOld(beforeMs, absent, reason, nowMs()) < 0 || m_file.forgetDead(nowMs() - deadKeptMs) < 0)
        fail();
    else
        m_file.shrink();
    readTallies();
    tell();
}

std::optional<Outbox::Closed> Outbox::close(const QString &hookName)
{
    Closed closed{m_tallies.value(hookName).waiting, nowMs()};
    if (closed.events == 0)
        return closed;
    if (!m_fault.isEmpty() || !m_held.empty() || !m_pending.empty())
        takeUpAgain();
    if (!m_fault.isEmpty() || !m_held.empty())
        return std::nullopt;
    if (m_file.buryOld(std::numeric_limits<qint64>::max(), {hookName}, removedReason(), closed.atMs) < 0) {
        fail();
        return std::nullopt;
    }
    readTallies();
    tell();
    return closed;
}

void Outbox::reopen(const QString &hookName, const Closed &closed)
{
    if (!m_file.isOpen() || closed.events == 0)
        return;
    if (!m_file.unbury(hookName, removedReason(), closed.atMs))
        fail();
    readTallies();
    tell();
}

QString Outbox::removedReason()
{
    return tr("The hook was removed");
}

QList<DeadLetter> Outbox::deadLetters(const DeadLetterChoice &choice, int limit)
{
    QList<DeadLetter> letters;
    if (m_file.isOpen() && !m_file.deadLetters(choice, limit, letters))
        fail();
    return letters;
}

QStringList Outbox::hooksOfDead() const
{
    QStringList names;
    for (auto tally = m_tallies.cbegin(); tally != m_tallies.cend(); ++tally) {
        if (tally->dead > 0)
            names.append(tally.key());
    }
    return names;
}

QStringList Outbox::revive(const DeadLetterChoice &choice)
{
    const QStringList names = hooksOfDead();
    if (!m_file.isOpen() || names.isEmpty())
        return {};
    if (m_file.revive(choice, nowMs()) < 0)
        fail();
    readTallies();
    tell();
    return names;
}

QStringList Outbox::discard(const DeadLetterChoice &choice)
{
    const QStringList names = hooksOfDead();
    if (!m_file.isOpen() || names.isEmpty())
        return {};
    if (m_file.discard(choice) < 0)
        fail();
    m_file.shrink();
    readTallies();
    tell();
    return names;
}

} // namespace hookscope
