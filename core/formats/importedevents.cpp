#include "core/formats/importedevents.h"

#include <algorithm>

namespace hookscope {

ImportedEvents::ImportedEvents(std::vector<ExchangeId> known)
    : m_known(std::move(known))
{
    std::sort(m_known.begin(), m_known.end());
    m_isCounted.resize(m_known.size());
}

bool ImportedEvents::isKnown(ExchangeId id)
{
    const auto found = std::lower_bound(m_known.begin(), m_known.end(), id);
    if (found == m_known.end() || *found != id)
        return false;
    const auto place = static_cast<std::size_t>(found - m_known.begin());
    if (!m_isCounted[place])
        ++m_counts.known;
    m_isCounted[place] = true;
    return true;
}

void ImportedEvents::add(Event event, const Secrets &secrets)
{
    if (std::holds_alternative<Started>(event))
        ++m_counts.exchanges;
    m_parts.add(redact(std::move(event), secrets));
}

void ImportedEvents::add(LineRowBatch rows)
{
    m_counts.exchanges += rows->records().size();
    m_parts.add(std::move(rows));
}

void ImportedEvents::addFault(const QString &where, const QString &reason)
{
    if (m_counts.bad++ == 0)
        m_counts.firstFault = where + QStringLiteral(": ") + reason;
}

} // namespace hookscope
