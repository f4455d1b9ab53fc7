#include "core/proxy/eventsink.h"

namespace hookscope::proxy {

namespace {

void setProcess(Event &event, const std::optional<Process> &process)
{
    std::visit(
        [&](auto &value) {
            if constexpr (requires { value.process; })
                value.process = process;
        },
        event);
}

} // namespace

void EventSink::send(Event &&event, const Secrets &secrets)
{
    if (!m_isProcessSettled) {
        m_held.push_back({std::move(event), secrets});
        return;
    }
    setProcess(event, m_process);
    m_handOver.put(redact(std::move(event), secrets));
}

void EventSink::processFound(std::optional<Process> process)
{
    m_process = std::move(process);
    m_isProcessSettled = true;
    for (Held &held : std::exchange(m_held, {}))
        send(std::move(held.event), held.secrets);
    for (BodyKeeper::Job &job : std::exchange(m_heldBodies, {}))
        m_bodies->keep(std::move(job));
}

void EventSink::keep(ExchangeId id, CollectedBody &body, bool isWhole, const Secrets &secrets)
{
    auto job = m_bodies ? m_bodies->jobOf(id, body, isWhole, secrets) : std::nullopt;
    if (!job)
        return;
    if (m_isProcessSettled)
        m_bodies->keep(*std::move(job));
    else
        m_heldBodies.push_back(*std::move(job));
}

} // namespace hookscope::proxy
