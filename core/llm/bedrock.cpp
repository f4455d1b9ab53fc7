#include "core/llm/anthropicreader.h"
#include "core/llm/membersearch.h"
#include "core/llm/openaiusage.h"

namespace hookscope::llm {

namespace {

using Object = simdjson::dom::object;
using Statement = Findings::Statement;

// What is read beside an Anthropic answer: Converse's members, those of the other models' own answers to
// Invoke, and what Bedrock adds to the last event of a stream.
struct Place {
    enum : std::size_t {
        MetadataUsage, // Nova's stream
        InvocationMetrics,
        ConverseStopReason,
        Output, // Converse, Nova
        DeltaContent,
        NovaDelta,
        TitanInput,
        TitanOutput,
        TitanStreamOutput,
        TitanText,
        LlamaInput,
        LlamaOutput,
        LlamaText,
        Choices, // Jamba and newer Mistral models answer as OpenAI does
        FinishReason,
        MistralOutputs,
        Jurassic,
        ServiceTier,
        Embedding,
    };
};

std::optional<std::int64_t> fieldTokens(const http::FieldList &head, std::string_view name)
{
    const auto value = http::fieldValue(head, name);
    return value ? tokenCount(*value) : std::nullopt;
}

// Fresh, cache read and cache write are apart, as in Anthropic's numbers.
TokenUsage summed(std::optional<std::int64_t> fresh, std::optional<std::int64_t> output,
                  std::optional<std::int64_t> cacheRead, std::optional<std::int64_t> cacheWrite)
{
    TokenUsage tokens;
    tokens.cacheRead = cacheRead;
    tokens.cacheWrite = cacheWrite;
    if (fresh)
        tokens.input = *fresh + cacheRead.value_or(0) + cacheWrite.value_or(0);
    tokens.output = output;
    return tokens;
}

std::optional<std::int64_t> either(const Object &object, std::string_view name, std::string_view twin)
{
    const auto count = tokenCount(object, name);
    return count ? count : tokenCount(object, twin);
}

// Converse's and Nova's usage; a name and its "...TokenCount" twin say the same.
TokenUsage converseUsage(const Object &usage)
{
    TokenUsage tokens =
        summed(tokenCount(usage, "inputTokens"), tokenCount(usage, "outputTokens"),
               either(usage, "cacheReadInputTokens", "cacheReadInputTokenCount"),
               either(usage, "cacheWriteInputTokens", "cacheWriteInputTokenCount"));
    simdjson::dom::array details;
    if (usage.at_key("cacheDetails").get(details) != simdjson::SUCCESS)
        return tokens;
    for (const simdjson::dom::element entry : details) { // parts of the write
        Object object;
        if (entry.get(object) == simdjson::SUCCESS && memberString(object, "ttl") == "1h")
            tokens.cacheWrite1h = tokenCount(object, "inputTokens");
    }
    return tokens;
}

// Bedrock: Converse and Invoke, whole and as a stream. Invoke's answer is the model's own; body, header
// fields and the metrics of a stream's last event state the same tokens, so the first of them that is
// there is taken and no two are added.
class BedrockReader final : public AnthropicReader {
public:
    using AnthropicReader::AnthropicReader;

    const JsonPaths &paths() const override
    {
        static const JsonPaths all(answerPaths(),
                                   {
                                       "metadata.usage",
                                       "amazon-bedrock-invocationMetrics",
                                       "stopReason",
                                       "output?",
                                       "delta?",
                                       "contentBlockDelta?",
                                       "inputTextTokenCount",
                                       "results[].tokenCount+",
                                       "totalOutputTextTokenCount",
                                       "outputText?",
                                       "prompt_token_count",
                                       "generation_token_count",
                                       "generation?",
                                       "choices?",
                                       "choices[].finish_reason",
                                       "outputs?",
                                       "completions?",
                                       "serviceTier.type",
                                       "embedding?",
                                   });
        return all;
    }

    void readHead(const http::FieldList &head) override
    {
        noteAnswerId(http::fieldValue(head, "x-amzn-requestid").value_or(std::string_view()));
        m_headCounts = summed(fieldTokens(head, "x-amzn-bedrock-input-token-count"),
                              fieldTokens(head, "x-amzn-bedrock-output-token-count"),
                              fieldTokens(head, "x-amzn-bedrock-cache-read-input-token-count"),
                              fieldTokens(head, "x-amzn-bedrock-cache-write-input-token-count"));
    }

