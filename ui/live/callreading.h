#pragma once

#include "core/events/eventlog.h"
#include "core/llm/conversation.h"

#include <memory>
#include <string>
#include <vector>

namespace hookscope {

// The bodies that a call is read from; null where none was kept.
struct CallTexts {
    std::shared_ptr<const std::string> request;
    std::shared_ptr<const std::string> answer;

    bool isEmpty() const { return !request && !answer; }
    friend bool operator==(const CallTexts &, const CallTexts &) = default;
};

CallTexts callTextsOf(const Exchange &exchange);

// A call's conversation, and what of it the call before did not hold, neither asked nor answered.
struct CallReading {
    llm::Conversation conversation;
    std::vector<bool> isNew; // of each part asked
    bool hasPrevious = false;
};

// Any thread; takes time with the bodies' size.
CallReading readCall(const CallTexts &call, const CallTexts &previous);

// The last call before that one of the same session and model whose request was kept. Main thread.
CallTexts previousCallTexts(const EventLog &log, EventLog::Sequence sequence);

} // namespace hookscope
