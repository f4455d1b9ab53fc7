#include "core/llm/bodycallreader.h"

#include "core/llm/headid.h"
#include "core/llm/pickedjson.h"
#include "core/llm/ratelimits.h"

#include <utility>

namespace hookscope::llm {

namespace {

enum Wanted : std::size_t { Model, Stream, IncludeUsage };

const JsonPaths &requestPaths()
{
    static const JsonPaths paths{"model", "stream", "stream_options.include_usage"};
    return paths;
}

} // namespace

BodyCallReader::BodyCallReader(Endpoint endpoint, const Request &request)
    : m_endpoint(std::move(endpoint))
    , m_isKnown(request.provider.has_value())
    , m_region(m_isKnown ? request.provider->region : std::nullopt)
    , m_requestDecoder(request.head)
    , m_request(requestPaths())
    , m_form(http::fieldValue(request.head, "content-type").value_or(std::string_view()), "model")
    , m_requestModel(m_endpoint.model)
{
    m_facts.provider = m_isKnown ? request.provider->name : std::string(nameOf(m_endpoint.dialect));
    m_facts.session = idIn(request.head, {"x-claude-code-session-id", "session-id", "session_id"});
    m_facts.model = m_requestModel;
    m_facts.details.answerId = m_endpoint.answerId;
    m_facts.streaming = m_endpoint.isStream || m_endpoint.streamsUnlessTold;
}

void BodyCallReader::requestBody(std::string_view bytes)
{
    m_requestDecoder.feed(bytes, [this](std::string_view part) {
        m_request.feed(part);
        m_form.feed(part);
    });
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
    if (!isPathBetter && raw.size() > 2 && raw.size() <= longestName) {
        PickedJson json;
        const bool isNew = !m_requestModel || m_request.word(Model) != *m_requestModel;
        if (auto model = isNew ? json.string(raw) : std::nullopt)
            m_requestModel = std::move(model);
    }
    if (m_form.value())
        m_requestModel = m_form.value();
    m_wantsStream = m_request.kind(Stream);
    m_asksForUsage = m_request.kind(IncludeUsage) == JsonPicker::Kind::True;
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
    m_facts.details.rateLimits = rateLimitsIn(head);
    ReaderHints hints{m_facts.provider, m_endpoint.answer, m_requestModel};
    m_reader = (status >= 400 ? makeErrorReader : m_endpoint.reader)(std::move(hints));
    m_reader->readHead(head);
    m_answer.emplace(m_reader->paths(), m_contentType, static_cast<AnswerBody::Sink &>(*this));
}

void BodyCallReader::answerBody(std::string_view bytes, std::int64_t nowUs)
{
    if (!m_answer || bytes.empty())
        return;
    m_nowUs = nowUs;
    m_hasBody = true;
    m_answerDecoder->feed(bytes, [this](std::string_view part) { m_answer->feed(part); });
    // Most pieces of a stream hold nothing but the answer's text.
    if (std::exchange(m_hasNews, m_answer->framing() == AnswerBody::Framing::Unknown))
        publish();
}

void BodyCallReader::answerEnded(bool whole)
{
    if (!m_answer)
        return;
    m_answer->finish();
    const bool isWhole =
        whole && m_answerDecoder->isAtEnd() && !m_isCut && !m_answer->isCutInFraming();
    if (isWhole)
        m_reader->ended();
    publish();
    m_facts.usage = usageAtEnd(isWhole);
    explain(whole, isWhole);
}

// Why there is no usage, where there is none.
void BodyCallReader::explain(bool hasCome, bool isWhole)
{
    const bool isUndecoded = hasCome && m_answerDecoder->hasFailed();
    if (m_status < 300 && (isUndecoded || (isWhole && !isRecognised())))
        m_facts.details.isUnderstood = false;
    if (!m_facts.error)
        m_facts.error = whyNotRead();
    if (!m_facts.error && !m_facts.details.isUnderstood)
        m_facts.error = "no reader understands this answer";
    if (m_facts.usage != UsageState::Reported && m_status < 300)
        m_facts.details.usageNote = whyNoUsage();
}

std::optional<std::string> BodyCallReader::whyNoUsage() const
{
    if (m_facts.usage == UsageState::Partial)
        return "the answer was cut before its usage was stated whole";
    if (m_reader->findings().usageNote)
        return m_reader->findings().usageNote;
    const bool isChat = m_endpoint.dialect == Dialect::OpenAi && isRecognised() && isStream();
    if (isChat && !m_asksForUsage)
        return "the client did not ask for it (stream_options.include_usage)";
    return isRecognised() ? std::optional("the provider did not state it") : std::nullopt;
}

bool BodyCallReader::isCall() const
{
    if (m_endpoint.needsRecognition)
        return isRecognised();
    if (m_isKnown)
        return true;
    // Any program answers a wrong request with some error: the request must have named a model too.
    return isRecognised() && (m_status < 400 || m_requestModel);
}

bool BodyCallReader::isRecognised() const
{
    return m_reader && m_reader->findings().isRecognised;
}

void BodyCallReader::takeRequestOf(const BodyCallReader &other)
{
    m_facts.session = other.m_facts.session;
    m_requestModel = other.m_requestModel;
    m_wantsStream = other.m_wantsStream;
    m_asksForUsage = other.m_asksForUsage;
    publish();
}

void BodyCallReader::documentRead(const JsonPicker &document)
{
    ++m_documents;
    m_isCut = false;
    m_hasNews = true;
    m_reader->read(document, isStream());
    if (m_reader->findings().hasContent && !m_facts.firstContentUs && isStream())
        m_facts.firstContentUs = m_nowUs;
}

void BodyCallReader::documentCut(const JsonPicker &document)
{
    // Half a document may hold the statement whole, but whether more would have come is not known.
    m_hasNews = true;
    m_reader->read(document, isStream());
    ++m_documents;
    m_isCut = true;
}

void BodyCallReader::streamDone()
{
    m_hasNews = true;
    m_reader->ended();
}

void BodyCallReader::streamFailed(std::string error)
{
    m_hasNews = true;
    m_reader->noteError(std::move(error));
}

DialectReader::Interest BodyCallReader::interestIn(std::string_view event) const
{
    if (!m_facts.firstContentUs || !isRecognised())
        return DialectReader::Interest::Now;
    return m_reader->interestIn(event);
}

bool BodyCallReader::isStream() const
{
    if (!m_answer || m_answer->framing() == AnswerBody::Framing::Unknown) {
        return m_endpoint.isStream || m_wantsStream == JsonPicker::Kind::True
            || (m_endpoint.streamsUnlessTold && m_wantsStream != JsonPicker::Kind::False);
    }
    if (m_endpoint.answerId) // a download of finished answers
        return false;
    return m_answer->isStream() || (m_answer->framing() == AnswerBody::Framing::Array && m_endpoint.isStream);
}

// Copies what is known into the facts.
void BodyCallReader::publish()
{
    m_facts.streaming = isStream();
    m_facts.model = m_requestModel;
    m_facts.details.requestModel = m_requestModel;
    if (!m_reader)
        return;
    m_reader->tell(m_facts);
    if (!m_facts.billing.region)
        m_facts.billing.region = m_region;
    if (m_endpoint.answerId)
        m_facts.details.answerId = m_endpoint.answerId;
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
        return "the answer is no JSON and no stream of it: " + m_contentType.substr(0, longestName);
    return std::nullopt;
}

} // namespace hookscope::llm
