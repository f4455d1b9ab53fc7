#include "core/llm/dialectreader.h"
#include "core/llm/pickedjson.h"

#include <initializer_list>

namespace hookscope::llm {

namespace {

using Object = simdjson::dom::object;
using Statement = Findings::Statement;

// The members of an answer, and then the same inside "response", as Code Assist wraps them.
enum Wanted : std::size_t { UsageMetadata, ModelVersion, Candidates, FinishReason, Parts, PerAnswer };
constexpr std::size_t errorPlace = 2 * PerAnswer;
constexpr std::size_t embeddingPlace = errorPlace + 1;
constexpr std::size_t embeddingsPlace = errorPlace + 2;
constexpr std::size_t feedbackPlace = errorPlace + 3;

const JsonPaths &googlePaths()
{
    static const JsonPaths paths{
        "usageMetadata",
        "modelVersion",
        "candidates?",
        "candidates[].finishReason",
        "candidates[].content.parts?",
        "response.usageMetadata",
        "response.modelVersion",
        "response.candidates?",
        "response.candidates[].finishReason",
        "response.candidates[].content.parts?",
        "error",
        "embedding?",
        "embeddings?",
        "promptFeedback?",
    };
    return paths;
}

// The part of a count that is audio; its details come under one of these names.
std::optional<std::int64_t> audioOf(const Object &usage, std::initializer_list<std::string_view> names)
{
    simdjson::dom::array details;
    for (const auto name : names) {
        if (usage.at_key(name).get(details) != simdjson::SUCCESS)
            continue;
        for (const simdjson::dom::element detail : details) {
            simdjson::dom::object part;
            if (detail.get(part) == simdjson::SUCCESS && memberString(part, "modality") == "AUDIO")
                return tokenCount(part, "tokenCount");
        }
    }
    return std::nullopt;
}

// Members with the value 0 are left out. None if no token is spoken of: Vertex sends the kind of
// traffic alone until the last chunk.
std::optional<TokenUsage> googleUsage(const Object &usage)
{
    const auto prompt = tokenCount(usage, "promptTokenCount");
    auto candidates = tokenCount(usage, "candidatesTokenCount");
    if (!candidates)
        candidates = tokenCount(usage, "responseTokenCount"); // the Live API's name
    if (!prompt && !candidates)
        return std::nullopt;
    TokenUsage tokens;
    tokens.reasoning = tokenCount(usage, "thoughtsTokenCount");
    tokens.cacheRead = tokenCount(usage, "cachedContentTokenCount");
    tokens.output = candidates.value_or(0) + tokens.reasoning.value_or(0);
    tokens.audioInput = audioOf(usage, {"promptTokensDetails"});
    tokens.audioOutput = audioOf(usage, {"candidatesTokensDetails", "responseTokensDetails"});
    tokens.input = prompt.value_or(0) + tokenCount(usage, "toolUsePromptTokenCount").value_or(0);
    return tokens;
}

// generateContent and its stream, embeddings; on AI Studio, Vertex and Code Assist.
class GoogleReader final : public DialectReader {
public:
    using DialectReader::DialectReader;

    const JsonPaths &paths() const override { return googlePaths(); }

    void read(const JsonPicker &document, bool isStream) override
    {
        if (document.holds(errorPlace))
            m_findings.error =
                m_json.errorText(document.raw(errorPlace)).value_or("an error that could not be read");
        for (const std::size_t wrapper : {std::size_t(0), std::size_t(PerAnswer)})
            readAnswer(document, wrapper, isStream);
        if (document.holds(feedbackPlace)
            || (m_hints.answer == Endpoint::Answer::Embedding
                && (document.holds(embeddingPlace) || document.holds(embeddingsPlace)))) {
            m_findings.isRecognised = true;
        }
    }

    bool isWorthReading(std::string_view event) const override
    {
        return !m_findings.model || holdsMember(event, "\"usageMetadata\"") || holdsMember(event, "\"error\"")
            || event.find("\\u00") != event.npos;
    }

private:
    // The last snapshot is taken whole: its numbers can be smaller than earlier ones, and some absent.
    void readAnswer(const JsonPicker &document, std::size_t wrapper, bool isStream)
    {
        noteModel(m_json.string(document.raw(wrapper + ModelVersion)).value_or(std::string()));
        if (document.holds(wrapper + Parts))
            m_findings.hasContent = true;
        if (document.holds(wrapper + Candidates))
            m_findings.isRecognised = true;
        const auto usage = m_json.object(document.raw(wrapper + UsageMetadata));
        if (!usage)
            return;
        const auto tokens = googleUsage(*usage);
        if (!tokens)
            return;
        m_findings.isRecognised = true;
        m_findings.tokens = *tokens;
        const bool isFinal = !isStream || document.holds(wrapper + FinishReason);
        m_findings.statement = isFinal ? Statement::Final : Statement::Running;
    }

    PickedJson m_json;
};

} // namespace

std::unique_ptr<DialectReader> makeGoogleReader(DialectReader::Hints hints)
{
    return std::make_unique<GoogleReader>(std::move(hints));
}

} // namespace hookscope::llm
