#pragma once

#include "core/events/spans.h"

#include <string_view>

namespace hookscope {

// Whether the value of a URL's parameter of that name is a credential. Names compare without case.
bool isCredentialParameter(std::string_view name);

// Whether an Authorization field's first word is the scheme rather than the credential.
bool isAuthorizationScheme(std::string_view word);

enum class TextKind {
    Url, // one URL or request target: a parameter's value ends at & or #
    Prose, // a sentence or a field value: it ends at white space, quotes and angle brackets, too
};

// User info, values of credential parameters, and strings in the form of well-known API keys. One pass,
// no allocation if there is nothing to be found.
void findCredentials(std::string_view text, TextKind kind, Spans &spans);

} // namespace hookscope
