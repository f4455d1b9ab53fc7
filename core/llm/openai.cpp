#include "core/llm/dialectreader.h"
#include "core/llm/membersearch.h"
#include "core/llm/openaiusage.h"
#include "core/llm/pickedjson.h"

namespace hookscope::llm {

namespace {

using Statement = Findings::Statement;

enum Wanted : std::size_t {
    Model,
    Object,
    Type,
    Usage,
    GroqUsage,
    Choices,
    ChoiceUsage,
    FinishReason,
    Error,
    Code,
    Message,
    RequestId,
    Id,
    ServiceTier,
    Status,
    IncompleteReason,
    WebSearches,
    ResponseModel,
    ResponseUsage,
    ResponseError,
    ResponseId,
    ResponseServiceTier,
    ResponseStatus,
    ResponseIncompleteReason,
    ResponseWebSearches,
    RefusedCode, // MiniMax: an error in an answer with status 200
    RefusedMessage,
    Text, // of a transcription
    Images,
    ImageUrls,
    FirstContent, // from here on: what of a chunk is the model's answer
};

const JsonPaths &openAiPaths()
{
    static const JsonPaths paths{
        "model",
        "object",
        "type",
        "usage",
        "x_groq.usage",
        "choices?",
        "choices[].usage", // Moonshot
        "choices[].finish_reason",
        "error",
        "code",
        "message",
        "request_id",
        "id",
        "service_tier",
        "status",
        "incomplete_details.reason",
        "tool_usage.web_search.num_requests",
        "response.model",
        "response.usage",
        "response.error",
        "response.id",
        "response.service_tier",
        "response.status",
        "response.incomplete_details.reason",
        "response.tool_usage.web_search.num_requests",
        "base_resp.status_code",
        "base_resp.status_msg",
        "text?",
        "data[].b64_json?",
        "data[].url?",
        "choices[].text?",
        "choices[].delta.content?",
        "choices[].delta.reasoning?",
        "choices[].delta.reasoning_content?",
        "choices[].delta.reasoning_text?",
        "choices[].delta.reasoning_details?",
        "choices[].delta.thinking?",
        "choices[].delta.tool_calls?",
        "choices[].delta.function_call?",
        "choices[].delta.refusal?",
        "choices[].delta.audio?",
        "choices[].delta.images?",
    };
    return paths;
}

bool isZero(const TokenUsage &tokens)
{
    return tokens.input.value_or(0) == 0 && tokens.output.value_or(0) == 0;
}

// Chat completions, legacy completions, embeddings, and responses: the content tells which.
class OpenAiReader final : public DialectReader {
public:
    using DialectReader::DialectReader;

    const JsonPaths &paths() const override { return openAiPaths(); }

    void read(const JsonPicker &document, bool isStream) override
    {
        noteModel(m_json.string(document.raw(Model)).value_or(std::string()));
        noteModel(m_json.string(document.raw(ResponseModel)).value_or(std::string()));
        noteRequestId(document.word(RequestId));
        noteError(document);
        noteTerms(document);
        if (isContent(document))
            m_findings.hasContent = true;

        bool hasUsage = false;
        // Several copies of one statement may stand side by side (Groq).
        for (const auto place : {Usage, ResponseUsage, GroqUsage, ChoiceUsage})
            hasUsage = hasUsage || noteUsage(document, place, isStream);
        if (hasUsage || hasShape(document))
            m_findings.isRecognised = true;
    }

    Interest interestIn(std::string_view event) const override
    {
        static const MemberSearch members{"usage", "choices", "finish_reason", "error", "base_resp"};
        constexpr std::uint32_t usage = 1;
        constexpr std::uint32_t choices = 2;
        if (!m_findings.model)
            return Interest::Now;
        const auto found = members.in(event);
        // A growing count comes with every chunk (Perplexity, vLLM); the answer's end is no snapshot.
        if (found == (usage | choices) && m_findings.statement == Statement::Running)
            return Interest::IfLast;
        return (found & ~choices) != 0 ? Interest::Now : Interest::None;
    }

