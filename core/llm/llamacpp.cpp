#include "core/llm/dialectreader.h"
#include "core/llm/membersearch.h"
#include "core/llm/pickedjson.h"

namespace hookscope::llm {

namespace {

using Statement = Findings::Statement;

enum Wanted : std::size_t {
    Model,
    Content,
    Stop,
    StopType,
    TokensEvaluated,
    TokensPredicted,
    CachedTokens,
    Error,
};

const JsonPaths &llamaCppPaths()
{
    static const JsonPaths paths{
        "model",           "content?", "stop", "stop_type", "tokens_evaluated", "tokens_predicted",
        "timings.cache_n", "error",
    };
    return paths;
}

// llama.cpp's own endpoint (tools/server/README.md, POST /completion). Every piece of a stream states the
// counts until then; the last one, with "stop":true, states them whole. tokens_evaluated is the whole
// prompt; tokens_cached is no part of it, but what the server keeps for the next one.
class LlamaCppReader final : public DialectReader {
public:
    using DialectReader::DialectReader;

    const JsonPaths &paths() const override { return llamaCppPaths(); }

    void read(const JsonPicker &document, bool /*isStream*/) override
    {
        noteModel(m_json.string(document.raw(Model)).value_or(std::string()));
        if (document.holds(Error))
            m_findings.error = m_json.errorText(document.raw(Error));
        m_findings.hasContent = m_findings.hasContent || document.holds(Content);
        const auto input = tokenCount(document.raw(TokensEvaluated));
        const auto output = tokenCount(document.raw(TokensPredicted));
        if (!input || !output)
            return;
        m_findings.isRecognised = true;
        m_findings.tokens.input = input;
        m_findings.tokens.output = output;
        m_findings.tokens.cacheRead = tokenCount(document.raw(CachedTokens));
        const bool isLast = document.kind(Stop) == JsonPicker::Kind::True;
        m_findings.statement = isLast ? Statement::Final : Statement::Running;
        if (isLast)
            noteStopReason(document.word(StopType));
    }

    Interest interestIn(std::string_view event) const override
    {
        static const MemberSearch members{"error"};
        return members.in(event) != 0 ? Interest::Now : Interest::IfLast;
    }

private:
    PickedJson m_json;
};

} // namespace

std::unique_ptr<DialectReader> makeLlamaCppReader(ReaderHints hints)
{
    return std::make_unique<LlamaCppReader>(std::move(hints));
}

} // namespace hookscope::llm
