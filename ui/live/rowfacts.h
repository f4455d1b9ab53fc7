#pragma once

#include "core/events/exchange.h"

#include <optional>
#include <string>

namespace hookscope {

// What a row says of an exchange, taken from whichever of its events knows best. Pure; main thread.

// Tokens of all calls of the exchange. Absent as soon as one call did not report that number: a sum
// with a gap would pass for the whole. A lower bound if a call was cut short.
struct RowTokens {
    TokenUsage usage;
    bool isLowerBound = false;
};

RowTokens tokensOf(const Exchange &exchange);

// The cost of all calls of the exchange; absent if that of none is known, and a lower bound if that of
// one is not, or is of a cut answer's tokens only.
struct RowCost {
    std::optional<PicoUsd> amount;
    bool isLowerBound = false;
};

RowCost costOf(const Exchange &exchange);

const std::string *providerOf(const Exchange &exchange); // null if it is no LLM call
const std::string *modelOf(const Exchange &exchange); // null if not known
const std::string *errorOf(const Exchange &exchange); // null if nothing failed
std::optional<Process> processOf(const Exchange &exchange);
std::optional<int> statusOf(const Exchange &exchange); // as the client got it
std::optional<std::int64_t> ttftUsOf(const Exchange &exchange);
std::optional<std::int64_t> latencyUsOf(const Exchange &exchange);
std::optional<std::int64_t> durationUsOf(const Exchange &exchange); // absent while it runs

bool isRunning(const Exchange &exchange);
bool isError(const Exchange &exchange); // failed, or answered with 400 or above
bool isUnderstood(const Exchange &exchange); // no call's answer was in a form that no reader knew

// How long it took, or has been taking until `nowUs`.
std::int64_t elapsedUsOf(const Exchange &exchange, std::int64_t nowUs);

} // namespace hookscope
