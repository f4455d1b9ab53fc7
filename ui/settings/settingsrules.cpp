#include "ui/settings/settingsrules.h"

#include "core/http/target.h"
#include "core/llm/provider.h"
#include "core/settings/policyjson.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QUrl>
#include <algorithm>

namespace hookscope {

namespace {

struct SettingsRules {
    Q_DECLARE_TR_FUNCTIONS(SettingsRules)
};

// What http::parseAuthority() says, for the translation.
[[maybe_unused]] constexpr const char *authorityFaults[] = {
    QT_TRANSLATE_NOOP("SettingsRules", "the IPv6 address lacks its ']'"),
    QT_TRANSLATE_NOOP("SettingsRules", "invalid IPv6 address"),
    QT_TRANSLATE_NOOP("SettingsRules", "invalid character in the host"),
    QT_TRANSLATE_NOOP("SettingsRules", "the host is missing"),
    QT_TRANSLATE_NOOP("SettingsRules", "the port is not a number from 1 to 65535"),
};

bool isOrigin(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isWeb = url.scheme() == QStringLiteral("http") || url.scheme() == QStringLiteral("https");
    return url.isValid() && isWeb && !url.host().isEmpty() && url.path().isEmpty() && !url.hasQuery()
        && !url.hasFragment() && url.userInfo().isEmpty();
}

// Why this is no LLM host, as the middle of a sentence; empty if it is one.
QString faultOfLlmDomain(const QString &text)
{
    const qsizetype equals = text.indexOf(QLatin1Char('='));
    const QString host = text.left(equals);
    if (const qsizetype scheme = host.indexOf(QStringLiteral("://")); scheme >= 0)
        return SettingsRules::tr("leave out “%1”").arg(host.left(scheme + 3));
    if (host.contains(QLatin1Char('/')))
        return SettingsRules::tr("leave out the path");
    if (host.isEmpty())
        return SettingsRules::tr("it has no host");
    if (const auto authority = http::parseAuthority(host.toStdString()); !authority)
        return SettingsRules::tr(authority.error().c_str());
    const QString dialect = text.mid(equals + 1);
    if (equals >= 0 && !llm::dialectNamed(dialect.toStdString()))
        return dialect.isEmpty() ? SettingsRules::tr("nothing follows the “=”")
                                 : SettingsRules::tr("“%1” is no dialect").arg(dialect);
    return {};
}

std::optional<QString> policyProblem(const Settings &settings)
{
    for (const QStringList &hosts : {settings.blockedHosts, settings.allowedHosts, settings.upstreamProxyExcept}) {
        for (const QString &host : hosts) {
            if (const QString fault = faultOfHostPattern(host); !fault.isEmpty())
                return SettingsRules::tr("“%1” names no host: %2.").arg(host, fault);
        }
    }
    for (const QString &pattern : settings.intercept) {
        if (const QString fault = faultOfInterceptPattern(pattern); !fault.isEmpty())
            return SettingsRules::tr("“%1” names no host to look into: %2.").arg(pattern, fault);
    }
    const QString fault = settings.upstreamProxy.isEmpty() ? QString() : faultOfUpstreamProxy(settings.upstreamProxy);
    if (!fault.isEmpty())
        return SettingsRules::tr("The upstream proxy cannot be used: %1.").arg(fault);
    const QStringList problems = secretsOf(settings).problems;
    return problems.isEmpty() ? std::nullopt : std::optional(problems.first());
}

} // namespace

bool isLoopbackHost(const QString &host)
{
    return host == QStringLiteral("localhost") || QHostAddress(host).isLoopback();
}

std::optional<QString> problemWith(const Settings &settings)
{
    if (settings.listenHost != QStringLiteral("localhost") && QHostAddress(settings.listenHost).isNull())
        return SettingsRules::tr(
            "The address to listen on must be an IP address, such as 127.0.0.1, or localhost.");
    if (!isLoopbackHost(settings.listenHost))
        return SettingsRules::tr(
            "Other machines could use your keys through that address. Listen on 127.0.0.1, or start "
            "Hookscope with --listen and --allow-remote.");
    const auto isSpace = [](QChar c) {
        return c.isSpace();
    };
    if (settings.sandbox.isEmpty() || std::any_of(settings.sandbox.begin(), settings.sandbox.end(), isSpace))
        return SettingsRules::tr("The sandbox label must be one word.");
    for (const QString &origin : settings.allowedOrigins) {
        if (!isOrigin(origin))
            return SettingsRules::tr(
                       "“%1” is not an origin. Write scheme, host and port only: http://localhost:3000")
                .arg(origin);
    }
    for (const QString &domain : settings.llmDomains) {
        if (const QString fault = faultOfLlmDomain(domain); !fault.isEmpty())
            return SettingsRules::tr(
                       "“%1” is no LLM host: %2. Write HOST or HOST=DIALECT, the dialect being one of %3.")
                .arg(domain, fault, QString::fromStdString(llm::dialectNames()));
    }
    return policyProblem(settings);
}

} // namespace hookscope
