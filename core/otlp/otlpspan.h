#pragma once

#include "core/otlp/genaiconventions.h"

#include <string>

namespace hookscope::otlp {

// One span in OTLP's JSON form. It ends at the event's time and began its duration earlier. What an event
// does not tell is absent, never a zero. The ids are made of the event's own, so that the same event is the
// same span: calls of one session are one trace, those of none are a trace by exchange. Any thread.

// `{operation} {model}`, by the conventions for generative AI; Hookscope's own under `hookscope.`.
std::string spanOf(const LlmEvent &call, const CallPlace &place);

// A client's HTTP request, by the conventions for HTTP.
std::string spanOf(const ProxyEvent &answer);

// In hexadecimal digits: 32 and 16.
std::string traceIdOf(const LlmEvent &call);
std::string traceIdOf(ExchangeId exchange);
std::string spanIdOf(ExchangeId exchange, int index);

} // namespace hookscope::otlp
