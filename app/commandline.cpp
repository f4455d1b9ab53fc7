#include "app/commandline.h"

#include "core/http/target.h"
#include "core/policy/interceptpattern.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>

namespace hookscope {

namespace {

// Not translated: scripts read what the command line says.
QString plain(const char *text)
{
    return QString::fromLatin1(text);
}

tl::unexpected<Error> wrong(const QString &option, const QString &value, const QString &why)
{
    return tl::unexpected(
        Error{ErrorCode::InvalidInput, plain("%1 %2: %3. See --help.").arg(option, value, why)});
}

QString fromStd(const std::string &text)
{
    return QString::fromStdString(text);
}

void addOptions(QCommandLineParser &parser)
{
    const auto add = [&parser](const char *name, const char *description, const char *value = nullptr) {
        parser.addOption(QCommandLineOption(QString::fromLatin1(name), plain(description),
                                            value ? QString::fromLatin1(value) : QString()));
    };
    add("headless", "no window: one JSON event a line on stdout, until SIGINT or SIGTERM");
    add("listen", "another address than 127.0.0.1:8790; port 0 takes a free one", "HOST:PORT");
    add("allow-remote", "let --listen name an address that other machines can reach");
    add("hooks", "the hook set to load (and, in the window, to edit)", "FILE");
    add("approve-programs", "show the programs that a hook set runs, ask whether they may on this machine, and end", "FILE");
    add("list-given-up", "print what at-least-once hooks gave up and the filter holds for ('' for all), a JSON object a "
        "line, and end", "FILTER");
    add("resend-given-up", "let it wait to be sent again, from the next start with its hooks on, and end", "FILTER");
    add("config-dir", "instead of hookscope/ in the XDG configuration folder", "DIR");
    add("data-dir", "instead of hookscope/ in the XDG data folder", "DIR");
    add("route", "requests to /NAME/... go to URL/...; repeatable", "NAME=URL");
    add("connect-to", "upstream connections for HOST:PORT go to ADDR:PORT; repeatable", "HOST:PORT:ADDR:PORT");
    add("upstream-ca", "PEM certificates trusted upstream besides the system's", "FILE");
    add("llm-domain", "one more LLM host, with its dialect (openai unless named); repeatable", "HOST[=DIALECT]");
    add("intercept", "open HTTPS tunnels to that host, to *.DOMAIN (it and all below it), or to all known LLM hosts (llm), "
                     "with this installation's own CA; repeatable",
        "PATTERN");
    add("block-host", "send nothing to that host: HOST, or *.DOMAIN for it and all below it; repeatable", "PATTERN");
    add("allow-host", "with --allowlist-only, a host that requests may go to; repeatable", "PATTERN");
    add("allowlist-only", "send nothing to other hosts than those of --allow-host");
    add("upstream-proxy", "reach upstreams through that HTTP proxy; its password comes from the keyring or the "
        "variable HOOKSCOPE_UPSTREAM_PROXY_PASSWORD", "http://[USER@]HOST[:PORT]");
    add("upstream-proxy-except", "a host that is reached without it; repeatable", "PATTERN");
    add("secret", "put the keyring's (or the environment's) NAME into that header (default Authorization) of "
        "requests to HOST; repeatable, each with --secret-sandbox", "NAME:HOST[:HEADER]");
    add("secret-sandbox", "requests of that sandbox label get the secret; repeatable", "NAME:LABEL");
    add("store-secret", "read a value from stdin, put it into the keyring, and end", "NAME");
    add("sandbox", "label of requests that carry none (default \"local\")", "NAME");
    add("run", "run a command whose requests are seen: all that follows is the command; exits as it does. Attaches to "
               "the window that runs, unless told otherwise by an option of the engine. Stdout is the command's alone",
        "COMMAND [ARGS...]");
    add("audit", "with --run: the audit lines on stderr, which else has none");
    add("print-env", "print what --run would set, to be evaluated: eval \"$(hookscope --print-env)\"");
    add("shell", "with --print-env: sh, fish or powershell (default: that of $SHELL)", "NAME");
    add("undo", "with --print-env: print what takes it back");
    add("check-trust", "try which of node, bun, python, curl, go and git would accept the CA in that environment, a line each, "
                       "and end: exit code 0 if none refuses");
    add("proxy-threads", "how many threads relay, 1 to 16 (default 1, enough for some 20,000 small requests a second)",
        "COUNT");
    add("demo", "sample traffic of a built-in upstream; headless: once, then exit");
    add("exit-after", "stop after that time", "SECONDS");
    add("version", "print the version");
    add("help", "print this");
}

Result<void> readListen(const QCommandLineParser &parser, CommandLine &result)
{
    result.isRemoteAllowed = parser.isSet(QStringLiteral("allow-remote"));
    if (!parser.isSet(QStringLiteral("listen")))
        return {};
    const QString option = QStringLiteral("--listen");
    const QString value = parser.value(QStringLiteral("listen"));
    const int colon = value.lastIndexOf(QLatin1Char(':'));
    bool isNumber = false;
    const uint port = colon < 0 ? 0 : value.mid(colon + 1).toUInt(&isNumber);
    if (colon < 1 || !isNumber || port > 65535)
        return wrong(option, value, plain("it is not HOST:PORT"));
    const auto host = http::parseAuthority(value.left(colon).toStdString());
    if (!host || host->port)
        return wrong(option, value, host ? plain("it is not HOST:PORT") : fromStd(host.error()));
    if (!http::isLoopbackName(host->host) && !result.isRemoteAllowed) {
        return wrong(
            option, value,
            plain("other machines could use this proxy; add --allow-remote if that is what you want"));
    }
    result.listenHost = host->host;
    result.listenPort = static_cast<quint16>(port);
    return {};
}

Result<void> readThreads(const QCommandLineParser &parser, CommandLine &result)
{
    if (!parser.isSet(QStringLiteral("proxy-threads")))
        return {};
    const QString value = parser.value(QStringLiteral("proxy-threads"));
    bool isNumber = false;
    const int count = value.toInt(&isNumber);
    if (!isNumber || count < 1 || count > proxy::ProxyConfig::mostThreads)
        return wrong(QStringLiteral("--proxy-threads"), value, plain("it is not a number from 1 to 16"));
    result.proxyThreads = count;
    return {};
}

// Reads every value of a repeatable option with `parse`, which gives the end of a sentence on error.
template <class T, class Parse>
Result<void> readAll(const QCommandLineParser &parser, const char *name, std::vector<T> &into, Parse parse)
{
    for (const QString &value : parser.values(QString::fromLatin1(name))) {
        auto parsed = parse(value);
        if (!parsed)
            return wrong(QLatin1String("--") + QLatin1String(name), value, parsed.error());
        into.push_back(std::move(*parsed));
    }
    return {};
}

// In the place of a value that may be a credential by mistake.
QString unshown()
{
    return QStringLiteral("***");
}

Result<void> readSecrets(const QCommandLineParser &parser, CommandLine &result)
{
    for (const QString &value : parser.values(QStringLiteral("secret"))) {
        auto binding = policy::parseSecretBinding(value.toStdString());
        if (!binding)
            return wrong(QStringLiteral("--secret"), unshown(), fromStd(binding.error()));
        result.secrets.push_back(std::move(*binding));
    }
    for (const QString &value : parser.values(QStringLiteral("secret-sandbox"))) {
        const auto listed = policy::parseSecretSandbox(value.toStdString());
        if (!listed)
            return wrong(QStringLiteral("--secret-sandbox"), value, fromStd(listed.error()));
        bool isKnown = false;
        for (policy::SecretBinding &binding : result.secrets) {
            if (binding.name != listed->first)
                continue;
            binding.sandboxes.push_back(listed->second);
            isKnown = true;
        }
        if (!isKnown)
            return wrong(QStringLiteral("--secret-sandbox"), value, plain("there is no --secret of that name"));
    }
    for (const policy::SecretBinding &binding : result.secrets) {
        if (binding.sandboxes.empty()) {
            return wrong(QStringLiteral("--secret"), fromStd(binding.name + ":" + binding.host),
                         plain("say whose requests get it with --secret-sandbox %1:LABEL").arg(fromStd(binding.name)));
        }
    }
    return {};
}

Result<void> readPolicy(const QCommandLineParser &parser, CommandLine &result)
{
    const auto pattern = [](const QString &text) {
        return policy::parseHostPattern(text.toStdString()).map_error(fromStd);
    };
    if (auto read = readAll(parser, "block-host", result.hosts.blocked, pattern); !read)
        return read;
    if (auto read = readAll(parser, "allow-host", result.hosts.allowed, pattern); !read)
        return read;
    if (auto read = readAll(parser, "upstream-proxy-except", result.upstreamProxyExceptions, pattern); !read)
        return read;
    result.hosts.allowlistOnly = parser.isSet(QStringLiteral("allowlist-only"));
    if (parser.isSet(QStringLiteral("upstream-proxy"))) {
        auto proxy = policy::parseUpstreamProxy(parser.value(QStringLiteral("upstream-proxy")).toStdString());
        if (!proxy)
            return wrong(QStringLiteral("--upstream-proxy"), unshown(), fromStd(proxy.error()));
        result.upstreamProxy = std::move(*proxy);
    }
    if (parser.isSet(QStringLiteral("store-secret"))) {
        result.storedSecret = parser.value(QStringLiteral("store-secret"));
        if (!policy::parseSecretBinding(result.storedSecret.toStdString() + ":localhost"))
            return wrong(QStringLiteral("--store-secret"), unshown(), plain("the name may hold letters, digits and '_' only"));
    }
    return readSecrets(parser, result);
}

// A sandbox label that says what runs: the command's name, of which odd characters are left out.
QString labelOf(const QString &command)
{
    static const QRegularExpression odd(QStringLiteral("[^A-Za-z0-9._-]"));
    QString label = command.section(QLatin1Char('/'), -1);
    label.remove(odd);
    return label.isEmpty() ? QStringLiteral("run") : label.left(64);
}

// Whether something is said of the engine that a running one may do otherwise.
bool saysOfEngine(const QCommandLineParser &parser)
{
    const QStringList names = plain("listen hooks route connect-to upstream-ca llm-domain headless audit intercept "
                                    "block-host allow-host allowlist-only upstream-proxy upstream-proxy-except secret "
                                    "secret-sandbox proxy-threads")
                                  .split(QLatin1Char(' '));
    return std::any_of(names.begin(), names.end(), [&](const QString &name) { return parser.isSet(name); });
}

// Whatever the settings say: the engine is there for one purpose alone.
void useFreePort(CommandLine &result)
{
    if (result.listenPort)
        return;
    result.listenHost = "127.0.0.1";
    result.listenPort = quint16(0);
}

// Takes --run and what follows it off the arguments, since that may look like options of ours.
std::optional<QStringList> takeCommand(QStringList &arguments)
{
    const qsizetype at = arguments.indexOf(QStringLiteral("--run"), 1);
    if (at < 0)
        return std::nullopt;
    QStringList command = arguments.mid(at + 1);
    arguments = arguments.first(at);
    if (!command.isEmpty() && command.first() == QLatin1String("--"))
        command.removeFirst();
    return command;
}

Result<void> readRun(const QCommandLineParser &parser, const QStringList &command, CommandLine &result)
{
    const QString option = QStringLiteral("--run");
    if (command.isEmpty() || command.first().isEmpty())
        return wrong(option, QString(), plain("the command is missing"));
    for (const char *name : {"demo", "exit-after", "print-env", "check-trust"}) {
        if (parser.isSet(QString::fromLatin1(name)))
            return wrong(option, command.first(), plain("it does not go with --%1").arg(QLatin1String(name)));
    }
    result.action = CommandLine::Action::RunCommand;
    result.command = command;
    result.isHeadless = true;
    result.isAudited = parser.isSet(QStringLiteral("audit"));
    result.needsOwnEngine = saysOfEngine(parser);
    useFreePort(result);
    if (!result.sandbox)
        result.sandbox = labelOf(command.first());
    return {};
}

// While no other Hookscope has the outbox.
Result<void> readGivenUp(const QCommandLineParser &parser, CommandLine &result)
{
    using Action = CommandLine::Action;
    const std::pair<const char *, Action> options[] = {{"list-given-up", Action::ListGivenUp},
                                                       {"resend-given-up", Action::ResendGivenUp}};
    for (const auto &[name, action] : options) {
        const QString option = QString::fromLatin1(name);
        if (!parser.isSet(option))
            continue;
        const QString value = parser.value(option);
        if (result.action != Action::Run)
            return wrong(QLatin1String("--") + option, value, plain("only one thing is done at a time"));
        auto filter = Filter::compile(value);
        if (!filter) {
            QString why = filter.error().sentence;
            while (why.endsWith(QLatin1Char('.')))
                why.chop(1);
            return wrong(QLatin1String("--") + option, value, why);
        }
        result.givenUp = *std::move(filter);
        result.action = action;
    }
    return {};
}

// Without a window; what ends in another way does not go with it.
Result<void> readCheckTrust(const QCommandLineParser &parser, CommandLine &result)
{
    if (!parser.isSet(QStringLiteral("check-trust")))
        return {};
    for (const char *name : {"demo", "exit-after", "print-env"}) {
        if (parser.isSet(QString::fromLatin1(name)))
            return wrong(QStringLiteral("--check-trust"), QString(),
                         plain("it does not go with --%1").arg(QLatin1String(name)));
    }
    result.action = CommandLine::Action::CheckTrust;
    result.isHeadless = true;
    result.isAudited = false;
    result.needsOwnEngine = saysOfEngine(parser);
    useFreePort(result);
    return {};
}

Result<void> readPrintEnv(const QCommandLineParser &parser, CommandLine &result)
{
    if (parser.isSet(QStringLiteral("print-env")))
        result.action = CommandLine::Action::PrintEnvironment;
    for (const char *name : {"shell", "undo"}) {
        if (parser.isSet(QString::fromLatin1(name)) && !parser.isSet(QStringLiteral("print-env"))) {
            return wrong(QLatin1String("--") + QLatin1String(name), parser.value(QString::fromLatin1(name)),
                         plain("it goes with --print-env only"));
        }
    }
    result.isUndo = parser.isSet(QStringLiteral("undo"));
    if (parser.isSet(QStringLiteral("shell"))) {
        const QString name = parser.value(QStringLiteral("shell"));
        result.shell = shellNamed(name);
        if (!result.shell)
            return wrong(QStringLiteral("--shell"), name, plain("it is not one of %1").arg(shellNames()));
    }
    return {};
}

} // namespace

tl::expected<llm::LlmDomain, QString> parseLlmDomain(const QString &text)
{
    const QString host = text.section(QLatin1Char('='), 0, 0);
    const auto authority = http::parseAuthority(host.toStdString());
    if (!authority)
        return tl::unexpected(fromStd(authority.error()));
    llm::LlmDomain domain{authority->host, llm::Dialect::OpenAi};
    if (text.contains(QLatin1Char('='))) {
        const auto dialect = llm::dialectNamed(text.section(QLatin1Char('='), 1).toStdString());
        if (!dialect)
            return tl::unexpected(plain("the dialect is not one of %1").arg(fromStd(llm::dialectNames())));
        domain.dialect = *dialect;
    }
    return domain;
}

Result<CommandLine> parseCommandLine(const QStringList &all)
{
    QStringList arguments = all;
    const auto command = takeCommand(arguments);
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(arguments))
        return tl::unexpected(Error{ErrorCode::InvalidInput, parser.errorText() + plain(" See --help.")});
    if (!parser.positionalArguments().isEmpty()) {
        return tl::unexpected(
            Error{ErrorCode::InvalidInput,
                  plain("Unexpected argument '%1'. See --help.").arg(parser.positionalArguments().first())});
    }
    CommandLine result;
    result.isHeadless = parser.isSet(QStringLiteral("headless"));
    result.isDemo = parser.isSet(QStringLiteral("demo"));
    result.hooksFile = parser.value(QStringLiteral("hooks"));
    result.configDir = parser.value(QStringLiteral("config-dir"));
    result.dataDir = parser.value(QStringLiteral("data-dir"));
    result.upstreamCaFile = parser.value(QStringLiteral("upstream-ca"));
    if (parser.isSet(QStringLiteral("sandbox"))) {
        result.sandbox = parser.value(QStringLiteral("sandbox"));
        if (result.sandbox->isEmpty())
            return wrong(QStringLiteral("--sandbox"), QString(), plain("the name is empty"));
    }
    if (auto read = readThreads(parser, result); !read)
        return tl::unexpected(read.error());
    if (parser.isSet(QStringLiteral("exit-after"))) {
        const QString value = parser.value(QStringLiteral("exit-after"));
        bool isNumber = false;
        const double seconds = value.toDouble(&isNumber);
        if (!isNumber || !(seconds > 0) || seconds > 1e6)
            return wrong(QStringLiteral("--exit-after"), value,
                         plain("it is not a number of seconds above 0"));
        result.exitAfterMs = static_cast<int>(seconds * 1000);
    }
    if (auto read = readListen(parser, result); !read)
        return tl::unexpected(read.error());
    if (auto read = readPolicy(parser, result); !read)
        return tl::unexpected(read.error());
    result.approvedSet = parser.value(QStringLiteral("approve-programs"));
    if (result.action == CommandLine::Action::Run && !result.approvedSet.isEmpty())
        result.action = CommandLine::Action::ApprovePrograms;
    if (result.action == CommandLine::Action::Run && !result.storedSecret.isEmpty())
        result.action = CommandLine::Action::StoreSecret;
    if (auto read = readGivenUp(parser, result); !read)
        return tl::unexpected(read.error());

