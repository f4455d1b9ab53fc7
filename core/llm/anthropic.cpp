#include "core/llm/anthropicreader.h"

namespace hookscope::llm {

namespace {

using Object = simdjson::dom::object;
using Statement = Findings::Statement;

// Their names for the parts of a prompt: fresh, read from and written to the cache, which add up.
using Counts = AnthropicReader::Counts;

Counts countsOf(const Object &usage)
{
    Counts counts{tokenCount(usage, "input_tokens"), tokenCount(usage, "cache_read_input_tokens"),
                  tokenCount(usage, "cache_creation_input_tokens"), std::nullopt,
                  tokenCount(usage, "output_tokens")};
    if (const auto byLifetime = memberObject(usage, "cache_creation")) {
        counts.cacheWrite1h = tokenCount(*byLifetime, "ephemeral_1h_input_tokens");
        if (!counts.cacheWrite) {
            addCount(counts.cacheWrite, tokenCount(*byLifetime, "ephemeral_5m_input_tokens"));
            addCount(counts.cacheWrite, counts.cacheWrite1h);
        }
    }
    return counts;
}

// Each number of a later statement replaces the earlier: they are cumulative.
void replaceBy(Counts &counts, const Counts &later)
{
    counts.fresh = later.fresh ? later.fresh : counts.fresh;
    counts.cacheRead = later.cacheRead ? later.cacheRead : counts.cacheRead;
    counts.cacheWrite = later.cacheWrite ? later.cacheWrite : counts.cacheWrite;
    counts.cacheWrite1h = later.cacheWrite1h ? later.cacheWrite1h : counts.cacheWrite1h;
    counts.output = later.output ? later.output : counts.output;
}

TokenUsage tokensOf(const Counts &counts)
{
    TokenUsage tokens;
    tokens.cacheRead = counts.cacheRead;
    tokens.cacheWrite = counts.cacheWrite;
    tokens.cacheWrite1h = counts.cacheWrite1h;
    if (counts.fresh)
        tokens.input = *counts.fresh + counts.cacheRead.value_or(0) + counts.cacheWrite.value_or(0);
    tokens.output = counts.output;
    return tokens;
}

struct Iterations {
    Counts sum;
    std::vector<Portion> portions;
};

// The entries of `iterations`, of which the top level leaves out compaction and the advisor's turns.
// None if there is no such list, an entry in it says nothing, or their sum does not fit.
std::optional<Iterations> iterationsOf(const Object &usage)
{
    simdjson::dom::array list;
    if (usage.at_key("iterations").get(list) != simdjson::SUCCESS || list.size() == 0)
        return std::nullopt;
    Iterations iterations;
    for (const simdjson::dom::element entry : list) {
        Object object;
        if (entry.get(object) != simdjson::SUCCESS)
            return std::nullopt;
        const auto counts = countsOf(object);
        if (!counts.fresh || !counts.output)
            return std::nullopt;
        Counts &sum = iterations.sum;
        const bool fits = addCount(sum.fresh, counts.fresh) && addCount(sum.cacheRead, counts.cacheRead)
            && addCount(sum.cacheWrite, counts.cacheWrite) && addCount(sum.cacheWrite1h, counts.cacheWrite1h)
            && addCount(sum.output, counts.output);
        if (!fits)
            return std::nullopt;
        const auto model = memberString(object, "model");
        iterations.portions.push_back({model ? std::optional(std::string(*model)) : std::nullopt,
                                       tokensOf(counts)});
    }
    return iterations;
}

} // namespace

std::optional<TokenUsage> AnthropicReader::usageOf(const Object &usage)
{
    const auto iterations = iterationsOf(usage);
    const auto tokens = tokensOf(iterations ? iterations->sum : countsOf(usage));
    return tokens.input && tokens.output ? std::optional(tokens) : std::nullopt;
}

const JsonPaths &AnthropicReader::answerPaths()
{
    static const JsonPaths paths{
        "type",
        "id",
        "model",
        "usage",
        "stop_reason",
        "delta.stop_reason",
        "message.id",
        "message.model",
        "message.usage",
        "error",
        "request_id",
        "completion?",
        "content_block.text?",
        "content_block.data?",
    };
    return paths;
}

void AnthropicReader::read(const JsonPicker &document, bool isStream)
{
    const auto type = document.word(Type);
    noteModel(json().string(document.raw(Model)).value_or(std::string()));
    noteModel(json().string(document.raw(MessageModel)).value_or(std::string()));
    noteRequestId(document.word(RequestId));
    noteAnswerId(document.word(MessageId));
    noteStopReason(document.word(DeltaStopReason));
    noteStopReason(document.word(StopReason));
    if (document.holds(Error))
        m_findings.error = json().errorText(document.raw(Error));
    if (type == "content_block_delta" || document.holds(Completion) || document.holds(BlockText)
        || document.holds(BlockData)) {
        m_findings.hasContent = true;
    }
    if (type == "message" || type == "message_start" || type == "completion") {
        m_findings.isRecognised = true;
        noteAnswerId(document.word(Id));
    }
    if (document.holds(Completion))
        m_findings.usageNote = "this endpoint does not state usage";
    noteUsage(document.raw(MessageUsage), true);
    noteUsage(document.raw(Usage), isStream && type != "message_delta");
}

void AnthropicReader::noteUsage(std::string_view raw, bool isOpening)
{
    const auto usage = json().object(raw);
    if (!usage)
        return;
    const auto counts = countsOf(*usage);
    if (!counts.fresh && !counts.output && !counts.cacheRead && !counts.cacheWrite)
        return;
    replaceBy(m_counts, counts);
    noteTerms(*usage);
    const bool isFinal = !isOpening && counts.output;
    if (isFinal)
        m_findings.statement = Statement::Final;
    else if (m_findings.statement == Statement::None)
        m_findings.statement = Statement::Opening;
    auto iterations = iterationsOf(*usage);
    if (iterations)
        m_findings.billing.portions = std::move(iterations->portions);
    publish(iterations ? iterations->sum : m_counts);
}

// What the price depends on beside the counts.
void AnthropicReader::noteTerms(const Object &usage)
{
    if (const auto details = memberObject(usage, "output_tokens_details")) {
        if (const auto thinking = tokenCount(*details, "thinking_tokens"))
            m_thinking = thinking;
    }
    if (const auto tools = memberObject(usage, "server_tool_use")) {
        if (const auto searches = tokenCount(*tools, "web_search_requests"))
            m_findings.webSearches = searches;
        if (const auto fetches = tokenCount(*tools, "web_fetch_requests"))
            m_findings.webFetches = fetches;
    }
    noteServiceTier(memberString(usage, "service_tier").value_or(std::string_view()));
    if (const auto speed = memberString(usage, "speed"))
        m_findings.billing.isFast = *speed == "fast";
    if (const auto region = memberString(usage, "inference_geo"))
        m_findings.billing.region = std::string(*region);
}

void AnthropicReader::publish(const Counts &counts)
{
    m_findings.tokens = tokensOf(counts);
    // The output that a stream starts with is that of its first tokens, no count of the answer.
    if (m_findings.statement == Statement::Final)
        m_findings.tokens.reasoning = m_thinking;
    else
        m_findings.tokens.output.reset();
}

std::unique_ptr<DialectReader> makeAnthropicReader(ReaderHints hints)
{
    return std::make_unique<AnthropicReader>(std::move(hints));
}

} // namespace hookscope::llm
