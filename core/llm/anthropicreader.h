#pragma once

#include "core/llm/dialectreader.h"
#include "core/llm/pickedjson.h"

#include <optional>
#include <string_view>

namespace hookscope::llm {

// Messages and its stream, as Anthropic sends them and, in their own framing, Bedrock and Vertex.
class AnthropicReader : public DialectReader {
public:
    struct Counts {
        std::optional<std::int64_t> fresh; // the prompt without what was read from or written to the cache
        std::optional<std::int64_t> cacheRead;
        std::optional<std::int64_t> cacheWrite;
        std::optional<std::int64_t> cacheWrite1h; // a part of cacheWrite
        std::optional<std::int64_t> output;
    };

    using DialectReader::DialectReader;

    // A whole answer's usage, the entries of `iterations` included; none if it states no output.
    static std::optional<TokenUsage> usageOf(const simdjson::dom::object &usage);

    const JsonPaths &paths() const override { return answerPaths(); }
    void read(const JsonPicker &document, bool isStream) override;

protected:
    // The places of answerPaths().
    enum Wanted : std::size_t {
        Type,
        Id,
        Model,
        Usage,
        StopReason,
        DeltaStopReason,
        MessageId,
        MessageModel,
        MessageUsage,
        Error,
        RequestId,
        Completion,
        BlockText,
        BlockData,
        PlaceCount,
    };

    static const JsonPaths &answerPaths();
    PickedJson &json() { return m_json; }

private:
    void noteUsage(std::string_view raw, bool isOpening);
    void noteTerms(const simdjson::dom::object &usage);
    void publish(const Counts &counts);

    PickedJson m_json;
    Counts m_counts;
    std::optional<std::int64_t> m_thinking;
};

} // namespace hookscope::llm
