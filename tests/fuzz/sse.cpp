#include "core/http/sse.h"
#include "tests/fuzz/input.h"

#include <vector>

using namespace hookscope;
using fuzz::require;

namespace {

// The events' data, however they are given.
class Events final : public http::SseParser::Sink {
public:
    void sseEvent(std::string_view data) override
    {
        require(!m_isOpen, "a whole event comes between others");
        require(data.find_first_of("\r\n") == std::string_view::npos, "a whole event is one line");
        list.emplace_back(data);
    }

    void sseData(std::string_view part) override
    {
        require(!part.empty(), "no part is empty");
        m_isOpen = true;
        m_data += part;
    }

    void sseEventEnded() override
    {
        list.push_back(m_data);
        m_data.clear();
        m_isOpen = false;
    }

    bool isOpen() const { return m_isOpen; }

    std::vector<std::string> list;

private:
    std::string m_data;
    bool m_isOpen = false;
};

} // namespace

// A stream has the same events in whatever pieces it comes. The first byte chooses the pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const auto seed = input.byte();
    Events whole;
    http::SseParser parser;
    parser.feed(input.rest(), whole);
    parser.finish(whole);
    require(!whole.isOpen(), "no event is open at the end");

    Events pieces;
    http::SseParser second;
    fuzz::inPieces(input.rest(), seed, [&](std::string_view piece) { second.feed(piece, pieces); });
    second.finish(pieces);
    require(whole.list == pieces.list, "pieces have the events of the whole");

    std::size_t bytes = 0;
    for (const auto &event : whole.list)
        bytes += event.size();
    require(bytes <= size, "events are no more than their bytes");
    return 0;
}
