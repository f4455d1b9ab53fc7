#include "core/proxy/clienttrust.h"

namespace hookscope::proxy {

const ClientTrust::Known *ClientTrust::find(const std::string &client, const std::string &host) const
{
    const auto found = m_known.find({host, client});
    return found == m_known.end() ? nullptr : &found->second;
}

ClientTrust::Known &ClientTrust::known(const std::string &client, const std::string &host)
{
    Key key(host, client);
    const auto found = m_known.find(key);
    if (found != m_known.end())
        return found->second;
    if (m_known.size() >= mostKept)
        m_known.erase(m_known.begin());
    return m_known[std::move(key)];
}

bool ClientTrust::dependsOnClient(const std::string &host) const
{
    const std::lock_guard lock(m_mutex);
    bool isAccepted = false;
    for (auto at = m_known.lower_bound({host, {}}); at != m_known.end() && at->first.first == host; ++at) {
        if (at->second.refusals > 0)
            return true;
        isAccepted = isAccepted || at->second.hasAccepted;
    }
    return !isAccepted;
}

bool ClientTrust::passesUnread(const std::string &client, const std::string &host) const
{
    const std::lock_guard lock(m_mutex);
    const Known *found = find(client, host);
    return found && found->refusals >= mostRefusals;
}

bool ClientTrust::hasAccepted(const std::string &client, const std::string &host) const
{
    const std::lock_guard lock(m_mutex);
    const Known *found = find(client, host);
    return found && found->hasAccepted;
}

bool ClientTrust::noteRefusal(const std::string &client, const std::string &host)
{
    const std::lock_guard lock(m_mutex);
    return ++known(client, host).refusals >= mostRefusals;
}

void ClientTrust::noteAcceptance(const std::string &client, const std::string &host)
{
    const std::lock_guard lock(m_mutex);
    known(client, host) = Known{0, true};
}

void ClientTrust::clear()
{
    const std::lock_guard lock(m_mutex);
    m_known.clear();
}

} // namespace hookscope::proxy
