#pragma once

#include "core/events/exchangeid.h"
#include "core/http/fields.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace hookscope {

// The events of one exchange, in the order in which they are made: Started, then ProxyEvent
// (on_request), Answered, CallProgress and LlmEvent as they apply, and last ProxyEvent (on_response); what
// is kept of the bodies (BodyKept) comes at any time after Started, also after the last.
// Immutable values; text is UTF-8 where the wire was, times are microseconds.

// The program that holds the client's socket.
struct Process {
    std::string name;
    std::int64_t pid = 0;

    friend bool operator==(const Process &, const Process &) = default;
};

enum class HookEvent { OnRequest, OnResponse, OnBudget };

enum class UsageState {
    Reported, // the provider's whole statement was read
    Missing,  // no statement came, or none that is understood
    Partial,  // the answer was cut; what had been stated until then is kept
};

// A request's head was read. For the window only: no hook sees it.
struct Started {
    ExchangeId id;
    std::int64_t timestampUs = 0; // since the Unix epoch
    std::string sandbox;
    std::optional<Process> process;
    std::string method;
    std::string url;  // CONNECT: host:port
    std::string host; // upstream's, no port
    std::string path; // of the upstream request, with its query; empty for CONNECT
    bool isTunnel = false;
    http::FieldList head; // the client's fields

    friend bool operator==(const Started &, const Started &) = default;
};

// The answer's head was read. For the window only.
struct Answered {
    ExchangeId id;
    int status = 0;
    std::int64_t latencyUs = 0;
    http::FieldList head; // the upstream's fields

    friend bool operator==(const Answered &, const Answered &) = default;
};

// One grammar for every provider (OpenTelemetry GenAI conventions): input is the whole prompt, cache
// read and write are parts of it, output is the whole answer, reasoning is a part of it. Absent means
// that the provider did not say; it is never a zero and never an estimate.
struct TokenUsage {
    std::optional<std::int64_t> input;
    std::optional<std::int64_t> output;
    std::optional<std::int64_t> cacheRead;
    std::optional<std::int64_t> cacheWrite; // for whatever time, an hour included
    std::optional<std::int64_t> reasoning;
    std::optional<std::int64_t> cacheWrite1h = {}; // the part of cacheWrite that is kept for an hour
    std::optional<std::int64_t> audioInput = {}; // parts of input and output
    std::optional<std::int64_t> audioOutput = {};
    std::optional<std::int64_t> imageInput = {};
    std::optional<std::int64_t> imageOutput = {};

    // Input plus output, if both are known (and no nonsense that does not fit).
    std::optional<std::int64_t> total() const
    {
        std::int64_t sum = 0;
        if (!input || !output || __builtin_add_overflow(*input, *output, &sum))
            return std::nullopt;
        return sum;
    }

    friend bool operator==(const TokenUsage &, const TokenUsage &) = default;
};

// An amount of money: 10^-12 US dollars, so that one token's price is a whole number and sums are exact.
using PicoUsd = std::int64_t;

// An LLM call was recognised, or more of it became known while it runs. For the window only.
struct CallProgress {
    ExchangeId id;
    std::string provider;
    std::optional<std::string> model;
    bool streaming = false;
    std::optional<std::int64_t> ttftUs; // request read to first content event
    TokenUsage tokens = {}; // at least these, as the answer stated them until now
    std::optional<PicoUsd> cost = {}; // of these tokens

    friend bool operator==(const CallProgress &, const CallProgress &) = default;
};

// Once when a request was read whole and once when its answer ended (agentkernel's ProxyEvent).
struct ProxyEvent {
    HookEvent event = HookEvent::OnRequest;
    ExchangeId id;
    std::int64_t timestampUs = 0;
    std::string sandbox;
    std::string method;
    std::string url;
    std::string host;
    std::optional<int> status; // as the client got it; none for a request, a tunnel, no answer
    bool secretInjected = false;
    std::optional<std::int64_t> latencyUs; // request read to the answer's head
    std::optional<Process> process;
    std::optional<std::int64_t> durationUs; // request read to the last byte
    std::optional<std::uint64_t> requestBytes;  // bodies as they were on the wire
    std::optional<std::uint64_t> responseBytes;
    std::optional<std::string> error;

