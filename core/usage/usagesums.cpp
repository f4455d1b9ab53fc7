#include "core/usage/usagesums.h"

#include <limits>

namespace hookscope {

namespace {

using Limits = std::numeric_limits<std::int64_t>;

enum class Direction { Add, Subtract };

// Nonsense from a provider must not turn a sum into a negative one, and what has left the range cannot
// be brought back by taking some of it away.
template <class Sum> void changeSum(Sum &sum, std::optional<std::int64_t> number, Direction direction)
{
    if (!number || sum == Limits::max() || sum == Limits::min())
        return;
    const bool isAdding = direction == Direction::Add;
    std::int64_t result = 0;
    const auto before = static_cast<std::int64_t>(sum);
    const bool isBeyond = isAdding ? __builtin_add_overflow(before, *number, &result)
                                   : __builtin_sub_overflow(before, *number, &result);
    if (isBeyond)
        result = (*number > 0) == isAdding ? Limits::max() : Limits::min();
    sum = result;
}

void changeCount(quint64 &count, bool counts, Direction direction)
{
    if (counts)
        direction == Direction::Add ? ++count : --count;
}

// Absent if the parts are more than the whole.
std::optional<std::int64_t> uncachedInput(const TokenUsage &tokens)
{
    std::int64_t rest = 0;
    if (!tokens.input || __builtin_sub_overflow(*tokens.input, tokens.cacheRead.value_or(0), &rest)
        || __builtin_sub_overflow(rest, tokens.cacheWrite.value_or(0), &rest) || rest < 0)
        return std::nullopt;
    return rest;
}

void change(UsageSums &sums, const CallShare &call, Direction direction)
{
    changeCount(sums.calls, true, direction);
    changeCount(sums.streaming, call.isStreaming, direction);
    changeCount(sums.withoutUsage, !call.hasWholeUsage(), direction);
    changeCount(sums.withoutCost, !call.hasWholeCost(), direction);
    changeCount(sums.notUnderstood, !call.isUnderstood, direction);
    changeCount(sums.failed, call.isFailed, direction);
    changeCount(sums.statedCacheRead, call.tokens.cacheRead.has_value(), direction);
    changeCount(sums.statedCacheWrite, call.tokens.cacheWrite.has_value(), direction);
    changeCount(sums.statedReasoning, call.tokens.reasoning.has_value(), direction);
    changeSum(sums.inputTokens, call.tokens.input, direction);
    changeSum(sums.outputTokens, call.tokens.output, direction);
    changeSum(sums.totalTokens, call.tokens.total(), direction);
    changeSum(sums.cacheReadTokens, call.tokens.cacheRead, direction);
    changeSum(sums.cacheWriteTokens, call.tokens.cacheWrite, direction);
    changeSum(sums.uncachedInputTokens, uncachedInput(call.tokens), direction);
    if (call.tokens.cacheRead)
        changeSum(sums.cacheStatedInputTokens, call.tokens.input, direction);
    changeSum(sums.reasoningTokens, call.tokens.reasoning, direction);
    changeSum(sums.cost, call.cost, direction);
}

} // namespace

void UsageSums::add(const CallShare &call)
{
    change(*this, call, Direction::Add);
}

void UsageSums::add(const UsageSums &sums)
{
    for (quint64 UsageSums::*count :
         {&UsageSums::calls, &UsageSums::streaming, &UsageSums::withoutUsage, &UsageSums::withoutCost,
          &UsageSums::notUnderstood, &UsageSums::failed, &UsageSums::statedCacheRead,
          &UsageSums::statedCacheWrite, &UsageSums::statedReasoning})
        this->*count += sums.*count;
    for (qint64 UsageSums::*sum :
         {&UsageSums::inputTokens, &UsageSums::outputTokens, &UsageSums::totalTokens,
          &UsageSums::cacheReadTokens, &UsageSums::cacheWriteTokens, &UsageSums::uncachedInputTokens,
          &UsageSums::cacheStatedInputTokens, &UsageSums::reasoningTokens})
        changeSum(this->*sum, sums.*sum, Direction::Add);
    changeSum(cost, sums.cost, Direction::Add);
}

void UsageSums::subtract(const CallShare &call)
{
    change(*this, call, Direction::Subtract);
}

} // namespace hookscope
