#pragma once

#include "core/events/event.h"
#include "core/http/fields.h"

#include <vector>

namespace hookscope::llm {

// What an answer's header fields say of the account's limits, one entry per limit in the order of the
// fields, at most 16: x-ratelimit-{limit,remaining,reset}-NAME of OpenAI and all who follow it,
// anthropic-ratelimit-NAME-{limit,remaining,reset}, Codex's x-codex-NAME-{used-percent,reset-at}, Cohere's
// x-trial-endpoint-call-{limit,remaining}, and retry-after (TOKENS.md section 3).
std::vector<RateLimit> rateLimitsIn(const http::FieldList &head);

} // namespace hookscope::llm
