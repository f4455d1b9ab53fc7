#include "ui/main/mainwindow.h"

#include "tests/ui/sampleevents.h"
#include "ui/connect/connectpage.h"
#include "ui/files/exportdialog.h"
#include "ui/hooks/hookeditor.h"
#include "ui/hooks/hookpanel.h"
#include "ui/live/filterbar.h"
#include "ui/live/livepage.h"
#include "ui/live/liveview.h"
#include "ui/usage/usagepage.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <algorithm>

using namespace hookscope;
using samples::Batch;

class TestMainWindow : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void savesAHookSetMadeThroughTheWidgets();
    void saysWhichHooksCannotBeExported();
    void switchesOffWhatASetFromElsewhereWouldDo();
    void showsWhyAHookSetCannotBeOpened();
    void asksBeforeLosingEdits_data();
    void asksBeforeLosingEdits();
    void offersToReloadAChangedFile();
    void remembersHookSets();
    void leadsFromTheConnectPageToTheTable();
    void focusesTheFilterBySlash();
    void showsTheListeningAddress();
    void leadsFromTheUsagePageToTheTable();
    void warnsOfABudget();
    void restoresWindowAndColumns();
    void exportsAndSaysHowMany();
    void hasNoShortcutTwice();
    void staysResponsiveAtTwoThousandEventsASecond();

private:
    void makeWindow();
    void addHook(const QString &name);
    QString message(const char *key) const
    {
        const auto *frame = window->findChild<QWidget *>(QStringLiteral("message-") + QLatin1String(key));
        return frame && !frame->isHidden() ? frame->findChild<QLabel *>(QStringLiteral("text"))->text()
                                           : QString();
    }
    QString file(const char *name) const { return folder->filePath(QLatin1String(name)); }
    static void answer(QMessageBox::StandardButton button);

    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<EventLog> log;
    std::unique_ptr<UsageTotals> totals;
    std::unique_ptr<UsageSeries> series;
    std::unique_ptr<HookRegistry> registry;
    Settings settings;
    std::unique_ptr<MainWindow> window;
};

void TestMainWindow::init()
{
    folder = std::make_unique<QTemporaryDir>();
    log = std::make_unique<EventLog>();
    totals = std::make_unique<UsageTotals>();
    registry = std::make_unique<HookRegistry>();
    series = std::make_unique<UsageSeries>();
    connect(log.get(), &EventLog::appended, totals.get(), &UsageTotals::add);
    connect(totals.get(), &UsageTotals::counted, series.get(), &UsageSeries::count);
    settings = {};
    makeWindow();
}

void TestMainWindow::makeWindow()
{
    window.reset();
    MainWindow::Context context{*log,      *totals,  *series,
                                *registry, settings, folder->filePath(QStringLiteral("state/window.ini"))};
    context.knownEffectsPath = folder->filePath(QStringLiteral("known-effects.json"));
    window = std::make_unique<MainWindow>(context);
    window->show();
    QVERIFY(QTest::qWaitForWindowExposed(window.get()));
}

void TestMainWindow::cleanup()
{
    window.reset();
    registry.reset();
    series.reset();
    totals.reset();
    log.reset();
    folder.reset();
}

void TestMainWindow::addHook(const QString &name)
{
    auto *panel = window->findChild<HookPanel *>();
    panel->newHookAction()->trigger();
    auto *editor = panel->findChild<HookEditor *>();
    editor->findChild<QLineEdit *>(QStringLiteral("hookName"))->setText(name);
    editor->findChild<QComboBox *>(QStringLiteral("hookKind"))->setCurrentIndex(1);
    editor->findChild<QLineEdit *>(QStringLiteral("hookPath"))->setText(file("events.jsonl"));
    editor->accept();
    delete editor;
}

// Presses that button of the question that comes next.
void TestMainWindow::answer(QMessageBox::StandardButton button)
{
    QTimer::singleShot(0, qApp, [button] {
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        QVERIFY(box);
        box->button(button)->click();
    });
}

void TestMainWindow::saysWhichHooksCannotBeExported()
{
    auto *action = window->findChild<QAction *>(QStringLiteral("exportPlainSet"));
    const auto shown = [this, action] {
        action->trigger();
        auto *box = window->findChild<QMessageBox *>(QStringLiteral("plainSetBox"));
        if (!box)
            return QString();
        const QString text = box->text() + QLatin1Char('\n') + box->informativeText();
        delete box;
        return text;
    };
    QVERIFY(shown().contains(QStringLiteral("There are no hooks to export")));
    Hook hook;
    hook.name = QStringLiteral("a");
    hook.enabled = false;
    QVERIFY(registry->registerHook(hook));
    QVERIFY(shown().contains(QStringLiteral("None of these hooks can be exported")));
    Hook plain;
    plain.name = QStringLiteral("b");
    QVERIFY(registry->registerHook(plain));
    const QString text = shown();
    QVERIFY2(text.contains(QStringLiteral("1 of 2 hooks can be exported"))
                 && text.contains(QStringLiteral("• a: it is off, and agentkernel would fire it")),
             qPrintable(text));
}

