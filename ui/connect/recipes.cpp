#include "ui/connect/recipes.h"

#include <QCoreApplication>

namespace hookscope {

namespace {

struct Recipes {
    Q_DECLARE_TR_FUNCTIONS(Recipes)
};

QString authority(const QString &host, quint16 port)
{
    QString reachable = host;
    if (host.isEmpty() || host == QStringLiteral("0.0.0.0"))
        reachable = QStringLiteral("127.0.0.1");
    else if (host == QStringLiteral("::"))
        reachable = QStringLiteral("::1");
    if (reachable.contains(QLatin1Char(':')) && !reachable.startsWith(QLatin1Char('[')))
        reachable = QLatin1Char('[') + reachable + QLatin1Char(']');
    return reachable + QLatin1Char(':') + QString::number(port);
}

} // namespace

QString clientUrl(const QString &host, quint16 port)
{
    return QStringLiteral("http://") + authority(host, port);
}

QList<Recipe> recipes(const QString &host, quint16 port, const QString &sandbox)
{
    const QString base =
        clientUrl(host, port) + (sandbox.isEmpty() ? QString() : QStringLiteral("/~") + sandbox);
    const QString proxy = QStringLiteral("http://")
        + (sandbox.isEmpty() ? QString() : sandbox + QLatin1Char('@')) + authority(host, port);
    return {
        {Recipes::tr("Claude Code"), Recipes::tr("In the terminal, before the command:"),
         QStringLiteral("ANTHROPIC_BASE_URL=%1/anthropic claude").arg(base)},
        {Recipes::tr("Codex"), Recipes::tr("In ~/.codex/config.toml:"),
         QStringLiteral("model_provider = \"hookscope\"\n"
                        "\n"
                        "[model_providers.hookscope]\n"
                        "name = \"Hookscope\"\n"
                        "base_url = \"%1/openai/v1\"\n"
                        "env_key = \"OPENAI_API_KEY\"\n"
                        "wire_api = \"responses\"")
             .arg(base)},
        {Recipes::tr("Gemini CLI"), Recipes::tr("In the terminal, before the command:"),
         QStringLiteral("GOOGLE_GEMINI_BASE_URL=%1/gemini gemini").arg(base)},
        {Recipes::tr("OpenAI SDK"), Recipes::tr("In the environment of the program (Python, Node):"),
         QStringLiteral("export OPENAI_BASE_URL=%1/openai/v1").arg(base)},
        {Recipes::tr("Anthropic SDK"), Recipes::tr("In the environment of the program (Python, Node):"),
         QStringLiteral("export ANTHROPIC_BASE_URL=%1/anthropic").arg(base)},
        {Recipes::tr("curl"), Recipes::tr("One call, to see a row appear:"),
         QStringLiteral(
             "curl %1/openai/v1/chat/completions \\\n"
             "  -H \"authorization: Bearer $OPENAI_API_KEY\" \\\n"
             "  -H \"content-type: application/json\" \\\n"
             "  -d '{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'")
             .arg(base)},
        {Recipes::tr("Any program, as HTTP proxy"),
         Recipes::tr("Plain HTTP is seen whole; of HTTPS only the host and the size:"),
         QStringLiteral("export HTTP_PROXY=%1 HTTPS_PROXY=%1").arg(proxy)},
    };
}

} // namespace hookscope
