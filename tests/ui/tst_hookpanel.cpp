#include "tests/ui/sampleevents.h"
#include "ui/hooks/hookeditor.h"
#include "ui/hooks/hookpanel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace hookscope;

namespace {

Hook fileHook(const QString &name)
{
    Hook hook;
    hook.name = name;
    hook.target = FileTarget{QStringLiteral("/var/tmp/") + name};
    return hook;
}

Hook onceHook(const QString &name)
{
    Hook hook;
    hook.name = name;
    hook.target = WebhookTarget{QStringLiteral("https://example.com/") + name};
    hook.delivery.mode = DeliveryMode::AtLeastOnce;
    return hook;
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestHookPanel : public QObject {
    Q_OBJECT
private slots:
    void leavesWhatItDoesNotShow_data();
    void leavesWhatItDoesNotShow();
    void init();
    void cleanup();
    void addsAHookThroughTheEditor();
    void saysWhatIsWrongAsOneTypes();
    void saysWhatAHookWouldHaveFiredOn_data();
    void saysWhatAHookWouldHaveFiredOn();
    void undoesAndRedoesEveryEdit();
    void keepsUnknownKeysThroughAnEdit();
    void showsBadEntriesAndKeepsThem();
    void showsDeliveriesAndTests();
    void showsHowDeliveriesGo_data();
    void showsHowDeliveriesGo();
    void sendsAgainWhatWasGivenUp();
    void switchesOffAHookWhoseReceiverIsGone();
    void choosesHowAWebhookIsDelivered();
    void movesHooks_data();
    void movesHooks();
    void movesTheSelectedHooksByKey();
    void dropsHooksBetweenOthers();
    void savesTheOrder();
    void offersAChangeFromOutside();
    void changesNothingIfASetCannotBeRead();

private:
    HookEditor *openEditor(QAction *action);
    QString cell(int row, int column) const
    {
        return panel->view().model()->index(row, column).data().toString();
    }

    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<HookRegistry> registry;
    std::unique_ptr<HookSetDocument> document;
    std::unique_ptr<EventLog> log;
    std::unique_ptr<HookPanel> panel;
};

void TestHookPanel::init()
{
    folder = std::make_unique<QTemporaryDir>();
    registry = std::make_unique<HookRegistry>();
    document = std::make_unique<HookSetDocument>(*registry);
    log = std::make_unique<EventLog>();
    panel = std::make_unique<HookPanel>(*document, *log);
    new QAbstractItemModelTester(panel->view().model(), panel.get());
    panel->show();
}

void TestHookPanel::cleanup()
{
    panel.reset();
    log.reset();
    document.reset();
    registry.reset();
    folder.reset();
}

HookEditor *TestHookPanel::openEditor(QAction *action)
{
    action->trigger();
    return panel->findChild<HookEditor *>();
}

void TestHookPanel::addsAHookThroughTheEditor()
{
    HookEditor *editor = openEditor(panel->newHookAction());
    QVERIFY(editor);
    QTest::keyClicks(editor->findChild<QLineEdit *>(QStringLiteral("hookName")), QStringLiteral("spend"));
    QTest::keyClicks(editor->findChild<QLineEdit *>(QStringLiteral("hookUrl")),
                     QStringLiteral("https://example.com/x"));
    editor->findChild<QComboBox *>(QStringLiteral("hookEvent"))->setCurrentIndex(0);
    editor->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
    QCOMPARE(registry->hooks().size(), 1);
    QCOMPARE(registry->hooks().first().name, QStringLiteral("spend"));
    QCOMPARE(registry->hooks().first().event, HookEvent::OnRequest);
    QCOMPARE(registry->hooks().first().target,
             HookTarget(WebhookTarget{QStringLiteral("https://example.com/x")}));
    QVERIFY(document->isModified());
    QCOMPARE(cell(0, HookTableModel::Name), QStringLiteral("spend"));
}

void TestHookPanel::saysWhatIsWrongAsOneTypes()
{
    QVERIFY(document->edit(QStringLiteral("add"), {{fileHook(QStringLiteral("taken"))}, {}}));
    HookEditor *editor = openEditor(panel->newHookAction());
    auto *name = editor->findChild<QLineEdit *>(QStringLiteral("hookName"));
    auto *url = editor->findChild<QLineEdit *>(QStringLiteral("hookUrl"));
    const auto *problem = editor->findChild<QLabel *>(QStringLiteral("hookProblem"));
    const auto *ok = editor->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    QVERIFY(problem->text().contains(QStringLiteral("Hook name cannot be empty")));
    QVERIFY(!ok->isEnabled());
    QTest::keyClicks(name, QStringLiteral("new"));
    QTest::keyClicks(url, QStringLiteral("ftp://x"));
    QVERIFY(problem->text().contains(QStringLiteral("Webhook URL must start with http:// or https://")));
    QVERIFY(!ok->isEnabled());
    url->setText(QStringLiteral("http://localhost:1/x"));
    QVERIFY(problem->text().isEmpty());
    QVERIFY(ok->isEnabled());
    name->setText(QStringLiteral("taken"));
    QVERIFY(problem->text().contains(QStringLiteral("taken")));
    QVERIFY(!ok->isEnabled());
}

void TestHookPanel::saysWhatAHookWouldHaveFiredOn_data()
{
    QTest::addColumn<int>("event"); // its place in the list
    QTest::addColumn<QString>("when");
    QTest::addColumn<QString>("matches");
    QTest::newRow("always") << 1 << QString() << "Would have fired on 3 of the last 3 captured requests";
    QTest::newRow("some") << 1 << "status>=400"
                          << "Would have fired on 1 of the last 3 captured requests";
    QTest::newRow("none") << 1 << "host:other"
                          << "Would have fired on 0 of the last 3 captured requests";
    QTest::newRow("a request has no status") << 0 << "status>=400"
                                             << "Would have fired on 0 of the last 3 captured requests";
    QTest::newRow("not a filter") << 1 << "status>=" << QString();
}

void TestHookPanel::saysWhatAHookWouldHaveFiredOn()
{
    QFETCH(int, event);
    QFETCH(QString, when);
    QFETCH(QString, matches);
    samples::Batch batch;
    for (const int status : {200, 500, 201})
        batch.finish(batch.start("a.example"), status);
    batch.giveTo(*log);
    panel->addHookFor(QStringLiteral("failures"), *Filter::compile(QStringLiteral("status>=400")));
    auto *editor = panel->findChild<HookEditor *>();
    QVERIFY(editor);
    auto *text = editor->findChild<QLineEdit *>(QStringLiteral("hookWhen"));
    QCOMPARE(text->text(), QStringLiteral("status>=400"));
    editor->findChild<QComboBox *>(QStringLiteral("hookEvent"))->setCurrentIndex(event);
    editor->findChild<QLineEdit *>(QStringLiteral("hookUrl"))
        ->setText(QStringLiteral("http://localhost:1/x"));
    text->setText(when);
    const auto *shown = editor->findChild<QLabel *>(QStringLiteral("hookMatches"));
    QTRY_COMPARE(shown->text(), matches);
    auto *ok = editor->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    QCOMPARE(ok->isEnabled(), !matches.isEmpty());
    if (!ok->isEnabled())
        return;
    ok->click();
    QCOMPARE(registry->hooks().first().when.text(), when);
    QCOMPARE(cell(0, HookTableModel::Event).contains(when), true);
}

void TestHookPanel::undoesAndRedoesEveryEdit()
{
    QList<HookSetDocument::Content> states{document->content()};
    const auto note = [&] {
        states.append(document->content());
    };

    HookEditor *editor = openEditor(panel->newHookAction()); // add
    editor->findChild<QLineEdit *>(QStringLiteral("hookName"))->setText(QStringLiteral("a"));
    editor->findChild<QComboBox *>(QStringLiteral("hookKind"))->setCurrentIndex(2);
    editor->accept();
    note();
    delete editor;
    panel->view().selectRow(0);
    panel->duplicateHookAction()->trigger();
    note();
    panel->view().selectRow(1);
    editor = openEditor(panel->editHookAction());
    editor->findChild<QComboBox *>(QStringLiteral("hookKind"))->setCurrentIndex(1);
    editor->findChild<QLineEdit *>(QStringLiteral("hookPath"))->setText(QStringLiteral("/var/tmp/x.jsonl"));
    editor->accept();
    note();
    delete editor;
    QVERIFY(panel->view().model()->setData(panel->view().model()->index(0, 0), Qt::Unchecked,
                                           Qt::CheckStateRole));
    note();
    panel->view().selectAll();
    panel->removeHookAction()->trigger();
    note();

    QUndoStack &stack = document->undoStack();
    QCOMPARE(stack.count(), 5);
    QCOMPARE(states.last().hooks.size(), 0);
    QCOMPARE(states[4].hooks[0].enabled, false);
    for (int round = 0; round < 2; ++round) {
        for (qsizetype i = states.size() - 2; i >= 0; --i) {
            stack.undo();
            QCOMPARE(document->content(), states[i]);
            QCOMPARE(registry->hooks(), states[i].hooks);
        }
        QVERIFY(!document->isModified());
        for (qsizetype i = 1; i < states.size(); ++i) {
            stack.redo();
            QCOMPARE(document->content(), states[i]);
        }
    }
}

void TestHookPanel::keepsUnknownKeysThroughAnEdit()
{
    const QString path = folder->filePath(QStringLiteral("set.json"));
    write(
        path,
        R"({"name":"s","theirs":[1],"hooks":[{"name":"a","event":"on_request","target":{"type":"audit"},"colour":"red"}]})");
    QVERIFY(document->open(path));
    panel->view().selectRow(0);
    HookEditor *editor = openEditor(panel->editHookAction());
    editor->findChild<QLineEdit *>(QStringLiteral("hookName"))->setText(QStringLiteral("b"));
    editor->accept();
    QVERIFY(document->saveAs(path));
    const auto saved = loadHookSet(path);
    QVERIFY(saved);
    QCOMPARE(saved->hooks.first().name, QStringLiteral("b"));
    QCOMPARE(saved->hooks.first().extra.value(QStringLiteral("colour")).toString(), QStringLiteral("red"));
    QVERIFY(saved->extra.contains(QStringLiteral("theirs")));
}

void TestHookPanel::showsBadEntriesAndKeepsThem()
{
    const QString path = folder->filePath(QStringLiteral("set.json"));
    write(
        path,
        R"([{"name":"x","event":"never","target":{"type":"audit"}},{"name":"a","event":"on_request","target":{"type":"audit"}}])");
    QVERIFY(document->open(path));
    QCOMPARE(panel->view().model()->rowCount(), 2);
    QVERIFY(cell(1, HookTableModel::Name).contains(QLatin1Char('x')));
    QVERIFY(!cell(1, HookTableModel::LastError).isEmpty());
    QVERIFY(!(panel->view().model()->flags(panel->view().model()->index(1, 0)) & Qt::ItemIsUserCheckable));
    panel->view().selectRow(1);
    QVERIFY(!panel->editHookAction()->isEnabled());
    QVERIFY(!panel->testHookAction()->isEnabled());

    QVERIFY(document->saveAs(path));
    QCOMPARE(loadHookSet(path)->bad.size(), 1);
    panel->view().selectRow(1);
    panel->removeHookAction()->trigger(); // only on the person's word
    QCOMPARE(document->content().bad.size(), 0);
    document->undoStack().undo();
    QCOMPARE(document->content().bad.size(), 1);
}

void TestHookPanel::showsDeliveriesAndTests()
{
    QVERIFY(document->edit(QStringLiteral("add"), {{fileHook(QStringLiteral("a"))}, {}}));
    DeliveryCounts counts;
    counts.delivered = 1234;
    counts.failed = 2;
    counts.dropped = 3;
    counts.lastError = QStringLiteral("disk full");
    panel->showDeliveryCounts(QStringLiteral("a"), counts);
    panel->showDeliveryCounts(QStringLiteral("gone"), counts);
    QCOMPARE(cell(0, HookTableModel::Delivered), QStringLiteral("1,234"));
    QCOMPARE(cell(0, HookTableModel::Failed), QStringLiteral("2"));
    QCOMPARE(cell(0, HookTableModel::Dropped), QStringLiteral("3"));
    QCOMPARE(cell(0, HookTableModel::LastError), QStringLiteral("disk full"));

    QSignalSpy asked(panel.get(), &HookPanel::testFireRequested);
    panel->view().selectRow(0);
    panel->testHookAction()->trigger();
    QCOMPARE(asked.count(), 1);
    panel->showTestResult({QStringLiteral("a"), true, QStringLiteral("Answered 204 in 12 ms")});
    const auto *result = panel->findChild<QLabel *>(QStringLiteral("testResult"));
    QCOMPARE(result->text(), QStringLiteral("✓ Test of “a”: Answered 204 in 12 ms"));

    HookEditor *editor = openEditor(panel->editHookAction());
    panel->showTestResult({QStringLiteral("a"), false, QStringLiteral("refused")});
    QCOMPARE(editor->findChild<QLabel *>(QStringLiteral("hookAnswer"))->text(), QStringLiteral("✕ refused"));
}

void TestHookPanel::showsHowDeliveriesGo_data()
{
    QTest::addColumn<bool>("isEnabled");
    QTest::addColumn<DeliveryState>("state");
    QTest::addColumn<QString>("text");
    QTest::newRow("ok") << true << DeliveryState::Ok << QStringLiteral("OK");
    QTest::newRow("retrying") << true << DeliveryState::Retrying << QStringLiteral("Retrying");
    QTest::newRow("failing") << true << DeliveryState::Failing << QStringLiteral("Failing");
    QTest::newRow("circuit") << true << DeliveryState::CircuitOpen
                             << QStringLiteral("Paused: the host fails");
    QTest::newRow("gone") << false << DeliveryState::Gone
                          << QStringLiteral("Off: the receiver is gone (410)");
    QTest::newRow("off") << false << DeliveryState::Ok << QStringLiteral("Off");
}

void TestHookPanel::showsHowDeliveriesGo()
{
    QFETCH(bool, isEnabled);
    QFETCH(DeliveryState, state);
    QFETCH(QString, text);
    Hook hook = onceHook(QStringLiteral("a"));
    hook.enabled = isEnabled;
    QVERIFY(document->edit(QStringLiteral("add"), {{hook}, {}}));
    DeliveryCounts counts;
    counts.state = state;
    counts.waiting = 1234;
    counts.dead = 5;
    counts.retried = 2;
    counts.failingSince = QDateTime({2026, 11, 27}, {12, 0}, Qt::UTC);
    panel->showDeliveryCounts(hook.name, counts);
    QCOMPARE(cell(0, HookTableModel::State), text);
    QCOMPARE(cell(0, HookTableModel::Waiting), QStringLiteral("1,234"));
    QCOMPARE(cell(0, HookTableModel::GivenUp), QStringLiteral("5"));
    QCOMPARE(cell(0, HookTableModel::Delivery), QStringLiteral("At least once"));
    const QString tip =
        panel->view().model()->index(0, HookTableModel::State).data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains(QStringLiteral("fails since")) && tip.contains(QStringLiteral("repeated tries: 2")),
             qPrintable(tip));
}

void TestHookPanel::sendsAgainWhatWasGivenUp()
{
    QVERIFY(document->edit(QStringLiteral("add"), {{onceHook(QStringLiteral("a"))}, {}}));
    panel->view().selectRow(0);
    QVERIFY(!panel->resendAction()->isEnabled());
    DeliveryCounts counts;
    counts.dead = 5;
    panel->showDeliveryCounts(QStringLiteral("a"), counts);
    QVERIFY(panel->resendAction()->isEnabled());
    QSignalSpy asked(panel.get(), &HookPanel::resendDeadRequested);
    panel->resendAction()->trigger();
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.first().first().value<DeadLetterChoice>().hookName, QStringLiteral("a"));
}

