#include "core/dispatch/hostcircuits.h"

#include <algorithm>

namespace hookscope {

HostCircuits::HostCircuits(const DeliveryTiming &timing)
    : m_timing(timing)
{
}

QString HostCircuits::hostOf(const QUrl &url)
{
    const int standardPort = url.scheme() == QLatin1String("https") ? 443 : 80;
    return QStringLiteral("%1://%2:%3").arg(url.scheme(), url.host().toLower()).arg(url.port(standardPort));
}

qint64 HostCircuits::waitMs(const QString &host, qint64 nowMs) const
{
    const auto circuit = m_circuits.constFind(host);
    if (circuit == m_circuits.cend() || !circuit->isOpen)
        return 0;
    return circuit->isProbing ? probeOutMs : std::max<qint64>(circuit->probeMs - nowMs, 0);
}

bool HostCircuits::isOpen(const QString &host) const
{
    const auto circuit = m_circuits.constFind(host);
    return circuit != m_circuits.cend() && circuit->isOpen;
}

void HostCircuits::noteStart(const QString &host)
{
    const auto circuit = m_circuits.find(host);
    if (circuit != m_circuits.end() && circuit->isOpen)
        circuit->isProbing = true;
}

void HostCircuits::noteUnsent(const QString &host)
{
    const auto circuit = m_circuits.find(host);
    if (circuit != m_circuits.end())
        circuit->isProbing = false;
}

bool HostCircuits::noteEnd(const QString &host, bool isInTrouble, qint64 nowMs)
{
    if (!isInTrouble) {
        const bool wasOpen = isOpen(host);
        m_circuits.remove(host);
        return wasOpen;
    }
    Circuit &circuit = m_circuits[host];
    if (circuit.failures++ == 0)
        circuit.firstFailureMs = nowMs;
    if (circuit.isOpen) {
        // What was under way when it opened is no probe.
        if (!std::exchange(circuit.isProbing, false))
            return false;
        circuit.nextWaitMs = std::min(circuit.nextWaitMs * 2, m_timing.longestProbeMs);
        circuit.probeMs = nowMs + circuit.nextWaitMs;
        return true; // they may not go, but know until when
    }
    if (circuit.failures >= m_timing.circuitFailures
        && nowMs - circuit.firstFailureMs >= m_timing.circuitAfterMs) {
        circuit.isOpen = true;
        circuit.nextWaitMs = m_timing.firstProbeMs;
        circuit.probeMs = nowMs + circuit.nextWaitMs;
    }
    return false;
}

} // namespace hookscope
