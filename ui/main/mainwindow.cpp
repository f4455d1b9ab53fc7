#include "ui/main/mainwindow.h"

#include "ui/connect/connectpage.h"
#include "ui/desktop/trayicon.h"
#include "ui/hooks/deliveriespanel.h"
#include "ui/hooks/hookpanel.h"
#include "ui/live/exchangedetail.h"
#include "ui/live/filterbar.h"
#include "ui/live/grouppane.h"
#include "ui/live/livepage.h"
#include "ui/live/liveview.h"
#include "ui/main/mainwindow_p.h"
#include "ui/main/messagearea.h"
#include "ui/settings/settingsdialog.h"
#include "ui/text/visible.h"
#include "ui/usage/limitstable.h"
#include "ui/usage/totalsbar.h"
#include "ui/usage/totalstable.h"
#include "ui/usage/usagepage.h"

#include <QAction>
#include <QActionGroup>
#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QFileInfo>
#include <QIcon>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QVBoxLayout>

// Outside of any namespace, as the macro demands.
static void initResources()
{
    Q_INIT_RESOURCE(hookscope);
}

namespace hookscope {

namespace {

constexpr int stateVersion = 3; // of docks: raise it when one is added

QDockWidget *makeDock(MainWindow &window, const QString &title, const QString &name, QWidget *content)
{
    auto *dock = new QDockWidget(title, &window);
    dock->setObjectName(name);
    dock->setWidget(content);
    window.addDockWidget(Qt::BottomDockWidgetArea, dock);
    return dock;
}

} // namespace

MainWindow::Private::Private(MainWindow &window, const Context &given)
    : q(window)
    , context(given)
    , document(given.registry)
    , knownEffects(given.knownEffectsPath)
{
}

MainWindow::MainWindow(const Context &context, QWidget *parent)
    : QMainWindow(parent)
    , d(std::make_unique<Private>(*this, context))
{
    initResources();
    setObjectName(QStringLiteral("mainWindow"));
    QIcon icon;
    for (const int size : {16, 32, 48, 64, 128, 256})
        icon.addFile(QStringLiteral(":/hookscope/icon-%1.png").arg(size), {size, size});
    setWindowIcon(icon);

    d->setupPages();
    d->setupDocks();
    d->setupStatusBar();
    d->setupMenus();
    d->connectParts();
    d->setupDesktop();
    d->applySettings();
    d->updateTitle();
    d->updatePage();
    d->restoreWindow();
}

MainWindow::~MainWindow()
{
    d->closeSessions();
}

void MainWindow::Private::setupPages()
{
    messages = new MessageArea;
    pages = new QStackedWidget;
    connectPage = new ConnectPage;
    livePage = new LivePage(context.log);
    pages->addWidget(connectPage);
    usagePage = new UsagePage(context.series);
    pages->addWidget(livePage);
    pages->addWidget(usagePage);
    pageTabs = new QTabBar;
    pageTabs->setObjectName(QStringLiteral("pageTabs"));
    pageTabs->setAccessibleName(tr("Pages"));
    pageTabs->setDocumentMode(true);
    pageTabs->setExpanding(false);
    pageTabs->addTab(tr("Live"));
    pageTabs->addTab(tr("Usage"));

    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(messages);
    layout->addWidget(pageTabs);
    layout->addWidget(pages, 1);
    q.setCentralWidget(centre);
}

void MainWindow::Private::setupDocks()
{
    q.setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowTabbedDocks
                     | QMainWindow::AllowNestedDocks);
    q.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    detail = new ExchangeDetail(livePage->model());
    hookPanel = new HookPanel(document, context.log, context.previewMaker);
    detailDock = makeDock(q, tr("Request"), QStringLiteral("detailDock"), detail);
    hookDock = makeDock(q, tr("Hooks"), QStringLiteral("hookDock"), hookPanel);
    totalsDock = makeDock(q, tr("Totals"), QStringLiteral("totalsDock"), new TotalsTable(context.totals));
    deliveries = new DeliveriesPanel(context.log, document);
    deliveriesDock = makeDock(q, tr("Deliveries"), QStringLiteral("deliveriesDock"), deliveries);
    limitsDock = makeDock(q, tr("Rate Limits"), QStringLiteral("limitsDock"), new LimitsTable(context.log));
    q.splitDockWidget(detailDock, hookDock, Qt::Horizontal);
    q.tabifyDockWidget(hookDock, deliveriesDock);
    q.tabifyDockWidget(deliveriesDock, totalsDock);
    q.tabifyDockWidget(totalsDock, limitsDock);
    hookDock->raise();
}