void TestHookPanel::switchesOffAHookWhoseReceiverIsGone()
{
    QVERIFY(document->edit(QStringLiteral("add"),
                           {{onceHook(QStringLiteral("a")), onceHook(QStringLiteral("b"))}, {}}));
    panel->switchOff(QStringLiteral("b"));
    QVERIFY(registry->find(QStringLiteral("a"))->enabled);
    QVERIFY(!registry->find(QStringLiteral("b"))->enabled);
    QVERIFY(document->isModified());
    panel->switchOff(QStringLiteral("not there"));
    document->undoStack().undo();
    QVERIFY(registry->find(QStringLiteral("b"))->enabled);
}

void TestHookPanel::choosesHowAWebhookIsDelivered()
{
    Hook hook = onceHook(QStringLiteral("a"));
    hook.delivery.batch = Batching{7, 100};
    hook.delivery.retryWaitsMs = {5};
    QVERIFY(document->edit(QStringLiteral("add"), {{hook}, {}}));
    panel->view().selectRow(0);
    HookEditor *editor = openEditor(panel->editHookAction());
    auto *delivery = editor->findChild<QComboBox *>(QStringLiteral("hookDelivery"));
    QCOMPARE(delivery->currentText(), QStringLiteral("At least once"));
    QCOMPARE(editor->hook().delivery, hook.delivery); // with what the form does not show
    delivery->setCurrentIndex(0);
    QCOMPARE(editor->hook().delivery, (DeliveryPolicy{DeliveryMode::BestEffort, {}, Batching{7, 100}, {}}));
    QVERIFY(validate(editor->hook()));
    editor->findChild<QComboBox *>(QStringLiteral("hookKind"))->setCurrentIndex(2);
    QCOMPARE(editor->hook().delivery, DeliveryPolicy());
    QVERIFY(validate(editor->hook()));
}

