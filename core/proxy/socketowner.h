#pragma once

#include "core/events/event.h"
#include "core/proxy/asio.h"

#include <optional>

namespace hookscope::proxy {

// Which program holds a TCP socket of this machine, by /proc (Linux): none if it is another user's
// process, another machine's, or gone. Reads many small files: never on the wire path.

// The socket whose own end is `local` and whose other end is `remote`.
std::optional<Process> ownerOfConnection(const Tcp::endpoint &local, const Tcp::endpoint &remote);

// The socket that listens on that port.
std::optional<Process> ownerOfListener(std::uint16_t port);

} // namespace hookscope::proxy
