#include "core/events/linescanner.h"

#include <algorithm>
#include <atomic>
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

// Whole lines, of about `bytes` each.
std::vector<std::string_view> blocksOf(std::string_view lines, std::size_t bytes)
{
    std::vector<std::string_view> blocks;
    while (!lines.empty()) {
        const auto end = lines.find('\n', std::min(bytes, lines.size()));
        blocks.push_back(lines.substr(0, end == std::string_view::npos ? end : end + 1));
        lines.remove_prefix(blocks.back().size());
    }
    return blocks;
}

} // namespace

LineScanner::LineScanner(LineForm form, unsigned threads)
    : m_form(form)
    , m_threads(std::clamp(threads == 0 ? std::thread::hardware_concurrency() : threads, 1U, mostThreads))
{
}

// Whoever is free takes the next block, so that the caller waits little where another thread does not come to
// run.
std::vector<LinePart> LineScanner::scan(std::string_view lines)
{
    const std::vector<std::string_view> blocks = blocksOf(lines, blockBytes);
    std::vector<std::vector<LinePart>> read(blocks.size());
    std::atomic<std::size_t> next = 0;
    const auto readBlocks = [&blocks, &read, &next](LineRowReader &reader) {
        for (std::size_t i = next++; i < blocks.size(); i = next++)
            read[i] = readLines(reader, blocks[i]);
    };
    const std::size_t threads = std::clamp<std::size_t>(blocks.size(), 1, m_threads);
    while (m_readers.size() < threads)
        m_readers.emplace_back(m_form);
    std::vector<std::future<void>> others;
    for (std::size_t i = 1; i < threads; ++i) // where no thread can be had, get() does it
        others.push_back(
            std::async(std::launch::async | std::launch::deferred, readBlocks, std::ref(m_readers[i])));
    readBlocks(m_readers.front());
    for (auto &other : others)
        other.get();
    std::vector<LinePart> parts;
    for (std::vector<LinePart> &some : read)
        parts.insert(parts.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    return parts;
}

} // namespace hookscope
