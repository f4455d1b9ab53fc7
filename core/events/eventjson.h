#pragma once

#include "core/events/budgetevent.h"
#include "core/events/event.h"

#include <string>

namespace hookscope {

// The wire form of events (one line of JSON, UTF-8, no line end): agentkernel 0.18's keys first, in
// its order and always present, then Hookscope's own. Control characters, and bytes that are not
// UTF-8, are escaped. Any thread.
std::string toJson(const ProxyEvent &event);
std::string toJson(const LlmEvent &event);

// Hookscope's own, in the same form: `event` is "on_budget"; amounts are `limit_usd` and `spent_usd`, or
// `limit_tokens` and `spent_tokens`.
std::string toJson(const BudgetEvent &event);

// agentkernel's audit lines, without a line end. Control characters in any value are escaped.
std::string auditLine(const ProxyEvent &event);
std::string auditLine(const LlmEvent &event);

// "on_request", "on_response" or "on_budget".
const char *nameOf(HookEvent event);

// "reported", "missing" or "partial".
const char *nameOf(UsageState state);

// US dollars as a decimal number, exact: "0.0102", "-1.5", "0".
std::string decimalUsd(PicoUsd amount);

// RFC 3339 in UTC with milliseconds, as in `timestamp`.
std::string rfc3339(std::int64_t timestampUs);

} // namespace hookscope