    void ended() override
    {
        // Zeros all along are a report in the end.
        if (m_findings.statement == Statement::None && m_zeros) {
            m_findings.tokens = *m_zeros;
            m_findings.statement = Statement::Running;
        }
        DialectReader::ended();
    }

private:
    void noteTerms(const JsonPicker &document)
    {
        noteAnswerId(document.word(ResponseId));
        if (!document.word(Type).starts_with("response."))
            noteAnswerId(document.word(Id));
        for (const auto place : {ServiceTier, ResponseServiceTier})
            noteServiceTier(document.word(place));
        for (const auto place : {Status, ResponseStatus}) {
            if (document.word(place) != "in_progress" && document.word(place) != "queued")
                noteStopReason(document.word(place));
        }
        for (const auto place : {IncompleteReason, ResponseIncompleteReason, FinishReason})
            noteStopReason(document.word(place));
        for (const auto place : {WebSearches, ResponseWebSearches}) {
            if (const auto searches = tokenCount(document.raw(place)))
                m_findings.webSearches = searches;
        }
    }

    bool noteUsage(const JsonPicker &document, Wanted place, bool isStream)
    {
        const auto usage = m_json.object(document.raw(place));
        if (!usage)
            return false;
        if (memberString(*usage, "type") == "duration") {
            m_findings.usageNote = "the provider states this call's usage in seconds, not in tokens";
            return true;
        }
        noteMoney(*usage);
        const auto tokens = openAiUsage(*usage, {m_hints.provider, model(), m_hints.answer});
        if (!tokens)
            return false;
        const bool isFinal = !isStream || isLast(document);
        if (isZero(*tokens) && !isFinal) { // a placeholder, as Copilot's chunks have it until the last
            m_zeros = tokens;
            return true;
        }
        m_findings.tokens = *tokens;
        m_findings.statement = isFinal ? Statement::Final : Statement::Running;
        return true;
    }

    // What the provider charges, where it says so in a member whose meaning is known (TOKENS.md 1.2).
    void noteMoney(const simdjson::dom::object &usage)
    {
        if (const auto cost = reportedCost(usage, m_hints.provider))
            m_findings.billing.reportedCost = cost;
        if (const auto searches = tokenCount(usage, "num_search_queries"))
            m_findings.webSearches = searches;
    }

    // Usage also comes with every chunk (Perplexity, vLLM, Copilot); this tells the last.
    static bool isLast(const JsonPicker &document)
    {
        const auto type = document.word(Type);
        return type == "response.completed" || type == "response.incomplete" || type == "response.failed"
            || type == "image_generation.completed" || type == "image_edit.completed"
            || type == "transcript.text.done"
            || document.kind(Choices) == JsonPicker::Kind::EmptyArray || document.holds(FinishReason)
            || document.word(Object) == "chat.completion.done";
    }

    static bool isContent(const JsonPicker &document)
    {
        const auto type = document.word(Type);
        if (type.starts_with("response."))
            return type.ends_with(".delta") || type == "response.output_item.done";
        if (type.starts_with("transcript.text.") || type.starts_with("image_"))
            return true;
        for (std::size_t wanted = FirstContent; wanted < openAiPaths().size(); ++wanted) {
            if (document.holds(wanted))
                return true;
        }
        return false;
    }

    bool hasShape(const JsonPicker &document) const
    {
        const auto object = document.word(Object);
        return document.word(Type).starts_with("response.") || object.starts_with("response")
            || object.starts_with("chat.completion") || object == "text_completion"
            || (m_hints.answer == Endpoint::Answer::Media && (document.holds(Text) || document.holds(Images) || document.holds(ImageUrls)))
            || (document.kind(Choices) != JsonPicker::Kind::Absent
                && document.kind(Model) != JsonPicker::Kind::Absent);
    }

    void noteError(const JsonPicker &document)
    {
        for (const auto place : {Error, ResponseError}) {
            if (document.holds(place))
                m_findings.error = m_json.errorText(document.raw(place));
        }
        if (tokenCount(document.raw(RefusedCode)).value_or(0) != 0) {
            const auto message = m_json.string(document.raw(RefusedMessage)).value_or(std::string());
            m_findings.error = errorSentence(document.raw(RefusedCode), message);
        }
        if (document.word(Type) == "error" && !document.holds(Error)) {
            const auto message = m_json.string(document.raw(Message)).value_or(std::string());
            m_findings.error = errorSentence(document.word(Code), message);
        }
    }

    PickedJson m_json;
    std::optional<TokenUsage> m_zeros;
};

} // namespace

std::unique_ptr<DialectReader> makeOpenAiReader(ReaderHints hints)
{
    return std::make_unique<OpenAiReader>(std::move(hints));
}

} // namespace hookscope::llm
