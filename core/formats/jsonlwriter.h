#pragma once

#include "core/formats/exchangewriter.h"

namespace hookscope {

// The wire form, an event a line: the on_request event, the LLM events, the on_response event, as far as
// they are there. An exchange whose request is still being read has none.
class JsonlWriter final : public ExchangeWriter {
public:
    bool add(const Exchange &exchange, std::string &out) override;
};

} // namespace hookscope
