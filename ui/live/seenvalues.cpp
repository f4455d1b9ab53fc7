#include "ui/live/seenvalues.h"

#include <algorithm>
#include <vector>

namespace hookscope {

namespace {

constexpr std::size_t longestValue = 200; // bytes; what is longer no one picks from a list

struct Collector {
    FilterFieldId field;
    StringId Record::*text;
    std::vector<bool> met; // by id
    QStringList values;
};

} // namespace

SeenValues::SeenValues(const EventLog &log)
    : m_log(log)
{
}

void SeenValues::refresh()
{
    const Strings &strings = m_log.strings();
    std::vector<Collector> collectors;
    for (const FilterField &field : filterFields()) {
        if (field.text)
            collectors.push_back({field.id, field.text, std::vector<bool>(strings.size()), {}});
    }
    const EventLog::Sequence end = m_log.end();
    const auto first = std::max(m_log.begin(), end > mostRecords ? end - mostRecords : 0);
    for (EventLog::Sequence sequence = end; sequence-- > first;) {
        const Record &record = *m_log.record(sequence);
        for (Collector &collector : collectors) {
            const StringId id = record.*collector.text;
            if (id == 0 || collector.met[id] || collector.values.size() >= mostOfAField)
                continue;
            collector.met[id] = true;
            const std::string_view text = strings.text(id);
            if (!text.empty() && text.size() <= longestValue)
                collector.values.append(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
        }
    }
    m_values.clear();
    for (Collector &collector : collectors)
        m_values.emplace(collector.field, std::move(collector.values));
}

QStringList SeenValues::of(FilterFieldId field) const
{
    const auto found = m_values.find(field);
    return found == m_values.end() ? QStringList() : found->second;
}

} // namespace hookscope
