#include "core/proxy/socketdiag.h"

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>
#include <unistd.h>

namespace hookscope::proxy {

namespace {

constexpr timeval patience{1, 0}; // the kernel answers at once

class NetlinkSocket {
public:
    NetlinkSocket()
        : m_descriptor(::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG))
    {
        ::setsockopt(m_descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    ~NetlinkSocket()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    NetlinkSocket(const NetlinkSocket &) = delete;
    NetlinkSocket &operator=(const NetlinkSocket &) = delete;

    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

struct Question {
    nlmsghdr header{};
    inet_diag_req_v2 request{};
};

void setAddress(const asio::ip::address &address, __be32 (&into)[4])
{
    if (address.is_v4()) {
        const auto bytes = address.to_v4().to_bytes();
        std::memcpy(into, bytes.data(), bytes.size());
    } else {
        const auto bytes = address.to_v6().to_bytes();
        std::memcpy(into, bytes.data(), bytes.size());
    }
}

Question questionFor(const Tcp::endpoint &local, const Tcp::endpoint &remote)
{
    Question question;
    question.header.nlmsg_len = sizeof question;
    question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    question.header.nlmsg_flags = NLM_F_REQUEST;
    question.request.sdiag_family = local.address().is_v4() ? AF_INET : AF_INET6;
    question.request.sdiag_protocol = IPPROTO_TCP;
    question.request.idiag_states = ~0U;
    inet_diag_sockid &id = question.request.id;
    id.idiag_sport = htons(local.port());
    id.idiag_dport = htons(remote.port());
    setAddress(local.address(), id.idiag_src);
    setAddress(remote.address(), id.idiag_dst);
    std::fill(std::begin(id.idiag_cookie), std::end(id.idiag_cookie), INET_DIAG_NOCOOKIE);
    return question;
}

} // namespace

std::optional<std::string> inodeByDiag(const Tcp::endpoint &local, const Tcp::endpoint &remote)
{
    const NetlinkSocket netlink;
    const Question question = questionFor(local, remote);
    if (::send(netlink.descriptor(), &question, sizeof question, 0) != sizeof question)
        return std::nullopt;
    alignas(nlmsghdr) char answer[4096];
    const ssize_t count = ::recv(netlink.descriptor(), answer, sizeof answer, 0);
    const auto *header = reinterpret_cast<const nlmsghdr *>(answer);
    if (count < static_cast<ssize_t>(sizeof *header) || !NLMSG_OK(header, static_cast<std::size_t>(count)))
        return std::nullopt;
    // "No such socket" is also what a kernel says that lacks this part, until it has told of one.
    static std::atomic<bool> hasTold = false;
    const bool isRefused =
        header->nlmsg_type == NLMSG_ERROR && header->nlmsg_len >= NLMSG_LENGTH(sizeof(nlmsgerr));
    if (isRefused && static_cast<const nlmsgerr *>(NLMSG_DATA(header))->error == -ENOENT && hasTold)
        return std::string("0");
    if (header->nlmsg_type != SOCK_DIAG_BY_FAMILY || header->nlmsg_len < NLMSG_LENGTH(sizeof(inet_diag_msg)))
        return std::nullopt;
    hasTold = true;
    return std::to_string(static_cast<const inet_diag_msg *>(NLMSG_DATA(header))->idiag_inode);
}

} // namespace hookscope::proxy
