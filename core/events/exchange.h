#pragma once

#include "core/events/event.h"

#include <optional>
#include <vector>

namespace hookscope {

// All that is known of one exchange: what the window shows as a row, and in the detail pane.
struct Exchange {
    enum class State { InFlight, Streaming, Done, Failed };

    ExchangeId id;
    State state = State::InFlight;
    Started started;
    std::optional<ProxyEvent> request;  // as sent to on_request hooks
    std::optional<Answered> answered;
    std::optional<CallProgress> progress;
    std::vector<LlmEvent> calls;        // as sent to on_response hooks; several on a websocket
    std::optional<ProxyEvent> response; // as sent to on_response hooks
    std::optional<BodyKept> requestBody;
    std::optional<BodyKept> answerBody;

    bool isLlmCall() const { return progress.has_value() || !calls.empty(); }

    // Fills in what `event` tells; events of other exchanges are a bug.
    void apply(const Event &event);
};

// Whether an answer with that head arrives as a stream of events.
bool isStreamType(const http::FieldList &head);

} // namespace hookscope
