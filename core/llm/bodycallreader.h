#pragma once

#include "core/http/contentdecoder.h"
#include "core/llm/answerbody.h"
#include "core/llm/callreader.h"
#include "core/llm/dialectreader.h"
#include "core/llm/endpoint.h"
#include "core/llm/formfield.h"

#include <optional>

namespace hookscope::llm {

// The reader of a call that is one request and its answer: takes the codings off both bodies, picks
// model and streaming from the request, and has the dialect's reader read the answer's documents.
class BodyCallReader final : public CallReader, private AnswerBody::Sink {
public:
    BodyCallReader(Endpoint endpoint, const Request &request);

    void requestBody(std::string_view bytes) override;
    void requestEnded() override;
    void answerHead(int status, const http::FieldList &head) override;
    void answerBody(std::string_view bytes, std::int64_t nowUs) override;
    void answerEnded(bool whole) override;
    bool isCall() const override;
    const CallFacts &facts() const override { return m_facts; }

    // Whether the answer had the dialect's shape.
    bool isRecognised() const;

    // Takes over what another reader of the same exchange read of the request.
    void takeRequestOf(const BodyCallReader &other);

private:
    void documentRead(const JsonPicker &document) override;
    void documentCut(const JsonPicker &document) override;
    void streamDone() override;
    void streamFailed(std::string error) override;
    DialectReader::Interest interestIn(std::string_view event) const override;

    void noteRequest();
    void publish();
    bool isStream() const;
    UsageState usageAtEnd(bool whole) const;
    void explain(bool hasCome, bool isWhole);
    std::optional<std::string> whyNotRead() const;
    std::optional<std::string> whyNoUsage() const;

    Endpoint m_endpoint;
    bool m_isKnown; // the provider was named before anything was seen
    std::optional<std::string> m_region; // of its host
    CallFacts m_facts;

    http::ContentDecoder m_requestDecoder;
    JsonPicker m_request;
    FormField m_form; // the request of an upload
    std::optional<std::string> m_requestModel;
    JsonPicker::Kind m_wantsStream = JsonPicker::Kind::Absent;
    bool m_asksForUsage = false;

    int m_status = 0;
    std::string m_contentType;
    std::optional<http::ContentDecoder> m_answerDecoder;
    std::unique_ptr<DialectReader> m_reader;
    std::optional<AnswerBody> m_answer;
    std::int64_t m_nowUs = 0;
    std::size_t m_documents = 0;
    bool m_isCut = false; // the last document that came is not whole
    bool m_hasNews = true; // something was found that is not in the facts yet
    bool m_hasBody = false;
};

} // namespace hookscope::llm
