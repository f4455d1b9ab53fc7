#pragma once

#include "core/events/exchange.h"
#include "core/events/record.h"
#include "core/events/strings.h"

#include <QMetaType>
#include <memory>
#include <vector>

namespace hookscope {

// Rows of the log that lines of a file tell whole: agentkernel's, which have no ids, so that each is an
// exchange of its own. No event is made of such a line; the record, `isWholeLine`, holds all of it. Only
// LineRowReader makes any, of lines in which there is nothing to be masked. Immutable once made; any thread.
class LineRows {
public:
    const std::vector<Record> &records() const { return m_records; } // in the file's order
    const Strings &strings() const { return m_strings; } // their texts

private:
    friend class LineRowReader;

    std::vector<Record> m_records;
    Strings m_strings;
};

using LineRowBatch = std::shared_ptr<const LineRows>;

// The exchange that such a row stands for, as its line's events would have made it.
Exchange exchangeOfLine(const Record &record, const Strings &strings);

// The call of such a row, `isCall`, put into `call`, which may be the last one's: its memory is used again.
void readCallOfLine(const Record &record, const Strings &strings, LlmEvent &call);

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::LineRowBatch)
