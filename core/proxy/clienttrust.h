#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace hookscope::proxy {

// Which clients refuse the certificates that they are shown for a host, and which accept them. A client that
// refuses twice and never accepted pins its certificates, or was not told of the CA: its tunnels to that host
// pass unread, so that it works. Kept until clear(), and of a bounded number of clients. Any thread.
class ClientTrust {
public:
    static constexpr int mostRefusals = 2;
    static constexpr std::size_t mostKept = 1000;

    // Whether it matters who the client is: somebody refused that host's, or nobody accepted them yet.
    bool dependsOnClient(const std::string &host) const;
    bool passesUnread(const std::string &client, const std::string &host) const;
    bool hasAccepted(const std::string &client, const std::string &host) const;

    // Returns whether its tunnels pass unread from now on.
    bool noteRefusal(const std::string &client, const std::string &host);
    void noteAcceptance(const std::string &client, const std::string &host);

    void clear();

private:
    struct Known {
        int refusals = 0;
        bool hasAccepted = false;
    };
    using Key = std::pair<std::string, std::string>; // host, client

    // With the lock held.
    Known &known(const std::string &client, const std::string &host);
    const Known *find(const std::string &client, const std::string &host) const;

    mutable std::mutex m_mutex;
    std::map<Key, Known> m_known;
};

} // namespace hookscope::proxy
