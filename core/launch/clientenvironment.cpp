#include "core/launch/clientenvironment.h"

#include "core/http/domain.h"
#include "core/launch/noproxy.h"

#include <QProcessEnvironment>
#include <QUrl>
#include <algorithm>
#include <array>

namespace hookscope {

namespace {

constexpr auto setList = "HOOKSCOPE_ENV";
constexpr auto beforePrefix = "HOOKSCOPE_BEFORE_";

constexpr std::array proxyVariables{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY",
                                    "http_proxy", "https_proxy", "all_proxy"};

// Read by Node's own fetch since 22.21 and 24; without it Node does not look at the proxy variables.
constexpr auto nodeProxySwitch = "NODE_USE_ENV_PROXY";

// Variables that name a provider's API root, and our route with the path that the root has. Those of one
// provider are read in an order that differs by client, so that they are set together or not at all: one that
// pointed to us beside a gateway of the user's would send the gateway's key to the provider.
struct BaseUrl {
    const char *provider;
    const char *name;
    const char *path;
    const char *host;
};
constexpr std::array baseUrls{
    BaseUrl{"anthropic", "ANTHROPIC_BASE_URL", "/anthropic", "api.anthropic.com"},
    BaseUrl{"anthropic", "ANTHROPIC_API_BASE", "/anthropic", "api.anthropic.com"}, // LiteLLM, and so aider
    BaseUrl{"openai", "OPENAI_BASE_URL", "/openai/v1", "api.openai.com"},
    BaseUrl{"openai", "OPENAI_API_BASE", "/openai/v1", "api.openai.com"},
    BaseUrl{"gemini", "GOOGLE_GEMINI_BASE_URL", "/gemini", "generativelanguage.googleapis.com"},
    BaseUrl{"groq", "GROQ_BASE_URL", "/groq", "api.groq.com"},
    BaseUrl{"groq", "GROQ_API_BASE", "/groq/openai/v1", "api.groq.com"},
    BaseUrl{"mistral", "MISTRAL_API_BASE", "/mistral/v1", "api.mistral.ai"},
    BaseUrl{"cohere", "CO_API_URL", "/cohere", "api.cohere.com"},
    BaseUrl{"together", "TOGETHER_BASE_URL", "/together/v1", "api.together.xyz"},
    BaseUrl{"deepseek", "DEEPSEEK_API_BASE", "/deepseek/beta", "api.deepseek.com"},
    BaseUrl{"openrouter", "OPENROUTER_API_BASE", "/openrouter/api/v1", "openrouter.ai"},
    BaseUrl{"xai", "XAI_API_BASE", "/xai/v1", "api.x.ai"},
    // OLLAMA_HOST would also tell `ollama serve` where to listen.
    BaseUrl{"ollama", "OLLAMA_API_BASE", "/ollama", nullptr},
};

// Whether the file replaces the client's own authorities, which then have to be in it, or comes beside them.
struct CaVariable {
    const char *name;
    bool replaces;
};
constexpr std::array caVariables{
    CaVariable{"NODE_EXTRA_CA_CERTS", false}, CaVariable{"DENO_CERT", false},
    CaVariable{"SSL_CERT_FILE", true},        CaVariable{"REQUESTS_CA_BUNDLE", true},
    CaVariable{"CURL_CA_BUNDLE", true},       CaVariable{"GIT_SSL_CAINFO", true},
    CaVariable{"CARGO_HTTP_CAINFO", true},    CaVariable{"AWS_CA_BUNDLE", true},
    CaVariable{"CODEX_CA_CERTIFICATE", true}, // Codex then does not look at SSL_CERT_FILE
};

QString named(const char *name)
{
    return QString::fromLatin1(name);
}

QString beforeName(const QString &name)
{
    return named(beforePrefix) + name;
}

QStringList setBefore(const Environment &current)
{
    QStringList names;
    const QStringList known = knownVariables();
    for (const QString &name : current.value(named(setList)).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (known.contains(name)) // the variable may hold anything
            names.append(name);
    }
    return names;
}

std::optional<QString> valueOf(const Environment &environment, const QString &name)
{
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional(*found);
}

// A base URL is no request for the proxy to forward: clients that look at the port (and tunnels, which the
// proxy refuses to itself) go straight. All else of the list stays, of this machine too. A client reads one
// of the two.
void addOwnException(const LaunchInputs &inputs, const Environment &own, Environment &wanted)
{
    const QString upper = QStringLiteral("NO_PROXY");
    const QString lower = QStringLiteral("no_proxy");
    const QString address = clientAuthority(inputs.host, inputs.port);
    for (const auto &[name, other] : {std::pair(upper, lower), std::pair(lower, upper)}) {
        const QString list = own.value(own.contains(name) ? name : other);
        wanted.insert(name, list.isEmpty() ? address : list + QLatin1Char(',') + address);
    }
}

// What the user had before anything of ours was set.
Environment original(const Environment &current)
{
    return applied(current, undoEnvironment(current));
}

// Clients take an empty variable for none.
bool isGiven(const Environment &environment, const QString &name)
{
    return !environment.value(name).isEmpty();
}

// git asks for a password, and Python's urllib leaves the name out, if there is none; the proxy does not look
// at it.
QString proxyUrl(const LaunchInputs &inputs)
{
    const QString label = inputs.sandbox.isEmpty()
        ? QString()
        : QString::fromLatin1(QUrl::toPercentEncoding(inputs.sandbox)) + QStringLiteral(":x@");
    return QStringLiteral("http://") + label + clientAuthority(inputs.host, inputs.port);
}

QString baseUrlRoot(const LaunchInputs &inputs)
{
    const QString label = inputs.sandbox.isEmpty()
        ? QString()
        : QStringLiteral("/~") + QString::fromLatin1(QUrl::toPercentEncoding(inputs.sandbox));
    return QStringLiteral("http://") + clientAuthority(inputs.host, inputs.port) + label;
}

// A provider on this machine speaks plain HTTP, which the proxy sees whole.
bool needsBaseUrl(const LaunchInputs &inputs, const BaseUrl &base)
{
    return !inputs.isIntercepting || (base.host && !isOpened(inputs, named(base.host)));
}

void addBaseUrls(const LaunchInputs &inputs, const Environment &own, Environment &wanted,
                 QStringList &warnings)
{
    const QString root = baseUrlRoot(inputs);
    for (const BaseUrl &base : baseUrls) {
        if (!needsBaseUrl(inputs, base))
            continue;
        QString kept;
        for (const BaseUrl &other : baseUrls) {
            if (named(other.provider) == named(base.provider) && isGiven(own, named(other.name)))
                kept = named(other.name);
        }
        if (kept.isEmpty())
            wanted.insert(named(base.name), root + named(base.path));
        else if (kept == named(base.name))
            warnings.append(
                QString::fromLatin1(
                    "%1 is set already and was kept: what goes there is seen only if it passes the "
                    "proxy. Add "
                    "a route to that address (--route) and point %1 to it to see it whole.")
                    .arg(kept));
    }
}

void addCertificates(const LaunchInputs &inputs, const Environment &own, Environment &wanted)
{
    for (const CaVariable &variable : caVariables) {
        // The bundle has the authorities that the user added as well (cabundle.h).
        const bool needsAll = variable.replaces || isGiven(own, named(variable.name));
        const QString file = needsAll ? inputs.caBundle : inputs.caCertificate;
        if (!file.isEmpty())
            wanted.insert(named(variable.name), file);
    }
}

// For a base URL the client connects to us by itself; a tunnel that is taken past the proxy is not seen at
// all.
void warnOfExceptions(const LaunchInputs &inputs, const Environment &own, QStringList &warnings)
{
    for (const char *name : {"NO_PROXY", "no_proxy"}) {
        const QString list = own.value(named(name));
        QStringList hosts;
        for (const BaseUrl &base : baseUrls) {
            if (base.host && !hosts.contains(named(base.host)) && isExcludedFromProxy(list, named(base.host)))
                hosts.append(named(base.host));
        }
        if (hosts.isEmpty())
            continue;
        const bool isAll =
            list.contains(QLatin1Char('*')) && isExcludedFromProxy(list, QStringLiteral("any.invalid"));
        const QString what = isAll ? QString::fromLatin1("every host") : hosts.join(QLatin1String(", "));
        warnings.append(
            inputs.isIntercepting
                ? QString::fromLatin1(
                      "%1 takes %2 past the proxy, so that it is not seen; take it out of %1.")
                      .arg(named(name), what)
                : QString::fromLatin1(
                      "%1 takes %2 past the proxy: what is not sent to a base URL is not seen there.")
                      .arg(named(name), what));
        return; // both cases hold the same, as a rule
    }
}

void warnOfOtherProxy(const LaunchInputs &inputs, const Environment &own, QStringList &warnings)
{
    for (const char *name : proxyVariables) {
        const QString value = own.value(named(name));
        if (value.isEmpty() || value.endsWith(clientAuthority(inputs.host, inputs.port)))
            continue;
        warnings.append(
            QString::fromLatin1("%1 named another proxy; the client now uses Hookscope in its place.")
                .arg(named(name)));
        return;
    }
}

// One variable goes back to what it was before ours.
void addUndo(QList<VariableChange> &changes, const Environment &current, const QString &name)
{
    const auto before = valueOf(current, beforeName(name));
    changes.append({name, before, before ? beforeName(name) : QString()});
    if (before)
        changes.append({beforeName(name), std::nullopt});
}

} // namespace

QString clientAuthority(const QString &host, quint16 port)
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

bool isOpened(const LaunchInputs &inputs, const QString &host)
{
    const std::string name = host.toStdString();
    return std::any_of(inputs.opened.begin(), inputs.opened.end(), [&](const QString &pattern) {
        return pattern.startsWith(QLatin1String("*."))
            ? http::isWithinDomain(name, pattern.mid(2).toStdString())
            : host == pattern;
    });
}

ClientEnvironment clientEnvironment(const LaunchInputs &inputs, const Environment &current)
{
    const Environment own = original(current);
    ClientEnvironment result;
    Environment wanted;
    for (const char *name : proxyVariables)
        wanted.insert(named(name), proxyUrl(inputs));
    if (!isGiven(own, named(nodeProxySwitch)))
        wanted.insert(named(nodeProxySwitch), QStringLiteral("1"));
    if (inputs.isIntercepting)
        addCertificates(inputs, own, wanted);
    addBaseUrls(inputs, own, wanted, result.warnings);
    const bool hasBaseUrl = std::any_of(baseUrls.begin(), baseUrls.end(), [&](const BaseUrl &base) {
        return wanted.contains(named(base.name));
    });
    if (hasBaseUrl)
        addOwnException(inputs, own, wanted);
    warnOfExceptions(inputs, own, result.warnings);
    warnOfOtherProxy(inputs, own, result.warnings);

    const QStringList ours = setBefore(current);
    QStringList names;
    for (const QString &name : knownVariables()) {
        if (wanted.contains(name)) {
            if (!ours.contains(name) && own.contains(name))
                result.changes.append({beforeName(name), own.value(name), name});
            result.changes.append({name, wanted.value(name)});
            names.append(name);
        } else if (ours.contains(name)) {
            addUndo(result.changes, current, name);
        }
    }
    result.changes.append({named(setList), names.join(QLatin1Char(' '))});
    return result;
}

QList<VariableChange> undoEnvironment(const Environment &current)
{
    QList<VariableChange> changes;
    for (const QString &name : setBefore(current))
        addUndo(changes, current, name);
    if (current.contains(named(setList)))
        changes.append({named(setList), std::nullopt});
    return changes;
}

Environment currentEnvironment()
{
    const QProcessEnvironment system = QProcessEnvironment::systemEnvironment();
    Environment result;
    for (const QString &name : system.keys())
        result.insert(name, system.value(name));
    return result;
}

Environment applied(Environment environment, const QList<VariableChange> &changes)
{
    for (const VariableChange &change : changes) {
        if (change.value)
            environment.insert(change.name, *change.value);
        else
            environment.remove(change.name);
    }
    return environment;
}

QStringList knownVariables()
{
    QStringList names;
    for (const char *name : proxyVariables)
        names.append(named(name));
    names.append({QStringLiteral("NO_PROXY"), QStringLiteral("no_proxy"), named(nodeProxySwitch)});
    for (const BaseUrl &base : baseUrls)
        names.append(named(base.name));
    for (const CaVariable &variable : caVariables)
        names.append(named(variable.name));
    return names;
}

} // namespace hookscope
