#pragma once

#include "core/events/filterfields.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace hookscope {

// What a condition's value means. Pure; any thread.

// A text with "*" for anything; ASCII letters match in either case.
class FilterPattern {
public:
    // A value as typed. \" \\ and \* stand for what is behind the backslash; others stay two characters.
    static FilterPattern whole(const QString &value); // must be all of a text
    static FilterPattern part(const QString &value); // stands somewhere in it

    bool matches(std::string_view text) const;

    // Whether a text that begins with this one may match although neither it nor what follows does.
    bool maySpan(std::string_view beginning) const;

private:
    FilterPattern(const QString &value, bool isOpen);

    std::vector<std::string> m_pieces; // in lower case, with anything between two
    bool m_isOpen; // at both ends
};

// Numbers from `low` to `high`, both in it; empty if low is above high.
struct FilterRange {
    std::int64_t low = std::numeric_limits<std::int64_t>::min();
    std::int64_t high = std::numeric_limits<std::int64_t>::max();

    bool holds(std::int64_t number) const { return number >= low && number <= high; }
    friend bool operator==(const FilterRange &, const FilterRange &) = default;
};

// Why a value is none of that kind: a sentence, and values that would be.
struct FilterValueError {
    QString sentence;
    QStringList suggestions;
};

// The numbers that `field op value` allows (all but them for NotEqual), in the field's own unit: tokens,
// picodollars, microseconds, bytes. A fraction of a unit is no number of it, but has numbers below and above.
tl::expected<FilterRange, FilterValueError> filterRange(const FilterField &field, FilterOperator op,
                                                        const QString &value);

// A point in time: so long before now, so many local days before today's midnight (dayOffset) plus a time
// of day, or a time by itself.
struct FilterTime {
    enum class Kind { Ago, OfDay, Fixed };

    Kind kind = Kind::Fixed;
    std::int64_t us = 0; // Fixed: since the Unix epoch
    int dayOffset = 0;

    std::int64_t at(std::int64_t nowUs) const; // since the Unix epoch
    friend bool operator==(const FilterTime &, const FilterTime &) = default;
};

tl::expected<FilterTime, FilterValueError> filterTime(const QString &value);

} // namespace hookscope
