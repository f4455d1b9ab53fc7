#pragma once

#include "core/formats/exchangewriter.h"

namespace hookscope {

// RFC 4180 in UTF-8: a header line with the keys of the wire form, then a line per LLM call, or one for an
// exchange without calls. Of several calls of one exchange (on a websocket) only the first line has the
// bytes of the bodies, so that columns can be summed. Numbers and money are plain and exact; absent is empty.
//
// A text that a spreadsheet would take for a formula, one that begins with = + - @ (wide forms included), a
// tab or a line break, also after spaces, gets an apostrophe before it. Control characters but tab and line
// breaks, and bytes that are not UTF-8, become U+FFFD.
class CsvWriter final : public ExchangeWriter {
public:
    void begin(std::string &out) override;
    bool add(const Exchange &exchange, std::string &out) override;
};

} // namespace hookscope
