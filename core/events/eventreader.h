#pragma once

#include "core/events/event.h"
#include "core/events/wireline.h"

#include <QString>
#include <string_view>
#include <tl/expected.hpp>

namespace hookscope {

// One line of JSON as an event, in Hookscope's wire form (core/events/eventjson.h), its stored form
// (core/events/storedjson.h) or agentkernel's. An LLM event is told by its `provider`. Keys that are not
// known are ignored; null and what is not there is absent; numbers are read exactly, and a `cost_usd`
// finer than a picodollar is absent. Nothing is redacted here: what comes from elsewhere goes through
// redact() before anything else. One thread.
class EventReader {
public:
    struct Read {
        Event event;
        // Without an id (agentkernel): the event has an exchange of its own, whose id is made here. A proxy
        // event without a status and a latency is then a request's.
        bool hasId = false;
    };

    // The error is for people and names the fault, not the line: "\"status\" is not a whole number".
    tl::expected<Read, QString> read(std::string_view line);

private:
    WireLineReader m_lines;
};

} // namespace hookscope
