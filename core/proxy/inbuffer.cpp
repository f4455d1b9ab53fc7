#include "core/proxy/inbuffer.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

namespace hookscope::proxy {

namespace {

constexpr std::size_t smallestBlock = 16 * 1024;
constexpr std::size_t mostSpareBytes = 4 * 1024 * 1024;

// The blocks of a thread that nobody holds.
class SpareBlocks {
public:
    Block take(std::size_t least)
    {
        const std::size_t size = std::bit_ceil(std::max(least, smallestBlock));
        const auto found = std::find_if(m_blocks.rbegin(), m_blocks.rend(),
                                        [size](const Block &block) { return block.size == size; });
        if (found == m_blocks.rend())
            return {std::make_unique_for_overwrite<char[]>(size), size};
        Block block = std::move(*found);
        *found = std::move(m_blocks.back());
        m_blocks.pop_back();
        m_bytes -= size;
        return block;
    }

    void give(Block block)
    {
        if (m_bytes + block.size > mostSpareBytes)
            return;
        m_bytes += block.size;
        m_blocks.push_back(std::move(block));
    }

private:
    std::vector<Block> m_blocks;
    std::size_t m_bytes = 0;
};

SpareBlocks &spareBlocks()
{
    thread_local SpareBlocks blocks;
    return blocks;
}

} // namespace

InBuffer::~InBuffer()
{
    if (m_block.bytes)
        spareBlocks().give(std::move(m_block));
}

char *InBuffer::prepare(std::size_t count)
{
    const std::size_t held = m_end - m_begin;
    if (held + count > m_block.size) {
        Block larger = spareBlocks().take(held + count);
        if (held > 0)
            std::memcpy(larger.bytes.get(), m_block.bytes.get() + m_begin, held);
        if (m_block.bytes)
            spareBlocks().give(std::move(m_block));
        m_block = std::move(larger);
    } else if (m_end + count > m_block.size) {
        std::memmove(m_block.bytes.get(), m_block.bytes.get() + m_begin, held);
    } else {
        return m_block.bytes.get() + m_end;
    }
    m_begin = 0;
    m_end = held;
    return m_block.bytes.get() + m_end;
}

void InBuffer::release()
{
    if (!isEmpty() || !m_block.bytes)
        return;
    spareBlocks().give(std::exchange(m_block, {}));
    m_begin = m_end = 0;
}

} // namespace hookscope::proxy
