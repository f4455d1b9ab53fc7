#include "ui/main/shortcutsheet.h"

#include "tests/ui/sampleevents.h"
#include "ui/hooks/hookpanel.h"
#include "ui/live/livepage.h"
#include "ui/live/liveview.h"
#include "ui/main/mainwindow.h"

#include <QAbstractItemModel>
#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace hookscope;
using samples::Batch;

// Everything by keyboard, and the sheet that says so.
class TestShortcuts : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void listsWhatTheActionsSay();
    void listsTheTablesKeys_data();
    void listsTheTablesKeys();
    void opensOnAQuestionMark();
    void leavesTheQuestionMarkToAText();
    void findsWhatIsSearched();
    void movesThroughRows();
    void marksRows();
    void opensTheDetail();
    void sortsByTheCurrentColumn();

private:
    LiveView &view() { return window->findChild<LivePage *>()->view(); }
    ShortcutSheet *sheet() const { return window->findChild<ShortcutSheet *>(); }

    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<EventLog> log;
    std::unique_ptr<UsageTotals> totals;
    std::unique_ptr<UsageSeries> series;
    std::unique_ptr<HookRegistry> registry;
    Settings settings;
    std::unique_ptr<MainWindow> window;
};

void TestShortcuts::init()
{
    folder = std::make_unique<QTemporaryDir>();
    log = std::make_unique<EventLog>();
    totals = std::make_unique<UsageTotals>();
    series = std::make_unique<UsageSeries>();
    registry = std::make_unique<HookRegistry>();
    window = std::make_unique<MainWindow>(MainWindow::Context{
        *log, *totals, *series, *registry, settings, folder->filePath(QStringLiteral("window.ini"))});
    window->show();
    QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    Batch batch;
    for (int i = 0; i < 3; ++i)
        batch.finish(batch.start("host" + std::to_string(9 - i)), 200);
    batch.giveTo(*log);
    QTRY_COMPARE(view().model()->rowCount(), 3);
    window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window.get()));
    view().setFocus();
}

void TestShortcuts::cleanup()
{
    window.reset();
    registry.reset();
    series.reset();
    totals.reset();
    log.reset();
    folder.reset();
}

void TestShortcuts::listsWhatTheActionsSay()
{
    QList<ShortcutLine> lines = shortcutsOf(*window);
    const auto keysOf = [&lines](const QString &text) {
        const auto found = std::find_if(lines.begin(), lines.end(),
                                        [&](const ShortcutLine &line) { return line.text == text; });
        return found != lines.end() ? found->place + QStringLiteral(": ") + found->keys : QString();
    };
    QCOMPARE(keysOf(QStringLiteral("Save Hook Set")), QStringLiteral("File: Ctrl+S"));
    QCOMPARE(keysOf(QStringLiteral("Filter Requests")), QStringLiteral("Edit: Ctrl+F or /"));
    QCOMPARE(keysOf(QStringLiteral("Keyboard Shortcuts")), QStringLiteral("Help: ?"));
    QCOMPARE(keysOf(QStringLiteral("Next request")), QStringLiteral("Requests: J"));

    window->findChild<QAction *>(QStringLiteral("saveHookSet"))
        ->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Y));
    lines = shortcutsOf(*window);
    QCOMPARE(keysOf(QStringLiteral("Save Hook Set")), QStringLiteral("File: Ctrl+Y"));
    for (const ShortcutLine &line : std::as_const(lines)) {
        QVERIFY2(!line.text.isEmpty() && !line.place.isEmpty(), qPrintable(line.keys));
        QVERIFY2(!line.text.contains(QLatin1Char('&')), qPrintable(line.text));
    }
}

void TestShortcuts::listsTheTablesKeys_data()
{
    QTest::addColumn<QString>("key");
    for (const char *key : {"J", "K", "S", "H", "Home", "End", "Return", "Ctrl+C", "C", "0", "1", "6", "P", "N",
                            "Shift+N", "Ctrl+M"})
        QTest::newRow(key) << QString::fromLatin1(key);
}

void TestShortcuts::listsTheTablesKeys()
{
    QFETCH(QString, key);
    const QList<ShortcutLine> lines = shortcutsOf(*window);
    const bool isListed = std::any_of(lines.begin(), lines.end(), [&key](const ShortcutLine &line) {
        return line.keys.split(QStringLiteral(" or ")).contains(key);
    });
    QVERIFY(isListed);
}

