#include "core/llm/anthropicreader.h"
#include "core/llm/openaiusage.h"

#include <algorithm>

namespace hookscope::llm {

namespace {

using Statement = Findings::Statement;

// False if they do not fit.
bool addTo(TokenUsage &sum, const TokenUsage &tokens)
{
    return addCount(sum.input, tokens.input) && addCount(sum.output, tokens.output)
        && addCount(sum.cacheRead, tokens.cacheRead) && addCount(sum.cacheWrite, tokens.cacheWrite)
        && addCount(sum.cacheWrite1h, tokens.cacheWrite1h) && addCount(sum.reasoning, tokens.reasoning);
}

// The results of a batch (Anthropic's /results, OpenAI's output file): JSON Lines, one answer each in its
// dialect's own form. They are summed: one download is one call that is billed as a batch.
class BatchReader final : public DialectReader {
public:
    explicit BatchReader(ReaderHints hints)
        : DialectReader(std::move(hints))
    {
        m_findings.billing.isBatch = true;
        m_findings.serviceTier = "batch";
    }

    const JsonPaths &paths() const override
    {
        static const JsonPaths all{
            "result.message.usage", "result.message.model", "response.body.usage", "response.body.model",
            "custom_id?",
        };
        return all;
    }

    void read(const JsonPicker &document, bool /*isStream*/) override
    {
        enum : std::size_t { AnthropicUsage, AnthropicModel, OpenAiUsage, OpenAiModel, CustomId };
        if (document.kind(CustomId) == JsonPicker::Kind::Absent)
            return; // some other file of JSON Lines
        auto model = m_json.string(document.raw(AnthropicModel));
        if (!model)
            model = m_json.string(document.raw(OpenAiModel));
        noteModel(model.value_or(std::string()));
        auto tokens = anthropicUsage(document.raw(AnthropicUsage));
        if (!tokens) {
            const auto usage = m_json.object(document.raw(OpenAiUsage));
            tokens = usage ? openAiUsage(*usage, {m_hints.provider, model.value_or(std::string()), m_hints.answer})
                           : std::nullopt;
        }
        if (!tokens)
            return; // a request that failed is not billed
        m_findings.isRecognised = true;
        if (m_isBeyond)
            return;
        m_findings.statement = Statement::Running;
        m_isBeyond = !addTo(m_findings.tokens, *tokens);
        addPortion(model, *tokens);
        if (m_isBeyond) {
            m_findings.statement = Statement::None;
            m_findings.tokens = {};
            m_findings.billing.portions.clear();
        }
    }

private:
    std::optional<TokenUsage> anthropicUsage(std::string_view raw)
    {
        const auto usage = m_json.object(raw);
        return usage ? AnthropicReader::usageOf(*usage) : std::nullopt;
    }

    void addPortion(const std::optional<std::string> &model, const TokenUsage &tokens)
    {
        auto &portions = m_findings.billing.portions;
        const auto portion = std::find_if(portions.begin(), portions.end(),
                                          [&](const Portion &known) { return known.model == model; });
        if (portion == portions.end())
            portions.push_back({model, tokens});
        else
            addTo(portion->tokens, tokens);
    }

    PickedJson m_json;
    bool m_isBeyond = false; // the sum does not fit
};

} // namespace

std::unique_ptr<DialectReader> makeBatchReader(ReaderHints hints)
{
    return std::make_unique<BatchReader>(std::move(hints));
}

} // namespace hookscope::llm