void MainWindow::Private::setupStatusBar()
{
    totalsBar = new TotalsBar(context.totals, context.log);
    // As a permanent widget, since others give way to the hints of menus.
    q.statusBar()->addPermanentWidget(totalsBar, 1);
    q.statusBar()->setSizeGripEnabled(false);
}

void MainWindow::Private::connectParts()
{
    connect(&context.log, &EventLog::changed, this, &Private::updatePage);
    connect(livePage->filterBar().clearAction(), &QAction::triggered, &q, &MainWindow::logCleared);
    connect(&livePage->view(), &LiveView::exchangeSelected, detail, &ExchangeDetail::show);
    connect(&livePage->filterBar(), &FilterBar::savedFiltersChanged, this,
            [this](const QList<SavedFilter> &filters) {
                const Settings before = context.settings;
                context.settings.savedFilters = filters;
                notePossibleSettingsChange(before);
            });
    connect(keepBodiesAction, &QAction::toggled, detail, &ExchangeDetail::setKeepsBodies);
    connect(keepBodiesAction, &QAction::toggled, &q, &MainWindow::keepBodiesChanged);
    keepBodiesAction->setChecked(context.settings.keepBodies);
    connect(&livePage->view(), &LiveView::detailRequested, this, &Private::goToDetail);
    connect(&context.log, &EventLog::appended, connectPage, &ConnectPage::take);
    connect(connectPage, &ConnectPage::testRequested, this, [this] {
        connectByHand = true; // it stays for the answer, behind which the first rows are
        emit q.attachTestRequested();
    });
    connect(connectPage, &ConnectPage::trustRequested, this, [this] {
        connectByHand = true;
        emit q.trustCheckRequested();
    });
    connect(connectPage, &ConnectPage::backRequested, this, [this] {
        connectByHand = false;
        updatePage();
        livePage->view().setFocus(Qt::OtherFocusReason);
    });
    connect(pageTabs, &QTabBar::currentChanged, this, &Private::updatePage);
    connect(&livePage->view(), &LiveView::hookRequested, this, [this](const QString &name, const QString &when) {
        hookDock->show();
        hookDock->raise();
        hookPanel->addHookFor(name, Filter::compile(when).value_or(Filter()));
    });
    connect(usagePage, &UsagePage::filterRequested, this, &Private::filterLivePage);
    connectDeliveries();
    connect(hookPanel, &HookPanel::testFireRequested, &q, &MainWindow::testFireRequested);
    connect(hookPanel, &HookPanel::resendDeadRequested, &q, &MainWindow::resendDeadRequested);
    connect(hookPanel, &HookPanel::failed, this, [this](const Error &error) {
        messages->show(QStringLiteral("hookEdit"), MessageArea::Weight::Error, error.text);
    });
    connect(&document, &HookSetDocument::modifiedChanged, this, &Private::updateTitle);
    connect(&document, &HookSetDocument::pathChanged, this, &Private::updateTitle);
    connect(&document, &HookSetDocument::contentChanged, this, &Private::updateTitle);
    connect(&document, &HookSetDocument::contentChanged, this, &Private::learnEffects);
    connect(&document, &HookSetDocument::changedOutside, this, &Private::offerReload);
}

void MainWindow::Private::restoreWindow()
{
    const QSettings state(context.windowStatePath, QSettings::IniFormat);
    if (!q.restoreGeometry(state.value(QStringLiteral("geometry")).toByteArray()))
        q.resize(QSize(1280, 800).boundedTo(q.screen()->availableSize() - QSize(0, 30))); // and its frame
    if (!q.restoreState(state.value(QStringLiteral("docks")).toByteArray(), stateVersion)) {
        q.resizeDocks({detailDock}, {270}, Qt::Vertical);
        q.resizeDocks({detailDock, hookDock}, {640, 640}, Qt::Horizontal);
    }
    livePage->view().restoreColumns(state.value(QStringLiteral("columns")).toByteArray());
    usagePage->restoreChoices(state.value(QStringLiteral("usage")).toByteArray());
}

void MainWindow::Private::saveWindow() const
{
    QDir().mkpath(QFileInfo(context.windowStatePath).path());
    QSettings state(context.windowStatePath, QSettings::IniFormat);
    state.setValue(QStringLiteral("geometry"), q.saveGeometry());
    state.setValue(QStringLiteral("docks"), q.saveState(stateVersion));
    state.setValue(QStringLiteral("columns"), livePage->view().saveColumns());
    state.setValue(QStringLiteral("usage"), usagePage->saveChoices());
}

void MainWindow::Private::updateTitle()
{
    const bool isBlank =
        document.path().isEmpty() && !document.isModified() && context.registry.hooks().isEmpty();
    q.setWindowTitle(isBlank ? tr("Hookscope[*]") : tr("%1[*] — Hookscope").arg(document.title()));
    q.setWindowModified(document.isModified());
}

