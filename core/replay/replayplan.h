#pragma once

#include "core/error.h"
#include "core/events/exchange.h"
#include "core/http/fields.h"
#include "core/http/target.h"

#include <QByteArray>
#include <QMetaType>
#include <string>
#include <vector>

namespace hookscope {

// A captured request, ready to be sent once more but for its credentials, which are not kept: each is a ***
// in `url` or in a value of `head`.
struct ReplayPlan {
    std::string method;
    std::string url;
    http::FieldList head; // what belongs to the request alone: no lengths, nothing of one connection
    std::string body;
    std::vector<std::string>
        credentials; // what each *** is, in their order: a field's name, or "key in the URL"

    friend bool operator==(const ReplayPlan &, const ReplayPlan &) = default;
};

// A base-URL route of the proxy: requests to /NAME/... go to root/...
struct ReplayRoute {
    std::string name;
    http::Url root;
};

// The label of replayed requests, which tells them from those of programs.
constexpr std::string_view replaySandbox = "replay";

// The error is a sentence that says why it cannot be sent just as it was: a tunnel or a websocket, or a body
// that was not kept, not whole, or not without a credential in it.
Result<ReplayPlan> replayPlan(const Exchange &exchange);

// What is to be sent to the proxy at that authority (host:port), by the base-URL route that leads to the
// plan's URL, else, without TLS, as by an HTTP proxy. `credentials`: a value for each of the plan's. The
// error is a sentence: no way leads there, or a value that no field can hold.
Result<QByteArray> replayBytes(const ReplayPlan &plan, const std::vector<std::string> &credentials,
                               const std::vector<ReplayRoute> &routes, const std::string &proxyAuthority);

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::ReplayPlan)
