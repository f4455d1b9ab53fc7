#include "core/proxy/forwarding.h"

#include "core/events/jsonstring.h"
#include "core/events/redact.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace hookscope::proxy {

namespace {

using http::equalsIgnoringCase;
using http::Field;

bool isIn(const std::vector<std::string_view> &members, std::string_view token)
{
    return std::any_of(members.begin(), members.end(),
                       [&](std::string_view member) { return equalsIgnoringCase(member, token); });
}

bool hasToken(const http::FieldList &fields, std::string_view name, std::string_view token)
{
    return http::fieldCount(fields, name) > 0 && isIn(http::listMembers(fields, name), token);
}

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view other) { return equalsIgnoringCase(name, other); });
}

void append(std::string &head, std::string_view name, std::string_view value)
{
    head.append(name).append(": ").append(value).append("\r\n");
}

// Framing is not the sender's to name as hop-by-hop: without it the next hop reads another message.
bool isFraming(std::string_view name)
{
    return isOneOf(name, {"content-length", "transfer-encoding", "host"});
}

void appendMaxForwards(std::string &out, const Field &field, std::string_view method)
{
    unsigned hops = 0;
    const char *end = field.value.data() + field.value.size();
    const bool counts = (method == "TRACE" || method == "OPTIONS")
        && std::from_chars(field.value.data(), end, hops).ptr == end && hops > 0;
    append(out, field.name, counts ? std::to_string(hops - 1) : field.value);
}

std::string ownAnswer(int status, std::string_view contentType, std::string_view body, bool keepAlive, bool isHead)
{
    std::string answer = "HTTP/1.1 " + std::to_string(status) + " ";
    answer.append(reasonPhrase(status)).append("\r\n");
    append(answer, "Content-Type", contentType);
    append(answer, "Content-Length", std::to_string(body.size()));
    if (status == 503)
        append(answer, "Retry-After", "1");
    if (!keepAlive)
        append(answer, "Connection", "close");
    answer += "\r\n";
    if (!isHead)
        answer += body;
    return answer;
}

// What the client sent may reach its terminal by our answer.
std::string oneLine(std::string_view text)
{
    std::string line(text);
    std::replace_if(line.begin(), line.end(), [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return u < 0x20 || u == 0x7f;
    }, '?');
    return line;
}

} // namespace

bool asksForWebSocket(const http::RequestHead &head)
{
    return head.minorVersion >= 1 && hasToken(head.fields, "connection", "upgrade")
        && hasToken(head.fields, "upgrade", "websocket");
}

std::string upstreamRequestHead(const http::RequestHead &head, const Destination &destination,
                                const UpstreamSide &side)
{
    const auto connection = http::listMembers(head.fields, "connection");
    const std::string authority = destination.url.authority();
    std::string out;
    out.reserve(512);
    out.append(head.method).append(" ");
    if (side.isAbsoluteForm)
        out += destination.url.origin();
    out.append(destination.url.path).append(" HTTP/1.1\r\n");
    if (http::fieldCount(head.fields, "host") == 0)
        append(out, "Host", authority);
    for (const Field &field : head.fields) {
        if (equalsIgnoringCase(field.name, "host")) {
            append(out, field.name, authority);
        } else if (isOneOf(field.name, {"connection", "keep-alive", "te", "upgrade", "proxy"})
                   || equalsIgnoringCase(std::string_view(field.name).substr(0, 6), "proxy-")) {
            continue;
        } else if (isIn(connection, field.name) && !isFraming(field.name)) {
            continue;
        } else if (http::fieldCount(side.injected, field.name) > 0) {
            continue;
        } else if (equalsIgnoringCase(field.name, "max-forwards")) {
            appendMaxForwards(out, field, head.method);
        } else {
            append(out, field.name, field.value);
        }
    }
    for (const Field &field : side.injected)
        append(out, field.name, field.value);
    if (!side.proxyAuthorization.empty())
        append(out, "Proxy-Authorization", side.proxyAuthorization);
    if (asksForWebSocket(head)) {
        append(out, "Connection", "Upgrade");
        append(out, "Upgrade", "websocket");
    }
    out += "\r\n";
    return out;
}

