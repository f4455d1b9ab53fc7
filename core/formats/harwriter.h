#pragma once

#include "core/formats/exchangewriter.h"

namespace hookscope {

// HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/). Heads as redacted; there are no bodies, so the
// sizes on the wire are stated and the content has a comment in place of a text. -1 is what is not known; an
// exchange without an answer has the status 0. `_hookscope.events` of each entry is the wire form of its
// events, with tokens, cost, session and process. A tunnel has https://host:port for its URL.
class HarWriter final : public ExchangeWriter {
public:
    void begin(std::string &out) override;
    bool add(const Exchange &exchange, std::string &out) override;
    void end(std::string &out) override;

private:
    bool m_isFirst = true;
};

} // namespace hookscope
