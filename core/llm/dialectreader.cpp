#include "core/llm/dialectreader.h"

#include <cstring>

namespace hookscope::llm {

namespace {

constexpr std::size_t longestName = 256;

const char *find(std::string_view text, std::string_view what)
{
    return static_cast<const char *>(memmem(text.data(), text.size(), what.data(), what.size()));
}

} // namespace

bool holdsMember(std::string_view event, std::string_view quotedName)
{
    while (const char *found = find(event, quotedName)) {
        event.remove_prefix(static_cast<std::size_t>(found - event.data()) + quotedName.size());
        const auto value = event.find_first_not_of(" \t\r\n:");
        // As a value instead of a name it counts as well: {"type":"error"}.
        if (value == std::string_view::npos || event.substr(value, 4) != "null")
            return true;
    }
    return false;
}

bool mayHideNames(std::string_view event)
{
    return find(event, "\\u00") != nullptr;
}

void DialectReader::readHead(const http::FieldList & /*head*/) { }

DialectReader::Interest DialectReader::interestIn(std::string_view event) const
{
    const bool isWorthReading = !m_findings.model || holdsMember(event, "\"usage\"")
        || holdsMember(event, "\"error\"") || mayHideNames(event);
    return isWorthReading ? Interest::Now : Interest::None;
}

void DialectReader::ended()
{
    if (m_findings.statement == Findings::Statement::Running)
        m_findings.statement = Findings::Statement::Final;
}

std::string_view DialectReader::model() const
{
    if (m_findings.model)
        return *m_findings.model;
    return m_hints.requestModel ? std::string_view(*m_hints.requestModel) : std::string_view();
}

void DialectReader::noteModel(std::string_view name)
{
    if (!m_findings.model && !name.empty() && name.size() <= longestName)
        m_findings.model = name;
}

void DialectReader::noteRequestId(std::string_view id)
{
    if (!m_findings.requestId && !id.empty() && id.size() <= longestName)
        m_findings.requestId = id;
}

void DialectReader::noteAnswerId(std::string_view id)
{
    if (!m_findings.answerId && !id.empty() && id.size() <= longestName)
        m_findings.answerId = id;
}

void DialectReader::noteStopReason(std::string_view reason)
{
    if (!reason.empty() && reason.size() <= longestName)
        m_findings.stopReason = reason;
}

void DialectReader::noteServiceTier(std::string_view tier)
{
    if (!tier.empty() && tier.size() <= longestName)
        m_findings.serviceTier = tier;
}

} // namespace hookscope::llm
