#pragma once

#include "core/usage/callshare.h"

#include <QtGlobal>

namespace hookscope {

// Sums over calls. Each sum is of what was reported; how many calls reported nothing, or not all, is
// counted beside it, so that a sum can be shown as the lower bound that it is. A sum that leaves its
// range stays at the range's end. A value; any thread.
struct UsageSums {
    quint64 calls = 0;
    quint64 streaming = 0;
    quint64 withoutUsage = 0; // calls whose usage is missing or partial: the tokens are at least these
    quint64 withoutCost = 0; // calls without a cost, or with that of a cut answer: the cost is at least this
    quint64 notUnderstood = 0; // calls whose answer no reader knew
    quint64 failed = 0; // calls answered with 400 or above, or ended by an error
    quint64 statedCacheRead = 0; // calls that said how much they read from a cache; alike the next two
    quint64 statedCacheWrite = 0;
    quint64 statedReasoning = 0;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    qint64 totalTokens = 0;
    qint64 cacheReadTokens = 0; // parts of the input
    qint64 cacheWriteTokens = 0;
    qint64 uncachedInputTokens = 0; // the input without those two parts, as far as they were stated
    qint64 cacheStatedInputTokens = 0; // the input of the calls that said what was read from a cache
    qint64 reasoningTokens = 0; // a part of the output
    PicoUsd cost = 0;

    void add(const CallShare &call);
    void add(const UsageSums &sums);
    void subtract(const CallShare &call); // of one that was added

    friend bool operator==(const UsageSums &, const UsageSums &) = default;
};

} // namespace hookscope
