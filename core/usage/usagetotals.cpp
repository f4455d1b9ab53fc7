#include "core/usage/usagetotals.h"

#include <QThread>
#include <algorithm>
#include <limits>

namespace hookscope {

namespace {

// Nonsense from a provider must not turn a sum into a negative one.
void addTo(qint64 &sum, std::optional<std::int64_t> number)
{
    if (!number)
        return;
    qint64 result = 0;
    if (__builtin_add_overflow(sum, static_cast<qint64>(*number), &result))
        result = *number > 0 ? std::numeric_limits<qint64>::max() : std::numeric_limits<qint64>::min();
    sum = result;
}

} // namespace

UsageTotals::UsageTotals(QObject *parent)
    : QObject(parent)
{
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
    Entry &entry = m_entries[{call.sandbox, call.provider, call.model.value_or("unknown")}];
    const quint64 unreported = call.usage == UsageState::Reported ? 0 : 1;

    ++entry.requests;
    entry.streaming += call.streaming ? 1 : 0;
    addTo(entry.inputTokens, call.tokens.input);
    addTo(entry.outputTokens, call.tokens.output);
    addTo(entry.totalTokens, call.tokens.total());
    entry.withoutUsage += unreported;
    entry.lastRequestUs = std::max<qint64>(entry.lastRequestUs, call.timestampUs);

    ++m_overall.llmCalls;
    m_overall.withoutUsage += unreported;
    addTo(m_overall.inputTokens, call.tokens.input);
    addTo(m_overall.outputTokens, call.tokens.output);
    addTo(m_overall.cacheReadTokens, call.tokens.cacheRead);
}

void UsageTotals::clear()
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_entries.clear();
    m_overall = {};
    m_overall.inFlight = m_inFlight.size();
    emit changed();
}

} // namespace hookscope
