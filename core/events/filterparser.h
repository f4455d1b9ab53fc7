#pragma once

#include "core/events/filterprogram.h"

namespace hookscope {

// Reads a filter by the grammar of filter.h; a text of spaces has no program. Pure.
tl::expected<std::shared_ptr<const FilterProgram>, FilterError> parseFilter(const QString &text);

} // namespace hookscope
