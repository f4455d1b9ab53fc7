#include "core/usage/pastcalls.h"

#include <algorithm>

namespace hookscope {

void PastCalls::put(const CallShare &share, Record &record)
{
    record.input = share.tokens.input;
    record.output = share.tokens.output;
    record.usage = share.usage;
    record.cost = share.cost;
    record.isCostBound = share.isCostBound;
    record.isStreaming = share.isStreaming;
    record.isUnderstood = share.isUnderstood;
    record.isRefused = share.isRefused;
}

PastCalls::Call PastCalls::callOf(const Record &record)
{
    Call call;
    call.endUs = record.endUs;
    call.share.tokens.input = record.input;
    call.share.tokens.output = record.output;
    call.share.usage = record.usage;
    call.share.cost = record.cost;
    call.share.isCostBound = record.isCostBound;
    call.share.isStreaming = record.isStreaming;
    call.share.isUnderstood = record.isUnderstood;
    call.share.isRefused = record.isRefused;

    LlmEvent &event = call.event;
    event.timestampUs = record.endUs;
    event.sandbox = record.place->sandbox;
    event.provider = record.place->provider;
    event.host = record.place->host;
    event.method = record.place->method;
    event.path = record.place->path;
    event.model = record.place->model;
    event.session = record.place->session;
    if (record.place->process)
        event.process = Process{*record.place->process, 0};
    if (record.status != 0)
        event.status = record.status;
    event.durationUs = record.durationUs;
    event.tokens = call.share.tokens;
    event.usage = record.usage;
    event.cost = record.cost;
    event.streaming = record.isStreaming;
    return call;
}

std::shared_ptr<const PastCalls::Place> PastCalls::shared(Place place)
{
    const auto found = m_places.find(place);
    if (found != m_places.end())
        return found->second;
    if (m_places.size() >= m_placesToSweepAt) {
        std::erase_if(m_places, [](const auto &entry) { return entry.second.use_count() == 1; });
        m_placesToSweepAt = std::max<std::size_t>(1024, 2 * m_places.size());
    }
    auto made = std::make_shared<const Place>(place);
    m_places.emplace(std::move(place), made);
    return made;
}

void PastCalls::append(quint64 number, const LlmEvent &call, const CallShare &share)
{
    if (m_records.empty())
        m_firstNumber = number;
    Q_ASSERT(number == m_firstNumber + m_records.size());
    if (m_records.size() >= limit) {
        m_droppedUs = std::max(m_droppedUs.value_or(m_records.front().endUs), m_records.front().endUs);
        m_records.pop_front();
        ++m_firstNumber;
    }
    Record &record = m_records.emplace_back();
    record.endUs = call.timestampUs;
    record.durationUs = call.durationUs;
    record.status = static_cast<std::int16_t>(std::clamp(call.status.value_or(0), 0, 999));
    record.place = shared({call.sandbox, call.provider, call.host, call.method, call.path, call.model,
                           call.session, call.process ? std::optional(call.process->name) : std::nullopt});
    put(share, record);
}

std::optional<PastCalls::Call> PastCalls::correct(quint64 number, const CallShare &share)
{
    if (number < m_firstNumber || number >= m_firstNumber + m_records.size())
        return std::nullopt;
    Record &record = m_records[number - m_firstNumber];
    Call before = callOf(record);
    put(share, record);
    return before;
}

void PastCalls::forgetBefore(std::int64_t timeUs)
{
    while (!m_records.empty() && m_records.front().endUs < timeUs) {
        m_records.pop_front();
        ++m_firstNumber;
    }
}

} // namespace hookscope
