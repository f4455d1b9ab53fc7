#include "ui/connect/recipes.h"

#include "core/http/fields.h"
#include "ui/text/visible.h"

#include <QCoreApplication>
#include <algorithm>

namespace hookscope {

namespace {

struct Recipes {
    Q_DECLARE_TR_FUNCTIONS(Recipes)
};

// What the lines of one recipe are made of.
struct Way {
    const LaunchInputs &inputs;
    Shell shell;
    QString label;

    QString base(const char *path) const
    {
        return clientUrl(inputs.host, inputs.port) + QStringLiteral("/~") + label + QString::fromLatin1(path);
    }

    QString proxy() const
    {
        return QStringLiteral("http://%1@%2").arg(label, clientAuthority(inputs.host, inputs.port));
    }

    // Before a command, for this command alone where the shell can do that.
    QString inFrontOf(const QString &command, const QList<VariableChange> &changes) const
    {
        const bool isPowerShell = shell == Shell::PowerShell;
        QStringList lines;
        for (const VariableChange &change : changes) {
            lines.append((isPowerShell ? QStringLiteral("$env:%1 = %2") : QStringLiteral("%1=%2"))
                             .arg(change.name, quoted(shell, *change.value)));
        }
        lines.last() += (isPowerShell ? QStringLiteral("; ") : QStringLiteral(" ")) + command;
        return (shell == Shell::Fish ? QStringLiteral("env ") : QString())
            + lines.join(isPowerShell ? QStringLiteral("\n") : QStringLiteral(" \\\n  "));
    }

