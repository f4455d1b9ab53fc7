#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>
#include <vector>

namespace hookscope::proxy {

// Bytes that were read from a socket and not used yet. Grows up to what prepare() is asked for; views
// are valid until the next prepare().
class InBuffer
{
public:
    std::string_view view() const { return {m_bytes.data() + m_begin, m_end - m_begin}; }
    bool isEmpty() const { return m_begin == m_end; }

    // Room for `count` more bytes behind those that are held.
    char *prepare(std::size_t count)
    {
        if (m_begin > 0) {
            std::memmove(m_bytes.data(), m_bytes.data() + m_begin, m_end - m_begin);
            m_end -= m_begin;
            m_begin = 0;
        }
        if (m_bytes.size() < m_end + count)
            m_bytes.resize(m_end + count);
        return m_bytes.data() + m_end;
    }

    void commit(std::size_t count) { m_end += count; }

    void consume(std::size_t count)
    {
        m_begin += count;
        if (m_begin == m_end)
            m_begin = m_end = 0;
    }

    // Gives the memory back if nothing is held: an idle connection should cost next to nothing.
    void release()
    {
        if (isEmpty())
            std::vector<char>().swap(m_bytes);
    }

private:
    std::vector<char> m_bytes;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

} // namespace hookscope::proxy
