#pragma once

#include <algorithm>
#include <cstddef>

namespace hookscope::proxy {

// How much to read at once: little for small messages, more for a peer that fills what it is given.
class ReadSize
{
public:
    static constexpr std::size_t smallest = 16 * 1024;
    static constexpr std::size_t largest = 256 * 1024;

    std::size_t bytes() const { return m_bytes; }

    void note(std::size_t wasRead)
    {
        if (wasRead == m_bytes)
            m_bytes = std::min(largest, m_bytes * 2);
    }

private:
    std::size_t m_bytes = smallest;
};

} // namespace hookscope::proxy