namespace {

QString orderOf(const QList<Hook> &hooks)
{
    QString names;
    for (const Hook &hook : hooks)
        names += hook.name;
    return names;
}

QList<Hook> hooksNamed(const QString &names)
{
    QList<Hook> hooks;
    for (const QChar name : names)
        hooks << fileHook(name);
    return hooks;
}

} // namespace

void TestHookPanel::movesHooks_data()
{
    QTest::addColumn<QList<int>>("rows");
    QTest::addColumn<int>("before");
    QTest::addColumn<QString>("order");
    QTest::newRow("to the front") << QList<int>{2} << 0 << "cabd";
    QTest::newRow("to the end") << QList<int>{0} << 4 << "bcda";
    QTest::newRow("behind the end") << QList<int>{0} << 99 << "bcda";
    QTest::newRow("to its place") << QList<int>{1} << 1 << "abcd";
    QTest::newRow("behind itself") << QList<int>{1} << 2 << "abcd";
    QTest::newRow("down") << QList<int>{1} << 3 << "acbd";
    QTest::newRow("two that are apart") << QList<int>{3, 0} << 2 << "badc";
    QTest::newRow("all") << QList<int>{0, 1, 2, 3} << 2 << "abcd";
    QTest::newRow("none") << QList<int>{} << 2 << "abcd";
    QTest::newRow("what is not there") << QList<int>{7} << 0 << "abcd";
}

