#pragma once

#include "core/error.h"
#include "core/events/filter.h"
#include "core/launch/shellscript.h"
#include "core/policy/trafficpolicy.h"
#include "core/proxy/proxyconfig.h"

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

namespace hookscope {

// What was asked for on the command line; what was not is none or empty, so that settings can fill it in.
struct CommandLine {
    enum class Action { Run, RunCommand, PrintEnvironment, CheckTrust, ShowHelp, ShowVersion, StoreSecret, ApprovePrograms,
                        ListGivenUp, ResendGivenUp };

    Action action = Action::Run;
    bool isHeadless = false;
    bool isDemo = false;
    std::optional<std::string> listenHost;
    std::optional<quint16> listenPort;
    bool isRemoteAllowed = false;
    QString hooksFile;
    QString configDir;
    QString dataDir;
    std::vector<proxy::Route> routes;
    std::vector<proxy::ConnectTo> connectTo;
    QString upstreamCaFile;
    std::vector<llm::LlmDomain> llmDomains;
    std::vector<std::string> intercept; // as policy::parseInterceptPattern gives them
    std::optional<QString> sandbox;
    int proxyThreads = 1;
    std::optional<int> exitAfterMs;
    policy::HostPolicy hosts; // beside the settings'
    std::optional<policy::UpstreamProxy> upstreamProxy; // without its exceptions
    std::vector<policy::HostPattern> upstreamProxyExceptions;
    std::vector<policy::SecretBinding> secrets;
    QString approvedSet; // the hook set whose programs are to be allowed
    Filter givenUp; // which of what was given up to list or to send again
    QString storedSecret; // the name to put a value from stdin into the keyring under
    QStringList command; // of --run: it and its arguments, the last of ours
    bool isAudited = true; // false with --run, unless asked for
    bool needsOwnEngine = false; // something was said of the engine that a running one may do otherwise
    std::optional<Shell> shell;
    bool isUndo = false;
};

// HOST or HOST=DIALECT, as --llm-domain and the settings have it; errors are the end of a sentence.
tl::expected<llm::LlmDomain, QString> parseLlmDomain(const QString &text);

// `arguments` with the program's name first. The error says which option is wrong and what it takes.
Result<CommandLine> parseCommandLine(const QStringList &arguments);

QString commandLineHelp();

} // namespace hookscope
