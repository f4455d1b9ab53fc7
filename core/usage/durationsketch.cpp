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

} // namespace

void DurationSketch::add(qint64 durationUs)
{
    if (durationUs >= 0)
        add(Cell{indexOf(durationUs), 1});
}

void DurationSketch::add(const DurationSketch &other)
{
    if (m_cells.empty()) {
        m_cells = other.m_cells;
        return;
    }
    for (const Cell &cell : other.m_cells)
        add(cell);
}

void DurationSketch::add(Cell cell)
{
    const auto place = std::lower_bound(m_cells.begin(), m_cells.end(), cell.index,
                                        [](const Cell &each, quint32 index) { return each.index < index; });
    if (place == m_cells.end() || place->index != cell.index)
        m_cells.insert(place, cell);
    else
        place->count += std::min(cell.count, std::numeric_limits<quint32>::max() - place->count);
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
