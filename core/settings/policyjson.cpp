#include "core/settings/policyjson.h"

#include "core/policy/upstreamproxy.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace hookscope {

namespace {

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
    return pattern ? QString() : QString::fromStdString(pattern.error());
}

QString faultOfSecretValue(const QString &value)
{
    return QString::fromStdString(policy::problemWithSecret(value.toStdString()).value_or(std::string()));
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
                                        .arg(QString::fromStdString(binding.error())));
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
    return proxy ? QString() : QString::fromStdString(proxy.error());
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
