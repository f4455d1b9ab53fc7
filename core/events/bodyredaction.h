#pragma once

#include "core/events/redact.h"

#include <string>
#include <string_view>

namespace hookscope {

// A body's text without credentials, as redact() does it for BodyKept. Masked are: `secrets` by value, also
// percent-encoded and within JSON strings (up to three of them inside of each other); strings in the form of
// known keys; values of JSON members, form fields and shell assignments whose names are those of credentials;
// and what a stream's events say in pieces. If the text is cut, its end goes if it can be half a credential.
// Long runs of base64 (images, sound, encrypted reasoning) are left out. Any thread; linear in the text.
std::string redactBody(std::string text, std::string_view contentType, bool isCut, const Secrets &secrets);

// A text that may have been put together out of several parts of what redactBody() returned: known forms of
// keys, which no part alone shows.
std::string redactText(std::string text);

// What stands for a run of `size` base64 characters, and that number if `text` is such a stand-in.
std::string base64LeftOut(std::size_t size);
std::optional<std::size_t> sizeOfBase64LeftOut(std::string_view text);
bool holdsBase64LeftOut(std::string_view text);

} // namespace hookscope
