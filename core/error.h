#pragma once

#include <QString>
#include <tl/expected.hpp>

namespace hookscope {

enum class ErrorCode {
    InvalidInput,
    NotFound,
    PermissionDenied,
    AlreadyInUse,
    Io,
    Network,
    Tls,
    Timeout,
    Protocol,
    Refused,
};

// An expected failure. `text` is one translated sentence that says what failed, why, and what to do;
// it is shown to people as it is and never holds a credential.
struct Error {
    ErrorCode code = ErrorCode::InvalidInput;
    QString text;

    friend bool operator==(const Error &, const Error &) = default;
};

template <class T>
using Result = tl::expected<T, Error>;

} // namespace hookscope