void MainWindow::Private::updatePage()
{
    const bool hadTraffic = context.log.end() > 0;
    connectPage->setBackAvailable(hadTraffic);
    QWidget *wanted = hadTraffic && !connectByHand ? static_cast<QWidget *>(livePage) : connectPage;
    if (pageTabs->currentIndex() == Usage)
        wanted = usagePage;
    if (pages->currentWidget() != wanted)
        pages->setCurrentWidget(wanted);
}

void MainWindow::Private::showConnectPage(bool byHand)
{
    connectByHand = byHand;
    pageTabs->setCurrentIndex(Live);
    updatePage();
}

void MainWindow::Private::showPage(Page page)
{
    pageTabs->setCurrentIndex(page);
    pages->currentWidget()->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::Private::filterLivePage(const QString &filter)
{
    showConnectPage(false);
    livePage->filterBar().setText(filter);
    livePage->view().setFocus(Qt::OtherFocusReason);
}

void MainWindow::Private::applySettings()
{
    applyAppearance();
    constexpr PicoUsd picodollarsPerCent = 10'000'000'000;
    livePage->model().setThresholds({context.settings.slowMs * std::int64_t(1000),
                                     context.settings.expensiveCents * picodollarsPerCent});
    context.log.setCaps({static_cast<std::size_t>(context.settings.maxRows),
                         static_cast<std::size_t>(context.settings.maxMemoryMb) << 20, context.log.caps().keepsDetails});
    livePage->groupPane().model().setSlowMs(context.settings.slowMs);
    livePage->filterBar().setSavedFilters(context.settings.savedFilters);
    updateOpenHostAction();
}

void MainWindow::Private::notePossibleSettingsChange(const Settings &before)
{
    if (context.settings == before)
        return;
    applySettings();
    if (context.settings.keepBodies != before.keepBodies)
        keepBodiesAction->setChecked(context.settings.keepBodies);
    emit q.settingsChanged();
}

bool MainWindow::openHookSet(const QString &path, bool isAskedFor)
{
    return d->open(path, isAskedFor);
}

void MainWindow::showListening(const QString &host, quint16 port, const QString &note)
{
    d->messages->close(QStringLiteral("listen"));
    LaunchInputs inputs;
    inputs.host = host;
    inputs.port = port;
    showLaunchInputs(inputs);
    const QString state = tr("Listening on %1").arg(clientUrl(host, port));
    d->totalsBar->showAddress(state);
    d->stateText = state;
    d->showState();
    if (!note.isEmpty())
        d->messages->show(QStringLiteral("listen"), MessageArea::Weight::Warning, note);
}

void MainWindow::showLaunchInputs(const LaunchInputs &inputs)
{
    d->launch = inputs;
    d->connectPage->showListening(inputs);
    d->updateOpenHostAction();
}

void MainWindow::showAttachCheck(const AttachCheck &check)
{
    d->connectPage->showCheck(check);
}

void MainWindow::addTrustResult(const TrustResult &result)
{
    d->connectPage->addTrust(result);
}

void MainWindow::showTrustReport(const TrustReport &report)
{
    d->connectPage->showTrust(report);
}

void MainWindow::showHookOutcomes(const QList<HookOutcome> &outcomes)
{
    d->detail->addHookOutcomes(outcomes);
}

void MainWindow::showTestResult(const TestResult &result)
{
    d->hookPanel->showTestResult(result);
}

void MainWindow::showHookGone(const QString &hookName)
{
    d->hookPanel->switchOff(hookName);
    d->messages->show(
        QStringLiteral("gone ") + hookName, MessageArea::Weight::Warning,
        tr("The receiver of the hook “%1” answered 410: it wants no more events. The hook is switched off; "
           "what waits for it is kept.")
            .arg(visible(hookName)));
}

void MainWindow::showOutboxState(const OutboxState &state)
{
    if (state.text.isEmpty())
        d->messages->close(QStringLiteral("outbox"));
    else
        d->messages->show(QStringLiteral("outbox"), MessageArea::Weight::Warning, visible(state.text));
}

void MainWindow::showBudget(const BudgetEvent &event)
{
    d->showBudget(event);
}

void MainWindow::bringToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    QMainWindow::show();
    raise();
    activateWindow();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!d->mayDiscard()) {
        event->ignore();
        return;
    }
    d->saveWindow();
    d->closeSessions();
    event->accept();
}

void MainWindow::showSettingsFault(const QString &text)
{
    d->messages->show(QStringLiteral("settings"), MessageArea::Weight::Error, text);
    if (d->settingsDialog)
        d->settingsDialog->showCertificateNews(text); // of what can be asked for there
}

} // namespace hookscope
