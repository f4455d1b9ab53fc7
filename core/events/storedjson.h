#pragma once

#include "core/events/event.h"

#include <string>
#include <string_view>

namespace hookscope {

// The stored form of events, one line of JSON without a line end: the wire form with the keys behind it that
// the window shows beside (microseconds, the call's details), and the events that only the window knows,
// told apart by `stored`. EventReader reads it back whole; what reads the wire form reads it as well. Empty
// for what is never stored: bodies.
std::string toStoredJson(const Event &event);

// How the line of a Started begins, which counts the rows of a file without parsing it.
constexpr std::string_view storedStart = "{\"stored\":\"started\"";

} // namespace hookscope
