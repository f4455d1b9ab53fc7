#include "core/events/rowmaker.h"

#include "core/events/linetexts.h"

#include <algorithm>
#include <utility>

namespace hookscope {

namespace {

Started startedOf(const ProxyEvent &event)
{
    Started started;
    started.id = event.id;
    started.timestampUs = event.timestampUs;
    if (event.event == HookEvent::OnResponse)
        started.timestampUs -= event.durationUs.value_or(event.latencyUs.value_or(0));
    started.sandbox = event.sandbox;
    started.process = event.process;
    started.method = event.method;
    started.url = event.url;
    started.host = event.host;
    started.isTunnel = event.method == "CONNECT";
    started.path = started.isTunnel ? std::string() : std::string(pathOfUrl(event.url, LineForm::Followed));
    return started;
}

// Its URL is not known: the line says neither scheme nor port.
Started startedOf(const LlmEvent &event)
{
    Started started;
    started.id = event.id;
    started.timestampUs = event.timestampUs - event.durationUs.value_or(event.latencyUs.value_or(0));
    started.sandbox = event.sandbox;
    started.process = event.process;
    started.method = event.method;
    started.host = event.host;
    started.path = event.path;
    return started;
}

ProxyEvent answerOf(const LlmEvent &event)
{
    ProxyEvent answer;
    answer.event = HookEvent::OnResponse;
    answer.id = event.id;
    answer.timestampUs = event.timestampUs;
    answer.sandbox = event.sandbox;
    answer.method = event.method;
    answer.host = event.host;
    answer.status = event.status;
    answer.secretInjected = event.secretInjected;
    answer.latencyUs = event.latencyUs;
    answer.process = event.process;
    answer.durationUs = event.durationUs;
    answer.error = event.error;
    return answer;
}

ProxyEvent answerOf(const Started &event)
{
    ProxyEvent answer;
    answer.event = HookEvent::OnResponse;
    answer.id = event.id;
    answer.timestampUs = event.timestampUs;
    answer.sandbox = event.sandbox;
    answer.method = event.method;
    answer.url = event.url;
    answer.host = event.host;
    answer.process = event.process;
    return answer;
}

} // namespace

void RowMaker::add(EventReader::Read read, std::vector<Event> &events)
{
    const ExchangeId id = exchangeOf(read.event);
    std::visit([&](auto &&event) { take(std::move(event), events); }, std::move(read.event));
    if (read.hasId)
        return;
    // No other line can belong to it.
    if (const auto at = m_open.find(id); at != m_open.end()) {
        settle(at, events);
        if (const auto still = m_open.find(id); still != m_open.end())
            close(still, std::nullopt, events);
    }
}

RowMaker::Open &RowMaker::openOf(ExchangeId id, std::vector<Event> &events)
{
    if (const auto found = m_open.find(id); found != m_open.end())
        return found->second;
    if (m_open.size() >= mostOpen) {
        const ExchangeId oldest = m_order.front();
        settle(m_open.find(oldest), events);
        if (const auto still = m_open.find(oldest); still != m_open.end())
            close(still, "Its end is not known", events);
    }
    Open &open = m_open[id];
    open.place = m_order.insert(m_order.end(), id);
    return open;
}

void RowMaker::begin(Open &open, Started started, std::vector<Event> &events)
{
    open.isBegun = true;
    events.emplace_back(std::move(started));
    for (Event &event : open.held)
        events.push_back(std::move(event));
    open.held.clear();
}

void RowMaker::take(Started event, std::vector<Event> &events)
{
    Open &open = openOf(event.id, events);
    if (open.isBegun)
        return;
    open.known = answerOf(event);
    begin(open, std::move(event), events);
}

void RowMaker::take(Answered event, std::vector<Event> &events)
{
    Open &open = openOf(event.id, events);
    open.known.status = event.status;
    open.known.latencyUs = event.latencyUs;
    (open.isBegun ? events : open.held).emplace_back(std::move(event));
}

void RowMaker::take(CallProgress event, std::vector<Event> &events)
{
    Open &open = openOf(event.id, events);
    (open.isBegun ? events : open.held).emplace_back(std::move(event));
}

void RowMaker::take(LlmEvent event, std::vector<Event> &events)
{
    Open &open = openOf(event.id, events);
    if (!open.isBegun)
        open.known = answerOf(event);
    (open.isBegun ? events : open.held).emplace_back(std::move(event));
}

void RowMaker::take(ProxyEvent event, std::vector<Event> &events)
{
    Open &open = openOf(event.id, events);
    if (!open.isBegun)
        begin(open, startedOf(event), events);
    if (event.event == HookEvent::OnRequest) {
        open.known = event;
        open.known.event = HookEvent::OnResponse;
        events.emplace_back(std::move(event));
        return;
    }
    m_order.erase(open.place);
    m_open.erase(event.id);
    events.emplace_back(std::move(event));
}

// A websocket, which begins with a GET, may have more calls to come; any other call is over with its event.
void RowMaker::settle(Map::iterator at, std::vector<Event> &events)
{
    Open &open = at->second;
    const auto call = std::find_if(open.held.begin(), open.held.end(), [](const Event &event) {
        return std::holds_alternative<LlmEvent>(event);
    });
    if (open.isBegun || call == open.held.end())
        return;
    begin(open, startedOf(std::get<LlmEvent>(*call)), events);
    if (open.known.method != "GET")
        close(at, open.known.error, events);
}

void RowMaker::settle(std::vector<Event> &events)
{
    for (auto place = m_order.begin(); place != m_order.end();) {
        const ExchangeId id = *place++; // settling may take it out
        settle(m_open.find(id), events);
    }
}

void RowMaker::close(Map::iterator at, const std::optional<std::string> &error, std::vector<Event> &events)
{
    Open &open = at->second;
    if (open.isBegun) { // else there is nothing to make a row of
        open.known.error = error;
        events.emplace_back(std::move(open.known));
    }
    m_order.erase(open.place);
    m_open.erase(at);
}

void RowMaker::finish(const std::string &reason, std::vector<Event> &events)
{
    settle(events);
    while (!m_order.empty())
        close(m_open.find(m_order.front()), reason, events);
}

} // namespace hookscope
