#pragma once

#include "core/events/eventreader.h"
#include "core/formats/importedevents.h"

#include <string>
#include <unordered_map>

namespace hookscope {

// Files with an event a line, as file hooks write them: Hookscope's wire form and agentkernel's. The wire
// form has no event for the start of a request, so one is made out of the first event of each exchange; its
// heads stay unknown. A line of agentkernel, which has no id, is an exchange of its own. An exchange whose
// end the file does not have is ended with the file, since nothing more can come.
class JsonlReader final : public ImportReader {
public:
    static constexpr std::size_t maxLineBytes = 1U << 20U;

    void feed(std::string_view bytes, ImportedEvents &out) override;
    void finish(ImportedEvents &out) override;

private:
    void takeLine(std::string_view line, ImportedEvents &out);
    void takeEvent(Event event, bool hasId, ImportedEvents &out);

    EventReader m_reader;
    std::string m_rest; // of a line
    bool m_isTooLong = false; // the line that m_rest began
    quint64 m_line = 0;
    std::unordered_map<ExchangeId, Event> m_open; // the last event of those that have not ended
};

} // namespace hookscope
