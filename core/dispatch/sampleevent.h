#pragma once

#include "core/events/budgetevent.h"
#include "core/events/event.h"

namespace hookscope {

// What a hook of that event would get for an LLM call, for trying a hook out. Its sandbox is "test".
ProxyEvent sampleEvent(HookEvent event);

// An LLM call, as collectors get it.
LlmEvent sampleCall();

// The same of a hook on budgets.
BudgetEvent sampleBudgetEvent();

} // namespace hookscope
