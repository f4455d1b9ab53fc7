#pragma once

#include "ui/main/mainwindow.h"

#include "ui/hooks/hooksetdocument.h"

class QAction;
class QActionGroup;
class QDockWidget;
class QMenu;
class QStackedWidget;

namespace hookscope {

class ConnectPage;
class DesktopNotifier;
class ExchangeDetail;
class HookPanel;
class LivePage;
class MessageArea;
class SettingsDialog;
class SystemAppearance;
class TotalsBar;
class TrayIcon;

// The window's parts, and what ties them together: for mainwindow*.cpp only.
class MainWindow::Private final : public QObject {
    Q_OBJECT
public:
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
    void applySettings();
    void notePossibleSettingsChange(const Settings &before);

    // mainwindow_menus.cpp
    void setupMenus();
    void setupFileMenu();
    void setupEditMenu();
    void setupViewMenu();
    void setupHooksMenu();
    void setupHelpMenu();
    SettingsDialog *editSettings();
    void showAbout();

    // mainwindow_desktop.cpp
    void setupDesktop();
    void applyAppearance();
    void showBudget(const BudgetEvent &event);
    void showShortcuts();
    void goToDetail();

    // mainwindow_hooksets.cpp
    bool open(const QString &path);
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

    MainWindow &q;
    Context context;
    HookSetDocument document;
    MessageArea *messages = nullptr;
    QStackedWidget *pages = nullptr;
    ConnectPage *connectPage = nullptr;
    LivePage *livePage = nullptr;
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
    QMenu *recentMenu = nullptr;
    QActionGroup *paletteActions = nullptr;
    bool connectByHand = false;
};

} // namespace hookscope