void TestMainWindow::savesAHookSetMadeThroughTheWidgets()
{
    const QString path = file("set.json");
    QVERIFY(saveHookSet(path, {}));
    QVERIFY(window->openHookSet(path));
    addHook(QStringLiteral("spend"));
    QVERIFY(window->isWindowModified());
    window->findChild<QAction *>(QStringLiteral("saveHookSet"))->trigger();
    QVERIFY(!window->isWindowModified());
    QCOMPARE(window->windowTitle(), QStringLiteral("set.json[*] — Hookscope"));
    const auto saved = loadHookSet(path);
    QVERIFY(saved);
    QCOMPARE(saved->hooks, registry->hooks());

    QVERIFY(registry->replaceAll({}));
    QVERIFY(window->openHookSet(path));
    QCOMPARE(registry->hooks(), saved->hooks);
}

void TestMainWindow::switchesOffWhatASetFromElsewhereWouldDo()
{
    const QString path = file("set.json");
    Hook webhook;
    webhook.name = QStringLiteral("web");
    webhook.target = WebhookTarget{QStringLiteral("https://evil.example/")};
    Hook audit;
    audit.name = QStringLiteral("log");
    QVERIFY(saveHookSet(path, {QStringLiteral("s"), {webhook, audit}, {}, {}}));
    QSignalSpy snapshots(registry.get(), &HookRegistry::snapshotChanged);
    QVERIFY(window->openHookSet(path, false));
    QVERIFY(!registry->find(QStringLiteral("web"))->enabled);
    QVERIFY(registry->find(QStringLiteral("log"))->enabled); // it does nothing outside
    for (const auto &told : snapshots) {
        for (const Hook &hook : *told[0].value<HookRegistry::Snapshot>())
            QVERIFY(hook.name != QLatin1String("web") || !hook.enabled); // not for a moment
    }
    const QString text = message("heldBack");
    QVERIFY2(text.contains(QStringLiteral("off: web. They would send to evil.example.")), qPrintable(text));
    auto *frame = window->findChild<QWidget *>(QStringLiteral("message-heldBack"));
    frame->findChild<QPushButton *>()->click();
    QVERIFY(registry->find(QStringLiteral("web"))->enabled);
    QVERIFY(window->openHookSet(path, false)); // it is known from here on
    QVERIFY(registry->find(QStringLiteral("web"))->enabled);
    QVERIFY(message("heldBack").isEmpty());
    makeWindow(); // also by the next run
    QVERIFY(window->openHookSet(path, false));
    QVERIFY(registry->find(QStringLiteral("web"))->enabled);
}

void TestMainWindow::showsWhyAHookSetCannotBeOpened()
{
    QFile broken(file("broken.json"));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("{\"hooks\": [");
    broken.close();
    QVERIFY(!window->openHookSet(broken.fileName()));
    QVERIFY(message("hookSet").contains(QStringLiteral("broken.json")));
    QVERIFY(!window->openHookSet(file("missing.json")));
    QVERIFY(message("hookSet").contains(QStringLiteral("missing.json")));
}

void TestMainWindow::asksBeforeLosingEdits_data()
{
    QTest::addColumn<int>("button");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<bool>("isSaved");
    QTest::newRow("save") << int(QMessageBox::Save) << true << true;
    QTest::newRow("discard") << int(QMessageBox::Discard) << true << false;
    QTest::newRow("cancel") << int(QMessageBox::Cancel) << false << false;
}

void TestMainWindow::asksBeforeLosingEdits()
{
    QFETCH(int, button);
    QFETCH(bool, closes);
    QFETCH(bool, isSaved);
    const QString path = file("set.json");
    QVERIFY(saveHookSet(path, {}));
    QVERIFY(window->openHookSet(path));
    QVERIFY(window->close()); // nothing to ask
    window->show();
    addHook(QStringLiteral("spend"));
    answer(static_cast<QMessageBox::StandardButton>(button));
    QCOMPARE(window->close(), closes);
    QCOMPARE(window->isVisible(), !closes);
    QCOMPARE(loadHookSet(path)->hooks.size(), isSaved ? 1 : 0);
}

