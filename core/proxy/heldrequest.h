#pragma once

#include "core/http/body.h"
#include "core/llm/streamusage.h"
#include "core/proxy/clientstream.h"
#include "core/proxy/upstream.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace hookscope::proxy {

// A request that may ask for its stream's usage on the client's behalf: what may be added to it is known only
// at the end of its body, so the body is held whole before any of it goes upstream. A body that needs no
// change, or gets too long, goes on byte for byte as it came. Proxy thread.
class HeldRequest
{
public:
    HeldRequest(llm::StreamUsage usage, http::Framing framing) : m_usage(usage), m_framing(framing) {}

    // Bytes of the body as they came, and the content that `body` found in them.
    void add(std::string_view raw, const http::BodyReader &body);

    // Why the client's body did not become whole, as HttpExchange's faults say it.
    struct Failure {
        int status = 0;
        std::string text;
    };

    // Reads the rest of the body, up to what is held at most, and decides whether the request asks. A client
    // that awaits 100 (Continue) gets it.
    Task<std::optional<Failure>> fill(ClientStream &client, http::BodyReader &body, bool isContinueAwaited,
                                      Clock::duration idleTimeout);

    // Whether this answer to a request that asks refuses it for the asking. Its body stays in the buffer.
    static Task<bool> isRefused(Upstream &upstream, const http::ResponseHead &head);

    bool asks() const { return m_edit.has_value(); }

    // The upstream refuses to be asked: from now on this is the client's own request.
    void withdraw() { m_edit.reset(); }

    const llm::StreamUsage &usage() const { return m_usage; }

    // What the client sent.
    std::string_view content() const { return m_framing.kind == http::Framing::Kind::Chunked ? m_content : m_raw; }

    // What goes upstream. One that asks states its length and takes no encoded answer, which could not be
    // edited. Expect is left out: the body is here already.
    http::RequestHead head(const http::RequestHead &client) const;
    std::array<std::string_view, 3> body() const;

private:
    llm::StreamUsage m_usage;
    http::Framing m_framing;
    std::string m_raw;
    std::string m_content; // of a chunked body
    std::optional<llm::BodyEdit> m_edit;
};

} // namespace hookscope::proxy
