#include "core/outbox/outbox.h"

#include <QDateTime>
#include <algorithm>

namespace hookscope {

namespace {

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

quint64 sizeOf(const QueuedEvent &event)
{
    return static_cast<quint64>(event.json.size());
}

quint64 sizeOf(const std::vector<QueuedEvent> &events)
{
    quint64 bytes = 0;
    for (const QueuedEvent &event : events)
        bytes += sizeOf(event);
    return bytes;
}

} // namespace

Outbox::Outbox(const OutboxLimits &limits, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
    , m_fault(tr("it has not been opened"))
    , m_retry(this)
{
    connect(&m_retry, &QTimer::timeout, this, &Outbox::takeUpAgain);
}

Outbox::~Outbox()
{
    if (m_file.isOpen() && (!m_pending.empty() || !m_held.empty()))
        takeUpAgain();
}

void Outbox::open(const QString &folder)
{
    m_path = folder + QStringLiteral("/outbox.db");
    if (!tryToOpen())
        startRetry();
    tell();
}

bool Outbox::tryToOpen()
{
    const auto opened = m_file.open(m_path, m_limits.fileBytes);
    if (!opened) {
        m_fault = opened.error().text;
        return false;
    }
    m_fault.clear();
    if (!opened->isEmpty())
        m_notice = *opened;
    m_lastSequence = std::max(m_lastSequence, m_file.lastSequence());
    readTallies();
    return m_fault.isEmpty();
}

void Outbox::readTallies()
{
    std::vector<OutboxFile::Tally> tallies;
    if (!m_file.isOpen())
        return;
    if (!m_file.tallies(tallies)) {
        fail();
        return;
    }
    m_tallies.clear();
    m_rows = 0;
    m_bytes = 0;
    for (const OutboxFile::Tally &tally : tallies) {
        m_tallies.insert(tally.hookName, tally);
        m_rows += tally.waiting + tally.dead;
        m_bytes += tally.bytes;
    }
    for (const auto &[sequence, event] : m_held)
        ++m_tallies[event.hookName].waiting;
}

bool Outbox::hasRoom(std::size_t rows, quint64 bytes) const
{
    return m_rows + rows <= m_limits.rows && m_bytes + bytes <= m_limits.bytes;
}

std::size_t Outbox::append(std::vector<QueuedEvent> &events)
{
    for (QueuedEvent &event : events) {
        // From the clock, so that what two runs of the program wrote can stand in one file.
        m_lastSequence = std::max(m_lastSequence + 1, nowMs() * 1000);
        event.sequence = m_lastSequence;
    }
    const bool isWritten =
        m_fault.isEmpty() && m_held.empty() && hasRoom(events.size(), sizeOf(events)) && write(events);
    const std::size_t taken = isWritten ? events.size() : hold(events);
    for (std::size_t i = 0; i < taken; ++i)
        ++m_tallies[events[i].hookName].waiting;
    tell();
    return taken;
}

// All of them, synced, or none.
bool Outbox::write(const std::vector<QueuedEvent> &events)
{
    bool isDone = m_file.begin(OutboxFile::Sync::Disk);
    const bool isBegun = isDone;
    for (auto event = events.cbegin(); isDone && event != events.cend(); ++event)
        isDone = m_file.insert(*event);
    isDone = isDone && m_file.commit();
    if (!isDone) {
        if (isBegun)
            m_file.rollback();
        fail();
        return false;
    }
    m_rows += events.size();
    m_bytes += sizeOf(events);
    return true;
}

std::size_t Outbox::hold(const std::vector<QueuedEvent> &events)
{
    std::size_t taken = 0;
    for (const QueuedEvent &event : events) {
        if (m_held.size() >= m_limits.heldRows || m_heldBytes + sizeOf(event) > m_limits.heldBytes)
            break;
        m_held.emplace(event.sequence, event);
        m_heldBytes += sizeOf(event);
        ++taken;
    }
    startRetry();
    return taken;
}

quint64 Outbox::heldOf(const QString &hookName) const
{
    return static_cast<quint64>(std::count_if(m_held.begin(), m_held.end(), [&hookName](const auto &held) {
        return held.second.hookName == hookName;
    }));
}

std::vector<QueuedEvent> Outbox::waiting(const QString &hookName, qint64 after, int limit)
{
    std::vector<QueuedEvent> events;
    if (m_file.isOpen() && !m_file.waiting(hookName, after, limit, events))
        fail();
    std::erase_if(events, [this](const QueuedEvent &event) {
        const auto pending = m_pending.find(event.sequence);
        return pending != m_pending.end() && pending->second.change != Change::Update;
    });
    for (auto held = m_held.upper_bound(after); held != m_held.end() && std::ssize(events) < limit; ++held) {
        if (held->second.hookName == hookName)
            events.push_back(held->second);
    }
    return events;
}

void Outbox::noteDelivered(const std::vector<QueuedEvent> &events)
{
    note(Change::Remove, events);
}

void Outbox::noteTried(const std::vector<QueuedEvent> &events)
{
    note(Change::Update, events);
}

void Outbox::bury(const std::vector<QueuedEvent> &events, const QString &reason)
{
    note(Change::Bury, events, reason);
}

void Outbox::note(Change change, const std::vector<QueuedEvent> &events, const QString &reason)
{
    std::vector<Pending> changes;
    for (const QueuedEvent &event : events) {
        OutboxFile::Tally &tally = m_tallies[event.hookName];
        if (change != Change::Update && tally.waiting > 0)
            --tally.waiting;
        tally.dead += change == Change::Bury ? 1 : 0;
        const Pending pending{change, event, reason};
        if (m_held.contains(event.sequence))
            applyToHeld(pending);
        else
            changes.push_back(pending);
    }
    if (m_fault.isEmpty())
        m_file.setSync(OutboxFile::Sync::System);
    const bool isTransaction = changes.size() > 1;
    bool isDone =
        m_fault.isEmpty() && m_pending.empty() && (!isTransaction || m_file.begin(OutboxFile::Sync::System));
    const bool isBegun = isDone && isTransaction;
    for (auto next = changes.cbegin(); isDone && next != changes.cend(); ++next)
        isDone = apply(*next);
    isDone = isDone && (!isTransaction || m_file.commit());
    if (!isDone && isBegun)
        m_file.rollback();
    for (const Pending &pending : changes) {
        if (!isDone)
            m_pending[pending.event.sequence] = pending;
        else if (pending.change == Change::Remove)
            m_bytes -= std::min(m_bytes, sizeOf(pending.event)), m_rows -= std::min<quint64>(m_rows, 1);
    }
    if (!isDone && m_fault.isEmpty())
        fail();
    tell();
}

bool Outbox::apply(const Pending &pending)
{
    switch (pending.change) {
    case Change::Update:
        return m_file.update(pending.event);
    case Change::Remove:
        return m_file.remove(pending.event.sequence);
    case Change::Bury:
        return m_file.bury(pending.event, pending.reason, nowMs());
    }
    return false;
}

void Outbox::applyToHeld(const Pending &pending)
{
    const auto held = m_held.find(pending.event.sequence);
    if (pending.change == Change::Update) {
        held->second = pending.event;
        return;
    }
    m_heldBytes -= sizeOf(held->second);
    m_held.erase(held);
    // There is no dead letter without a file.
    if (pending.change == Change::Bury) {
        const bool isKept = m_fault.isEmpty() && hasRoom(1, sizeOf(pending.event)) && write({pending.event})
            && apply(pending);
        if (!isKept)
            --m_tallies[pending.event.hookName].dead;
    }
}

void Outbox::takeUpAgain()
{
    m_retry.stop();
    if (m_file.isOpen() || tryToOpen()) {
        if (!m_fault.isEmpty())
            m_file.emptyLog();
        m_fault.clear();
        if (!writePending() || !writeHeld())
            startRetry();
    } else {
        startRetry();
    }
    tell();
}

bool Outbox::writePending()
{
    if (m_pending.empty())
        return true;
    bool isDone = m_file.begin(OutboxFile::Sync::System);
    const bool isBegun = isDone;
    for (auto next = m_pending.cbegin(); isDone && next != m_pending.cend(); ++next)
        isDone = apply(next->second);
    isDone = isDone && m_file.commit();
    if (!isDone) {
        if (isBegun)
            m_file.rollback();
        fail();
        return false;
    }
    m_pending.clear();
    readTallies();
    return m_fault.isEmpty();
}

bool Outbox::writeHeld()
{
    std::vector<QueuedEvent> events;
    quint64 bytes = 0;
    for (const auto &[sequence, event] : m_held) {
        bytes += sizeOf(event);
        if (!hasRoom(events.size() + 1, bytes))
            break;
        events.push_back(event);
    }
    if (!events.empty() && !write(events))
        return false;
    for (const QueuedEvent &event : events) {
        m_heldBytes -= sizeOf(event);
        m_held.erase(event.sequence);
    }
    return m_held.empty();
}

// The file takes nothing now. One that turned out to be damaged goes aside, and a new one is made at once;
// what waited in it and is not in memory elsewhere is lost to the outbox, not to the user: the file is kept.
void Outbox::fail()
{
    m_fault = m_file.errorText();
    if (m_file.isDamaged()) {
        m_file.close();
        m_pending.clear();
        if (tryToOpen())
            return;
    }
    startRetry();
}

void Outbox::startRetry()
{
    if (!m_retry.isActive() && !m_path.isEmpty())
        m_retry.start(m_file.isOpen() ? m_limits.retryMs : m_limits.reopenMs);
}

void Outbox::tell()
{
    OutboxState state;
    for (const OutboxFile::Tally &tally : std::as_const(m_tallies)) {
        state.waiting += tally.waiting;
        state.dead += tally.dead;
    }
    state.isDurable = m_fault.isEmpty() && m_held.empty();
    if (!m_fault.isEmpty()) {
        state.text = tr("At-least-once hooks deliver from memory, and what waits is lost if Hookscope stops: "
                        "the outbox %1 "
                        "cannot be written (%2).")
                         .arg(m_path, m_fault);
    } else if (!m_held.empty()) {
        state.text = tr("At-least-once hooks deliver from memory, and what waits is lost if Hookscope stops: "
                        "the outbox is "
                        "full (%1 events).")
                         .arg(m_rows);
    } else {
        state.text = m_notice;
    }
    const bool isNew = state.isDurable != m_state.isDurable || state.text != m_state.text;
    m_state = state;
    if (isNew)
        emit stateChanged(m_state);
}

} // namespace hookscope
