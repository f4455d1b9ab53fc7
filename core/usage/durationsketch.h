#pragma once

#include <QtGlobal>
#include <optional>
#include <vector>

namespace hookscope {

// Durations of many calls, for their percentiles, without keeping each: a log-linear histogram with 64
// cells in each power of two, of which only those in use are kept (8 bytes each, 1,984 at most). Exact
// below 128 µs; above, a percentile is within 0.8 % of the call's that it names, up to 2^36 µs (19
// hours); what is longer counts as that. Sketches add up without a further error. A value; any thread.
class DurationSketch {
public:
    void add(qint64 durationUs); // negative ones are no durations, and are left out
    void add(const DurationSketch &other);

    quint64 count() const;

    // In microseconds, by nearest rank: the least duration that `percent` of the calls do not exceed.
    // Absent if there is none.
    std::optional<qint64> percentile(int percent) const;

    friend bool operator==(const DurationSketch &, const DurationSketch &) = default;

private:
    struct Cell {
        quint32 index;
        quint32 count;
        friend bool operator==(const Cell &, const Cell &) = default;
    };

    std::vector<Cell> m_cells; // by index
};

} // namespace hookscope
