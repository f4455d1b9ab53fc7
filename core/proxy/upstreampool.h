#pragma once

#include "core/proxy/upstream.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace hookscope::proxy {

// The idle upstream connections of one client connection. Another client never gets one of them.
class UpstreamPool
{
public:
    // An open one to that upstream, or null.
    std::unique_ptr<Upstream> take(const Upstream::Key &key)
    {
        // What may wait on one that was just opened are the session tickets of TLS.
        if (m_fresh && m_fresh->key() == key && m_fresh->idleSince > Clock::now() - maxFresh
            && !m_fresh->hasEnded())
            return std::move(m_fresh);
        m_fresh.reset();
        const auto tooOld = Clock::now() - maxIdle;
        std::erase_if(m_idle, [&](const auto &idle) { return idle->idleSince < tooOld || !idle->isQuiet(); });
        const auto found = std::find_if(m_idle.begin(), m_idle.end(),
                                        [&](const auto &idle) { return idle->key() == key; });
        if (found == m_idle.end())
            return nullptr;
        auto upstream = std::move(*found);
        m_idle.erase(found);
        return upstream;
    }

    // One that was opened for the request to come.
    void giveFresh(std::unique_ptr<Upstream> upstream)
    {
        upstream->idleSince = Clock::now();
        m_fresh = std::move(upstream);
    }

    void give(std::unique_ptr<Upstream> upstream)
    {
        upstream->idleSince = Clock::now();
        upstream->buffer.release();
        if (m_idle.size() == maxKept)
            m_idle.erase(m_idle.begin());
        m_idle.push_back(std::move(upstream));
    }

private:
    static constexpr std::size_t maxKept = 4;
    static constexpr std::chrono::seconds maxIdle{60};

    static constexpr std::chrono::seconds maxFresh{10};

    std::unique_ptr<Upstream> m_fresh;
    std::vector<std::unique_ptr<Upstream>> m_idle;
};

} // namespace hookscope::proxy
