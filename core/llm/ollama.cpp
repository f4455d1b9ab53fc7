#include "core/llm/dialectreader.h"
#include "core/llm/membersearch.h"
#include "core/llm/pickedjson.h"

namespace hookscope::llm {

namespace {

using Statement = Findings::Statement;

enum Wanted : std::size_t {
    Model,
    Done,
    PromptEvalCount,
    EvalCount,
    Error,
    Embeddings,
    DoneReason,
    FirstContent,
};

const JsonPaths &ollamaPaths()
{
    static const JsonPaths paths{
        "model",
        "done",
        "prompt_eval_count",
        "eval_count",
        "error",
        "embeddings?",
        "done_reason",
        "response?",
        "thinking?",
        "message.content?",
        "message.thinking?",
        "message.tool_calls?",
    };
    return paths;
}

class OllamaReader final : public DialectReader {
public:
    using DialectReader::DialectReader;

    const JsonPaths &paths() const override { return ollamaPaths(); }

    void read(const JsonPicker &document, bool /*isStream*/) override
    {
        noteModel(m_json.string(document.raw(Model)).value_or(std::string()));
        if (document.holds(Error))
            m_findings.error = m_json.errorText(document.raw(Error));
        noteStopReason(document.word(DoneReason));
        for (std::size_t wanted = FirstContent; wanted < ollamaPaths().size(); ++wanted)
            m_findings.hasContent = m_findings.hasContent || document.holds(wanted);
        if (document.holds(Model)
            && (document.kind(Done) != JsonPicker::Kind::Absent || document.holds(Embeddings)))
            m_findings.isRecognised = true;
        noteUsage(document);
    }

    Interest interestIn(std::string_view event) const override
    {
        static const MemberSearch members{"eval_count", "prompt_eval_count", "error"};
        return !m_findings.model || members.in(event) != 0 ? Interest::Now : Interest::None;
    }

private:
    // A prompt that was in the cache is left out by older versions: unknown, not 0.
    void noteUsage(const JsonPicker &document)
    {
        TokenUsage tokens;
        tokens.input = tokenCount(document.raw(PromptEvalCount));
        tokens.output = tokenCount(document.raw(EvalCount));
        if (!tokens.input && !tokens.output)
            return;
        if (!tokens.output && m_hints.answer == Endpoint::Answer::Embedding)
            tokens.output = 0;
        m_findings.tokens = tokens;
        m_findings.statement = Statement::Final;
    }

    PickedJson m_json;
};

} // namespace

std::unique_ptr<DialectReader> makeOllamaReader(ReaderHints hints)
{
    return std::make_unique<OllamaReader>(std::move(hints));
}

} // namespace hookscope::llm
