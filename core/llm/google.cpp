#include "core/llm/dialectreader.h"
#include "core/llm/membersearch.h"
#include "core/llm/pickedjson.h"

namespace hookscope::llm {

namespace {

using Object = simdjson::dom::object;
using Statement = Findings::Statement;

// The members of an answer, and then the same inside "response", as Code Assist wraps them.
enum Wanted : std::size_t {
    UsageMetadata,
    ModelVersion,
    ResponseId,
    Candidates,
    FinishReason,
    Parts,
    PerAnswer,
};
constexpr std::size_t errorPlace = 2 * PerAnswer;
constexpr std::size_t embeddingPlace = errorPlace + 1;
constexpr std::size_t embeddingsPlace = errorPlace + 2;
constexpr std::size_t feedbackPlace = errorPlace + 3;
constexpr std::size_t statisticsPlace = errorPlace + 4; // Vertex's :predict of embeddings

const JsonPaths &googlePaths()
{
    static const JsonPaths paths{
        "usageMetadata",
        "modelVersion",
        "responseId",
        "candidates?",
        "candidates[].finishReason",
        "candidates[].content.parts?",
        "response.usageMetadata",
        "response.modelVersion",
        "response.responseId",
        "response.candidates?",
        "response.candidates[].finishReason",
        "response.candidates[].content.parts?",
        "error",
        "embedding?",
        "embeddings?",
        "promptFeedback?",
        "predictions[].embeddings.statistics.token_count+",
    };
    return paths;
}

// A modality is a word, or its number under enum-encoding=int, which is not read.
std::optional<std::int64_t> ofModality(const Object &usage, std::string_view list, std::string_view modality)
{
    simdjson::dom::array entries;
    if (usage.at_key(list).get(entries) != simdjson::SUCCESS)
        return std::nullopt;
    for (const simdjson::dom::element entry : entries) {
        Object object;
        if (entry.get(object) == simdjson::SUCCESS && memberString(object, "modality") == modality)
            return tokenCount(object, "tokenCount");
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
    tokens.input = prompt.value_or(0) + tokenCount(usage, "toolUsePromptTokenCount").value_or(0);
    tokens.audioInput = ofModality(usage, "promptTokensDetails", "AUDIO");
    tokens.imageInput = ofModality(usage, "promptTokensDetails", "IMAGE");
    tokens.audioOutput = ofModality(usage, "candidatesTokensDetails", "AUDIO");
    if (!tokens.audioOutput) // the Live API's name
        tokens.audioOutput = ofModality(usage, "responseTokensDetails", "AUDIO");
    tokens.imageOutput = ofModality(usage, "candidatesTokensDetails", "IMAGE");
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
            m_findings.error = m_json.errorText(document.raw(errorPlace));
        for (const std::size_t wrapper : {std::size_t(0), std::size_t(PerAnswer)})
            readAnswer(document, wrapper, isStream);
        if (document.holds(feedbackPlace)
            || (m_hints.answer == Endpoint::Answer::Embedding
                && (document.holds(embeddingPlace) || document.holds(embeddingsPlace)))) {
            m_findings.isRecognised = true;
        }
        if (const auto tokens = document.sum(statisticsPlace)) {
            m_findings.isRecognised = true;
            m_findings.tokens.input = *tokens;
            m_findings.tokens.output = 0;
            m_findings.statement = Statement::Final;
        }
    }

    // Every event has a snapshot of the whole usage, of which the last one counts.
    Interest interestIn(std::string_view event) const override
    {
        static const MemberSearch members{"usageMetadata", "error"};
        constexpr std::uint32_t usage = 1;
        if (!m_findings.model)
            return Interest::Now;
        const auto found = members.in(event);
        return found == usage ? Interest::IfLast : found != 0 ? Interest::Now : Interest::None;
    }

private:
    // The last snapshot is taken whole: its numbers can be smaller than earlier ones, and some absent.
    void readAnswer(const JsonPicker &document, std::size_t wrapper, bool isStream)
    {
        noteModel(m_json.string(document.raw(wrapper + ModelVersion)).value_or(std::string()));
        noteAnswerId(document.word(wrapper + ResponseId));
        noteStopReason(document.word(wrapper + FinishReason));
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
        for (const auto name : {"serviceTier", "trafficType"})
            noteServiceTier(memberString(*usage, name).value_or(std::string_view()));
        m_findings.tokens = *tokens;
        const bool isFinal = !isStream || document.holds(wrapper + FinishReason);
        m_findings.statement = isFinal ? Statement::Final : Statement::Running;
        m_findings.canShrink = !isFinal;
    }

    PickedJson m_json;
};

} // namespace

std::unique_ptr<DialectReader> makeGoogleReader(ReaderHints hints)
{
    return std::make_unique<GoogleReader>(std::move(hints));
}

} // namespace hookscope::llm
