#pragma once

#include "core/http/sse.h"
#include "core/llm/awseventstream.h"
#include "core/llm/dialectreader.h"
#include "core/llm/jsonpicker.h"
#include "core/llm/pickedjson.h"

#include <array>
#include <string>
#include <string_view>

namespace hookscope::llm {

// Takes a decoded answer body in pieces and finds its documents, whatever carries them: one JSON value,
// several (NDJSON), an array that arrives element by element (Gemini), server-sent events, AWS's binary
// events. The bytes decide, helped by the content type, since both are sent under wrong names.
class AnswerBody final : private http::SseParser::Sink, private AwsEventStream::Sink {
public:
    enum class Framing {
        Unknown, // nothing came yet
        Values,
        Array,
        Events,
        AwsEvents,
        Unreadable,
    };

    class Sink {
    public:
        // A document that is whole.
        virtual void documentRead(const JsonPicker &document) = 0;
        // The last one, if the body ended inside it.
        virtual void documentCut(const JsonPicker &document) = 0;
        // "[DONE]".
        virtual void streamDone() = 0;
        // The framing says that the stream failed: "type: message".
        virtual void streamFailed(std::string error) = 0;
        // How much an event matters.
        virtual DialectReader::Interest interestIn(std::string_view event) const = 0;

    protected:
        ~Sink() = default;
    };

    AnswerBody(const JsonPaths &paths, std::string_view contentType, Sink &sink);

    void feed(std::string_view bytes);
    void finish();

    Framing framing() const { return m_framing; }

    // Events, or more than one value, or a content type that promises them.
    bool isStream() const
    {
        return m_framing == Framing::Events || m_framing == Framing::AwsEvents || m_isSeries;
    }

    // It ended inside an event of AWS's, or after one that could not be read.
    bool isCutInFraming() const { return !m_aws.isAtEnd() || m_aws.isCorrupt(); }

    // Something came that was no document.
    bool hasGarbage() const { return m_hasGarbage; }

private:
    void sseEvent(std::string_view data) override;
    void sseData(std::string_view part) override;
    void sseEventEnded() override;
    void awsMessage(const AwsEventStream::Message &message) override;

    void giveDocument(std::string_view document);
    void giveEvent(bool isDone);
    void giveLastSnapshot();
    void findFraming(char first);
    void feedValues(std::string_view bytes);
    void feedValue(std::string_view &bytes);
    bool passOverLine(std::string_view &bytes);

    JsonPicker m_picker;
    Sink &m_sink;
    http::SseParser m_sse;
    AwsEventStream m_aws;
    PickedJson m_json;
    std::string m_snapshot; // an event that only counts if no later one does
    std::string m_contentType;
    Framing m_framing = Framing::Unknown;
    std::array<char, 6> m_eventHead{}; // of an event in parts, to know "[DONE]"
    std::size_t m_eventHeadSize = 0;
    std::size_t m_documents = 0;
    bool m_isSeries = false;
    bool m_inEvent = false;
    bool m_isEnding = false; // the body is over
    bool m_skipsLine = false; // after what is no JSON
    bool m_isOver = false; // the array was closed
    bool m_hasGarbage = false;
};

} // namespace hookscope::llm
