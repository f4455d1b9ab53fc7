#include "core/proxy/processlookup.h"

#include "core/proxy/socketowner.h"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

namespace hookscope::proxy {

ProcessLookup::ProcessLookup(Executor executor)
    : m_executor(executor)
{
}

ProcessLookup::~ProcessLookup()
{
    m_thread.stop();
    m_thread.join();
}

void ProcessLookup::find(const Tcp::endpoint &client, const Tcp::endpoint &proxy, Found found)
{
    const bool isLocal = client.address() == proxy.address() || client.address().is_loopback();
    if (!isLocal || m_waiting >= maxWaiting) {
        found(std::nullopt);
        return;
    }
    ++m_waiting;
    auto work = asio::make_work_guard(m_executor);
    asio::post(m_thread, [this, client, proxy, work, found = std::move(found)]() mutable {
        auto process = ownerOf(client, proxy);
        asio::post(m_executor, [this, process = std::move(process), found = std::move(found)]() mutable {
            --m_waiting;
            found(std::move(process));
        });
    });
}

std::optional<Process> ProcessLookup::ownerOf(const Tcp::endpoint &client, const Tcp::endpoint &proxy)
{
    auto process = ownerOfConnection(client, proxy, m_recent);
    if (!process)
        return process;
    std::erase(m_recent, process->pid);
    m_recent.insert(m_recent.begin(), process->pid);
    m_recent.resize(std::min(m_recent.size(), maxRecent));
    return process;
}

} // namespace hookscope::proxy