void TestHookPanel::movesHooks()
{
    QFETCH(QList<int>, rows);
    QFETCH(int, before);
    QFETCH(QString, order);
    QVERIFY(document->edit(QStringLiteral("add"), {hooksNamed(QStringLiteral("abcd")), {}}));
    auto *model = qobject_cast<HookTableModel *>(panel->view().model());
    model->moveHooks(rows, before);
    QCOMPARE(orderOf(registry->hooks()), order);
    document->undoStack().undo();
    QCOMPARE(orderOf(registry->hooks()), order == QLatin1String("abcd") ? QString() : QStringLiteral("abcd"));
}

void TestHookPanel::movesTheSelectedHooksByKey()
{
    QVERIFY(document->edit(QStringLiteral("add"), {hooksNamed(QStringLiteral("abc")), {}}));
    panel->view().setFocus();
    panel->view().selectRow(0);
    QVERIFY(!panel->moveUpAction()->isEnabled());
    const auto press = [this](Qt::Key key) {
        QTest::keyClick(&panel->view(), key, Qt::AltModifier);
    };
    QVERIFY(QTest::qWaitForWindowActive(panel.get()));
    press(Qt::Key_Down);
    QCOMPARE(orderOf(registry->hooks()), QStringLiteral("bac"));
    QCOMPARE(panel->view().currentIndex().row(), 1);
    QCOMPARE(panel->view().selectionModel()->selectedRows().first().row(), 1); // it went along
    press(Qt::Key_Down);
    QCOMPARE(orderOf(registry->hooks()), QStringLiteral("bca"));
    QVERIFY(!panel->moveDownAction()->isEnabled());
    press(Qt::Key_Up);
    QCOMPARE(orderOf(registry->hooks()), QStringLiteral("bac"));
    document->undoStack().undo();
    document->undoStack().undo();
    QCOMPARE(orderOf(registry->hooks()), QStringLiteral("bac"));
    QCOMPARE(panel->view().selectionModel()->selectedRows().first().row(), 1);
    document->undoStack().undo();
    QCOMPARE(orderOf(registry->hooks()), QStringLiteral("abc"));
    QCOMPARE(panel->view().selectionModel()->selectedRows().first().row(), 0);
}

