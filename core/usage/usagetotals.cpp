#include "core/usage/usagetotals.h"

#include "core/usage/callkey.h"

#include <QDateTime>
#include <QThread>
#include <algorithm>

namespace hookscope {

UsageTotals::UsageTotals(QObject *parent, const QTimeZone &zone)
    : QObject(parent)
    , m_zone(zone.isValid() ? zone : QTimeZone::utc())
{
}

// Since 1973 days begin at quarters of an hour everywhere, and looking one up takes longer than all the rest.
QDate UsageTotals::dayOf(qint64 timestampUs) const
{
    constexpr qint64 quarterUs = 15 * 60 * qint64(1'000'000);
    constexpr qint64 in1973Us = 3 * 366 * 24 * 4 * quarterUs;
    const qint64 quarter = timestampUs / quarterUs;
    if (quarter != m_dayQuarter || timestampUs < in1973Us) {
        m_day = QDateTime::fromMSecsSinceEpoch(timestampUs / 1000, m_zone).date();
        m_dayQuarter = quarter;
    }
    return m_day;
}

void UsageTotals::add(const EventBatch &batch)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (!batch)
        return;
    bool hasChanged = false;
    for (const RedactedEvent &redacted : *batch)
        hasChanged = take(redacted.event()) || hasChanged;
    if (hasChanged)
        emit changed();
}

void UsageTotals::addRows(const LineRowBatch &rows)
{
    Q_ASSERT(QThread::currentThread() == thread());
    LlmEvent call;
    for (const Record &row : rows->records()) {
        ++m_overall.requests;
        if (row.isError())
            ++m_overall.errors;
        if (!row.isCall)
            continue;
        readCallOfLine(row, rows->strings(), call);
        takeCall(call);
    }
    if (!rows->records().empty())
        emit changed();
}

bool UsageTotals::take(const Event &event)
{
    if (const auto *started = std::get_if<Started>(&event)) {
        ++m_overall.requests;
        m_inFlight.insert(started->id);
    } else if (const auto *call = std::get_if<LlmEvent>(&event)) {
        takeCall(*call);
    } else if (const auto *ended = std::get_if<ProxyEvent>(&event);
               ended && ended->event == HookEvent::OnResponse) {
        m_inFlight.erase(ended->id);
        if (ended->error || ended->status.value_or(0) >= 400)
            ++m_overall.errors;
    } else {
        return false;
    }
    m_overall.inFlight = m_inFlight.size();
    return true;
}

void UsageTotals::takeCall(const LlmEvent &call)
{
    const CallShare share = shareOf(call);
    const std::optional<std::string> key = callKey(call);
    SeenCalls::Seen *const seen = key ? m_seen.find(*key) : nullptr;
    if (seen && seen->isOneCall && agree(seen->share, share)) {
        takeAgain(*seen, call, share);
        return;
    }
    if (seen)
        seen->isOneCall = false;

    Key place{call.sandbox, call.provider, call.model.value_or("unknown")};
    const QDate day = dayOf(call.timestampUs);
    Entry &entry = m_entries[place];
    entry.add(share);
    entry.lastRequestUs = std::max<qint64>(entry.lastRequestUs, call.timestampUs);
    m_days[day].add(share);
    m_overall.add(share);
    const quint64 number = m_counted++;
    emit counted({call, place, call.timestampUs, call.session, share, std::nullopt});
    emit callCounted(number, call, share);
    if (key && !seen)
        m_seen.remember(*key, {share, std::move(place), day, call.timestampUs, call.session, number});
}

void UsageTotals::takeAgain(SeenCalls::Seen &seen, const LlmEvent &call, const CallShare &share)
{
    ++m_overall.repeats;
    const CallShare better = merged(seen.share, share);
    if (seen.isCounted && better != seen.share) {
        for (UsageSums *sums : {static_cast<UsageSums *>(&m_entries[seen.place]), &m_days[seen.day],
                                static_cast<UsageSums *>(&m_overall)}) {
            sums->subtract(seen.share);
            sums->add(better);
        }
        emit counted({call, seen.place, seen.timestampUs, seen.session, better, seen.share});
    }
    if (better != seen.share)
        emit callCorrected(seen.number, better);
    seen.share = better;
}

void UsageTotals::clear()
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_entries.clear();
    m_days.clear();
    m_seen.sumsCleared();
    m_overall = {};
    m_overall.inFlight = m_inFlight.size();
    emit cleared();
    emit changed();
}

} // namespace hookscope
