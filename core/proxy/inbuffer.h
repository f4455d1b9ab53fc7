#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace hookscope::proxy {

// Memory to read into, as it was left: clearing it would cost more than many a read.
struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
};

// Bytes that were read from a socket and not used yet. Grows up to what prepare() is asked for; views are
// valid until the next prepare(). Its memory comes from blocks that the thread keeps for the next who reads.
class InBuffer {
public:
    InBuffer() = default;
    ~InBuffer();
    InBuffer(const InBuffer &) = delete;
    InBuffer &operator=(const InBuffer &) = delete;

    std::string_view view() const { return {m_block.bytes.get() + m_begin, m_end - m_begin}; }
    bool isEmpty() const { return m_begin == m_end; }

    // Room for `count` more bytes behind those that are held.
    char *prepare(std::size_t count);
    void commit(std::size_t count) { m_end += count; }

    void consume(std::size_t count)
    {
        m_begin += count;
        if (m_begin == m_end)
            m_begin = m_end = 0;
    }

    // Gives the memory back if nothing is held: an idle connection should cost next to nothing.
    void release();

private:
    Block m_block;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

} // namespace hookscope::proxy