void TestHookPanel::dropsHooksBetweenOthers()
{
    const BadHook bad{3, QStringLiteral("no"), QJsonObject{{QStringLiteral("name"), QStringLiteral("x")}}};
    QVERIFY(document->edit(QStringLiteral("add"), {hooksNamed(QStringLiteral("abc")), {bad}}));
    DeliveryCounts counts;
    counts.delivered = 7;
    panel->showDeliveryCounts(QStringLiteral("a"), counts);
    QAbstractItemModel *model = panel->view().model();
    QVERIFY(!model->mimeData({model->index(0, 0), model->index(3, 0)})); // not with what is no hook
    QVERIFY(model->flags(model->index(0, 0)) & Qt::ItemIsDragEnabled);
    QVERIFY(!(model->flags(model->index(0, 0)) & Qt::ItemIsDropEnabled));
    QVERIFY(!(model->flags(model->index(3, 0)) & Qt::ItemIsDragEnabled));
    const std::unique_ptr<QMimeData> data(model->mimeData({model->index(0, 0), model->index(0, 1)}));
    QVERIFY(model->dropMimeData(data.get(), Qt::MoveAction, 2, 0, {}));
    QCOMPARE(orderOf(registry->hooks()), QStringLiteral("bac"));
    QCOMPARE(cell(1, HookTableModel::Delivered), QStringLiteral("7"));
    QVERIFY(model->dropMimeData(data.get(), Qt::MoveAction, -1, -1, {})); // below all rows
    QCOMPARE(orderOf(registry->hooks()), QStringLiteral("acb"));
    QVERIFY(!model->dropMimeData(data.get(), Qt::CopyAction, 0, 0, {}));
    QCOMPARE(document->content().bad, QList<BadHook>{bad});
}

