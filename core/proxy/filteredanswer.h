#pragma once

#include "core/http/body.h"
#include "core/llm/streamusage.h"

#include <string>
#include <string_view>

namespace hookscope::proxy {

// The answer to a request that asked for usage on the client's behalf, as the client would have got it: the
// events without what the asking added, framed anew. A length is no longer known, so such an answer becomes
// chunked; chunks are cut anew, trailers stay; what ends with its connection still does. Pure.
class FilteredAnswer
{
public:
    // Whether this answer can be read and edited; any other one passes as it is.
    static bool fits(const http::ResponseHead &head);

    FilteredAnswer(llm::StreamUsage usage, const http::ResponseHead &head, int clientMinorVersion);

    http::ResponseHead head(const http::ResponseHead &upstream) const;

    // What the client gets for the bytes that `body` has just taken. Valid until the next call.
    std::string_view take(std::string_view taken, const http::BodyReader &body);

    // The upstream's connection is over: what was held back.
    std::string_view end();

    // Content bytes in what was given out last.
    std::size_t contentBytes() const { return m_content.size(); }

private:
    void frame();
    void noteTail(std::string_view taken, const http::BodyReader &body);
    std::string_view trailers() const;

    llm::StreamUsageFilter m_filter;
    bool m_isChunked; // for the client
    std::string m_content;
    std::string m_framed;
    std::string m_tail; // chunk lines behind the last content: in the end, the last chunk and the trailers
};

} // namespace hookscope::proxy
