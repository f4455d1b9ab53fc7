#include "core/llm/dialectreader.h"

#include "core/llm/headid.h"
#include "core/llm/membersearch.h"

namespace hookscope::llm {

void DialectReader::readHead(const http::FieldList & /*head*/) { }

DialectReader::Interest DialectReader::interestIn(std::string_view event) const
{
    static const MemberSearch members{"usage", "error"};
    return !m_findings.model || members.in(event) != 0 ? Interest::Now : Interest::None;
}

void DialectReader::ended()
{
    if (m_findings.statement == Findings::Statement::Running)
        m_findings.statement = Findings::Statement::Final;
}

void DialectReader::tell(CallFacts &facts) const
{
    const auto tellOne = [](auto &fact, const auto &found) {
        if (found)
            fact = found;
    };
    CallDetails &details = facts.details;
    tellOne(facts.model, m_findings.model);
    tellOne(details.answerId, m_findings.answerId);
    tellOne(details.serviceTier, m_findings.serviceTier);
    tellOne(details.stopReason, m_findings.stopReason);
    tellOne(details.webSearches, m_findings.webSearches);
    tellOne(details.webFetches, m_findings.webFetches);
    if (!facts.requestId)
        facts.requestId = m_findings.requestId;
    facts.error = m_findings.error;
    facts.tokens = m_findings.tokens;
    facts.canShrink = m_findings.canShrink;
    facts.billing = m_findings.billing;
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
