#pragma once

#include "core/events/linerowreader.h"

#include <string_view>
#include <variant>
#include <vector>

namespace hookscope {

// Rows of lines that stand side by side, or one line, without its end, that has to go the long way.
using LinePart = std::variant<LineRowBatch, std::string_view>;

// Reads blocks of a file's lines: what can go the short way (core/events/linerowreader.h) becomes rows, the
// other lines stay as they are, all in the file's order. A large block is divided among up to `mostThreads`
// threads, which have ended when scan() returns. One thread calls it.
class LineScanner {
public:
    static constexpr unsigned mostThreads = 4;
    static constexpr std::size_t blockBytes = 128 * 1024; // about what a thread takes at once

    explicit LineScanner(LineForm form, unsigned threads = 0); // 0: as many as there are processors

    // Whole lines; the last one's end may be missing. The parts' lines lie in `lines`.
    std::vector<LinePart> scan(std::string_view lines);

private:
    LineForm m_form;
    unsigned m_threads;
    std::vector<LineRowReader> m_readers; // one for each thread, the caller's first
};

} // namespace hookscope
