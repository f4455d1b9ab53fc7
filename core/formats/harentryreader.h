#pragma once

#include "core/events/event.h"
#include "core/events/eventreader.h"

#include <QString>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace hookscope {

// One entry of a HAR file as the events of one exchange, which has ended. Heads, times and sizes are read,
// bodies and cookies are not. An entry that Hookscope wrote has its own events back, with their id; any
// other gets a new id. Nothing is redacted here. One thread.
class HarEntryReader {
public:
    static constexpr std::size_t maxUrlBytes = 64U << 10U;
    static constexpr std::size_t maxHeadBytes = 256U << 10U; // further fields are left out

    // sandbox: who sent what has no label of its own.
    explicit HarEntryReader(std::string sandbox);
    ~HarEntryReader();

    // The first is a Started. The error is a sentence's end for people.
    tl::expected<std::vector<Event>, QString> read(const std::string &entry);

private:
    struct Parser;

    std::string m_sandbox;
    EventReader m_events;
    std::unique_ptr<Parser> m_parser;
};

} // namespace hookscope
