#pragma once

#include "core/events/event.h"
#include "core/proxy/asio.h"

#include <optional>
#include <span>

namespace hookscope::proxy {

// Which program holds a TCP socket of this machine, by the kernel's word and /proc (Linux): none if it is
// another user's process, another machine's, or gone. Reads many small files: never on the wire path.

// The socket whose own end is `local` and whose other end is `remote`. Processes of `likely` ids are looked
// at first.
std::optional<Process> ownerOfConnection(const Tcp::endpoint &local, const Tcp::endpoint &remote,
                                         std::span<const std::int64_t> likely = {});

// The socket that listens on that port.
std::optional<Process> ownerOfListener(std::uint16_t port);

} // namespace hookscope::proxy
