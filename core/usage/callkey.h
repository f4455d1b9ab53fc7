#pragma once

#include "core/events/event.h"

#include <optional>
#include <string>

namespace hookscope {

// When two sightings are one call. Pure; any thread.
//
// One answer of a provider is one call, however often it is seen: a client that reaches its gateway
// through us, and the gateway its provider, shows it twice; so do a replayed retry, a gateway that
// answers out of its cache, and a poll for a stored answer. What they have in common is the provider's
// id of the answer (CallDetails::answerId: "chatcmpl-…", "msg_…", "resp_…", "gen-…", Google's
// responseId). Sandbox, provider, model, host and time are no part of the key: they differ along a
// chain. A retry that was billed has an id of its own and so is a call of its own; and a gateway that
// gives answers ids of its own cannot be told from a second call.
//
// An id counts only if it can be unique in the world. Local servers number their answers
// ("chatcmpl-830") and mock servers give the same one for ever. So, after what is only a name in front
// (groups of small letters, each with a "-" or "_" behind it: "chatcmpl-", "msg_", "msg_bdrk_"), there
// must be
// - at least 16 letters and digits (hyphens and underscores between them do not count),
// - at least 6 different ones of them, and
// - a digit, or letters of both cases (so that it is not words).
// No provider's id is longer than 256 bytes.
//
// Even then two sightings are one call only if their numbers agree (agree() in callshare.h).
//
// Other accounts of the same calls join on the same key: OpenTelemetry's gen_ai.response.id and the
// message id in clients' log files are this id. The provider's request id (LlmEvent::requestId) is a
// second name for accounts that have only that: it names one HTTP exchange with the provider, so it is
// no key here, where a chain has a different one on each side.
std::optional<std::string> callKey(const LlmEvent &call);

} // namespace hookscope