std::string clientResponseHead(const http::ResponseHead &head, const ClientSide &client)
{
    const auto connection = http::listMembers(head.fields, "connection");
    std::string out;
    out.reserve(512);
    out.append("HTTP/1.1 ").append(std::to_string(head.status)).append(" ").append(head.reason).append("\r\n");
    for (const Field &field : head.fields) {
        const bool isHopByHop = isOneOf(field.name, {"connection", "keep-alive", "proxy-connection", "te", "upgrade"})
            || (isIn(connection, field.name) && !isFraming(field.name));
        const bool isUnknownToClient
            = client.minorVersion == 0 && isOneOf(field.name, {"transfer-encoding", "trailer"});
        if (!isHopByHop && !isUnknownToClient)
            append(out, field.name, field.value);
    }
    if (head.status == 101) {
        append(out, "Connection", "Upgrade");
        append(out, "Upgrade", http::fieldValue(head.fields, "upgrade").value_or("websocket"));
    } else if (!client.keepAlive && !head.isInterim()) {
        append(out, "Connection", "close");
    }
    out += "\r\n";
    return out;
}

bool clientKeepsAlive(const http::RequestHead &head)
{
    return head.minorVersion >= 1 && !hasToken(head.fields, "connection", "close");
}

bool upstreamKeepsAlive(const http::ResponseHead &head)
{
    return head.minorVersion >= 1 && !hasToken(head.fields, "connection", "close")
        && head.framing.kind != http::Framing::Kind::UntilClose;
}

std::string_view reasonPhrase(int status)
{
    switch (status) {
    case 200: return "OK";
    case 400: return "Bad Request";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 421: return "Misdirected Request";
    case 405: return "Method Not Allowed";
    case 407: return "Proxy Authentication Required";
    case 408: return "Request Timeout";
    case 414: return "URI Too Long";
    case 431: return "Request Header Fields Too Large";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    case 508: return "Loop Detected";
    default: return "Error";
    }
}

std::string errorAnswer(int status, std::string_view text, bool keepAlive, bool isHead)
{
    return ownAnswer(status, "text/plain; charset=utf-8", "hookscope: " + oneLine(text) + "\n", keepAlive, isHead);
}

std::string landingAnswer(const ProxyConfig &config, std::string_view address, bool keepAlive, bool isHead)
{
    const std::string base = "http://" + std::string(address);
    std::string body = "Hookscope " HOOKSCOPE_VERSION ": shows the requests that programs send through it.\n\n"
                       "Attach a client by its base URL:\n"
                       "  ANTHROPIC_BASE_URL=" + base + "/anthropic\n"
                       "  OPENAI_BASE_URL=" + base + "/openai/v1\n"
                       "  GOOGLE_GEMINI_BASE_URL=" + base + "/gemini\n"
                       "or as its proxy:\n"
                       "  HTTP_PROXY=" + base + " HTTPS_PROXY=" + base + "\n"
                       "A name before the route labels who sent it: " + base + "/~NAME/openai/v1\n\n"
                       "Routes:\n";
    for (const Route &route : config.routes) {
        if (body.find("  /" + route.name + "/ ") == std::string::npos)
            body += "  /" + route.name + "/  ->  " + route.root.origin() + route.root.path + "/\n";
    }
    return ownAnswer(200, "text/plain; charset=utf-8", body, keepAlive, isHead);
}

std::string checkAnswer(std::string_view sandbox, bool isProxied, bool keepAlive, bool isHead)
{
    std::string body = "{\"hookscope\":\"" HOOKSCOPE_VERSION "\",\"sandbox\":";
    appendJsonString(body, sandbox);
    body += isProxied ? ",\"way\":\"proxy\"}\n" : ",\"way\":\"base url\"}\n";
    return ownAnswer(200, "application/json", body, keepAlive, isHead);
}

std::string finalHopAnswer(const http::RequestHead &head, bool keepAlive)
{
    if (head.method == "OPTIONS")
        return ownAnswer(200, "text/plain; charset=utf-8", "", keepAlive, false);
    std::string echo = head.method + " " + redactUrl(head.target) + " HTTP/1.1\r\n";
    for (const Field &field : head.fields) {
        if (!isCredentialField(field.name))
            append(echo, field.name, field.value);
    }
    return ownAnswer(200, "message/http", echo + "\r\n", keepAlive, false);
}

} // namespace hookscope::proxy
