#pragma once

#include "core/events/exchange.h"

namespace hookscope {

// For comparing what was read twice: ids are made anew each time.
inline Exchange withoutIds(Exchange exchange)
{
    exchange.id = exchange.started.id = {};
    for (LlmEvent &call : exchange.calls)
        call.id = {};
    for (auto *event : {&exchange.request, &exchange.response}) {
        if (*event)
            (*event)->id = {};
    }
    return exchange;
}

} // namespace hookscope
