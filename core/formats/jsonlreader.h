#pragma once

#include "core/events/eventreader.h"
#include "core/events/linescanner.h"
#include "core/formats/importedevents.h"

#include <string>
#include <unordered_map>

namespace hookscope {

// Files with an event a line, as file hooks write them: Hookscope's wire form and agentkernel's. The wire
// form has no event for the start of a request, so one is made out of the first event of each exchange; its
// heads stay unknown. A line of agentkernel, which has no id, is an exchange of its own, most often by the short way. An exchange whose
// end the file does not have is ended with the file, since nothing more can come.
class JsonlReader final : public ImportReader {
public:
    static constexpr std::size_t maxLineBytes = 1U << 20U;

    void feed(std::string_view bytes, ImportedEvents &out) override;
    void finish(ImportedEvents &out) override;

private:
    void takeRest(ImportedEvents &out);
    void takeLines(std::string_view lines, ImportedEvents &out);
    void takeLine(std::string_view line, ImportedEvents &out);
    void addFault(const QString &reason, ImportedEvents &out) const;
    void takeEvent(Event event, bool hasId, ImportedEvents &out);

    LineScanner m_scanner{LineForm::Imported};
    EventReader m_reader; // of the lines that go the long way
    std::string m_rest; // of a line
    bool m_isTooLong = false; // the line that m_rest began
    quint64 m_line = 0;
    std::unordered_map<ExchangeId, Event> m_open; // the last event of those that have not ended
};

} // namespace hookscope
