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

void EventSink::send(Event event, const Secrets &secrets)
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
}

} // namespace hookscope::proxy
