#pragma once

#include "core/events/event.h"

#include <QString>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace hookscope {

// The keys of a line of JSON that Hookscope knows, of any kind of event: what is null or not there is
// absent. It only reads; what the keys mean together is said in eventreader.h.
struct WireLine {
    using Text = std::optional<std::string>;
    using Number = std::optional<std::int64_t>;
    using Size = std::optional<std::uint64_t>;
    using Flag = std::optional<bool>;

    Text timestamp, sandbox, method, url, host, path, provider, model, event, id, session, requestId, usage,
        error;
    Number status, latencyMs, durationMs, ttftMs;
    Number input, output, cacheRead, cacheWrite, reasoning;
    Size requestBytes, responseBytes;
    Flag secretInjected, streaming;
    std::optional<Process> process;
    std::optional<PicoUsd> cost;

    // Of the stored form alone.
    Text kind, costSource, requestModel, answerId, serviceTier, stopReason, usageNote;
    Number timestampUs, latencyUs, durationUs, ttftUs;
    Number cacheWrite1h, audioInput, audioOutput, imageInput, imageOutput, webSearches, webFetches;
    Flag isTunnel, isUnderstood;
    http::FieldList head;
    std::vector<RateLimit> rateLimits;
};

// Reads such lines; it keeps the parser's memory from line to line, hence no function. One thread.
class WireLineReader {
public:
    WireLineReader();
    ~WireLineReader();
    WireLineReader(WireLineReader &&) noexcept;
    WireLineReader &operator=(WireLineReader &&) noexcept;

    // The error is a sentence's end for people ("\"status\" is not a whole number"). Of a key that is there
    // twice the later counts.
    tl::expected<WireLine, QString> read(std::string_view line);

private:
    struct Parser;
    std::unique_ptr<Parser> m_parser;
};

} // namespace hookscope
