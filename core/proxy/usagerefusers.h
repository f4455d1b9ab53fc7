#pragma once

#include <mutex>
#include <string>
#include <unordered_set>

namespace hookscope::proxy {

// The upstreams (authority and path) that must not be asked for the usage of their streams, because they
// refused it. A bounded number. Any thread.
class UsageRefusers {
public:
    static constexpr std::size_t mostKept = 1000;

    bool contains(const std::string &upstream) const
    {
        const std::lock_guard lock(m_mutex);
        return m_known.contains(upstream);
    }

    void add(std::string upstream)
    {
        const std::lock_guard lock(m_mutex);
        if (m_known.size() < mostKept)
            m_known.insert(std::move(upstream));
    }

private:
    mutable std::mutex m_mutex;
    std::unordered_set<std::string> m_known;
};

} // namespace hookscope::proxy
