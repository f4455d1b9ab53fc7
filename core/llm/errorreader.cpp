#include "core/llm/dialectreader.h"
#include "core/llm/pickedjson.h"

namespace hookscope::llm {

namespace {

enum Wanted : std::size_t { Error, Message, Detail, Type, Code, Object, RequestId };

const JsonPaths &errorPaths()
{
    static const JsonPaths paths{"error", "message", "detail", "type", "code", "object", "request_id"};
    return paths;
}

// {"error":{...}} of most, {"code","error":"..."} of xAI, {"message"} of Cohere and others, {"detail"} of
// Mistral, {"type":"error","error":{...}} of Anthropic.
class ErrorReader final : public DialectReader {
public:
    using DialectReader::DialectReader;

    const JsonPaths &paths() const override { return errorPaths(); }

    void read(const JsonPicker &document, bool /*isStream*/) override
    {
        noteRequestId(document.word(RequestId));
        const auto type =
            document.kind(Type) == JsonPicker::Kind::String ? document.word(Type) : document.word(Code);
        if (document.kind(Error) == JsonPicker::Kind::String) {
            m_findings.error =
                errorSentence(document.word(Code), m_json.string(document.raw(Error)).value_or(""));
        } else if (document.holds(Error)) {
            m_findings.error = m_json.errorText(document.raw(Error));
        } else if (document.kind(Message) == JsonPicker::Kind::String) {
            m_findings.error = errorSentence(type, m_json.string(document.raw(Message)).value_or(""));
        } else if (document.holds(Detail) || document.holds(Message)) {
            const auto place = document.holds(Detail) ? Detail : Message;
            const auto raw = document.raw(place);
            m_findings.error = errorSentence(type, m_json.string(raw).value_or(std::string(raw)));
        } else {
            return;
        }
        m_findings.isRecognised = true;
    }

private:
    PickedJson m_json;
};

} // namespace

std::unique_ptr<DialectReader> makeErrorReader(ReaderHints hints)
{
    return std::make_unique<ErrorReader>(std::move(hints));
}

} // namespace hookscope::llm
