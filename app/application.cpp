#include "app/application.h"

#include "app/approveprograms.h"
#include "app/attachdesk.h"
#include "app/attachtest.h"
#include "app/budgets.h"
#include "app/demo.h"
#include "app/eventprinter.h"
#include "app/hooksecrets.h"
#include "app/instancelock.h"
#include "app/pipeline.h"
#include "app/policysource.h"
#include "app/readers.h"
#include "app/translations.h"
#include "core/dispatch/hookdispatcher.h"
#include "core/dispatch/previewof.h"
#include "core/history/history.h"
#include "core/history/historyfeed.h"
#include "core/launch/trustcheck.h"
#include "core/policy/interceptpattern.h"
#include "core/replay/replayer.h"
#include "core/hooks/hookset.h"
#include "ui/desktop/accessiblescrollarea.h"
#include "ui/main/mainwindow.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QStandardPaths>
#include <QTimer>
#include <cstdio>
#include <sys/resource.h>
#include <unistd.h>

// Resources of a static library are linked only if they are named, from outside of a namespace.
static void initResources()
{
    Q_INIT_RESOURCE(hookscope);
}

namespace hookscope {

namespace {

constexpr int drainMs = 3000;
constexpr int flushMs = 5000;
// Where the processors do not suffice, traffic comes first. On Linux it is of the one thread that asks, and of those
// that it starts. Much more than this would let events pile up before a thread that hardly runs.
constexpr int deliveryNice = 5;
constexpr int keyringMs = 3000; // a locked one asks its user, which the start does not wait for
constexpr int windowFurtherPorts = 20;

QString folder(const QString &asked, QStandardPaths::StandardLocation standard)
{
    return asked.isEmpty() ? QStandardPaths::writableLocation(standard) + QStringLiteral("/hookscope")
                           : QDir(asked).absolutePath();
}

void say(const QString &text)
{
    std::fprintf(stderr, "hookscope: %s\n", qUtf8Printable(text));
    std::fflush(stderr);
}

// Costs are not worth a start that fails: without the list they are absent, which is said.
std::shared_ptr<const llm::PriceList> loadPrices(const QList<PriceSetting> &own)
{
    std::vector<llm::OwnPrice> prices;
    for (const PriceSetting &price : own) {
        prices.push_back({price.model.toStdString(), price.provider.toStdString(), price.input, price.output,
                          price.cacheRead, price.cacheWrite, price.cacheWrite1h, price.webSearch});
    }
    initResources();
    QFile file(QStringLiteral(":/hookscope/prices.json"));
    const QByteArray json = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    auto list = llm::PriceList::fromJson(json.toStdString(), std::move(prices));
    if (list)
        return std::make_shared<const llm::PriceList>(*std::move(list));
    say(QStringLiteral("The price list cannot be used, so no call has a cost: %1.")
            .arg(QString::fromStdString(list.error())));
    return nullptr;
}

} // namespace

Application::Application(const CommandLine &commandLine, QObject *parent)
    : QObject(parent), m_commandLine(commandLine),
      m_configDir(configFolder(commandLine)),
      m_dataDir(dataFolder(commandLine)),
      m_ca(m_dataDir + QStringLiteral("/ca")),
      m_log(commandLine.isHeadless ? LogCaps{.rows = 0} : LogCaps()),
      m_dispatcher(std::make_unique<HookDispatcher>(commandLine.isAudited ? STDERR_FILENO : -1))
{
    qRegisterMetaType<EventBatch>();
    qRegisterMetaType<ReadBatch>();
    qRegisterMetaType<BudgetEvent>();
    qRegisterMetaType<HookRegistry::Snapshot>();
    qRegisterMetaType<Hook>();
    qRegisterMetaType<DeliveryCounts>();
    qRegisterMetaType<TestResult>();
    qRegisterMetaType<OutboxState>();
    qRegisterMetaType<DeadLetterChoice>();
    qRegisterMetaType<ReadSummary>();
    qRegisterMetaType<QList<SessionInfo>>();
    qRegisterMetaType<FollowedFile>();
    m_deliveryThread.setObjectName(QStringLiteral("delivery"));
    m_dispatcher->moveToThread(&m_deliveryThread);
}

Application::~Application()
{
    stop();
}

Result<Application::Start> Application::start()
{
    const auto loaded = loadSettings(m_configDir + QStringLiteral("/settings.json"));
    if (!loaded)
        return tl::unexpected(loaded.error());
    for (const SettingsProblem &problem : loaded->problems)
        say(QStringLiteral("settings: %1: %2").arg(problem.key, problem.text));
    m_settings = loaded->settings;

    if (!m_commandLine.isHeadless) {
        m_instance = std::make_unique<InstanceLock>(m_configDir);
        if (!m_instance->acquire())
            return Start::OtherInstanceRaised;
    }
    if (auto hooks = loadHooks(); !hooks)
        return tl::unexpected(hooks.error());

    // What stops a start stays English, as all that scripts read; from here on, texts are for the window.
    if (!m_commandLine.isHeadless)
        installTranslations(m_settings.language);
    connectPipeline(pipeline());
    startBudgets();
    if (!m_commandLine.isAudited) // which else has the line
        connect(m_dispatcher.get(), &HookDispatcher::failed, this,
                [](const QString &, const QString &line) { say(line); });
    connect(m_dispatcher.get(), &HookDispatcher::outboxChanged, this, [](const OutboxState &state) {
        say(state.text.isEmpty() ? QStringLiteral("The outbox is written again.") : state.text);
    });
    if (m_commandLine.isHeadless)
        connectWithoutWindow(pipeline());
    if (m_commandLine.isHeadless && m_commandLine.action == CommandLine::Action::Run) {
        m_printer = std::make_unique<EventPrinter>(STDOUT_FILENO);
        connectPrinter(pipeline(), *m_printer);
    }
    if (!m_commandLine.isHeadless)
        startHistory();
    m_hookSecrets = std::make_unique<HookSecrets>(m_keyring, m_registry);
    connect(m_hookSecrets.get(), &HookSecrets::changed, m_dispatcher.get(), &HookDispatcher::setSecrets);
    connect(&m_deliveryThread, &QThread::started, m_dispatcher.get(), [] { ::setpriority(PRIO_PROCESS, 0, deliveryNice); });
    m_deliveryThread.start();
    const HookRegistry::Snapshot hooks = m_registry.snapshot();
    QMetaObject::invokeMethod(m_dispatcher.get(), [this, hooks] {
        m_dispatcher->setOutboxFolder(m_dataDir);
        m_dispatcher->setDesktop(!m_commandLine.isHeadless);
        m_dispatcher->setHooks(hooks);
    });

    if (m_commandLine.isDemo)
        m_demo = std::make_unique<Demo>();
    readSecrets();
    proxy::ProxyConfig config = proxyConfig();
    auto opened = interception(config.llmDomains);
    if (!opened)
        return tl::unexpected(opened.error());
    config.interception = *std::move(opened);
    if (!http::isLoopbackName(config.listenHost) && !m_commandLine.isRemoteAllowed) {
        return tl::unexpected(
            Error{ErrorCode::Refused,
                  QStringLiteral(
                      "Cannot listen on %1: other machines could use this proxy; add --allow-remote if that "
                      "is what you want.")
                      .arg(QString::fromStdString(config.listenHost))});
    }
    const auto listening = m_proxy.start(config);
    if (!listening)
        return tl::unexpected(listening.error());
    m_launch.host = listening->host;
    m_launch.port = listening->port;
    if (!m_commandLine.command.isEmpty())
        m_launch.sandbox = m_commandLine.sandbox.value_or(QString());
    if (!m_commandLine.isHeadless) {
        showWindow(listening->port);
        m_window->showListening(listening->host, listening->port, listening->note);
        startReplayer(config, *listening);
        startAttaching();
    }
    if (!listening->note.isEmpty())
        say(listening->note);
    say(QStringLiteral("proxy listening on http://%1")
            .arg(QString::fromStdString(
                http::formatAuthority(listening->host.toStdString(), listening->port))));
    if (m_demo)
        startDemo(*listening);
    if (m_commandLine.exitAfterMs)
        QTimer::singleShot(*m_commandLine.exitAfterMs, this, [] { QCoreApplication::exit(0); });
    return Start::Running;
}

// Headless keeps none.
void Application::startHistory()
{
    const QString shelf = m_dataDir + QStringLiteral("/sessions");
    m_historyFeed = std::make_unique<HistoryFeed>();
    m_history = std::make_unique<History>(shelf);
    m_readers = std::make_unique<Readers>(shelf, m_log);
    m_historyThread.setObjectName(QStringLiteral("history"));
    m_history->moveToThread(&m_historyThread);
    connectHistory(pipeline(), *m_historyFeed, *m_history);
    m_historyThread.start();
}

void Application::stopHistory()
{
    m_readers.reset();
    if (!m_historyThread.isRunning())
        return;
    QMetaObject::invokeMethod(m_history.get(), &History::close, Qt::BlockingQueuedConnection);
    m_historyThread.quit();
    m_historyThread.wait();
}

Pipeline Application::pipeline()
{
    return {m_proxy, m_log, m_totals, m_series, m_budgets, m_registry, *m_dispatcher};
}

void Application::startBudgets()
{
    const QString path = m_dataDir + QStringLiteral("/budgets.json");
    if (const auto told = loadToldCrossings(path))
        m_budgets.setTold(*told);
    else
        say(told.error().text);
    connect(&m_budgets, &BudgetWatch::toldChanged, this, [path](const ToldCrossings &told) {
        if (const auto saved = saveToldCrossings(path, told); !saved)
            say(saved.error().text);
    });
    watchBudgets();
}

void Application::watchBudgets()
{
    WatchedBudgets watched = watchedBudgets(m_settings.budgets);
    for (const QString &problem : std::as_const(watched.problems))
        say(QStringLiteral("settings: %1").arg(problem));
    m_budgets.setBudgets(std::move(watched.budgets));
}

// Headless the set is read here; the window reads it into its editor. In both, a named set that cannot
// be read stops the start: a monitor without its hooks is not what was asked for.
Result<void> Application::loadHooks()
{
    if (m_commandLine.hooksFile.isEmpty())
        return {};
    auto set = loadHookSet(m_commandLine.hooksFile);
    if (!set)
        return tl::unexpected(set.error());
    switchOffUnknownPrograms(*set, m_commandLine.hooksFile, m_configDir);
    for (const BadHook &bad : set->bad)
        say(QStringLiteral("%1: hook %2: %3").arg(m_commandLine.hooksFile).arg(bad.position).arg(bad.reason));
    if (m_commandLine.isHeadless)
        return m_registry.replaceAll(set->hooks);
    return {};
}

// The values that the policy needs; a keyring that answers late is heard then.
void Application::readSecrets()
{
    m_secretNames = policySecretNames(m_commandLine, m_settings);
    if (m_secretNames.isEmpty())
        return;
    QEventLoop waiting;
    connect(&m_keyring, &Keyring::answered, &waiting, &QEventLoop::quit);
    QTimer::singleShot(keyringMs, &waiting, &QEventLoop::quit);
    m_keyring.read(m_secretNames);
    waiting.exec();
    connect(&m_keyring, &Keyring::answered, this, &Application::applyPolicy, Qt::UniqueConnection);
    for (const QString &name : std::as_const(m_secretNames)) {
        if (const QString absence = m_keyring.answer(name).absence; !absence.isEmpty())
            say(QStringLiteral("%1: %2; requests go without it.").arg(name, absence));
    }
}

void Application::applyPolicy()
{
    const QStringList names = policySecretNames(m_commandLine, m_settings);
    if (names != m_secretNames) {
        m_secretNames = names;
        connect(&m_keyring, &Keyring::answered, this, &Application::applyPolicy, Qt::UniqueConnection);
        if (!names.isEmpty())
            m_keyring.read(names);
    }
    m_proxy.setPolicy(trafficPolicy(m_commandLine, m_settings, m_keyring));
}

std::vector<llm::LlmDomain> Application::llmDomains() const
{
    std::vector<llm::LlmDomain> domains = m_commandLine.llmDomains;
    for (const QString &text : m_settings.llmDomains) {
        if (const auto domain = parseLlmDomain(text))
            domains.push_back(*domain);
        else
            say(QStringLiteral("settings: llmDomains: %1: %2").arg(text, domain.error()));
    }
    return domains;
}

proxy::ProxyConfig Application::proxyConfig() const
{
    proxy::ProxyConfig config;
    config.listenHost = m_commandLine.listenHost.value_or(m_settings.listenHost.toStdString());
    config.listenPort = m_commandLine.listenPort.value_or(m_settings.listenPort);
    const bool isPortChosen = m_commandLine.listenPort.has_value();
    config.furtherPorts = !m_commandLine.isHeadless && !isPortChosen ? windowFurtherPorts : 0;
    config.sandbox = m_commandLine.sandbox.value_or(m_settings.sandbox).toStdString();
    if (m_demo)
        config.routes = m_demo->routes();
    config.routes.insert(config.routes.end(), m_commandLine.routes.begin(), m_commandLine.routes.end());
    for (proxy::Route &route : proxy::builtInRoutes())
        config.routes.push_back(std::move(route));
    config.connectTo = m_commandLine.connectTo;
    config.upstreamCaFile = m_commandLine.upstreamCaFile.toStdString();
    config.llmDomains = llmDomains();
    config.traffic = trafficPolicy(m_commandLine, m_settings, m_keyring);
    config.threads = m_commandLine.proxyThreads;
    config.prices = loadPrices(m_settings.prices);
    config.maxClients = static_cast<std::size_t>(m_settings.maxClients);
    for (const QString &origin : m_settings.allowedOrigins)
        config.allowedOrigins.push_back(origin.toStdString());
    config.addStreamUsage = m_settings.addStreamUsage;
    config.isShown = !m_commandLine.isHeadless;
    if (config.isShown) {
        config.keepBodies = m_settings.keepBodies;
        config.bodyCapBytes = static_cast<std::size_t>(m_settings.bodyCapKb) * 1024;
    }
    return config;
}

// Whose tunnels are opened, if any are; clients are told the same.
Result<std::optional<proxy::Interception>> Application::interception(const std::vector<llm::LlmDomain> &llmDomains)
{
    auto opened = m_ca.open(interceptPatterns(), llmDomains);
    m_ca.tell(opened ? *opened : std::nullopt, m_launch);
    return opened;
}

std::vector<std::string> Application::interceptPatterns() const
{
    std::vector<std::string> patterns = m_commandLine.intercept;
    for (const QString &text : m_settings.intercept) {
        if (auto pattern = policy::parseInterceptPattern(text.toStdString()))
            patterns.push_back(*std::move(pattern));
    }
    return patterns;
}

// After a change in the window: for tunnels to come.
void Application::applyInterception()
{
    if (m_settings.intercept == m_appliedIntercept)
        return;
    m_appliedIntercept = m_settings.intercept;
    reopenTunnels();
}

void Application::reopenTunnels()
{
    auto opened = interception(llmDomains());
    if (!opened) {
        say(opened.error().text);
        m_window->showSettingsFault(opened.error().text);
    }
    m_proxy.setInterception(opened ? *std::move(opened) : std::nullopt);
    tellLaunchInputs();
}

void Application::renewCertificate()
{
    if (const auto renewed = m_ca.renew(interceptPatterns(), llmDomains()); !renewed) {
        say(renewed.error().text);
        m_window->showSettingsFault(renewed.error().text);
    }
    reopenTunnels();
}

// The window has emptied the settings' list; what the command line said ends with the CA as well.
void Application::removeCertificate()
{
    m_commandLine.intercept.clear();
    reopenTunnels();
    if (const auto removed = m_ca.remove(); !removed) {
        say(removed.error().text);
        m_window->showSettingsFault(removed.error().text);
    }
    m_window->showCertificate(m_ca.facts(), false);
}

void Application::showWindow(quint16 port)
{
    installAccessibleScrollArea();
    MainWindow::Context context{
        m_log, m_totals, m_series, m_registry, m_settings, m_dataDir + QStringLiteral("/window.ini")};
    context.usesDesktop = true;
    context.offeredProxy = proxyOfEnvironment(port);
    context.knownEffectsPath = m_configDir + QStringLiteral("/known-effects.json");
    context.previewMaker = previewOf;
    m_window = std::make_unique<MainWindow>(context);
    connectWindow(pipeline(), *m_window);
    connectHistoryWindow(*m_history, *m_readers, *m_window);
    connect(m_window.get(), &MainWindow::settingsChanged, this, [this] {
        QMetaObject::invokeMethod(m_history.get(),
                                  [history = m_history.get(), isKept = m_settings.keepHistory,
                                   mb = m_settings.historyMb] { history->setLimits(isKept, mb); });
    });
    connect(m_window.get(), &MainWindow::settingsChanged, this, &Application::applyPolicy);
    m_appliedIntercept = m_settings.intercept;
    connect(m_window.get(), &MainWindow::settingsChanged, this, &Application::applyInterception);
    connect(m_window.get(), &MainWindow::certificateRenewRequested, this, &Application::renewCertificate);
    connect(m_window.get(), &MainWindow::certificateRemoveRequested, this, &Application::removeCertificate);
    connect(m_window.get(), &MainWindow::secretStoreRequested, this,
            [this](const QString &name, const QString &value) { m_keyring.store(name, value.toUtf8()); });
    connect(&m_keyring, &Keyring::stored, m_window.get(), &MainWindow::secretStored);
    connect(&m_keyring, &Keyring::stored, this, [this] { m_keyring.read(m_secretNames); });
    connect(m_window.get(), &MainWindow::settingsChanged, this,
            [this, saved = m_settings]() mutable { saveSettingsAfterChange(saved); });
    connect(m_instance.get(), &InstanceLock::raiseRequested, m_window.get(), &MainWindow::bringToFront);
    const QString set = m_commandLine.hooksFile.isEmpty() ? m_settings.lastHookSet : m_commandLine.hooksFile;
    if (!set.isEmpty())
        m_window->openHookSet(set, !m_commandLine.hooksFile.isEmpty());
    m_window->show();
    QMetaObject::invokeMethod(m_history.get(), [this, isKept = m_settings.keepHistory, mb = m_settings.historyMb,
                                                rows = m_log.caps().rows] { m_history->start(isKept, mb, rows); });
}

void Application::saveSettingsAfterChange(Settings &saved)
{
    if (m_settings.budgets != saved.budgets)
        watchBudgets();
    const auto prices =
        m_settings.prices == saved.prices ? SavedPrices::AsInFile : SavedPrices::AsInSettings;
    const auto budgets =
        m_settings.budgets == saved.budgets ? SavedBudgets::AsInFile : SavedBudgets::AsInSettings;
    const auto done = saveSettings(m_configDir + QStringLiteral("/settings.json"), m_settings, prices, budgets);
    if (done)
        saved = m_settings;
    else
        say(done.error().text);
}

void Application::startReplayer(const proxy::ProxyConfig &config, const Listening &listening)
{
    m_replayer = std::make_unique<Replayer>();
    std::vector<ReplayRoute> routes;
    for (const proxy::Route &route : config.routes)
        routes.push_back({route.name, route.root});
    m_replayer->setProxy(listening.host, listening.port, std::move(routes));
    connectReplay(*m_replayer, *m_window);
}

void Application::startDemo(const Listening &listening)
{
    const bool isOnce = m_commandLine.isHeadless;
    connect(m_demo.get(), &Demo::finished, this, [] { QCoreApplication::exit(0); });
    m_demo->start(listening.host, listening.port, isOnce);
}

void Application::startAttaching()
{
    m_attachDesk = std::make_unique<AttachDesk>(m_log);
    connect(m_instance.get(), &InstanceLock::asked, m_attachDesk.get(), &AttachDesk::answer);
    m_attachTest = std::make_unique<AttachTest>();
    connectAttachTest(*m_attachTest, *m_window);
    m_trustCheck = std::make_unique<TrustCheck>();
    connectTrustCheck(*m_trustCheck, *m_window);
    tellLaunchInputs();
}

void Application::tellLaunchInputs()
{
    m_attachDesk->setInputs(m_launch);
    m_attachTest->setInputs(m_launch);
    m_trustCheck->setInputs(m_launch);
    m_window->showLaunchInputs(m_launch);
    m_window->showCertificate(m_ca.facts(), m_ca.takeWasMade());
}

QString Application::configFolder(const CommandLine &commandLine)
{
    return folder(commandLine.configDir, QStandardPaths::GenericConfigLocation);
}

QString Application::dataFolder(const CommandLine &commandLine)
{
    return folder(commandLine.dataDir, QStandardPaths::GenericDataLocation);
}

void Application::stop()
{
    m_demo.reset();
    m_proxy.stop(drainMs);
    if (m_deliveryThread.isRunning()) {
        QEventLoop flushing;
        connect(m_dispatcher.get(), &HookDispatcher::flushed, &flushing, &QEventLoop::quit);
        QTimer::singleShot(flushMs + 1000, &flushing, &QEventLoop::quit);
        QMetaObject::invokeMethod(m_dispatcher.get(), [this] { m_dispatcher->flush(flushMs); });
        flushing.exec();
        // Its sockets and timers belong to the delivery thread and end there.
        QMetaObject::invokeMethod(m_dispatcher.get(), [this] { m_dispatcher.release()->deleteLater(); },
                                  Qt::BlockingQueuedConnection);
        m_deliveryThread.quit();
        m_deliveryThread.wait();
    }
    stopHistory();
    m_window.reset();
}

} // namespace hookscope
