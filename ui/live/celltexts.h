#pragma once

#include "core/events/record.h"
#include "ui/live/columns.h"

namespace hookscope {

// What the cells of the live table say. Never a control character; main thread. `nowUs` (microseconds
// since the Unix epoch) is for what still runs.

QString cellText(const Record &record, const Strings &strings, Column column, std::int64_t nowUs);

// What makes a row stand out, beside its state.
struct Thresholds {
    std::int64_t slowUs = 30'000'000;
    PicoUsd expensive = 1'000'000'000'000;

    friend bool operator==(const Thresholds &, const Thresholds &) = default;
};

bool isSlow(const Record &record, std::int64_t nowUs, const Thresholds &thresholds);
bool isExpensive(const Record &record, const Thresholds &thresholds);

// One sentence on the row's state, for tooltips and screen readers.
QString stateSentence(const Record &record, const Strings &strings, std::int64_t nowUs,
                      const Thresholds &thresholds);

} // namespace hookscope
