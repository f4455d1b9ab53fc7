#pragma once

#include "core/proxy/asio.h"

#include <optional>
#include <string>

namespace hookscope::proxy {

// The inode of the TCP socket of this machine whose own end is `local` and whose other end is `remote`, as
// decimal digits; "0" if it is gone, or closed by its process. The kernel is asked for that one socket
// (sock_diag(7)), whatever number there is of others, also of a socket for IPv6 that speaks IPv4. None if it
// cannot be asked, as in some containers. From any thread.
std::optional<std::string> inodeByDiag(const Tcp::endpoint &local, const Tcp::endpoint &remote);

} // namespace hookscope::proxy
