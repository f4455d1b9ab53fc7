#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

// What every fuzzer shares: choices and pieces out of the input, and the end of a run on a broken rule.
namespace hookscope::fuzz {

// Ends the run, so that the input is kept. `rule` is a sentence that holds for every input.
inline void require(bool holds, const char *rule)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken rule: %s\n", rule);
    std::abort();
}

// Reads an input from its front.
class Input {
public:
    Input(const std::uint8_t *data, std::size_t size)
        : m_rest(reinterpret_cast<const char *>(data), size)
    {
    }

    // The next byte, 0 behind the end.
    unsigned byte()
    {
        if (m_rest.empty())
            return 0;
        const auto value = static_cast<unsigned char>(m_rest.front());
        m_rest.remove_prefix(1);
        return value;
    }

    template <class List> const auto &oneOf(const List &list) { return list[byte() % std::size(list)]; }

    // What comes before the next line that holds `mark` alone, which is passed over; else all.
    std::string_view section(std::string_view mark = "\n====\n")
    {
        const auto part = m_rest.substr(0, m_rest.find(mark));
        m_rest.remove_prefix(std::min(m_rest.size(), part.size() + mark.size()));
        return part;
    }

    std::string_view rest() const { return m_rest; }

private:
    std::string_view m_rest;
};

// Calls feed(piece) for pieces whose sizes follow from `seed`: of one byte for 0, else mixed. Each lies
// in memory of its own, so that reading beyond it is found out.
template <class Feed> void inPieces(std::string_view bytes, unsigned seed, Feed feed)
{
    std::uint32_t state = seed;
    while (!bytes.empty()) {
        state = state * 1664525U + 1013904223U;
        const std::size_t wanted = seed == 0 ? 1 : 1 + (state >> 24) % (1U + seed % 61U);
        const auto size = std::min(bytes.size(), wanted);
        const auto copy = std::make_unique<char[]>(size);
        std::copy_n(bytes.data(), size, copy.get());
        feed(std::string_view(copy.get(), size));
        bytes.remove_prefix(size);
    }
}

} // namespace hookscope::fuzz