void TestHookPanel::savesTheOrder()
{
    QVERIFY(document->edit(QStringLiteral("add"), {hooksNamed(QStringLiteral("abc")), {}}));
    const QString path = folder->filePath(QStringLiteral("set.json"));
    QVERIFY(document->saveAs(path));
    panel->view().selectRow(2);
    panel->moveUpAction()->trigger();
    QVERIFY(document->isModified());
    QVERIFY(document->saveAs(path));
    QCOMPARE(orderOf(loadHookSet(path)->hooks), QStringLiteral("acb"));
}

void TestHookPanel::offersAChangeFromOutside()
{
    const QString path = folder->filePath(QStringLiteral("set.json"));
    QVERIFY(document->edit(QStringLiteral("add"), {{fileHook(QStringLiteral("a"))}, {}}));
    QVERIFY(document->saveAs(path));
    QVERIFY(!document->isModified());
    QSignalSpy changed(document.get(), &HookSetDocument::changedOutside);
    write(path, "[]");
    QVERIFY(changed.wait());
    QCOMPARE(registry->hooks().size(), 1); // nothing was done about it
    document->keepMine();
    QVERIFY(document->isModified());
    QVERIFY(document->open(path));
    QCOMPARE(registry->hooks().size(), 0);
    QVERIFY(!document->isModified());
}

