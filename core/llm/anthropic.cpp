#include "core/llm/dialectreader.h"
#include "core/llm/pickedjson.h"

namespace hookscope::llm {

namespace {

using Object = simdjson::dom::object;
using Statement = Findings::Statement;

enum Wanted : std::size_t {
    Type,
    Model,
    Usage,
    MessageModel,
    MessageUsage,
    Error,
    RequestId,
    Completion,
    BlockText,
    BlockData,
};

const JsonPaths &anthropicPaths()
{
    static const JsonPaths paths{
        "type",  "model",      "usage",       "message.model",       "message.usage",
        "error", "request_id", "completion?", "content_block.text?", "content_block.data?",
    };
    return paths;
}

// Their names for the parts of a prompt: fresh, read from and written to the cache, which add up.
struct Counts {
    std::optional<std::int64_t> fresh;
    std::optional<std::int64_t> cacheRead;
    std::optional<std::int64_t> cacheWrite;
    std::optional<std::int64_t> output;

    static Counts of(const Object &usage)
    {
        Counts counts{tokenCount(usage, "input_tokens"), tokenCount(usage, "cache_read_input_tokens"),
                      tokenCount(usage, "cache_creation_input_tokens"), tokenCount(usage, "output_tokens")};
        const auto byLifetime = memberObject(usage, "cache_creation");
        if (byLifetime && !counts.cacheWrite) {
            add(counts.cacheWrite, tokenCount(*byLifetime, "ephemeral_5m_input_tokens"));
            add(counts.cacheWrite, tokenCount(*byLifetime, "ephemeral_1h_input_tokens"));
        }
        return counts;
    }

    static void add(std::optional<std::int64_t> &sum, std::optional<std::int64_t> count)
    {
        if (count)
            sum = sum.value_or(0) + *count;
    }

    void add(const Counts &other)
    {
        add(fresh, other.fresh);
        add(cacheRead, other.cacheRead);
        add(cacheWrite, other.cacheWrite);
        add(output, other.output);
    }

    // Each number of a later statement replaces the earlier: they are cumulative.
    void replaceBy(const Counts &later)
    {
        fresh = later.fresh ? later.fresh : fresh;
        cacheRead = later.cacheRead ? later.cacheRead : cacheRead;
        cacheWrite = later.cacheWrite ? later.cacheWrite : cacheWrite;
        output = later.output ? later.output : output;
    }
};

// The sum over `iterations`, of which the top level leaves out compaction and the advisor's turns.
// None if there is no such list, or an entry in it says nothing.
std::optional<Counts> iterationsOf(const Object &usage)
{
    simdjson::dom::array list;
    if (usage.at_key("iterations").get(list) != simdjson::SUCCESS || list.size() == 0)
        return std::nullopt;
    Counts sum;
    for (const simdjson::dom::element entry : list) {
        Object object;
        if (entry.get(object) != simdjson::SUCCESS)
            return std::nullopt;
        const auto counts = Counts::of(object);
        if (!counts.fresh || !counts.output)
            return std::nullopt;
        sum.add(counts);
    }
    return sum;
}

class AnthropicReader final : public DialectReader {
public:
    using DialectReader::DialectReader;

    const JsonPaths &paths() const override { return anthropicPaths(); }

    void read(const JsonPicker &document, bool isStream) override
    {
        const auto type = document.word(Type);
        noteModel(m_json.string(document.raw(Model)).value_or(std::string()));
        noteModel(m_json.string(document.raw(MessageModel)).value_or(std::string()));
        noteRequestId(document.word(RequestId));
        if (document.holds(Error))
            m_findings.error =
                m_json.errorText(document.raw(Error)).value_or("an error that could not be read");
        if (type == "content_block_delta" || document.holds(Completion) || document.holds(BlockText)
            || document.holds(BlockData)) {
            m_findings.hasContent = true;
        }
        if (type == "message" || type == "message_start" || type == "completion")
            m_findings.isRecognised = true;
        noteUsage(document.raw(MessageUsage), true);
        noteUsage(document.raw(Usage), isStream && type != "message_delta");
    }

private:
    void noteUsage(std::string_view raw, bool isOpening)
    {
        const auto usage = m_json.object(raw);
        if (!usage)
            return;
        const auto counts = Counts::of(*usage);
        if (!counts.fresh && !counts.output && !counts.cacheRead && !counts.cacheWrite)
            return;
        m_counts.replaceBy(counts);
        if (const auto details = memberObject(*usage, "output_tokens_details")) {
            if (const auto thinking = tokenCount(*details, "thinking_tokens"))
                m_thinking = thinking;
        }
        const bool isFinal = !isOpening && counts.output;
        if (isFinal)
            m_findings.statement = Statement::Final;
        else if (m_findings.statement == Statement::None)
            m_findings.statement = Statement::Opening;
        publish(iterationsOf(*usage).value_or(m_counts));
    }

    void publish(const Counts &counts)
    {
        TokenUsage &tokens = m_findings.tokens;
        tokens.cacheRead = counts.cacheRead;
        tokens.cacheWrite = counts.cacheWrite;
        if (counts.fresh)
            tokens.input = *counts.fresh + counts.cacheRead.value_or(0) + counts.cacheWrite.value_or(0);
        // The output that a stream starts with is that of its first tokens, no count of the answer.
        if (m_findings.statement == Statement::Final) {
            tokens.output = counts.output;
            tokens.reasoning = m_thinking;
        }
    }

    PickedJson m_json;
    Counts m_counts;
    std::optional<std::int64_t> m_thinking;
};

} // namespace

std::unique_ptr<DialectReader> makeAnthropicReader(DialectReader::Hints hints)
{
    return std::make_unique<AnthropicReader>(std::move(hints));
}

} // namespace hookscope::llm
