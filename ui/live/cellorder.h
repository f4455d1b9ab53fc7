#pragma once

#include "core/events/record.h"
#include "ui/live/columns.h"

#include <compare>

namespace hookscope {

// The order of two rows by that column alone; what is absent comes first. Pure; main thread.
std::weak_ordering compareCells(const Record &left, const Record &right, const Strings &strings,
                                Column column);

// A column's cells are ordered by a number or by a text: the number, or the text's id. Sorting a million
// rows takes these out once and compares nothing else.
bool isOrderedByText(Column column);
std::int64_t orderNumber(const Record &record, Column column); // of columns by number; the least if absent
StringId orderText(const Record &record, Column column); // of columns by text

// Whether the cells of that column may differ later in an exchange's life.
bool canChange(Column column);

} // namespace hookscope