    Interest interestIn(std::string_view event) const override
    {
        static const MemberSearch members{"usage",
                                          "amazon-bedrock-invocationMetrics",
                                          "stopReason",
                                          "prompt_token_count",
                                          "inputTextTokenCount",
                                          "totalOutputTextTokenCount",
                                          "generation_token_count",
                                          "error"};
        return members.in(event) != 0 ? Interest::Now : Interest::None;
    }

    void read(const JsonPicker &document, bool isStream) override
    {
        if (isAnthropic(document)) {
            AnthropicReader::read(document, isStream);
        } else {
            readOwn(document, isStream);
            readLlama(document);
            readTitan(document);
        }
        readMetrics(document);
        noteShape(document);
    }

    void ended() override
    {
        // Cohere's, Jurassic's and older Mistral answers state nothing themselves.
        if (m_findings.statement == Statement::None && m_headCounts.input && m_headCounts.output) {
            m_findings.tokens = m_headCounts;
            m_findings.statement = Statement::Final;
        }
        AnthropicReader::ended();
    }

private:
    static std::size_t at(std::size_t place) { return PlaceCount + place; }

    static bool isAnthropic(const JsonPicker &document)
    {
        return document.kind(Type) == JsonPicker::Kind::String;
    }

    void noteShape(const JsonPicker &document)
    {
        for (const auto place :
             {Place::Output, Place::ConverseStopReason, Place::NovaDelta, Place::TitanInput, Place::LlamaText,
              Place::LlamaOutput, Place::Choices, Place::MistralOutputs, Place::Jurassic, Place::DeltaContent})
            m_findings.isRecognised = m_findings.isRecognised
                || document.kind(at(place)) != JsonPicker::Kind::Absent;
        for (const auto place :
             {Place::DeltaContent, Place::NovaDelta, Place::TitanText, Place::LlamaText, Place::Choices})
            m_findings.hasContent = m_findings.hasContent || document.holds(at(place));
        noteStopReason(document.word(at(Place::ConverseStopReason)));
        noteStopReason(document.word(at(Place::FinishReason)));
        noteServiceTier(document.word(at(Place::ServiceTier)));
    }

    void readOwn(const JsonPicker &document, bool isStream)
    {
        for (const std::size_t place : {std::size_t(Usage), at(Place::MetadataUsage)}) {
            const auto usage = json().object(document.raw(place));
            if (!usage)
                continue;
            const auto converse = converseUsage(*usage);
            // A Nova stream begins with the prompt's tokens alone.
            if (converse.input && converse.output)
                state(converse);
            else if (const auto tokens = openAiUsage(*usage, {m_hints.provider, model(), m_hints.answer}))
                state(*tokens, isStream ? Statement::Running : Statement::Final);
        }
    }

    void readTitan(const JsonPicker &document)
    {
        const auto input = tokenCount(document.raw(at(Place::TitanInput)));
        auto output = document.sum(at(Place::TitanOutput));
        if (!output)
            output = tokenCount(document.raw(at(Place::TitanStreamOutput)));
        m_titan.input = input ? input : m_titan.input;
        m_titan.output = output ? output : m_titan.output;
        if (document.holds(at(Place::Embedding)))
            m_titan.output = 0;
        if ((input || output) && m_titan.input && m_titan.output)
            state(m_titan, Statement::Running);
    }

    // A stream has the prompt's count in its first event and a growing one of the answer in each.
    void readLlama(const JsonPicker &document)
    {
        const auto input = tokenCount(document.raw(at(Place::LlamaInput)));
        const auto output = tokenCount(document.raw(at(Place::LlamaOutput)));
        m_llama.input = input ? input : m_llama.input;
        m_llama.output = output ? output : m_llama.output;
        if (output)
            state(m_llama, Statement::Running);
    }

    void readMetrics(const JsonPicker &document)
    {
        const auto metrics = json().object(document.raw(at(Place::InvocationMetrics)));
        if (!metrics || m_findings.statement == Statement::Final)
            return;
        const auto tokens =
            summed(tokenCount(*metrics, "inputTokenCount"), tokenCount(*metrics, "outputTokenCount"),
                   tokenCount(*metrics, "cacheReadInputTokenCount"),
                   tokenCount(*metrics, "cacheWriteInputTokenCount"));
        if (tokens.input && tokens.output)
            state(tokens);
    }

    void state(const TokenUsage &tokens, Statement statement = Statement::Final)
    {
        m_findings.isRecognised = true;
        m_findings.tokens = tokens;
        m_findings.statement = statement;
    }

    TokenUsage m_headCounts;
    TokenUsage m_titan;
    TokenUsage m_llama;
};

} // namespace

std::unique_ptr<DialectReader> makeBedrockReader(ReaderHints hints)
{
    return std::make_unique<BedrockReader>(std::move(hints));
}

} // namespace hookscope::llm