void TestShortcuts::opensOnAQuestionMark()
{
    QTest::keyClick(&view(), Qt::Key_Question); // which modifier it takes is for the keyboard's layout
    QTRY_VERIFY(sheet());
    const auto *table = sheet()->findChild<QTableView *>();
    QCOMPARE(table->model()->rowCount(), shortcutsOf(*window).size());
    QTest::keyClick(sheet(), Qt::Key_Escape);
    QTRY_VERIFY(!sheet());
}

void TestShortcuts::leavesTheQuestionMarkToAText()
{
    auto *text = window->findChild<QLineEdit *>(QStringLiteral("filterText"));
    text->setFocus();
    QTest::keyClicks(text, QStringLiteral("a?/jk"));
    QCOMPARE(text->text(), QStringLiteral("a?/jk"));
    QVERIFY(!sheet());
}

void TestShortcuts::findsWhatIsSearched()
{
    ShortcutSheet found(shortcutsOf(*window));
    found.show();
    QTest::keyClicks(found.findChild<QLineEdit *>(), QStringLiteral("hook set"));
    const auto *model = found.findChild<QTableView *>()->model();
    QVERIFY(model->rowCount() >= 3);
    for (int row = 0; row < model->rowCount(); ++row)
        QVERIFY(model->index(row, 1).data().toString().contains(QStringLiteral("Hook Set")));
}

void TestShortcuts::movesThroughRows()
{
    view().setCurrentIndex({});
    const auto row = [this](Qt::Key key) {
        QTest::keyClick(&view(), key);
        return view().currentIndex().row();
    };
    QCOMPARE(row(Qt::Key_J), 0);
    QCOMPARE(row(Qt::Key_J), 1);
    QCOMPARE(row(Qt::Key_J), 2);
    QCOMPARE(row(Qt::Key_J), 2);
    QCOMPARE(row(Qt::Key_K), 1);
    QCOMPARE(row(Qt::Key_Home), 0);
    QCOMPARE(row(Qt::Key_K), 0);
    QCOMPARE(row(Qt::Key_End), 2);
    QCOMPARE(view().selectionModel()->selectedRows().size(), 1);
}

void TestShortcuts::marksRows()
{
    QTest::keyClick(&view(), Qt::Key_Home);
    QTest::keyClick(&view(), Qt::Key_6);
    QTest::keyClick(&view(), Qt::Key_P);
    QCOMPARE(log->record(0)->mark, 6);
    QVERIFY(log->record(0)->isPinned);
    QTest::keyClick(&view(), Qt::Key_End);
    QTest::keyClick(&view(), Qt::Key_P);
    QTest::keyClick(&view(), Qt::Key_N);
    QCOMPARE(view().currentIndex().row(), 0);
    QTest::keyClick(&view(), Qt::Key_N, Qt::ShiftModifier);
    QCOMPARE(view().currentIndex().row(), 2);
    QTest::keyClick(&view(), Qt::Key_Home);
    QTest::keyClick(&view(), Qt::Key_0);
    QCOMPARE(log->record(0)->mark, 0);
}

void TestShortcuts::opensTheDetail()
{
    auto *dock = window->findChild<QDockWidget *>(QStringLiteral("detailDock"));
    dock->hide();
    QTest::keyClick(&view(), Qt::Key_J);
    QTest::keyClick(&view(), Qt::Key_Return);
    QVERIFY(dock->isVisible());
    QVERIFY(dock->isAncestorOf(QApplication::focusWidget()));
}

void TestShortcuts::sortsByTheCurrentColumn()
{
    const int host = [this] {
        for (int column = 0; column < view().model()->columnCount(); ++column) {
            if (view().model()->headerData(column, Qt::Horizontal).toString() == QStringLiteral("Host"))
                return column;
        }
        return -1;
    }();
    view().setCurrentIndex(view().model()->index(0, host));
    QTest::keyClick(&view(), Qt::Key_S);
    QTRY_COMPARE(view().model()->index(0, host).data().toString(), QStringLiteral("host7"));
    QTest::keyClick(&view(), Qt::Key_S);
    QTRY_COMPARE(view().model()->index(0, host).data().toString(), QStringLiteral("host9"));
}

QTEST_MAIN(TestShortcuts)
#include "tst_shortcuts.moc"
