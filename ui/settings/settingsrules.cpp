#include "ui/settings/settingsrules.h"

#include "core/llm/provider.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QUrl>
#include <algorithm>

namespace hookscope {

namespace {

struct SettingsRules {
    Q_DECLARE_TR_FUNCTIONS(SettingsRules)
};

bool isOrigin(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isWeb = url.scheme() == QStringLiteral("http") || url.scheme() == QStringLiteral("https");
    return url.isValid() && isWeb && !url.host().isEmpty() && url.path().isEmpty() && !url.hasQuery()
        && !url.hasFragment() && url.userInfo().isEmpty();
}

bool isHostName(const QString &text)
{
    QUrl url;
    url.setHost(text, QUrl::StrictMode);
    return !text.isEmpty() && url.isValid() && !url.host().isEmpty();
}

bool isLlmDomain(const QString &text)
{
    const qsizetype equals = text.indexOf(QLatin1Char('='));
    return isHostName(text.left(equals))
        && (equals < 0 || llm::dialectNamed(text.mid(equals + 1).toStdString()).has_value());
}

} // namespace

bool isLoopbackHost(const QString &host)
{
    return host == QStringLiteral("localhost") || QHostAddress(host).isLoopback();
}

std::optional<QString> problemWith(const Settings &settings)
{
    using Rules = SettingsRules;
    if (settings.listenHost != QStringLiteral("localhost") && QHostAddress(settings.listenHost).isNull())
        return Rules::tr("The address to listen on must be an IP address, such as 127.0.0.1, or localhost.");
    if (!isLoopbackHost(settings.listenHost))
        return Rules::tr(
            "Other machines could use your keys through that address. Listen on 127.0.0.1, or start "
            "Hookscope with --listen and --allow-remote.");
    const auto isSpace = [](QChar c) {
        return c.isSpace();
    };
    if (settings.sandbox.isEmpty() || std::any_of(settings.sandbox.begin(), settings.sandbox.end(), isSpace))
        return Rules::tr("The sandbox label must be one word.");
    for (const QString &origin : settings.allowedOrigins) {
        if (!isOrigin(origin))
            return Rules::tr("“%1” is not an origin. Write scheme, host and port only: http://localhost:3000")
                .arg(origin);
    }
    for (const QString &domain : settings.llmDomains) {
        if (!isLlmDomain(domain))
            return Rules::
                tr("“%1” is no LLM host. Write HOST or HOST=DIALECT, the dialect being openai, anthropic, "
                   "google, cohere or ollama.")
                    .arg(domain);
    }
    return std::nullopt;
}

} // namespace hookscope
