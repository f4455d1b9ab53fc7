#include "core/usage/durationsketch.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace hookscope {

namespace {

constexpr int cellBits = 6; // 64 cells in a power of two
constexpr qint64 longest = (qint64(1) << 36) - 1;

quint32 indexOf(qint64 durationUs)
{
    const auto value = static_cast<quint64>(std::min(durationUs, longest));
    const int shift = std::max(0, int(std::bit_width(value)) - cellBits - 1);
    return static_cast<quint32>((shift << cellBits) + qint64(value >> shift));
}

// The middle of a cell.
qint64 durationAt(quint32 index)
{
    const int shift = std::max(0, int(index >> cellBits) - 1);
    const qint64 first = qint64(index - (quint32(shift) << cellBits)) << shift;
    return first + ((qint64(1) << shift) - 1) / 2;
}

quint32 sum(quint32 left, quint32 right)
{
    return left + std::min(right, std::numeric_limits<quint32>::max() - left);
}

} // namespace

void DurationSketch::add(qint64 durationUs)
{
    if (durationUs < 0)
        return;
    const quint32 index = indexOf(durationUs);
    const auto place = std::lower_bound(m_cells.begin(), m_cells.end(), index,
                                        [](const Cell &each, quint32 wanted) { return each.index < wanted; });
    if (place == m_cells.end() || place->index != index)
        m_cells.insert(place, {index, 1});
    else
        place->count = sum(place->count, 1);
}

void DurationSketch::add(const DurationSketch &other)
{
    if (m_cells.empty()) {
        m_cells = other.m_cells;
        return;
    }
    std::vector<Cell> both;
    both.reserve(m_cells.size() + other.m_cells.size());
    auto own = m_cells.begin();
    for (const Cell &cell : other.m_cells) {
        for (; own != m_cells.end() && own->index < cell.index; ++own)
            both.push_back(*own);
        both.push_back(cell);
        if (own != m_cells.end() && own->index == cell.index)
            both.back().count = sum(cell.count, (own++)->count);
    }
    both.insert(both.end(), own, m_cells.end());
    m_cells = std::move(both);
}

quint64 DurationSketch::count() const
{
    quint64 count = 0;
    for (const Cell &cell : m_cells)
        count += cell.count;
    return count;
}

std::optional<qint64> DurationSketch::percentile(int percent) const
{
    const quint64 rank = (count() * quint64(std::clamp(percent, 0, 100)) + 99) / 100;
    quint64 passed = 0;
    for (const Cell &cell : m_cells) {
        passed += cell.count;
        if (passed >= rank)
            return durationAt(cell.index);
    }
    return std::nullopt;
}

} // namespace hookscope
