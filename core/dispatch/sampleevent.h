#pragma once

#include "core/events/event.h"

namespace hookscope {

// What a hook of that event would get for an LLM call, for trying a hook out. Its sandbox is "test".
ProxyEvent sampleEvent(HookEvent event);

} // namespace hookscope
