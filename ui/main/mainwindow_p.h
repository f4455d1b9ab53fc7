#pragma once

#include "ui/main/mainwindow.h"

#include "core/events/sessions.h"
#include "core/launch/clientenvironment.h"
#include "core/formats/exchangewriter.h"
#include "core/hooks/knowneffects.h"
#include "ui/hooks/hookhealth.h"
#include "ui/hooks/hooksetdocument.h"

#include <QMap>
#include <QPointer>

class QAction;
class QActionGroup;
class QDockWidget;
class QLabel;
class QMenu;
class QStackedWidget;
class QTabBar;

namespace hookscope {

class ConnectPage;
class DeliveriesPanel;
class DesktopNotifier;
class ExchangeDetail;
class HookPanel;
class LivePage;
class MessageArea;
struct PlainSet;
class SessionsDialog;
class SessionWindow;
class SettingsDialog;
class SystemAppearance;
class TotalsBar;
class TrayIcon;
class UsagePage;

// The window's parts, and what ties them together: for mainwindow*.cpp only.
class MainWindow::Private final : public QObject {
    Q_OBJECT
public:
    enum Page { Live, Usage };

    Private(MainWindow &window, const Context &context);

    // mainwindow.cpp
    void setupPages();
    void setupDocks();
    void setupStatusBar();
    void connectParts();
    void restoreWindow();
    void saveWindow() const;
    void updateTitle();
    void updatePage();
    void showConnectPage(bool byHand);
    void showPage(Page page);
    void filterLivePage(const QString &filter);
    void applySettings();
    void notePossibleSettingsChange(const Settings &before);

    // mainwindow_menus.cpp
    void setupMenus();
    void setupFileMenu();
    void setupEditMenu();
    void setupViewMenu();
    void setupHooksMenu();
    void setupHelpMenu();
    void addCompareAction(QMenu *menu);
    void addReplayAction(QMenu *menu);
    void replaySelected();
    void compareSelected();
    SettingsDialog *editSettings();
    void showAbout();

    // mainwindow_certificate.cpp
    void addOpenHostAction(QMenu *menu);
    void updateOpenHostAction();
    void chooseHost();
    void openHost(const QString &host);
    void closeHost(const QString &host);
    void takeCertificate(const std::optional<CaFacts> &facts, bool wasMade);
    void askToRenew(QWidget *parent);
    void askToRemove(QWidget *parent);
    void removeCertificate();
    QString whyMadeAnew(const CaFacts &earlier) const;
    QStringList runningClients() const;
    QString restartText() const;
    void tellOfCertificate(const QString &text);

    // mainwindow_desktop.cpp
    void setupDesktop();
    void applyAppearance();
    void connectDeliveries();
    void showExchange(ExchangeId id);
    void showFailing(const QStringList &names);
    void tellOfFailing(const QString &name, const QDateTime &since, const QString &lastError);
    void showState();
    void showBudget(const BudgetEvent &event);
    void showShortcuts();
    void goToDetail();

    // mainwindow_hooksets.cpp
    bool open(const QString &path, bool isAskedFor = false);
    void reportHeldBack(const QStringList &names);
    void learnEffects();
    void openFromDialog();
    void openAfterAsking(const QString &path);
    void startNew();
    bool save();
    bool saveAs();
    bool saveTo(const QString &path);
    bool mayDiscard(); // asks if something is unsaved; false: stay
    void remember(const QString &path);
    void fillRecentMenu();
    void offerReload(const QString &path);
    void reportBadHooks();

    // mainwindow_othersets.cpp
    void addOtherSetActions(QMenu *menu);
    void compareFromDialog();
    void compareWith(const QString &path);
    void exportPlainSet();
    void savePlainSetAs(const PlainSet &set);

    // mainwindow_files.cpp
    void addFileActions(QMenu *menu);
    void exportFromDialog();
    void exportTo(const QString &path, ExportFormat format, std::vector<EventLog::Sequence> sequences);
    void importFromDialog();
    void importFrom(const QString &path);
    // mainwindow_sessions.cpp
    void setupSessionActions(QMenu &menu);
    void saveSession();
    void chooseSession();
    void openSession(const QString &name);
    void closeSessions();
    void chooseFollowed();
    void fillFollowedMenu();

    MainWindow &q;
    Context context;
    HookSetDocument document;
    KnownEffects knownEffects;
    bool isOpening = false; // a hook set: what is in it is not what the user typed
    MessageArea *messages = nullptr;
    QTabBar *pageTabs = nullptr; // in the order of Page
    QStackedWidget *pages = nullptr;
    ConnectPage *connectPage = nullptr;
    LivePage *livePage = nullptr;
    UsagePage *usagePage = nullptr;
    ExchangeDetail *detail = nullptr;
    HookPanel *hookPanel = nullptr;
    TotalsBar *totalsBar = nullptr;
    SystemAppearance *appearance = nullptr; // these three only if the desktop is used
    DesktopNotifier *notifier = nullptr;
    TrayIcon *tray = nullptr;
    QDockWidget *detailDock = nullptr;
    QDockWidget *hookDock = nullptr;
    QDockWidget *totalsDock = nullptr;
    QDockWidget *limitsDock = nullptr;
    DeliveriesPanel *deliveries = nullptr;
    QDockWidget *deliveriesDock = nullptr;
    HookHealth health;
    QLabel *failingLabel = nullptr;
    QString stateText; // where it listens
    QMenu *recentMenu = nullptr;
    QMenu *followedMenu = nullptr;
    QPointer<SessionsDialog> sessionsDialog;
    QList<QPointer<SessionWindow>> sessionWindows;
    QMap<QString, FollowedFile> followed; // by path
    QActionGroup *paletteActions = nullptr;
    QAction *exportAction = nullptr;
    QAction *importAction = nullptr;
    QString exchangeFolder; // where the last file of requests was
    QAction *keepBodiesAction = nullptr;
    bool connectByHand = false;
    LaunchInputs launch; // as clients are told
    std::optional<CaFacts> certificate;
    QPointer<SettingsDialog> settingsDialog;
    QAction *openHostAction = nullptr;
    QString *certificateNews = nullptr; // who wants to say it in words of its own
};

} // namespace hookscope