    friend bool operator==(const ProxyEvent &, const ProxyEvent &) = default;
};

// What the provider's header fields said of one limit, as they said it.
struct RateLimit {
    std::string name; // "requests", "tokens", "input-tokens", ...
    std::optional<std::string> limit;
    std::optional<std::string> remaining;
    std::optional<std::string> reset; // a time, a duration or seconds: each provider has its own form

    friend bool operator==(const RateLimit &, const RateLimit &) = default;
};

// What a call was, beside its numbers. For the window only: not in the JSON form.
struct CallDetails {
    std::optional<std::string> requestModel; // asked for
    std::optional<std::string> answerId; // the provider's id of the answer: one id, one call
    std::optional<std::string> serviceTier; // in the provider's word: "default", "flex", "batch", ...
    std::optional<std::string> stopReason; // in the provider's word
    std::optional<std::int64_t> webSearches; // run by the provider, and billed apart
    std::optional<std::int64_t> webFetches;
    std::vector<RateLimit> rateLimits;
    std::optional<std::string> usageNote; // why usage is missing or partial, for people
    bool isUnderstood = true; // false: an answer that should have been a call's, and no reader knew it

    friend bool operator==(const CallDetails &, const CallDetails &) = default;
};

// Where a call's cost comes from.
enum class CostSource {
    None, // there is none
    OwnPrices, // tokens, by the user's own prices
    Provider, // the provider said what it charges
    PriceList, // tokens, by the list that the program brings
};

// Once per LLM call, when its answer ended (agentkernel's LlmEvent).
struct LlmEvent {
    ExchangeId id;
    std::int64_t timestampUs = 0;
    std::string sandbox;
    std::string provider;
    std::string host;
    std::string method;
    std::string path;
    std::optional<std::string> model; // the one that answered, else the one asked for
    std::optional<int> status;
    std::optional<std::int64_t> latencyUs;
    TokenUsage tokens;
    bool streaming = false;
    bool secretInjected = false;
    std::optional<Process> process;
    std::optional<std::string> session;
    std::optional<std::string> requestId;
    std::optional<PicoUsd> cost; // absent where no price is known
    CostSource costSource = CostSource::None;
    std::optional<std::int64_t> ttftUs;
    std::optional<std::int64_t> durationUs;
    UsageState usage = UsageState::Missing;
    std::optional<std::string> error;
    CallDetails details;

    // Whether the cost is that of a cut answer's tokens: the call cost at least that.
    bool isCostLowerBound() const
    {
        return cost && usage == UsageState::Partial && costSource != CostSource::Provider;
    }

    friend bool operator==(const LlmEvent &, const LlmEvent &) = default;
};

enum class BodySide { Request, Answer };

// What was kept of a body, after its exchange's other events or among them. For the window only: no hook,
// file, output or audit line has it.
struct BodyKept {
    ExchangeId id;
    BodySide side = BodySide::Request;
    std::shared_ptr<const std::string> text; // UTF-8 without its content coding; null: nothing was kept
    bool isTruncated = false; // there was more, or the rest never came
    std::uint64_t fullSize = 0; // of the body as it was on the wire
    std::string contentType; // as its head has it
    std::string note; // for people: why there is no text, or not all of it

    friend bool operator==(const BodyKept &left, const BodyKept &right);
};

using Event = std::variant<Started, Answered, CallProgress, ProxyEvent, LlmEvent, BodyKept>;

// The exchange that an event belongs to.
ExchangeId exchangeOf(const Event &event);

} // namespace hookscope
