#include "core/events/grouping.h"

#include <algorithm>
#include <limits>

namespace hookscope {

namespace {

StringId Record::*placeOf(GroupBy by)
{
    switch (by) {
    case GroupBy::None:
        return nullptr;
    case GroupBy::Sandbox:
        return &Record::sandbox;
    case GroupBy::Session:
        return &Record::session;
    case GroupBy::Process:
        return &Record::process;
    case GroupBy::Host:
        return &Record::host;
    case GroupBy::Provider:
        return &Record::provider;
    case GroupBy::Model:
        return &Record::model;
    }
    return nullptr;
}

// What has left the range cannot be brought back.
void addTo(std::int64_t &sum, Maybe number)
{
    using Limits = std::numeric_limits<std::int64_t>;
    if (!number.has() || sum == Limits::max() || sum == Limits::min())
        return;
    if (__builtin_add_overflow(sum, *number, &sum))
        sum = *number > 0 ? Limits::max() : Limits::min();
}

// Answered with 4xx, 503 or 529 and no statement: nobody bills that.
bool isRefusal(const Record &record)
{
    return ((record.status >= 400 && record.status < 500) || record.status == 503 || record.status == 529)
        && record.usage == UsageState::Missing;
}

} // namespace

std::string_view fieldOf(GroupBy by)
{
    switch (by) {
    case GroupBy::None:
        return {};
    case GroupBy::Sandbox:
        return "sandbox";
    case GroupBy::Session:
        return "session";
    case GroupBy::Process:
        return "process";
    case GroupBy::Host:
        return "host";
    case GroupBy::Provider:
        return "provider";
    case GroupBy::Model:
        return "model";
    }
    return {};
}

void GroupSums::add(const Record &record)
{
    ++requests;
    if (record.isError())
        ++errors;
    if (record.calls == 0)
        return;
    calls += record.calls;
    addTo(tokens, record.input);
    addTo(tokens, record.output);
    addTo(cost, record.cost);
    if (isRefusal(record))
        return;
    if (!record.input.has() || !record.output.has() || record.isTokensLowerBound
        || record.usage != UsageState::Reported)
        ++withoutTokens;
    if (!record.cost.has() || record.isCostLowerBound)
        ++withoutCost;
}

Grouping::Grouping(GroupBy by, const Strings &strings)
    : m_text(placeOf(by))
    , m_strings(&strings)
    , m_generation(strings.generation())
{
}

void Grouping::add(const Record &record)
{
    if (m_text)
        m_groups[groupFor(record.*m_text)].sums.add(record);
}

std::size_t Grouping::groupFor(StringId text)
{
    if (m_generation != m_strings->generation()) {
        m_generation = m_strings->generation();
        std::fill(m_ids.begin(), m_ids.end(), 0); // an id may mean another text now
    }
    if (text >= m_ids.size())
        m_ids.resize(m_strings->size(), 0);
    std::uint32_t &known = m_ids[text];
    if (known == 0) {
        const std::string name(m_strings->text(text));
        const auto [entry, isNew] = m_names.emplace(name, static_cast<std::uint32_t>(m_groups.size()));
        if (isNew)
            m_groups.push_back({name, !name.empty(), {}});
        known = entry->second + 1;
    }
    return known - 1;
}

} // namespace hookscope
