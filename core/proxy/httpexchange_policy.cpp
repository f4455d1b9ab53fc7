#include "core/proxy/httpexchange.h"

#include "core/proxy/forwarding.h"
#include "core/proxy/proxytunnel.h"

// The part of an exchange that follows the policy: the upstream proxy, and the user's secrets.
namespace hookscope::proxy {

void HttpExchange::chooseSecrets()
{
    const auto &secrets = m_policy->traffic.secrets;
    if (secrets.empty())
        return;
    const http::Url &url = m_destination.url;
    m_secrets = policy::chooseSecrets(
        secrets, {m_request.method, url.host, url.port, url.isTls, m_destination.sandbox});
}

// A proxy that is sent a whole URL would answer a TRACE itself, with the credentials that were for it, and
// many do not relay websockets.
Upstream::Key HttpExchange::upstreamKey() const
{
    const bool isTunnel =
        !m_destination.url.isTls && (asksForWebSocket(m_request) || m_request.method == "TRACE");
    return {m_destination.url.host, m_destination.url.port, m_destination.url.isTls, isTunnel, m_policy->via};
}

// The secrets go in at the last moment, into bytes that are only written.
std::string HttpExchange::outgoingHead(const http::RequestHead &request)
{
    UpstreamSide side;
    if (m_upstream->isAbsoluteForm) {
        side.isAbsoluteForm = true;
        side.proxyAuthorization = m_policy->proxyAuthorization;
    }
    // A name may stand for this machine and lead elsewhere (--connect-to).
    const bool isSafe = m_upstream->key().isTls || (m_upstream->peer().address().is_loopback() && !m_upstream->isAbsoluteForm);
    for (const policy::HeldSecret *secret : m_secrets.injected) {
        if (isSafe) {
            side.injected.push_back({secret->binding.header, secret->binding.prefix + secret->value});
        } else {
            m_secrets.refusal = "the secret " + secret->binding.name
                + " was not injected: the connection leaves this machine without TLS";
            m_secrets.refusedHeader = secret->binding.header;
        }
    }
    if (!side.injected.empty())
        m_recorder.secretInjected();
    return upstreamRequestHead(request, m_destination, side);
}

std::string HttpExchange::upstreamName() const
{
    const std::string name = m_destination.url.authority();
    if (!m_upstream->isAbsoluteForm)
        return name;
    return name + " (through the upstream proxy " + m_policy->traffic.upstreamProxy->address() + ")";
}

// The upstream proxy's 407 is about our credentials and not for the client, which has none for it.
std::optional<HttpExchange::Fault> HttpExchange::faultOfProxy(const http::ResponseHead &head) const
{
    if (!m_upstream->isAbsoluteForm || head.status != 407)
        return std::nullopt;
    return Fault{502,
                 "cannot reach " + m_destination.url.authority() + ": the upstream proxy "
                     + m_policy->traffic.upstreamProxy->address() + " answered " + proxyRefusal(head.status)};
}

// Why a secret was left out, if that can be what the answer is about: a request that brings its own
// credential and gets its answer is nobody's error.
std::optional<std::string> HttpExchange::refusedSecret(const http::ResponseHead &head) const
{
    if (m_secrets.refusal.empty())
        return std::nullopt;
    const bool isUnauthorized = head.status == 401 || head.status == 403;
    if (!isUnauthorized && http::fieldCount(m_request.fields, m_secrets.refusedHeader) > 0)
        return std::nullopt;
    return m_secrets.refusal;
}

} // namespace hookscope::proxy