void TestMainWindow::offersToReloadAChangedFile()
{
    const QString path = file("set.json");
    QVERIFY(saveHookSet(path, {}));
    QVERIFY(window->openHookSet(path));
    addHook(QStringLiteral("mine"));
    QFile other(path);
    QVERIFY(other.open(QIODevice::WriteOnly | QIODevice::Truncate));
    other.write(R"([{"name":"theirs","event":"on_request","target":{"type":"audit"}}])");
    other.close();
    QTRY_VERIFY(message("changedOutside").contains(QStringLiteral("discards your unsaved changes")));
    const auto *bar = window->findChild<QWidget *>(QStringLiteral("message-changedOutside"));
    const QList<QPushButton *> choices = bar->findChildren<QPushButton *>();
    QCOMPARE(choices.size(), 2);
    choices.first()->click();
    QCOMPARE(registry->hooks().size(), 1);
    QCOMPARE(registry->hooks().first().name, QStringLiteral("theirs"));
    QVERIFY(message("changedOutside").isEmpty());
}

void TestMainWindow::remembersHookSets()
{
    QSignalSpy changed(window.get(), &MainWindow::settingsChanged);
    for (int i = 0; i < 12; ++i) {
        const QString path = folder->filePath(QStringLiteral("set%1.json").arg(i));
        QVERIFY(saveHookSet(path, {}));
        QVERIFY(window->openHookSet(path));
    }
    QVERIFY(window->openHookSet(file("set5.json")));
    QCOMPARE(changed.count(), 13);
    QCOMPARE(settings.recentHookSets.size(), 10);
    QCOMPARE(settings.recentHookSets.first(), file("set5.json"));
    QCOMPARE(settings.recentHookSets.count(file("set5.json")), 1);
    QCOMPARE(settings.lastHookSet, file("set5.json"));
}

void TestMainWindow::leadsFromTheConnectPageToTheTable()
{
    auto *connectPage = window->findChild<ConnectPage *>();
    auto *livePage = window->findChild<LivePage *>();
    QVERIFY(connectPage->isVisible());
    Batch batch;
    batch.start();
    batch.giveTo(*log);
    QVERIFY(livePage->isVisible());
    log->clear();
    QVERIFY(livePage->isVisible()); // the person knows the way by now
    for (QAction *action : window->findChildren<QAction *>()) {
        if (action->shortcut() == QKeySequence(QKeySequence::HelpContents))
            action->trigger();
    }
    QVERIFY(connectPage->isVisible());
    batch.start();
    batch.giveTo(*log);
    QVERIFY(connectPage->isVisible()); // asked for: it stays
}

void TestMainWindow::focusesTheFilterBySlash()
{
    Batch batch;
    batch.start("api.openai.com");
    batch.start("github.com");
    batch.giveTo(*log);
    window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window.get()));
    auto *page = window->findChild<LivePage *>();
    page->view().setFocus();
    QTest::keyClick(&page->view(), Qt::Key_Slash);
    auto *text = window->findChild<QLineEdit *>(QStringLiteral("filterText"));
    QTRY_VERIFY(text->hasFocus());
    QTest::keyClicks(text, QStringLiteral("git/hub"));
    QCOMPARE(text->text(), QStringLiteral("git/hub"));
    text->setText(QStringLiteral("github"));
    QTRY_COMPARE(page->model().rowCount(), 1);
    QTest::keyClick(text, Qt::Key_Escape);
    QTRY_COMPARE(page->model().rowCount(), 2);
}

void TestMainWindow::showsTheListeningAddress()
{
    window->showListening(QStringLiteral("127.0.0.1"), 8791, QStringLiteral("Port 8790 is taken."));
    const auto *address = window->findChild<QLabel *>(QStringLiteral("address"));
    QCOMPARE(address->text(), QStringLiteral("Listening on http://127.0.0.1:8791"));
    QCOMPARE(message("listen"), QStringLiteral("Port 8790 is taken."));
}

void TestMainWindow::leadsFromTheUsagePageToTheTable()
{
    auto *tabs = window->findChild<QTabBar *>(QStringLiteral("pageTabs"));
    auto *usage = window->findChild<UsagePage *>();
    auto *live = window->findChild<LivePage *>();
    QTest::keyClick(window.get(), Qt::Key_2, Qt::ControlModifier);
    QVERIFY(usage->isVisible()); // also before there is any traffic
    QCOMPARE(tabs->currentIndex(), 1);
    Batch batch;
    batch.call(batch.start(), "gpt-5", samples::tokens(10, 5));
    batch.giveTo(*log);
    QVERIFY(usage->isVisible());
    emit usage->filterRequested(QStringLiteral("model:gpt-5"));
    QVERIFY(live->isVisible());
    QCOMPARE(tabs->currentIndex(), 0);
    QCOMPARE(window->findChild<QLineEdit *>(QStringLiteral("filterText"))->text(),
             QStringLiteral("model:gpt-5"));
    tabs->setCurrentIndex(1);
    QVERIFY(usage->isVisible());
    QTest::keyClick(window.get(), Qt::Key_Slash);
    QVERIFY(live->isVisible());
    tabs->setCurrentIndex(1);
    QTest::keyClick(window.get(), Qt::Key_1, Qt::ControlModifier);
    QVERIFY(live->isVisible());
}