    const auto words = [](auto parse) {
        return [parse](const QString &text) { return parse(text.toStdString()).map_error(fromStd); };
    };
    if (auto read = readAll(parser, "route", result.routes, words(proxy::parseRoute)); !read)
        return tl::unexpected(read.error());
    if (auto read = readAll(parser, "connect-to", result.connectTo, words(proxy::parseConnectTo)); !read)
        return tl::unexpected(read.error());
    if (auto read = readAll(parser, "intercept", result.intercept, words(policy::parseInterceptPattern)); !read)
        return tl::unexpected(read.error());
    if (auto read = readAll(parser, "llm-domain", result.llmDomains, parseLlmDomain); !read)
        return tl::unexpected(read.error());
    if (auto read = readPrintEnv(parser, result); !read)
        return tl::unexpected(read.error());
    if (auto read = readCheckTrust(parser, result); !read)
        return tl::unexpected(read.error());
    const bool isAuditAlone = parser.isSet(QStringLiteral("audit")) && !command;
    if (isAuditAlone)
        return wrong(QStringLiteral("--audit"), QString(), plain("it goes with --run only; the lines are written anyway"));
    if (command) {
        if (auto read = readRun(parser, *command, result); !read)
            return tl::unexpected(read.error());
    }
    if (parser.isSet(QStringLiteral("help")))
        result.action = CommandLine::Action::ShowHelp;
    else if (parser.isSet(QStringLiteral("version")))
        result.action = CommandLine::Action::ShowVersion;
    return result;
}

QString commandLineHelp()
{
    QCommandLineParser parser;
    addOptions(parser);
    parser.setApplicationDescription(plain(
        "Hookscope shows, live, every request that programs send through it, and of the LLM calls among\n"
        "them the tokens and the time; and it fires hooks on them."));
    return parser.helpText();
}

} // namespace hookscope
