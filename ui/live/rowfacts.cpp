#include "ui/live/rowfacts.h"

#include <algorithm>
#include <limits>

namespace hookscope {

namespace {

std::optional<std::int64_t> sum(std::optional<std::int64_t> left, std::optional<std::int64_t> right)
{
    return left && right ? std::optional(*left + *right) : std::nullopt;
}

} // namespace

RowTokens tokensOf(const Exchange &exchange)
{
    RowTokens result;
    for (std::size_t i = 0; i < exchange.calls.size(); ++i) {
        const LlmEvent &call = exchange.calls[i];
        if (i == 0) {
            result.usage = call.tokens;
        } else {
            result.usage.input = sum(result.usage.input, call.tokens.input);
            result.usage.output = sum(result.usage.output, call.tokens.output);
            result.usage.cacheRead = sum(result.usage.cacheRead, call.tokens.cacheRead);
            result.usage.cacheWrite = sum(result.usage.cacheWrite, call.tokens.cacheWrite);
            result.usage.reasoning = sum(result.usage.reasoning, call.tokens.reasoning);
        }
        result.isLowerBound = result.isLowerBound || call.usage == UsageState::Partial;
    }
    return result;
}

RowCost costOf(const Exchange &exchange)
{
    RowCost result;
    for (const LlmEvent &call : exchange.calls) {
        result.isLowerBound = result.isLowerBound || !call.cost || call.isCostLowerBound();
        PicoUsd total = 0;
        if (!call.cost)
            continue;
        if (__builtin_add_overflow(result.amount.value_or(0), *call.cost, &total))
            total = std::numeric_limits<PicoUsd>::max();
        result.amount = total;
    }
    return result;
}

const std::string *providerOf(const Exchange &exchange)
{
    if (!exchange.calls.empty())
        return &exchange.calls.back().provider;
    return exchange.progress ? &exchange.progress->provider : nullptr;
}

const std::string *modelOf(const Exchange &exchange)
{
    if (!exchange.calls.empty() && exchange.calls.back().model)
        return &*exchange.calls.back().model;
    return exchange.progress && exchange.progress->model ? &*exchange.progress->model : nullptr;
}

const std::string *errorOf(const Exchange &exchange)
{
    if (exchange.response && exchange.response->error)
        return &*exchange.response->error;
    for (const LlmEvent &call : exchange.calls) {
        if (call.error)
            return &*call.error;
    }
    return nullptr;
}

std::optional<Process> processOf(const Exchange &exchange)
{
    if (exchange.response && exchange.response->process)
        return exchange.response->process;
    if (exchange.request && exchange.request->process)
        return exchange.request->process;
    return exchange.started.process;
}

std::optional<int> statusOf(const Exchange &exchange)
{
    if (exchange.response && exchange.response->status)
        return exchange.response->status;
    if (exchange.answered)
        return exchange.answered->status;
    return exchange.calls.empty() ? std::nullopt : exchange.calls.back().status;
}

std::optional<std::int64_t> ttftUsOf(const Exchange &exchange)
{
    if (!exchange.calls.empty() && exchange.calls.front().ttftUs)
        return exchange.calls.front().ttftUs;
    return exchange.progress ? exchange.progress->ttftUs : std::nullopt;
}

std::optional<std::int64_t> latencyUsOf(const Exchange &exchange)
{
    if (exchange.response && exchange.response->latencyUs)
        return exchange.response->latencyUs;
    return exchange.answered ? std::optional(exchange.answered->latencyUs) : std::nullopt;
}

std::optional<std::int64_t> durationUsOf(const Exchange &exchange)
{
    return exchange.response ? exchange.response->durationUs : std::nullopt;
}

bool isRunning(const Exchange &exchange)
{
    return exchange.state == Exchange::State::InFlight || exchange.state == Exchange::State::Streaming;
}

bool isError(const Exchange &exchange)
{
    return exchange.state == Exchange::State::Failed || statusOf(exchange).value_or(0) >= 400;
}

bool isUnderstood(const Exchange &exchange)
{
    return std::all_of(exchange.calls.begin(), exchange.calls.end(),
                       [](const LlmEvent &call) { return call.details.isUnderstood; });
}

std::int64_t elapsedUsOf(const Exchange &exchange, std::int64_t nowUs)
{
    if (isRunning(exchange))
        return std::max<std::int64_t>(0, nowUs - exchange.started.timestampUs);
    return durationUsOf(exchange).value_or(0);
}

} // namespace hookscope