void TestMainWindow::warnsOfABudget()
{
    BudgetEvent event;
    event.budget = "all";
    event.kind = BudgetCrossing::Exceeded;
    event.limit = 10'000'000'000'000;
    event.spent = 10'500'000'000'000;
    event.isLowerBound = true;
    window->showBudget(event);
    const QString text = message("budget-all");
    QVERIFY2(text.contains(QStringLiteral("“all” is exceeded")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("at least $10.50 of $10.00")), qPrintable(text));
    event.spent = 11'000'000'000'000;
    window->showBudget(event); // takes the first one's place
    QVERIFY(message("budget-all").contains(QStringLiteral("$11.00 of")));
    auto *frame = window->findChild<QWidget *>(QStringLiteral("message-budget-all"));
    frame->findChild<QPushButton *>()->click();
    QTRY_VERIFY(window->findChild<QDialog *>());
    QVERIFY(message("budget-all").isEmpty());
}

void TestMainWindow::restoresWindowAndColumns()
{
    auto *header = window->findChild<LivePage *>()->view().horizontalHeader();
    header->hideSection(static_cast<int>(Column::Host));
    window->findChild<QDockWidget *>(QStringLiteral("totalsDock"))->close();
    window->resize(701, 602);
    QVERIFY(window->close());
    makeWindow();
    QCOMPARE(window->size(), QSize(701, 602));
    QVERIFY(window->findChild<LivePage *>()->view().isColumnHidden(static_cast<int>(Column::Host)));
    QVERIFY(window->findChild<QDockWidget *>(QStringLiteral("totalsDock"))->isHidden());
}

void TestMainWindow::exportsAndSaysHowMany()
{
    Batch batch;
    for (int i = 0; i < 3; ++i)
        batch.finish(batch.start(), 200);
    batch.giveTo(*log);
    window->findChild<QAction *>(QStringLiteral("export"))->trigger();
    auto *dialog = window->findChild<ExportDialog *>();
    QVERIFY(dialog);
    dialog->findChild<QLineEdit *>(QStringLiteral("exportPath"))->setText(file("x.har"));
    dialog->accept();
    QTRY_COMPARE(message("export"), QStringLiteral("3 requests written to %1.").arg(file("x.har")));
    QVERIFY(QFile::exists(file("x.har")));
    QVERIFY(window->findChild<QAction *>(QStringLiteral("export"))->isEnabled());
}

void TestMainWindow::hasNoShortcutTwice()
{
    QMultiMap<QString, QString> all;
    for (const QAction *action : window->findChildren<QAction *>()) {
        for (const QKeySequence &key : action->shortcuts()) {
            if (action->shortcutContext() == Qt::WindowShortcut)
                all.insert(key.toString(), action->text());
        }
    }
    QVERIFY(all.size() > 10);
    for (const QString &key : all.uniqueKeys())
        QVERIFY2(all.count(key) == 1,
                 qPrintable(key + QStringLiteral(": ") + all.values(key).join(QLatin1Char(','))));
}

// No assertion on time: the longest gap is printed, and what is shown must be right in the end.
void TestMainWindow::staysResponsiveAtTwoThousandEventsASecond()
{
    window->resize(1280, 800);
    constexpr int exchangesPerTick = 10; // of four events, every 20 ms
    constexpr int ticks = 150;
    QTimer source;
    int done = 0;
    connect(&source, &QTimer::timeout, this, [&] {
        Batch batch;
        for (int i = 0; i < exchangesPerTick; ++i) {
            const ExchangeId id = batch.start();
            batch.answer(id, 200);
            batch.call(id, "gpt-5", samples::tokens(10, 1));
            batch.finish(id, 200);
        }
        batch.giveTo(*log);
        if (++done == ticks)
            source.stop();
    });
    QTimer pulse;
    QElapsedTimer since;
    qint64 longestMs = 0;
    connect(&pulse, &QTimer::timeout, this, [&] { longestMs = std::max(longestMs, since.restart()); });
    since.start();
    pulse.start(1);
    source.start(20);
    auto *page = window->findChild<LivePage *>();
    QTRY_COMPARE_WITH_TIMEOUT(page->model().rowCount(), ticks * exchangesPerTick, 60'000);
    QVERIFY(page->view().isFollowing());
    QCOMPARE(totals->overall().inputTokens, qint64(ticks) * exchangesPerTick * 10);
    qInfo("longest gap of the event loop: %lld ms", static_cast<long long>(longestMs));
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
