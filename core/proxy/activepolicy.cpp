#include "core/proxy/activepolicy.h"

#include <QByteArray>

namespace hookscope::proxy {

ActivePolicy::ActivePolicy(policy::TrafficPolicy policy)
    : traffic(std::move(policy))
{
    http::FieldList held;
    if (const auto &proxy = traffic.upstreamProxy) {
        via = proxy->user + "@" + proxy->address();
        if (!proxy->user.empty()) {
            const std::string credentials = proxy->user + ":" + traffic.upstreamPassword;
            proxyAuthorization = "Basic " + QByteArray::fromStdString(credentials).toBase64().toStdString();
            // As Authorization: the user of Proxy-Authorization would be taken for a sandbox's label.
            held.push_back({"Authorization", proxyAuthorization});
        }
    }
    for (const policy::HeldSecret &secret : traffic.secrets) {
        if (!secret.value.empty())
            held.push_back({"Authorization", "Bearer " + secret.value});
    }
    mask = Secrets::of({}, held);
}

bool ActivePolicy::isProxied(std::string_view host, std::uint16_t port) const
{
    return traffic.upstreamProxy && !traffic.upstreamProxy->isExcepted(host, port);
}

} // namespace hookscope::proxy