    QString exported(const QList<VariableChange> &changes) const
    {
        return shellLines(shell, changes).trimmed();
    }
};

VariableChange set(const char *name, const QString &value)
{
    return {QString::fromLatin1(name), value};
}

QString codexLines(const Way &way)
{
    return QStringLiteral("model_provider = \"hookscope\"\n"
                          "\n"
                          "[model_providers.hookscope]\n"
                          "name = \"Hookscope\"\n"
                          "base_url = \"%1\"\n"
                          "env_key = \"OPENAI_API_KEY\"\n"
                          "wire_api = \"responses\"")
        .arg(way.base("/openai/v1"));
}

QString openCodeLines(const Way &way)
{
    return QStringLiteral("{\"provider\": {\n"
                          "  \"anthropic\": {\"options\": {\n"
                          "    \"baseURL\": \"%1\"}},\n"
                          "  \"openai\": {\"options\": {\n"
                          "    \"baseURL\": \"%2\"}}\n"
                          "}}")
        .arg(way.base("/anthropic/v1"), way.base("/openai/v1"));
}

QString curlLines(const Way &way)
{
    const bool isPowerShell = way.shell == Shell::PowerShell;
    const QString body = QStringLiteral(
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
    return QStringList{
        QStringLiteral("curl %1").arg(way.base("/openai/v1/chat/completions")),
        QStringLiteral("-H \"authorization: Bearer %1\"")
            .arg(isPowerShell ? QStringLiteral("$env:OPENAI_API_KEY") : QStringLiteral("$OPENAI_API_KEY")),
        QStringLiteral("-H \"content-type: application/json\""),
        QStringLiteral("-d %1").arg(quoted(way.shell, body))}
        .join(isPowerShell ? QStringLiteral(" `\n  ") : QStringLiteral(" \\\n  "));
}

QString terminalLines(const Way &way, const QString &program)
{
    const QString command = quoted(Shell::Sh, program) + QStringLiteral(" --print-env --shell ");
    const QString label = QStringLiteral(" --sandbox ") + quoted(way.shell, way.label);
    const QString back = Recipes::tr("takes it back");
    switch (way.shell) {
    case Shell::Sh:
        return QStringLiteral("eval \"$(%1sh%2)\"\neval \"$(%1sh --undo)\"   # %3").arg(command, label, back);
    case Shell::Fish:
        return QStringLiteral("%1fish%2 | source\n%1fish --undo | source   # %3").arg(command, label, back);
    case Shell::PowerShell:
        break;
    }
    return QStringLiteral("%1powershell%2 | Out-String | Invoke-Expression\n"
                          "%1powershell --undo | Out-String | Invoke-Expression   # %3")
        .arg(command, label, back);
}

// Those that are led here by a base URL.
QString noCertificate()
{
    return Recipes::tr("No certificate is needed.");
}

QString proxyCertificate(const LaunchInputs &inputs)
{
    return inputs.isIntercepting
        ? Recipes::tr("Hosts whose HTTPS is opened need the certificate %1 to be trusted.")
              .arg(inputs.caCertificate)
        : Recipes::tr("No certificate is needed: HTTPS stays closed, only its host and size are seen.");
}

QString environmentCertificate(const LaunchInputs &inputs)
{
    return inputs.isIntercepting ? Recipes::tr("The certificate is in the environment: nothing is installed.")
                                 : noCertificate();
}

QString beforeTheCommand()
{
    return Recipes::tr("In the terminal, before the command:");
}

QString ofTheProgram()
{
    return Recipes::tr("In the environment of the program (Python, Node):");
}

} // namespace

QString clientUrl(const QString &host, quint16 port)
{
    return QStringLiteral("http://") + clientAuthority(host, port);
}

QList<Recipe> recipes(const LaunchInputs &inputs, Shell shell, const QString &program)
{
    const auto way = [&](const char *label) {
        return Way{inputs, shell, inputs.sandbox.isEmpty() ? QString::fromLatin1(label) : inputs.sandbox};
    };
    const auto words = [](const char *text) {
        return QString::fromLatin1(text).split(QLatin1Char(' '));
    };
    const Way claude = way("claude");
    const Way gemini = way("gemini");
    const Way aider = way("aider");
    const Way openAi = way("openai");
    const Way anthropic = way("anthropic");
    const Way any = way("any");
    return {
        {claude.label, Recipes::tr("Claude Code"), beforeTheCommand(), noCertificate(),
         claude.inFrontOf(QStringLiteral("claude"), {set("ANTHROPIC_BASE_URL", claude.base("/anthropic"))}),
         words("claude-cli claude-code"), words("anthropic agent")},
        {way("codex").label, Recipes::tr("Codex"), Recipes::tr("In ~/.codex/config.toml:"), noCertificate(),
         codexLines(way("codex")), words("codex"), words("openai agent"), inputs.isIntercepting},
        {gemini.label, Recipes::tr("Gemini CLI"), beforeTheCommand(), noCertificate(),
         gemini.inFrontOf(QStringLiteral("gemini"), {set("GOOGLE_GEMINI_BASE_URL", gemini.base("/gemini"))}),
         words("geminicli"), words("google agent")},
        {way("opencode").label, Recipes::tr("OpenCode"), Recipes::tr("In opencode.json of the project:"),
         noCertificate(), openCodeLines(way("opencode")), words("opencode"), words("agent anthropic openai"),
         inputs.isIntercepting},
        {aider.label, Recipes::tr("aider"), beforeTheCommand(), noCertificate(),
         aider.inFrontOf(QStringLiteral("aider"),
                         {set("OPENAI_API_BASE", aider.base("/openai/v1")),
                          set("ANTHROPIC_API_BASE", aider.base("/anthropic"))}),
         words("aider litellm"), words("agent litellm python")},
        {openAi.label, Recipes::tr("OpenAI SDK"), ofTheProgram(), noCertificate(),
         openAi.exported({set("OPENAI_BASE_URL", openAi.base("/openai/v1"))}), words("openai/ asyncopenai/"),
         words("python node javascript typescript gpt")},
        {anthropic.label, Recipes::tr("Anthropic SDK"), ofTheProgram(), noCertificate(),
         anthropic.exported({set("ANTHROPIC_BASE_URL", anthropic.base("/anthropic"))}),
         words("anthropic/ asyncanthropic/"), words("python node javascript typescript claude")},
        {way("curl").label, Recipes::tr("curl"), Recipes::tr("One call, to see a row appear:"),
         noCertificate(), curlLines(way("curl")), words("curl/"), words("shell script http")},
        {way("terminal").label,
         Recipes::tr("This terminal"),
         Recipes::tr("Everything that is started in it from now on, and back again:"),
         environmentCertificate(inputs),
         terminalLines(way("terminal"), program),
         {},
         words("shell bash zsh fish powershell environment eval")},
        {any.label,
         Recipes::tr("Anything"),
         Recipes::tr("What reads the proxy variables; plain HTTP is seen whole:"),
         proxyCertificate(inputs),
         any.exported({set("HTTP_PROXY", any.proxy()), set("HTTPS_PROXY", any.proxy())}),
         {},
         words("proxy http https other program")},
    };
}

bool isFrom(const Started &request, const Recipe &recipe, const QString &sandbox)
{
    if (sandbox.isEmpty() && QString::fromStdString(request.sandbox) == recipe.label)
        return true;
    const auto agent = http::fieldValue(request.head, "user-agent");
    if (!agent)
        return false;
    const QString said = QString::fromUtf8(agent->data(), qsizetype(agent->size())).toLower();
    return std::any_of(recipe.agents.begin(), recipe.agents.end(),
                       [&](const QString &beginning) { return said.startsWith(beginning); });
}

QString senderOf(const Started &request)
{
    if (const auto agent = http::fieldValue(request.head, "user-agent"); agent && !agent->empty())
        return visible(agent->substr(0, std::min(agent->find_first_of("/ ;("), std::size_t(60))));
    return request.process ? visible(std::string_view(request.process->name))
                           : visible(std::string_view(request.sandbox));
}

bool isFound(const Recipe &recipe, const QString &search)
{
    const QString all = (QStringList{recipe.title, recipe.label, recipe.note, recipe.lines} + recipe.words)
                            .join(QLatin1Char(' '));
    const QStringList wanted = search.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(wanted.begin(), wanted.end(),
                       [&](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
}

} // namespace hookscope
