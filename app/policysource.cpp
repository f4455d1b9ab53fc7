#include "app/policysource.h"

#include "core/http/target.h"
#include "core/settings/policyjson.h"

#include <QtGlobal>

namespace hookscope {

namespace {

void addPatterns(std::vector<policy::HostPattern> &patterns, const QStringList &texts)
{
    for (const QString &text : texts) {
        if (auto pattern = policy::parseHostPattern(text.toStdString()))
            patterns.push_back(std::move(*pattern)); // others were reported when the settings were read
    }
}

std::optional<policy::UpstreamProxy> upstreamProxy(const CommandLine &commandLine, const Settings &settings)
{
    auto proxy = commandLine.upstreamProxy;
    if (!proxy && !settings.upstreamProxy.isEmpty()) {
        if (auto parsed = policy::parseUpstreamProxy(settings.upstreamProxy.toStdString()))
            proxy = std::move(*parsed);
    }
    if (proxy) {
        proxy->exceptions = commandLine.upstreamProxyExceptions;
        addPatterns(proxy->exceptions, settings.upstreamProxyExcept);
    }
    return proxy;
}

std::vector<policy::SecretBinding> allBindings(const CommandLine &commandLine, const Settings &settings)
{
    std::vector<policy::SecretBinding> bindings = commandLine.secrets;
    for (policy::SecretBinding &binding : secretsOf(settings).bindings)
        bindings.push_back(std::move(binding));
    return bindings;
}

QString passwordName()
{
    return QString::fromLatin1(policy::UpstreamProxy::passwordName.data(),
                               qsizetype(policy::UpstreamProxy::passwordName.size()));
}

} // namespace

QStringList policySecretNames(const CommandLine &commandLine, const Settings &settings)
{
    QStringList names;
    for (const policy::SecretBinding &binding : allBindings(commandLine, settings))
        names.append(QString::fromStdString(binding.name));
    // Also if nothing needs it: it is no variable for our children.
    const auto proxy = upstreamProxy(commandLine, settings);
    const bool hasUser = proxy && !proxy->user.empty();
    if (hasUser || qEnvironmentVariableIsSet(qUtf8Printable(passwordName())))
        names.append(passwordName());
    names.removeDuplicates();
    return names;
}

policy::TrafficPolicy trafficPolicy(const CommandLine &commandLine, const Settings &settings,
                                    const Keyring &keyring)
{
    policy::TrafficPolicy policy;
    policy.hosts = commandLine.hosts;
    addPatterns(policy.hosts.blocked, settings.blockedHosts);
    addPatterns(policy.hosts.allowed, settings.allowedHosts);
    policy.hosts.allowlistOnly = policy.hosts.allowlistOnly || settings.allowlistOnly;
    policy.upstreamProxy = upstreamProxy(commandLine, settings);
    if (policy.upstreamProxy && !policy.upstreamProxy->user.empty())
        policy.upstreamPassword = keyring.answer(passwordName()).value.toStdString();
    for (const policy::SecretBinding &binding : allBindings(commandLine, settings)) {
        const Keyring::Answer answer = keyring.answer(QString::fromStdString(binding.name));
        policy::HeldSecret secret{binding, answer.value.toStdString(), answer.absence.toStdString()};
        if (auto problem = secret.value.empty() ? std::nullopt : policy::problemWithSecret(secret.value)) {
            secret.value.clear();
            secret.absence = std::move(*problem);
        }
        policy.secrets.push_back(std::move(secret));
    }
    return policy;
}

QString proxyOfEnvironment(quint16 ownPort)
{
    for (const char *name :
         {"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"}) {
        const auto offered = policy::offeredProxy(qgetenv(name).toStdString());
        if (!offered)
            continue;
        const auto proxy = policy::parseUpstreamProxy(*offered);
        const bool isOwn = proxy->port == ownPort && http::isLoopbackName(policy::canonicalHost(proxy->host));
        return isOwn ? QString() : QString::fromStdString(*offered);
    }
    return {};
}

} // namespace hookscope
