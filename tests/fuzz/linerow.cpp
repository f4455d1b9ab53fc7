#include "core/events/eventreader.h"
#include "core/events/linerowreader.h"
#include "core/events/redact.h"
#include "core/events/rowmaker.h"
#include "tests/events/withoutids.h"
#include "tests/fuzz/input.h"

using namespace hookscope;
using fuzz::require;

namespace {

Exchange byTheLongWay(std::string_view line)
{
    EventReader reader;
    auto read = reader.read(line);
    require(read.has_value(), "what the short way takes is an event");
    RowMaker maker;
    std::vector<Event> events;
    maker.add(*std::move(read), events);
    Exchange exchange;
    for (Event &event : events)
        exchange.apply(redact(std::move(event), {}).event());
    return exchange;
}

} // namespace

// A line that becomes a row at once is the exchange that its events make, masked.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static LineRowReader reader(LineForm::Followed); // it learns texts from line to line
    const std::string_view line(reinterpret_cast<const char *>(data), size);
    if (!reader.read(line))
        return 0;
    const LineRowBatch rows = reader.take();
    require(rows->records().size() == 1, "a line is a row");
    const Exchange direct = withoutIds(exchangeOfLine(rows->records().front(), rows->strings()));
    const Exchange other = withoutIds(byTheLongWay(line));
    require(direct.state == other.state && direct.started == other.started, "both ways begin alike");
    require(direct.request == other.request && direct.response == other.response,
            "both ways have the same events");
    require(direct.calls == other.calls, "both ways have the same calls");
    return 0;
}
