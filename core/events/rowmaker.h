#pragma once

#include "core/events/eventreader.h"

#include <list>
#include <string>
#include <unordered_map>
#include <vector>

namespace hookscope {

// Makes rows out of the events that files tell: a row of the log begins with Started, which the wire form
// has not, and ends with the answer's ProxyEvent, which may never come. What stands in no line is not
// invented: such a row has no header fields, and agentkernel's requests and answers, which have no ids, are
// rows of their own. It remembers what is open, hence no function. One thread.
class RowMaker {
public:
    static constexpr std::size_t mostOpen = 10'000; // beyond it the one that was open longest is closed

    void add(EventReader::Read read, std::vector<Event> &events);

    // Calls whose ProxyEvent did not come until now get their rows without it.
    void settle(std::vector<Event> &events);

    // Nothing comes any more: what is open failed, for that reason.
    void finish(const std::string &reason, std::vector<Event> &events);

    std::size_t open() const { return m_open.size(); }
    const std::list<ExchangeId> &openIds() const { return m_order; }

private:
    struct Open {
        ProxyEvent known; // what its last event would say
        bool isBegun = false;
        std::vector<Event> held; // until it is
        std::list<ExchangeId>::iterator place;
    };
    using Map = std::unordered_map<ExchangeId, Open>;

    Open &openOf(ExchangeId id, std::vector<Event> &events);
    void begin(Open &open, Started started, std::vector<Event> &events);
    void take(Started event, std::vector<Event> &events);
    void take(Answered event, std::vector<Event> &events);
    void take(CallProgress event, std::vector<Event> &events);
    void take(ProxyEvent event, std::vector<Event> &events);
    void take(LlmEvent event, std::vector<Event> &events);
    void take(const BodyKept &, std::vector<Event> &) {} // no line tells of one
    void settle(Map::iterator at, std::vector<Event> &events);
    void close(Map::iterator at, const std::optional<std::string> &error, std::vector<Event> &events);

    Map m_open;
    std::list<ExchangeId> m_order; // oldest first
};

} // namespace hookscope
