#pragma once

#include "core/events/linerows.h"
#include "core/events/linetexts.h"

#include <memory>
#include <string>
#include <string_view>

namespace hookscope {

// The short way from a line to a row: lines of agentkernel's form, with no key beside its own and nothing to
// be masked, become records at once, without events. Any other line, a faulty one too, is left to EventReader
// and redact(), the long way, whose row would be the same. One thread.
class LineRowReader {
public:
    explicit LineRowReader(LineForm form);
    ~LineRowReader();
    LineRowReader(LineRowReader &&) noexcept;
    LineRowReader &operator=(LineRowReader &&) noexcept;

    // Whether the line is a row more; else nothing was done.
    bool read(std::string_view line);

    std::size_t size() const { return m_rows->m_records.size(); }
    LineRowBatch take(); // the rows since the last time

private:
    struct Fields;
    class Parser;

    bool add(const Fields &fields);
    bool addTexts(const Fields &fields, bool isCall, Record &row);
    static void addCall(const Fields &fields, Record &row);

    LineForm m_form;
    LineTexts m_texts;
    std::string m_callUrl;
    std::unique_ptr<Parser> m_parser;
    std::shared_ptr<LineRows> m_rows;
};

} // namespace hookscope
