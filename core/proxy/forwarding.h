#pragma once

#include "core/http/head.h"
#include "core/proxy/routing.h"

#include <string>

namespace hookscope::proxy {

// Heads as they are sent on (RFC 9110 section 7.6): fields in the order in which they came, without
// those that concern one hop only. No Via and no X-Forwarded-* is added: the provider must see the
// client's own request. Pure.

// Whether the client asked for a websocket, the one upgrade that is relayed.
bool asksForWebSocket(const http::RequestHead &head);

// What a request's head gets on its way to the upstream.
struct UpstreamSide {
    bool isAbsoluteForm = false;         // the upstream is a proxy, which wants the whole URL
    std::string proxyAuthorization = {}; // for that proxy; empty: none
    http::FieldList injected = {};       // in place of the client's fields of these names
};

// The request's head for the upstream: origin-form target, Host of the destination, no Proxy-* field.
std::string upstreamRequestHead(const http::RequestHead &head, const Destination &destination,
                                const UpstreamSide &side = {});

struct ClientSide {
    int minorVersion = 1;
    bool keepAlive = true; // false adds `Connection: close`
};

// The answer's head for the client. For an HTTP/1.0 client Transfer-Encoding is left out, and the body
// has to go without chunk lines.
std::string clientResponseHead(const http::ResponseHead &head, const ClientSide &client);

// Whether the client lets its connection be used for a further request.
bool clientKeepsAlive(const http::RequestHead &head);

// Whether the upstream lets its connection be used for a further request.
bool upstreamKeepsAlive(const http::ResponseHead &head);

// "Not Found" for 404, and so on, for the statuses that Hookscope itself answers with.
std::string_view reasonPhrase(int status);

// A whole answer of our own: `hookscope: TEXT` as text/plain.
std::string errorAnswer(int status, std::string_view text, bool keepAlive, bool isHead);

// Answers to GET /, to checkPath (JSON that says how the client came) and to Max-Forwards: 0.
std::string landingAnswer(const ProxyConfig &config, std::string_view address, bool keepAlive, bool isHead);
std::string checkAnswer(std::string_view sandbox, bool isProxied, bool keepAlive, bool isHead);
std::string finalHopAnswer(const http::RequestHead &head, bool keepAlive);

} // namespace hookscope::proxy
