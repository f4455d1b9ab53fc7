#include "core/llm/answerbody.h"

#include "core/http/fields.h"

#include <QByteArray>
#include <algorithm>
#include <cstring>

namespace hookscope::llm {

namespace {

constexpr std::string_view done = "[DONE]";
constexpr std::string_view spaceAndMark = " \t\r\n\xEF\xBB\xBF";

} // namespace

AnswerBody::AnswerBody(const JsonPaths &paths, std::string_view contentType, Sink &sink)
    : m_picker(paths)
    , m_sink(sink)
    , m_contentType(http::lowered(contentType))
{
    // application/x-ndjson, application/jsonl, Cohere's application/stream+json
    m_isSeries = m_contentType.find("ndjson") != std::string::npos
        || m_contentType.find("jsonl") != std::string::npos
        || m_contentType.find("stream+json") != std::string::npos;
}

void AnswerBody::feed(std::string_view bytes)
{
    if (m_framing == Framing::Unknown) {
        const auto first = bytes.find_first_not_of(spaceAndMark);
        if (first == std::string_view::npos)
            return;
        bytes.remove_prefix(first);
        findFraming(bytes.front());
        if (m_framing == Framing::Array)
            bytes.remove_prefix(1);
    }
    if (m_framing == Framing::Events)
        m_sse.feed(bytes, *this);
    else if (m_framing == Framing::AwsEvents)
        m_aws.feed(bytes, *this);
    else if (m_framing != Framing::Unreadable)
        feedValues(bytes);
}

void AnswerBody::findFraming(char first)
{
    const bool isEventStream = m_contentType.find("event-stream") != std::string::npos;
    // A message of AWS's begins with its length, which is below 16 MiB.
    if (first == '\0' || m_contentType.find("vnd.amazon.eventstream") != std::string::npos)
        m_framing = Framing::AwsEvents;
    else if (first == '{')
        m_framing = Framing::Values;
    else if (first == '[')
        m_framing = Framing::Array;
    else if (isEventStream || std::strchr("deir:", first) != nullptr)
        m_framing = Framing::Events;
    else
        m_framing = Framing::Unreadable;
}

void AnswerBody::finish()
{
    giveLastSnapshot();
    m_isEnding = true;
    if (m_framing == Framing::Events)
        m_sse.finish(*this);
    else if (m_framing != Framing::AwsEvents && m_picker.hasStarted() && !m_picker.isComplete()
             && !m_picker.hasFailed())
        m_sink.documentCut(m_picker);
    m_hasGarbage = m_hasGarbage || m_aws.isCorrupt() || m_aws.hasSkipped();
}

void AnswerBody::feedValues(std::string_view bytes)
{
    while (!bytes.empty() && !m_isOver) {
        if (m_skipsLine) {
            const auto line = bytes.find('\n');
            if (line == std::string_view::npos)
                return;
            bytes.remove_prefix(line + 1);
            m_skipsLine = false;
            continue;
        }
        if (!m_picker.hasStarted()) {
            const auto separators = m_framing == Framing::Array ? std::string_view(" \t\r\n,") : spaceAndMark;
            bytes.remove_prefix(std::min(bytes.find_first_not_of(separators), bytes.size()));
            if (bytes.empty())
                return;
            if (m_framing == Framing::Array && bytes.front() == ']') {
                m_isOver = true;
                return;
            }
            if (passOverLine(bytes))
                continue;
        }
        feedValue(bytes);
    }
}

// Of NDJSON, a line that lies whole in this piece and cannot matter.
bool AnswerBody::passOverLine(std::string_view &bytes)
{
    if (m_framing != Framing::Values || !m_isSeries)
        return false;
    const auto line = bytes.find('\n');
    if (line == std::string_view::npos
        || m_sink.interestIn(bytes.substr(0, line)) != DialectReader::Interest::None)
        return false;
    bytes.remove_prefix(line + 1);
    return true;
}

void AnswerBody::feedValue(std::string_view &bytes)
{
    bytes.remove_prefix(m_picker.feed(bytes));
    if (m_picker.hasFailed()) {
        m_hasGarbage = true;
        m_skipsLine = true;
        m_picker.reset();
    } else if (m_picker.isComplete()) {
        if (++m_documents > 1 && m_framing == Framing::Values)
            m_isSeries = true;
        m_sink.documentRead(m_picker);
        m_picker.reset();
    }
}

void AnswerBody::sseEvent(std::string_view data)
{
    if (data.empty())
        return;
    if (data.starts_with(done)) {
        giveLastSnapshot();
        m_sink.streamDone();
        return;
    }
    giveDocument(data);
}

void AnswerBody::giveDocument(std::string_view document)
{
    switch (m_sink.interestIn(document)) {
    case DialectReader::Interest::None:
        return;
    case DialectReader::Interest::IfLast:
        m_snapshot = document;
        return;
    case DialectReader::Interest::Now:
        break;
    }
    giveLastSnapshot(); // it is earlier than this one
    m_picker.reset();
    m_picker.feed(document);
    giveEvent(false);
}

void AnswerBody::giveLastSnapshot()
{
    if (m_snapshot.empty())
        return;
    m_picker.reset();
    m_picker.feed(m_snapshot);
    m_snapshot.clear();
    giveEvent(false);
}

void AnswerBody::awsMessage(const AwsEventStream::Message &message)
{
    if (message.isException) {
        const auto error = m_json.object(message.payload);
        const auto text = error ? memberString(*error, "message") : std::nullopt;
        m_sink.streamFailed(errorSentence(message.type, text.value_or(std::string_view())));
        return;
    }
    if (message.type != "chunk") {
        giveDocument(message.payload);
        return;
    }
    // The model's own event, as base64 in a member.
    const auto chunk = m_json.object(message.payload);
    const auto bytes = chunk ? memberString(*chunk, "bytes") : std::nullopt;
    const auto decoded = bytes
        ? QByteArray::fromBase64Encoding(
            QByteArray::fromRawData(bytes->data(), static_cast<qsizetype>(bytes->size())),
            QByteArray::AbortOnBase64DecodingErrors)
        : QByteArray::FromBase64Result{{}, QByteArray::Base64DecodingStatus::IllegalCharacter};
    if (!decoded)
        m_hasGarbage = true;
    else
        giveDocument({(*decoded).constData(), static_cast<std::size_t>((*decoded).size())});
}

void AnswerBody::sseData(std::string_view part)
{
    if (!m_inEvent) {
        giveLastSnapshot(); // it is earlier than this one, which is read as it comes
        m_inEvent = true;
        m_eventHeadSize = 0;
        m_picker.reset();
    }
    const auto head = std::min(part.size(), m_eventHead.size() - m_eventHeadSize);
    std::memcpy(m_eventHead.data() + m_eventHeadSize, part.data(), head);
    m_eventHeadSize += head;
    m_picker.feed(part);
}

void AnswerBody::sseEventEnded()
{
    if (!m_inEvent)
        return;
    m_inEvent = false;
    giveEvent(std::string_view(m_eventHead.data(), m_eventHeadSize) == done);
}

void AnswerBody::giveEvent(bool isDone)
{
    if (isDone)
        m_sink.streamDone();
    else if (m_picker.isComplete())
        m_sink.documentRead(m_picker);
    else if (m_isEnding && m_picker.hasStarted() && !m_picker.hasFailed())
        m_sink.documentCut(m_picker);
    else
        m_hasGarbage = true; // an event that ended says nothing if its document did not
}

} // namespace hookscope::llm
