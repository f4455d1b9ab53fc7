#include "core/events/linescanner.h"

#include <algorithm>
#include <future>
#include <iterator>
#include <thread>

namespace hookscope {

namespace {

std::vector<LinePart> readLines(LineRowReader &reader, std::string_view lines)
{
    std::vector<LinePart> parts;
    const auto closeRows = [&] {
        if (reader.size() > 0)
            parts.emplace_back(reader.take());
    };
    while (!lines.empty()) {
        const auto end = lines.find('\n');
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
        if (reader.read(line))
            continue;
        closeRows();
        parts.emplace_back(line);
    }
    closeRows();
    return parts;
}

// Takes about `bytes` off the front, whole lines.
std::string_view takeBlock(std::string_view &lines, std::size_t bytes)
{
    const auto end = lines.find('\n', std::min(bytes, lines.size()));
    const std::string_view block = lines.substr(0, end == std::string_view::npos ? end : end + 1);
    lines.remove_prefix(block.size());
    return block;
}

} // namespace

LineScanner::LineScanner(LineForm form, unsigned threads)
    : m_form(form)
    , m_threads(std::clamp(threads == 0 ? std::thread::hardware_concurrency() : threads, 1U, mostThreads))
{
}

std::vector<LinePart> LineScanner::scan(std::string_view lines)
{
    const std::size_t blocks = std::clamp<std::size_t>(lines.size() / leastBytes, 1, m_threads);
    while (m_readers.size() < blocks)
        m_readers.emplace_back(m_form);
    const std::size_t blockBytes = lines.size() / blocks;
    const std::string_view own = takeBlock(lines, blocks == 1 ? lines.size() : blockBytes);
    std::vector<std::future<std::vector<LinePart>>> others;
    for (std::size_t i = 1; i < blocks && !lines.empty(); ++i) {
        const std::string_view block = takeBlock(lines, i + 1 == blocks ? lines.size() : blockBytes);
        // Where no thread can be had, get() does it.
        others.push_back(
            std::async(std::launch::async | std::launch::deferred, readLines, std::ref(m_readers[i]), block));
    }
    std::vector<LinePart> parts = readLines(m_readers.front(), own);
    for (auto &other : others) {
        std::vector<LinePart> more = other.get();
        parts.insert(parts.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    return parts;
}

} // namespace hookscope
