#pragma once

#include "core/usage/usagepicture.h"

#include <QString>
#include <string>
#include <vector>

namespace hookscope {

// Text for the live table's filter that shows the calls behind a number of the usage page, in the filter
// language (core/events/filter.h).

QString groupFilter(UsageSplit split, const std::string &name); // "model:claude-opus-4-1"
QString sessionFilter(const std::string &session);

// The calls of none of these groups.
QString restFilter(UsageSplit split, const std::vector<std::string> &names);

} // namespace hookscope
