#include "core/llm/dialectreader.h"
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
    ResponseModel,
    ResponseUsage,
    ResponseError,
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
        "response.model",
        "response.usage",
        "response.error",
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
        if (isContent(document))
            m_findings.hasContent = true;

        bool hasUsage = false;
        // Several copies of one statement may stand side by side (Groq).
        for (const auto place : {Usage, ResponseUsage, GroqUsage, ChoiceUsage})
            hasUsage = hasUsage || noteUsage(document, place, isStream);
        if (hasUsage || hasShape(document))
            m_findings.isRecognised = true;
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
    bool noteUsage(const JsonPicker &document, Wanted place, bool isStream)
    {
        const auto usage = m_json.object(document.raw(place));
        if (!usage)
            return false;
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

    // Usage also comes with every chunk (Perplexity, vLLM, Copilot); this tells the last.
    static bool isLast(const JsonPicker &document)
    {
        const auto type = document.word(Type);
        return type == "response.completed" || type == "response.incomplete" || type == "response.failed"
            || document.kind(Choices) == JsonPicker::Kind::EmptyArray || document.holds(FinishReason)
            || document.word(Object) == "chat.completion.done";
    }

    static bool isContent(const JsonPicker &document)
    {
        const auto type = document.word(Type);
        if (type.starts_with("response."))
            return type.ends_with(".delta") || type == "response.output_item.done";
        for (std::size_t wanted = FirstContent; wanted < openAiPaths().size(); ++wanted) {
            if (document.holds(wanted))
                return true;
        }
        return false;
    }

    static bool hasShape(const JsonPicker &document)
    {
        const auto object = document.word(Object);
        return document.word(Type).starts_with("response.") || object.starts_with("response")
            || object.starts_with("chat.completion") || object == "text_completion"
            || (document.kind(Choices) != JsonPicker::Kind::Absent
                && document.kind(Model) != JsonPicker::Kind::Absent);
    }

    void noteError(const JsonPicker &document)
    {
        for (const auto place : {Error, ResponseError}) {
            if (document.holds(place))
                m_findings.error =
                    m_json.errorText(document.raw(place)).value_or("an error that could not be read");
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

std::unique_ptr<DialectReader> makeOpenAiReader(DialectReader::Hints hints)
{
    return std::make_unique<OpenAiReader>(std::move(hints));
}

} // namespace hookscope::llm
