#pragma once

#include "core/usage/budgetwatch.h"

#include <QString>
#include <tl/expected.hpp>

namespace hookscope {

// The filter of a budget, in the language of core/events/filter.h, on what is kept of past calls alone:
// sandbox, provider, model, host, path, method, session, process and status. With any other condition a
// budget would count a call now and not when it is counted once more. On failure a translated sentence.
// Pure; an empty text makes an empty filter.
tl::expected<BudgetWatch::Filter, QString> budgetFilter(const QString &text);

} // namespace hookscope
