#include "core/llm/sniffingcallreader.h"

#include <algorithm>

namespace hookscope::llm {

SniffingCallReader::SniffingCallReader(const Request &request)
    : m_provider(request.provider)
{
    m_readers.push_back(std::make_unique<BodyCallReader>(endpointsOfAnyDialect().front(), request));
}

void SniffingCallReader::requestBody(std::string_view bytes)
{
    m_readers.front()->requestBody(bytes);
}

void SniffingCallReader::requestEnded()
{
    m_readers.front()->requestEnded();
    for (std::size_t i = 1; i < m_readers.size(); ++i) // an answer can come before the request's end
        m_readers[i]->takeRequestOf(*m_readers.front());
}

void SniffingCallReader::answerHead(int status, const http::FieldList &head)
{
    const auto type = http::fieldValue(head, "content-type").value_or(std::string_view());
    m_isPossible = m_readers.front()->facts().details.requestModel
        && (type.find("json") != type.npos || type.find("event-stream") != type.npos);
    if (!m_isPossible)
        return;
    auto endpoints = endpointsOfAnyDialect();
    for (std::size_t i = 1; i < endpoints.size(); ++i) {
        const http::FieldList noFields;
        m_readers.push_back(std::make_unique<BodyCallReader>(
            std::move(endpoints[i]), Request{"POST", std::string_view(), m_provider, noFields}));
        m_readers.back()->takeRequestOf(*m_readers.front());
    }
    for (const auto &reader : m_readers)
        reader->answerHead(status, head);
}

void SniffingCallReader::answerBody(std::string_view bytes, std::int64_t nowUs)
{
    if (!m_isPossible)
        return;
    for (const auto &reader : m_readers)
        reader->answerBody(bytes, nowUs);
    keepTheFirstThatKnows();
}

void SniffingCallReader::answerEnded(bool whole)
{
    if (!m_isPossible)
        return;
    for (const auto &reader : m_readers)
        reader->answerEnded(whole);
    keepTheFirstThatKnows();
}

void SniffingCallReader::keepTheFirstThatKnows()
{
    if (m_isDecided)
        return;
    const auto found = std::find_if(m_readers.begin(), m_readers.end(),
                                    [](const auto &reader) { return reader->isRecognised(); });
    if (found == m_readers.end())
        return;
    m_isDecided = true;
    std::iter_swap(m_readers.begin(), found);
    m_readers.resize(1);
}

bool SniffingCallReader::isCall() const
{
    return m_isPossible && m_readers.front()->facts().details.requestModel && m_readers.front()->isCall();
}

} // namespace hookscope::llm
