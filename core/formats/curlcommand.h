#pragma once

#include "core/events/exchange.h"

#include <string>

namespace hookscope {

// The command that sends the request of `exchange` once more, for a POSIX shell: several lines, without a
// line end after the last. Empty if there is none: of a tunnel's and a websocket's content nothing is known.
//
// Each masked credential is a variable: that of the provider ($OPENAI_API_KEY), $COOKIE for cookies, else
// $TOKEN. All else is quoted so that no shell takes a word of it for its own; control characters are written
// as printf's escapes. Left out are the fields that curl makes itself: Host, lengths, and what belongs to one
// connection only. Fields that curl would add by itself are switched off. A body is a file that the person
// has to supply, since bodies are not kept: a comment line above says so.
std::string curlCommand(const Exchange &exchange);

} // namespace hookscope