void TestHookPanel::changesNothingIfASetCannotBeRead()
{
    QVERIFY(document->edit(QStringLiteral("add"), {{fileHook(QStringLiteral("a"))}, {}}));
    const QString path = folder->filePath(QStringLiteral("broken.json"));
    write(path, "{\"hooks\": [");
    QVERIFY(!document->open(path));
    QVERIFY(!document->open(folder->filePath(QStringLiteral("missing.json"))));
    QCOMPARE(registry->hooks().size(), 1);
    QVERIFY(document->isModified());
    QVERIFY(document->path().isEmpty());
}

void TestHookPanel::leavesWhatItDoesNotShow_data()
{
    QTest::addColumn<QByteArray>("keys");
    const auto row = [](const char *name, const char *keys) {
        QTest::newRow(name) << QByteArray(keys);
    };
    row("webhook",
        R"("target":{"type":"webhook","url":"https://h/"},"delivery":"at_least_once","parallel":2)");
    row("webhook that is signed",
        R"("target":{"type":"webhook","url":"https://h/"},"sign_with":["A","B"],"allow_private":true)");
    row("webhook with headers",
        R"("target":{"type":"webhook","url":"https://h/"},"headers":{"X-A":"b: c","X-B":""})");
    row("webhook with a body",
        R"("target":{"type":"webhook","url":"https://h/"},"template":"{\"a\":\"{{summary}}\"}")");
    row("file",
        R"("target":{"type":"file","path":"/a","rotate":{"max_bytes":4096,"keep":2,"compress":"zstd"}})");
    row("audit", R"("target":{"type":"audit"})");
    row("program",
        R"("target":{"type":"exec","command":["/bin/x","a b","it's \"quoted\"","","c"],"timeout_ms":5})");
    row("notification", R"("target":{"type":"notify"},"limit":{"events":2,"per_s":600})");
    row("collector", R"("target":{"type":"otlp","url":"http://127.0.0.1:4318"},"headers":{"X-A":"b"})");
}

void TestHookPanel::leavesWhatItDoesNotShow()
{
    QFETCH(QByteArray, keys);
    const auto hook = hookFromJson(
        QJsonDocument::fromJson("{\"name\":\"a\",\"event\":\"on_response\"," + keys + ",\"own\":1}")
            .object());
    QVERIFY2(hook, hook ? "" : qPrintable(hook.error().text));
    const EventLog empty;
    const HookEditor editor(HookEditor::Purpose::Edit, *hook, {}, empty);
    QCOMPARE(editor.hook(), *hook);
}

QTEST_MAIN(TestHookPanel)
#include "tst_hookpanel.moc"
