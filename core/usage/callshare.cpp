#include "core/usage/callshare.h"

#include <algorithm>
#include <iterator>

namespace hookscope {

namespace {

using Number = std::optional<std::int64_t>;

constexpr Number TokenUsage::*numbers[] = {
    &TokenUsage::input,      &TokenUsage::output,       &TokenUsage::cacheRead,  &TokenUsage::cacheWrite,
    &TokenUsage::reasoning,  &TokenUsage::cacheWrite1h, &TokenUsage::audioInput, &TokenUsage::audioOutput,
    &TokenUsage::imageInput, &TokenUsage::imageOutput,
};

int fullness(UsageState usage)
{
    switch (usage) {
    case UsageState::Missing:
        return 0;
    case UsageState::Partial:
        return 1;
    case UsageState::Reported:
        return 2;
    }
    return 0;
}

bool isRefusal(const LlmEvent &call)
{
    const int status = call.status.value_or(0);
    return ((status >= 400 && status < 500) || status == 503 || status == 529)
        && call.usage == UsageState::Missing;
}

bool agree(Number left, Number right, bool isLeftPartial, bool isRightPartial)
{
    if (!left || !right || *left == *right)
        return true;
    return *left < *right ? isLeftPartial : isRightPartial;
}

} // namespace

CallShare shareOf(const LlmEvent &call)
{
    CallShare share;
    share.tokens = call.tokens;
    share.usage = call.usage;
    share.cost = call.cost;
    share.isCostBound = call.isCostLowerBound();
    share.isStreaming = call.streaming;
    share.isUnderstood = call.details.isUnderstood;
    share.isRefused = isRefusal(call);
    share.isFailed = call.error || call.status.value_or(0) >= 400;
    return share;
}

bool agree(const CallShare &left, const CallShare &right)
{
    return std::all_of(std::begin(numbers), std::end(numbers), [&](Number TokenUsage::*number) {
        return agree(left.tokens.*number, right.tokens.*number, left.usage == UsageState::Partial,
                     right.usage == UsageState::Partial);
    });
}

CallShare merged(const CallShare &earlier, const CallShare &later)
{
    const bool isFuller = fullness(later.usage) > fullness(earlier.usage);
    CallShare result = earlier;
    if (isFuller) {
        result.tokens = later.tokens;
        result.usage = later.usage;
    }
    if (later.usage == earlier.usage) {
        // Equal, or unknown to one of them, or two bounds: the higher says more in each case. A whole
        // statement's gaps are not filled from a cut one, whose numbers are only bounds.
        for (Number TokenUsage::*number : numbers)
            result.tokens.*number = std::max(earlier.tokens.*number, later.tokens.*number);
    }
    if (later.cost && (!earlier.cost || (earlier.isCostBound && !later.isCostBound))) {
        result.cost = later.cost;
        result.isCostBound = later.isCostBound;
    }
    result.isUnderstood = earlier.isUnderstood || later.isUnderstood;
    result.isRefused = earlier.isRefused && later.isRefused;
    return result;
}

} // namespace hookscope
