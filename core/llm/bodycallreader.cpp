#include "core/llm/bodycallreader.h"

#include "core/llm/pickedjson.h"

#include <algorithm>
#include <initializer_list>

namespace hookscope::llm {

namespace {

enum Wanted : std::size_t { Model, Stream };

const JsonPaths &requestPaths()
{
    static const JsonPaths paths{"model", "stream"};
    return paths;
}

constexpr std::size_t longestValue = 256;

// A field's value, if it is the kind of text that an id is.
std::optional<std::string> idIn(const http::FieldList &head, std::initializer_list<std::string_view> names)
{
    for (const auto name : names) {
        const auto value = http::fieldValue(head, name);
        if (value && !value->empty() && value->size() <= longestValue
            && std::all_of(value->begin(), value->end(), [](char c) { return c > ' ' && c < 0x7f; })) {
            return std::string(*value);
        }
    }
    return std::nullopt;
}

std::string_view nameOf(Dialect dialect)
{
    switch (dialect) {
    case Dialect::OpenAi:
        return "openai";
    case Dialect::Anthropic:
        return "anthropic";
    case Dialect::Google:
        return "google";
    case Dialect::Cohere:
        return "cohere";
    case Dialect::Ollama:
        return "ollama";
    }
    return {};
}

std::unique_ptr<DialectReader> readerFor(Dialect dialect, DialectReader::Hints hints)
{
    switch (dialect) {
    case Dialect::OpenAi:
        return makeOpenAiReader(std::move(hints));
    case Dialect::Anthropic:
        return makeAnthropicReader(std::move(hints));
    case Dialect::Google:
        return makeGoogleReader(std::move(hints));
    case Dialect::Cohere:
        return makeCohereReader(std::move(hints));
    case Dialect::Ollama:
        return makeOllamaReader(std::move(hints));
    }
    return nullptr;
}

} // namespace

BodyCallReader::BodyCallReader(Endpoint endpoint, const Request &request)
    : m_endpoint(std::move(endpoint))
    , m_isKnown(request.provider.has_value())
    , m_requestDecoder(request.head)
    , m_request(requestPaths())
    , m_requestModel(m_endpoint.model)
{
    m_facts.provider = m_isKnown ? request.provider->name : std::string(nameOf(m_endpoint.dialect));
    m_facts.session = idIn(request.head, {"x-claude-code-session-id", "session-id", "session_id"});
    m_facts.model = m_requestModel;
    m_facts.streaming = m_endpoint.isStream || m_endpoint.streamsUnlessTold;
}

void BodyCallReader::requestBody(std::string_view bytes)
{
    m_requestDecoder.feed(bytes, [this](std::string_view part) { m_request.feed(part); });
    noteRequest();
}

void BodyCallReader::requestEnded()
{
    noteRequest();
}

void BodyCallReader::noteRequest()
{
    // Google's path names the model more exactly than its body may; Azure's names a deployment.
    const bool isPathBetter = m_endpoint.dialect == Dialect::Google && m_endpoint.model;
    const auto raw = m_request.raw(Model);
    if (!isPathBetter && raw.size() > 2 && raw.size() <= longestValue) {
        PickedJson json;
        const bool isNew = !m_requestModel || m_request.word(Model) != *m_requestModel;
        if (auto model = isNew ? json.string(raw) : std::nullopt)
            m_requestModel = std::move(model);
    }
    if (m_reader && m_requestModel)
        m_reader->setRequestModel(*m_requestModel);
    publish();
}

void BodyCallReader::answerHead(int status, const http::FieldList &head)
{
    m_status = status;
    m_contentType = http::fieldValue(head, "content-type").value_or(std::string_view());
    m_facts.requestId = idIn(head,
                             {"request-id", "x-request-id", "x-amzn-requestid", "apim-request-id",
                              "x-ds-trace-id", "x-generation-id", "mistral-correlation-id",
                              "x-github-request-id", "inference-id", "x-debug-trace-id"});
    m_answerDecoder.emplace(head);
    DialectReader::Hints hints{m_facts.provider, m_endpoint.answer, m_requestModel};
    m_reader =
        status >= 400 ? makeErrorReader(std::move(hints)) : readerFor(m_endpoint.dialect, std::move(hints));
    m_answer.emplace(m_reader->paths(), m_contentType, static_cast<AnswerBody::Sink &>(*this));
}

void BodyCallReader::answerBody(std::string_view bytes, std::int64_t nowUs)
{
    if (!m_answer || bytes.empty())
        return;
    m_nowUs = nowUs;
    m_hasBody = true;
    m_answerDecoder->feed(bytes, [this](std::string_view part) { m_answer->feed(part); });
    publish();
}

void BodyCallReader::answerEnded(bool whole)
{
    if (!m_answer)
        return;
    m_answer->finish();
    const bool isWhole = whole && m_answerDecoder->isAtEnd() && !m_isCut;
    if (isWhole)
        m_reader->ended();
    publish();
    m_facts.usage = usageAtEnd(isWhole);
    if (!m_facts.error)
        m_facts.error = whyNotRead();
}

bool BodyCallReader::isCall() const
{
    if (m_isKnown)
        return true;
    // Any program answers a wrong request with some error: the request must have named a model too.
    return m_reader && m_reader->findings().isRecognised && (m_status < 400 || m_requestModel);
}

void BodyCallReader::documentRead(const JsonPicker &document)
{
    ++m_documents;
    m_isCut = false;
    m_reader->read(document, isStream());
    if (m_reader->findings().hasContent && !m_facts.firstContentUs && isStream())
        m_facts.firstContentUs = m_nowUs;
}

void BodyCallReader::documentCut(const JsonPicker &document)
{
    // Half a document may hold the statement whole, but whether more would have come is not known.
    m_reader->read(document, isStream());
    ++m_documents;
    m_isCut = true;
}

void BodyCallReader::streamDone()
{
    m_reader->ended();
}

bool BodyCallReader::canPassOver(std::string_view event) const
{
    return m_facts.firstContentUs && m_reader->findings().isRecognised && !m_reader->isWorthReading(event);
}

bool BodyCallReader::isStream() const
{
    if (!m_answer || m_answer->framing() == AnswerBody::Framing::Unknown) {
        const auto stream = m_request.kind(Stream);
        return m_endpoint.isStream || stream == JsonPicker::Kind::True
            || (m_endpoint.streamsUnlessTold && stream != JsonPicker::Kind::False);
    }
    return m_answer->isStream() || (m_answer->framing() == AnswerBody::Framing::Array && m_endpoint.isStream);
}

// Copies what is known into the facts.
void BodyCallReader::publish()
{
    m_facts.streaming = isStream();
    m_facts.model = m_requestModel;
    if (!m_reader)
        return;
    const Findings &findings = m_reader->findings();
    if (findings.model)
        m_facts.model = findings.model;
    if (!m_facts.requestId)
        m_facts.requestId = findings.requestId;
    m_facts.error = findings.error;
    m_facts.tokens = findings.tokens;
    m_facts.usage = usageAtEnd(false);
}

UsageState BodyCallReader::usageAtEnd(bool whole) const
{
    switch (m_reader->findings().statement) {
    case Findings::Statement::None:
        // A stream that was cut may have been about to state it.
        return !whole && isStream() && m_documents > 0 ? UsageState::Partial : UsageState::Missing;
    case Findings::Statement::Opening:
        return UsageState::Partial;
    case Findings::Statement::Running:
        return whole ? UsageState::Reported : UsageState::Partial;
    case Findings::Statement::Final:
        return m_isCut ? UsageState::Partial : UsageState::Reported;
    }
    return UsageState::Missing;
}

std::optional<std::string> BodyCallReader::whyNotRead() const
{
    using Decoding = http::ContentDecoder::State;
    switch (m_answerDecoder->state()) {
    case Decoding::Unsupported:
        return "the answer's content-encoding is not known";
    case Decoding::Corrupt:
        return "the answer does not decode as its content-encoding says";
    case Decoding::TooLarge:
        return "the answer decodes to more than is read";
    case Decoding::Reading:
        break;
    }
    if (m_documents > 0 || !m_hasBody)
        return std::nullopt;
    if (m_answer->framing() == AnswerBody::Framing::Unreadable || m_answer->hasGarbage())
        return "the answer is no JSON and no stream of it: " + m_contentType.substr(0, longestValue);
    return std::nullopt;
}

} // namespace hookscope::llm
