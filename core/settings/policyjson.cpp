#include "core/settings/policyjson.h"

#include "core/policy/interceptpattern.h"
#include "core/policy/upstreamproxy.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace hookscope {

namespace {

// What core/policy and core/http say, which have no translations of their own.
[[maybe_unused]] constexpr const char *faults[] = {
    QT_TRANSLATE_NOOP("hookscope::Settings", "leave out the scheme: write HOST or *.DOMAIN"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "leave out the path: write HOST or *.DOMAIN"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "it would be every host: write HOST or *.DOMAIN"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "'*' can only stand as *. before a domain"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "an address has no subdomains"),
    QT_TRANSLATE_NOOP("hookscope::Settings",
                      "it starts with a dot: write *.DOMAIN for a domain and all below it"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "a part between two dots is empty"),
    QT_TRANSLATE_NOOP("hookscope::Settings",
                      "a host holds letters, digits, '-', '_' and '.' only (write others as xn--...)"),
    QT_TRANSLATE_NOOP(
        "hookscope::Settings",
        "TLS to the proxy itself is not supported: use http:// (HTTPS to the upstreams passes all the same)"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "a proxy's URL ends behind the port"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "the user name holds a colon or a control character"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "it is not NAME:HOST[:HEADER]"),
    QT_TRANSLATE_NOOP("hookscope::Settings",
                      "leave the value out, which others can read on a command line: put it into the keyring or "
                      "an environment variable NAME"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "the name may hold letters, digits and '_' only"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "a secret goes to one host: leave out the '*.'"),
    QT_TRANSLATE_NOOP("hookscope::Settings",
                      "leave out the port: a secret goes to port 443, or to this machine"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "HEADER is not a header's name"),
    QT_TRANSLATE_NOOP("hookscope::Settings",
                      "that header belongs to the connection and cannot hold a secret"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "it is not NAME:LABEL"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "its value has fewer than 8 characters"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "its value is a word, and words are not masked"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "its value has more than 8192 characters"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "its value holds spaces, line ends or characters beyond ASCII"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "its value holds quotes, backslashes or angle brackets"),
    QT_TRANSLATE_NOOP("hookscope::Settings",
                      "leave the password out of the URL, where others can read it: put it into the keyring "
                      "or the environment variable HOOKSCOPE_UPSTREAM_PROXY_PASSWORD"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "invalid character in the host"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "the host is missing"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "the port is not a number from 1 to 65535"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "the IPv6 address lacks its ']'"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "invalid IPv6 address"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "the URL does not start with http:// or https://"),
    QT_TRANSLATE_NOOP("hookscope::Settings", "the scheme is not supported: use http:// or https://"),
};

struct SettingsText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::Settings)
};

void readHosts(const QJsonObject &object, const QString &key, QStringList &hosts,
               QList<SettingsProblem> &problems)
{
    const QJsonValue json = object.value(key);
    if (json.isUndefined())
        return;
    if (!json.isArray()) {
        problems.append(
            {key,
             SettingsText::tr("%1 must be a list of HOST or *.DOMAIN; an empty list is used instead")
                 .arg(key)});
        return;
    }
    for (const QJsonValue &item : json.toArray()) {
        const QString fault =
            item.isString() ? faultOfHostPattern(item.toString()) : SettingsText::tr("it is no text");
        if (fault.isEmpty())
            hosts.append(item.toString());
        else
            problems.append(
                {key, SettingsText::tr("%1: \"%2\": %3; it is left out").arg(key, item.toString(), fault)});
    }
}

void readTexts(const QJsonObject &object, const QString &key, QStringList &texts,
               QList<SettingsProblem> &problems)
{
    const QJsonValue json = object.value(key);
    for (const QJsonValue &item : json.toArray()) {
        if (item.isString())
            texts.append(item.toString());
    }
    if (!json.isUndefined() && (!json.isArray() || texts.size() != json.toArray().size()))
        problems.append(
            {key, SettingsText::tr("%1 must be a list of texts; what is none is left out").arg(key)});
}

} // namespace

QString faultOfHostPattern(const QString &text)
{
    const auto pattern = policy::parseHostPattern(text.toStdString());
    return pattern ? QString() : SettingsText::tr(pattern.error().c_str());
}

QString faultOfInterceptPattern(const QString &text)
{
    const auto pattern = policy::parseInterceptPattern(text.toStdString());
    return pattern ? QString() : SettingsText::tr(pattern.error().c_str());
}

