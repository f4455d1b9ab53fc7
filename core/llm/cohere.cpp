#include "core/llm/dialectreader.h"
#include "core/llm/membersearch.h"
#include "core/llm/pickedjson.h"

namespace hookscope::llm {

namespace {

using Object = simdjson::dom::object;
using Statement = Findings::Statement;

enum Wanted : std::size_t {
    Type,
    EventType,
    Usage, // v2
    DeltaUsage, // v2, stream
    Meta, // v1, and embeddings of both
    ResponseMeta, // v1, stream
    Error,
    DeltaError,
    GenerationId,
    ResponseType,
    Id,
    FinishReason,
    DeltaFinishReason,
    ResponseFinishReason,
};

const JsonPaths &coherePaths()
{
    static const JsonPaths paths{
        "type",
        "event_type",
        "usage",
        "delta.usage",
        "meta",
        "response.meta",
        "error",
        "delta.error",
        "generation_id",
        "response_type?",
        "id",
        "finish_reason",
        "delta.finish_reason",
        "response.finish_reason",
    };
    return paths;
}

// What the model saw and wrote, not what is billed, which leaves Cohere's own template out; where only
// the billed units are given they are what there is.
std::optional<TokenUsage> cohereUsage(const Object &usage, Endpoint::Answer answer)
{
    TokenUsage tokens;
    tokens.cacheRead = tokenCount(usage, "cached_tokens");
    auto counts = memberObject(usage, "tokens");
    if (!counts)
        counts = memberObject(usage, "billed_units");
    if (!counts)
        return std::nullopt;
    tokens.input = tokenCount(*counts, "input_tokens");
    tokens.output = tokenCount(*counts, "output_tokens");
    tokens.reasoning = tokenCount(*counts, "reasoning_tokens");
    if (!tokens.input && !tokens.output)
        return std::nullopt;
    if (tokens.input) // those of images are apart
        *tokens.input += tokenCount(*counts, "image_tokens").value_or(0);
    if (!tokens.output && answer == Endpoint::Answer::Embedding)
        tokens.output = 0;
    return tokens;
}

class CohereReader final : public DialectReader {
public:
    using DialectReader::DialectReader;

    const JsonPaths &paths() const override { return coherePaths(); }

    void read(const JsonPicker &document, bool /*isStream*/) override
    {
        for (const auto place : {Error, DeltaError}) {
            if (document.holds(place))
                m_findings.error = m_json.errorText(document.raw(place));
        }
        if (isContent(document))
            m_findings.hasContent = true;
        if (hasShape(document))
            m_findings.isRecognised = true;
        noteAnswerId(document.word(GenerationId));
        noteAnswerId(document.word(Id));
        for (const auto place : {FinishReason, DeltaFinishReason, ResponseFinishReason})
            noteStopReason(document.word(place));
        for (const auto place : {Usage, DeltaUsage, Meta, ResponseMeta}) {
            const auto usage = m_json.object(document.raw(place));
            const auto tokens = usage ? cohereUsage(*usage, m_hints.answer) : std::nullopt;
            if (!tokens)
                continue;
            m_findings.isRecognised = true;
            m_findings.tokens = *tokens;
            m_findings.statement = Statement::Final;
            noteBilled(*usage);
        }
    }

    Interest interestIn(std::string_view event) const override
    {
        static const MemberSearch members{"usage", "meta", "finish_reason", "error"};
        return members.in(event) != 0 ? Interest::Now : Interest::None;
    }

private:
    // Billed is not what the model saw: without Cohere's own template.
    void noteBilled(const Object &usage)
    {
        const auto billed = memberObject(usage, "billed_units");
        if (!billed || !memberObject(usage, "tokens"))
            return;
        TokenUsage tokens;
        tokens.input = tokenCount(*billed, "input_tokens");
        tokens.output = tokenCount(*billed, "output_tokens");
        m_findings.billing.portions = {{std::nullopt, tokens}};
    }

    static bool isContent(const JsonPicker &document)
    {
        const auto type = document.word(Type);
        const auto event = document.word(EventType);
        return type == "content-delta" || type == "tool-plan-delta" || type == "tool-call-start"
            || type == "tool-call-delta" || event == "text-generation" || event == "tool-calls-generation"
            || event == "tool-calls-chunk";
    }

    static bool hasShape(const JsonPicker &document)
    {
        return document.holds(EventType) || document.holds(GenerationId) || document.holds(ResponseType)
            || document.word(Type) == "message-start";
    }

    PickedJson m_json;
};

} // namespace

std::unique_ptr<DialectReader> makeCohereReader(ReaderHints hints)
{
    return std::make_unique<CohereReader>(std::move(hints));
}

} // namespace hookscope::llm
