#pragma once

#include "core/events/event.h"
#include "core/events/exchange.h"
#include "core/events/strings.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace hookscope {

// A whole number that may be absent, in the size of a number: no time, size or count is the least one.
class Maybe {
public:
    constexpr Maybe() = default;
    constexpr Maybe(std::optional<std::int64_t> value)
        : m_value(value.value_or(absent))
    {
    }

    constexpr bool has() const { return m_value != absent; }
    constexpr std::int64_t operator*() const { return m_value; } // only if has()
    constexpr operator std::optional<std::int64_t>() const
    {
        return has() ? std::optional(m_value) : std::nullopt;
    }

    friend constexpr bool operator==(Maybe, Maybe) = default;

private:
    static constexpr std::int64_t absent = std::numeric_limits<std::int64_t>::min();
    std::int64_t m_value = absent;
};

// What a row of the log shows of one exchange, small enough for a million of them: numbers, and the ids
// of texts that the log's Strings keeps. It fills in as the exchange's events are taken in. The sums over
// the calls of a websocket are absent as soon as one call did not report that number: a sum with a gap
// would pass for the whole; the cost is one, and is then a lower bound.
struct Record {
    using State = Exchange::State;

    ExchangeId id;
    std::int64_t timestampUs = 0; // the request's head was read
    Maybe latencyUs;
    Maybe ttftUs;
    Maybe durationUs;
    Maybe requestBytes;
    Maybe responseBytes;
    Maybe input;
    Maybe output;
    Maybe cacheRead;
    Maybe cacheWrite;
    Maybe reasoning;
    Maybe cost; // picodollars

    StringId sandbox = 0;
    StringId process = 0;
    StringId method = 0;
    StringId origin = 0; // the URL up to its path, or the whole of one that does not end with it
    StringId host = 0;
    StringId path = 0;
    StringId provider = 0;
    StringId model = 0;
    StringId session = 0;
    StringId error = 0;
    StringId comment = 0; // the user's own
    std::uint32_t pid = 0; // 0: not known

    std::uint16_t status = 0; // 0: none
    std::uint16_t calls = 0; // ended LLM calls
    std::uint8_t mark = 0; // the user's colour, 1 to 6
    State state : 3 = State::InFlight;
    UsageState usage : 3 = UsageState::Missing; // of the last call
    bool isTunnel : 1 = false;
    bool isWholeUrl : 1 = false; // origin is
    bool isCall : 1 = false;
    bool isStreaming : 1 = false; // asked for, or as the answer's type has it
    bool isAnswered : 1 = false;
    bool isTokensLowerBound : 1 = false;
    bool isCostLowerBound : 1 = false;
    bool isUnderstood : 1 = true; // false: a call's answer that no reader knew
    bool isPinned : 1 = false;
    bool isRead : 1 = false;
    bool isRestored : 1 = false; // of an earlier session, or of a file
    bool isWholeLine : 1 = false; // one line of a file, of which it tells all (core/events/linerows.h)
    bool isSecretInjected : 1 = false; // of such a line
    bool isBegunEarlier : 1 = false; // alike: timestampUs is the latency before the line's time

    bool isRunning() const { return state == State::InFlight || state == State::Streaming; }
    bool isError() const { return state == State::Failed || status >= 400; }
    std::optional<std::int64_t> total() const; // input plus output
    std::int64_t elapsedUs(std::int64_t nowUs) const; // how long it took, or has been taking
};

static_assert(sizeof(Record) <= 184);

// Takes in what that event tells; it holds the texts that it names from then on.
void apply(Record &record, const Event &event, Strings &strings);

// The same record, with its texts held elsewhere.
Record copyOf(const Record &record, const Strings &from, Strings &to);

// Puts ids[id] in the place of each of its texts' ids, which holds them in `to`; ids[0] is 0.
void moveTexts(Record &record, const std::vector<StringId> &ids, Strings &to);

// Gives up the record's texts.
void releaseTexts(const Record &record, Strings &strings);

// A record and where its texts are. Valid as long as both.
struct RecordView {
    const Record *record = nullptr; // null: there is none
    const Strings *strings = nullptr;

    explicit operator bool() const { return record != nullptr; }
    const Record *operator->() const { return record; }
};

// The URL as the client asked for it.
std::string urlOf(const Record &record, const Strings &strings);

// The exchange as far as its record tells it: without heads, and with one call that stands for all.
Exchange exchangeFrom(const Record &record, const Strings &strings);

// The other way round: its record, as the log would have made it out of the events.
Record recordFrom(const Exchange &exchange, Strings &strings);

// What the detail of that exchange takes in memory, nearly.
std::size_t memoryOf(const Exchange &exchange);

} // namespace hookscope