QString faultOfSecretValue(const QString &value)
{
    const auto problem = policy::problemWithSecret(value.toStdString());
    return problem ? SettingsText::tr(problem->c_str()) : QString();
}

SettingsSecrets secretsOf(const Settings &settings)
{
    SettingsSecrets secrets;
    for (const QString &text : settings.secrets) {
        auto binding = policy::parseSecretBinding(text.toStdString());
        if (binding)
            secrets.bindings.push_back(std::move(*binding));
        else // without the text, which may hold a value by mistake
            secrets.problems.append(SettingsText::tr("A secret is NAME:HOST or NAME:HOST:HEADER; of one, %1.")
                                        .arg(SettingsText::tr(binding.error().c_str())));
    }
    for (const QString &text : settings.secretSandboxes) {
        const auto listed = policy::parseSecretSandbox(text.toStdString());
        bool isKnown = false;
        for (policy::SecretBinding &binding : secrets.bindings) {
            if (!listed || binding.name != listed->first)
                continue;
            binding.sandboxes.push_back(listed->second);
            isKnown = true;
        }
        if (!isKnown)
            secrets.problems.append(SettingsText::tr("\"%1\" is not the NAME:LABEL of a secret.").arg(text));
    }
    for (const policy::SecretBinding &binding : secrets.bindings) {
        if (binding.sandboxes.empty()) {
            const QString name = QString::fromStdString(binding.name);
            secrets.problems.append(
                SettingsText::tr(
                    "The secret %1 has no sandbox: name those whose requests get it, as %1:LABEL.")
                    .arg(name));
        }
    }
    return secrets;
}

QString faultOfUpstreamProxy(const QString &text)
{
    const auto proxy = policy::parseUpstreamProxy(text.toStdString());
    return proxy ? QString() : SettingsText::tr(proxy.error().c_str());
}

void readPolicy(const QJsonObject &object, Settings &settings, QList<SettingsProblem> &problems)
{
    readTexts(object, QStringLiteral("secrets"), settings.secrets, problems);
    readTexts(object, QStringLiteral("secretSandboxes"), settings.secretSandboxes, problems);
    for (const QString &problem : secretsOf(settings).problems)
        problems.append({QStringLiteral("secrets"), problem});
    readHosts(object, QStringLiteral("blockedHosts"), settings.blockedHosts, problems);
    readHosts(object, QStringLiteral("allowedHosts"), settings.allowedHosts, problems);
    readHosts(object, QStringLiteral("upstreamProxyExcept"), settings.upstreamProxyExcept, problems);
    const QJsonValue only = object.value(QLatin1String("allowlistOnly"));
    settings.allowlistOnly = only.isUndefined() ? settings.allowlistOnly : only.toBool(true);
    if (!only.isUndefined() && !only.isBool()) {
        problems.append({QStringLiteral("allowlistOnly"),
                         SettingsText::tr("allowlistOnly must be true or false; true is used instead")});
    }
    const QJsonValue proxy = object.value(QLatin1String("upstreamProxy"));
    if (proxy.isUndefined() || (proxy.isString() && proxy.toString().isEmpty()))
        return;
    const QString fault =
        proxy.isString() ? faultOfUpstreamProxy(proxy.toString()) : SettingsText::tr("it is no text");
    if (fault.isEmpty())
        settings.upstreamProxy = proxy.toString();
    else // without the value, which may hold a password
        problems.append({QStringLiteral("upstreamProxy"),
                         SettingsText::tr("upstreamProxy: %1; none is used").arg(fault)});
}

void writePolicy(QJsonObject &object, const Settings &settings)
{
    object.insert(QStringLiteral("blockedHosts"), QJsonArray::fromStringList(settings.blockedHosts));
    object.insert(QStringLiteral("allowedHosts"), QJsonArray::fromStringList(settings.allowedHosts));
    object.insert(QStringLiteral("allowlistOnly"), settings.allowlistOnly);
    object.insert(QStringLiteral("secrets"), QJsonArray::fromStringList(settings.secrets));
    object.insert(QStringLiteral("secretSandboxes"), QJsonArray::fromStringList(settings.secretSandboxes));
    object.insert(QStringLiteral("upstreamProxy"), settings.upstreamProxy);
    object.insert(QStringLiteral("upstreamProxyExcept"),
                  QJsonArray::fromStringList(settings.upstreamProxyExcept));
}

} // namespace hookscope
