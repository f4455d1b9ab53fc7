#pragma once

#include "app/commandline.h"
#include "app/installedca.h"
#include "core/events/eventlog.h"
#include "core/hooks/hookregistry.h"
#include "core/keyring/keyring.h"
#include "core/launch/clientenvironment.h"
#include "core/proxy/proxyserver.h"
#include "core/settings/settings.h"
#include "core/usage/budgetwatch.h"
#include "core/usage/usageseries.h"
#include "core/usage/usagetotals.h"

#include <QObject>
#include <QThread>
#include <memory>

namespace hookscope {

class AttachDesk;
class AttachTest;
class Demo;
class EventPrinter;
class History;
class HistoryFeed;
class HookDispatcher;
class HookSecrets;
class InstanceLock;
class MainWindow;
struct Pipeline;
class Readers;
class Replayer;
class TrustCheck;

// Owns the objects and the threads, and knows the order of starting and stopping. Main thread; after
// the Q(Core)Application, before its exec().
class Application final : public QObject
{
    Q_OBJECT
public:
    explicit Application(const CommandLine &commandLine, QObject *parent = nullptr);
    ~Application() override;

    enum class Start { Running, OtherInstanceRaised };

    // Everything up to the listening proxy and the shown window; the error is for stderr and exit code 1.
    Result<Start> start();

    // Stop listening, drain connections, flush deliveries, close the history: bounded, at most about ten seconds.
    void stop();

    // Once it runs: what leads a client to it, under the label of the command line if that has one.
    const LaunchInputs &launchInputs() const { return m_launch; }
    const UsageTotals &totals() const { return m_totals; }

    // Where settings are.
    static QString configFolder(const CommandLine &commandLine);
    // Where what is kept is: sessions, the outbox, the window's state.
    static QString dataFolder(const CommandLine &commandLine);

private:
    Result<void> loadHooks();
    void startBudgets();
    void watchBudgets();
    Pipeline pipeline();
    void saveSettingsAfterChange(Settings &saved);
    std::vector<llm::LlmDomain> llmDomains() const;
    proxy::ProxyConfig proxyConfig() const;
    Result<std::optional<proxy::Interception>> interception(const std::vector<llm::LlmDomain> &llmDomains);
    void startHistory();
    void stopHistory();
    void readSecrets();
    void applyPolicy();
    std::vector<std::string> interceptPatterns() const;
    void applyInterception();
    void reopenTunnels();
    void renewCertificate();
    void removeCertificate();
    void showWindow(quint16 port);
    void startReplayer(const proxy::ProxyConfig &config, const Listening &listening);
    void startAttaching();
    void tellLaunchInputs();
    void startDemo(const Listening &listening);

    CommandLine m_commandLine;
    QString m_configDir; // settings
    QString m_dataDir;   // the window's state, what was told of budgets
    InstalledCa m_ca;
    Settings m_settings;
    Keyring m_keyring;
    QStringList m_secretNames; // that the keyring was asked for
    LaunchInputs m_launch; // what leads clients here, as it is now
    QStringList m_appliedIntercept; // of the settings
    EventLog m_log;
    UsageTotals m_totals;
    UsageSeries m_series;
    BudgetWatch m_budgets;
    HookRegistry m_registry;
    ProxyServer m_proxy;
    QThread m_deliveryThread;
    std::unique_ptr<HookDispatcher> m_dispatcher;
    std::unique_ptr<HookSecrets> m_hookSecrets;
    QThread m_historyThread;
    std::unique_ptr<HistoryFeed> m_historyFeed; // null headless, as are the next two
    std::unique_ptr<History> m_history;
    std::unique_ptr<Readers> m_readers;
    std::unique_ptr<Replayer> m_replayer;
    std::unique_ptr<EventPrinter> m_printer;
    std::unique_ptr<InstanceLock> m_instance;
    std::unique_ptr<AttachDesk> m_attachDesk; // null headless, as are the next two
    std::unique_ptr<AttachTest> m_attachTest;
    std::unique_ptr<TrustCheck> m_trustCheck;
    std::unique_ptr<Demo> m_demo;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace hookscope
