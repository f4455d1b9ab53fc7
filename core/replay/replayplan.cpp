#include "core/replay/replayplan.h"

#include "core/events/bodyredaction.h"

#include <QCoreApplication>
#include <algorithm>

namespace hookscope {

namespace {

struct ReplayText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::Replay)
};

constexpr std::string_view mask = "***";

// Made anew by who sends, or of one connection only (RFC 9110 section 7.6.1). The body is sent as it was
// read: without its coding.
constexpr std::string_view leftOut[] = {
    "host",       "content-length", "content-encoding", "transfer-encoding",
    "connection", "keep-alive",     "proxy-connection", "proxy-authorization",
    "te",         "trailer",        "upgrade",          "expect"};

tl::unexpected<Error> cannot(const QString &text)
{
    return tl::unexpected(Error{ErrorCode::InvalidInput, text});
}

bool isLeftOut(const http::FieldList &head, std::string_view name)
{
    const auto isName = [name](std::string_view other) {
        return http::equalsIgnoringCase(name, other);
    };
    const auto named = http::listMembers(head, "connection");
    return std::any_of(std::begin(leftOut), std::end(leftOut), isName)
        || std::any_of(named.begin(), named.end(), isName);
}

std::size_t masksIn(std::string_view text)
{
    std::size_t count = 0;
    for (auto at = text.find(mask); at != std::string_view::npos; at = text.find(mask, at + mask.size()))
        ++count;
    return count;
}

Result<std::string> bodyOf(const Exchange &exchange)
{
    const bool hasNone = exchange.request && exchange.request->requestBytes == std::uint64_t(0);
    if (hasNone)
        return std::string();
    if (!exchange.requestBody || !exchange.requestBody->text)
        return cannot(
            ReplayText::tr("The request cannot be sent again: its body was not kept. View, Keep Bodies keeps "
                           "those of requests to come."));
    const BodyKept &body = *exchange.requestBody;
    if (body.isTruncated)
        return cannot(
            ReplayText::tr("The request cannot be sent again: only a part of its body was kept. The settings "
                           "say how much is."));
    const bool isPlain = !http::fieldValue(exchange.started.head, "content-encoding");
    if (body.text->find(mask) != std::string::npos || holdsBase64LeftOut(*body.text)
        || (isPlain && body.text->size() != body.fullSize))
        return cannot(ReplayText::tr(
            "The request cannot be sent again: a credential in its body was masked, or what is "
            "no text was left out."));
    return *body.text;
}

// The value with each mask replaced by the next one of `values`.
std::string filledIn(std::string_view text, std::vector<std::string>::const_iterator &value)
{
    std::string result;
    for (auto at = text.find(mask); at != std::string_view::npos; at = text.find(mask)) {
        result.append(text.substr(0, at)).append(*value++);
        text.remove_prefix(at + mask.size());
    }
    return result.append(text);
}

bool isForField(std::string_view value)
{
    return std::none_of(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte >= 0x7f;
    });
}

// Behind the route's root; nothing if the URL is not there.
std::optional<std::string_view> behind(const http::Url &root, std::string_view url)
{
    std::string start = root.origin() + root.path.substr(0, root.path.find('?'));
    while (start.ends_with('/'))
        start.pop_back();
    if (!url.starts_with(start))
        return std::nullopt;
    url.remove_prefix(start.size());
    return url.empty() || url.front() == '/' || url.front() == '?' ? std::optional(url) : std::nullopt;
}

} // namespace

Result<ReplayPlan> replayPlan(const Exchange &exchange)
{
    if (exchange.started.isTunnel)
        return cannot(ReplayText::tr("A tunnel cannot be opened again: what went through it is not known."));
    if (http::fieldValue(exchange.started.head, "upgrade"))
        return cannot(
            ReplayText::tr("A websocket cannot be opened again: it is a conversation, not one request."));
    auto body = bodyOf(exchange);
    if (!body)
        return tl::unexpected(body.error());

    ReplayPlan plan;
    plan.method = exchange.started.method;
    plan.url = exchange.started.url;
    plan.body = *std::move(body);
    plan.credentials.assign(masksIn(plan.url), ReplayText::tr("key in the URL").toStdString());
    for (const http::Field &field : exchange.started.head) {
        if (isLeftOut(exchange.started.head, field.name))
            continue;
        plan.head.push_back(field);
        plan.credentials.insert(plan.credentials.end(), masksIn(field.value), field.name);
    }
    return plan;
}

Result<QByteArray> replayBytes(const ReplayPlan &plan, const std::vector<std::string> &credentials,
                               const std::vector<ReplayRoute> &routes, const std::string &proxyAuthority)
{
    if (credentials.size() != plan.credentials.size()
        || !std::all_of(credentials.begin(), credentials.end(), isForField))
        return cannot(ReplayText::tr(
            "A credential can hold letters, digits and signs of ASCII only: check what was typed."));
    auto value = credentials.begin();
    const std::string url = filledIn(plan.url, value);

    const ReplayRoute *way = nullptr;
    std::string_view rest;
    for (const ReplayRoute &route : routes) {
        const auto there = behind(route.root, url);
        if (there && (!way || there->size() < rest.size())) {
            way = &route;
            rest = *there;
        }
    }
    const auto parsed = http::parseUrl(url);
    if (!way && (!parsed || parsed->isTls))
        return cannot(ReplayText::tr(
            "The request cannot be sent again: no route leads to its host. Start Hookscope with "
            "--route NAME=URL for it."));
    std::string head = plan.method + ' ';
    if (way) {
        head += "/~" + std::string(replaySandbox) + '/' + way->name + std::string(rest)
            + " HTTP/1.1\r\nHost: " + proxyAuthority + "\r\n";
    } else {
        const QByteArray label = (QByteArray::fromStdString(std::string(replaySandbox)) + ':').toBase64();
        head += url + " HTTP/1.1\r\nHost: " + parsed->authority() + "\r\nProxy-Authorization: Basic "
            + label.toStdString() + "\r\n";
    }
    for (const http::Field &field : plan.head)
        head += field.name + ": " + filledIn(field.value, value) + "\r\n";
    if (!plan.body.empty() || http::equalsIgnoringCase(plan.method, "POST"))
        head += "Content-Length: " + std::to_string(plan.body.size()) + "\r\n";
    head += "Connection: close\r\n\r\n";
    return QByteArray::fromStdString(head + plan.body);
}

} // namespace hookscope
