#include "core/llm/dialectreader.h"
#include "core/llm/pickedjson.h"

namespace hookscope::llm {

namespace {

using Object = simdjson::dom::object;
using Statement = Findings::Statement;

// The members of an interaction, and then the same inside "interaction", as its stream's events have them.
enum Wanted : std::size_t { Usage, Model, Id, Status, ServiceTier, PerAnswer };
constexpr std::size_t errorPlace = 2 * PerAnswer;
constexpr std::size_t objectPlace = errorPlace + 1;
constexpr std::size_t eventTypePlace = errorPlace + 2;

const JsonPaths &interactionPaths()
{
    static const JsonPaths paths{
        "usage",
        "model",
        "id",
        "status",
        "service_tier",
        "interaction.usage",
        "interaction.model",
        "interaction.id",
        "interaction.status",
        "interaction.service_tier",
        "error",
        "object",
        "event_type",
    };
    return paths;
}

// Thoughts are outside the output, tool use outside the input, as in generateContent.
std::optional<TokenUsage> interactionUsage(const Object &usage)
{
    const auto input = tokenCount(usage, "total_input_tokens");
    const auto output = tokenCount(usage, "total_output_tokens");
    if (!input && !output)
        return std::nullopt;
    TokenUsage tokens;
    tokens.reasoning = tokenCount(usage, "total_thought_tokens");
    tokens.cacheRead = tokenCount(usage, "total_cached_tokens");
    tokens.input = input.value_or(0) + tokenCount(usage, "total_tool_use_tokens").value_or(0);
    tokens.output = output.value_or(0) + tokens.reasoning.value_or(0);
    return tokens;
}

// Gemini's interactions. The copies of the usage in the steps' metadata are not read.
class InteractionsReader final : public DialectReader {
public:
    using DialectReader::DialectReader;

    const JsonPaths &paths() const override { return interactionPaths(); }

    void read(const JsonPicker &document, bool isStream) override
    {
        if (document.holds(errorPlace))
            m_findings.error = m_json.errorText(document.raw(errorPlace));
        const auto event = document.word(eventTypePlace);
        if (event == "step.delta" || event == "content.delta")
            m_findings.hasContent = true;
        if (document.word(objectPlace) == "interaction" || event.starts_with("interaction."))
            m_findings.isRecognised = true;
        for (const std::size_t wrapper : {std::size_t(0), std::size_t(PerAnswer)})
            readAnswer(document, wrapper, isStream && event != "interaction.completed");
    }

private:
    void readAnswer(const JsonPicker &document, std::size_t wrapper, bool isRunning)
    {
        noteModel(m_json.string(document.raw(wrapper + Model)).value_or(std::string()));
        noteAnswerId(document.word(wrapper + Id));
        noteServiceTier(document.word(wrapper + ServiceTier));
        if (document.word(wrapper + Status) != "in_progress")
            noteStopReason(document.word(wrapper + Status));
        const auto usage = m_json.object(document.raw(wrapper + Usage));
        const auto tokens = usage ? interactionUsage(*usage) : std::nullopt;
        if (!tokens)
            return;
        m_findings.isRecognised = true;
        m_findings.tokens = *tokens;
        m_findings.statement = isRunning ? Statement::Running : Statement::Final;
    }

    PickedJson m_json;
};

} // namespace

std::unique_ptr<DialectReader> makeInteractionsReader(ReaderHints hints)
{
    return std::make_unique<InteractionsReader>(std::move(hints));
}

} // namespace hookscope::llm
