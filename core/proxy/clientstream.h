#pragma once

#include "core/proxy/wirestream.h"

namespace hookscope::proxy {

class Upstream;

// The client's side of a connection, and the time by which more must come. Inside of a tunnel that is opened
// it is TLS.
struct ClientStream : WireStream {
    using WireStream::WireStream;

    // Reads some more behind what `buffer` holds; fails with operation_aborted and isExpired after
    // the deadline.
    Task<error_code> readMore(std::size_t most)
    {
        const Transfer came = co_await read(most);
        co_return came.error;
    }

    Clock::time_point deadline = Clock::time_point::max(); // of the read under way; checked 4 times a second
    bool isExpired = false;
    bool isReset = false; // the client's end reported an error
    Upstream *upstream = nullptr; // whom to end at once if the client resets
};

} // namespace hookscope::proxy
