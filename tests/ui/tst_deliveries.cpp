#include "tests/ui/sampleevents.h"
#include "ui/hooks/deadletterpanel.h"
#include "ui/hooks/deliveriespanel.h"
#include "ui/hooks/hookhealth.h"
#include "ui/hooks/hooksetdocument.h"
#include "ui/hooks/webhookcurl.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace hookscope;

namespace {

Hook webhook(const char *name)
{
    Hook hook;
    hook.name = QString::fromLatin1(name);
    hook.event = HookEvent::OnResponse;
    hook.target = WebhookTarget{QStringLiteral("http://127.0.0.1:9/it's")};
    return hook;
}

DeliveryAttempt attempt(const char *hook, ExchangeId exchange, int status)
{
    DeliveryAttempt made;
    made.hookName = QString::fromLatin1(hook);
    made.webhookId = "msg_1";
    made.mark = {exchange, HookEvent::OnResponse, false};
    made.time = QDateTime::currentDateTimeUtc();
    made.status = status;
    made.isDelivered = status >= 200 && status < 300;
    made.answer = "it said <b>this</b>";
    made.text =
        made.isDelivered ? QString() : QStringLiteral("Webhook http://h returned status %1").arg(status);
    return made;
}

template <class Widget> Widget *child(QWidget &parent, const char *name)
{
    return parent.findChild<Widget *>(QLatin1String(name));
}

} // namespace

class TestDeliveries : public QObject {
    Q_OBJECT
private slots:
    void init();
    void showsTheNewestFirst();
    void showsOneHookAlone();
    void filtersInTheLanguageOfTheTable();
    void keepsNoMoreThanItMay();
    void tellsWhatTheReceiverAnswered();
    void sendsAgain();
    void listsWhatWasGivenUp();
    void sendsAgainAndRemovesWhatWasGivenUp();
    void filtersWhatWasGivenUp();
    void writesCurl();
    void sendsNoVariableThatAnEventNames();
    void tellsOfHooksThatFailForLong();

private:
    std::unique_ptr<EventLog> log;
    std::unique_ptr<HookRegistry> registry;
    std::unique_ptr<HookSetDocument> document;
    std::unique_ptr<DeliveriesPanel> panel;
    ExchangeId first, second;
};

void TestDeliveries::init()
{
    panel.reset();
    document.reset();
    log = std::make_unique<EventLog>();
    registry = std::make_unique<HookRegistry>();
    document = std::make_unique<HookSetDocument>(*registry);
    QVERIFY(document->edit({}, {{webhook("a"), webhook("b")}, {}}));
    samples::Batch batch;
    first = batch.start("one.example", "/x");
    batch.finish(first, 200);
    second = batch.start("two.example", "/y");
    batch.finish(second, 500);
    batch.giveTo(*log);
    panel = std::make_unique<DeliveriesPanel>(*log, *document);
    new QAbstractItemModelTester(&panel->tries(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                 panel.get());
    panel->addAttempts({attempt("a", first, 204), attempt("b", second, 503)});
}

void TestDeliveries::showsTheNewestFirst()
{
    const DeliveryLogModel &tries = panel->tries();
    QCOMPARE(tries.rowCount(), 2);
    QCOMPARE(tries.index(0, DeliveryLogModel::HookName).data().toString(), QStringLiteral("b"));
    QCOMPARE(tries.index(0, DeliveryLogModel::Result).data().toString(), QStringLiteral("✗ 503"));
    QCOMPARE(tries.index(1, DeliveryLogModel::Result).data().toString(), QStringLiteral("✓ 204"));
    panel->addAttempts({attempt("a", first, 0)});
    QCOMPARE(tries.index(0, DeliveryLogModel::Result).data().toString(), QStringLiteral("✗ no answer"));
}

void TestDeliveries::showsOneHookAlone()
{
    auto *hook = child<QComboBox>(*panel, "deliveryHook");
    hook->setCurrentIndex(hook->findData(QStringLiteral("a")));
    QCOMPARE(panel->tries().rowCount(), 1);
    panel->addAttempts({attempt("b", second, 200), attempt("a", second, 200)});
    QCOMPARE(panel->tries().rowCount(), 2);
    hook->setCurrentIndex(0);
    QCOMPARE(panel->tries().rowCount(), 4);
}

void TestDeliveries::filtersInTheLanguageOfTheTable()
{
    auto *filter = child<QLineEdit>(*panel, "deliveryFilter");
    filter->setText(QStringLiteral("status>=500"));
    QCOMPARE(panel->tries().rowCount(), 1);
    QCOMPARE(panel->tries().attemptAt(0).hookName, QStringLiteral("b"));
    filter->setText(QStringLiteral("host:one.example"));
    QCOMPARE(panel->tries().attemptAt(0).hookName, QStringLiteral("a"));
    filter->setText(QStringLiteral("cost>lots")); // what is shown stays, with what is wrong beside it
    QCOMPARE(panel->tries().rowCount(), 1);
    filter->clear();
    QCOMPARE(panel->tries().rowCount(), 2);
}

void TestDeliveries::keepsNoMoreThanItMay()
{
    QList<DeliveryAttempt> many;
    for (std::size_t i = 0; i < DeliveryLogModel::mostKept; ++i)
        many << attempt("a", first, 200);
    panel->addAttempts(many);
    QCOMPARE(panel->tries().rowCount(), int(DeliveryLogModel::mostKept));
    panel->addAttempts({attempt("b", first, 200)});
    QCOMPARE(panel->tries().rowCount(), int(DeliveryLogModel::mostKept));
    QCOMPARE(panel->tries().attemptAt(0).hookName, QStringLiteral("b"));
    QCOMPARE(panel->tries().attemptAt(int(DeliveryLogModel::mostKept) - 1).hookName, QStringLiteral("a"));
}

void TestDeliveries::tellsWhatTheReceiverAnswered()
{
    child<QTableView>(*panel, "deliveryTable")->selectRow(0);
    const QString detail = child<QPlainTextEdit>(*panel, "deliveryDetail")->toPlainText();
    QVERIFY(detail.contains(QStringLiteral("it said <b>this</b>")));
    QVERIFY(detail.contains(QStringLiteral("msg_1")));
    QVERIFY(detail.contains(QStringLiteral("returned status 503")));
}

void TestDeliveries::sendsAgain()
{
    QSignalSpy resent(panel.get(), &DeliveriesPanel::resendRequested);
    QSignalSpy opened(panel.get(), &DeliveriesPanel::exchangeRequested);
    auto *button = child<QPushButton>(*panel, "deliveryResend");
    QVERIFY(!button->isEnabled());
    child<QTableView>(*panel, "deliveryTable")->selectRow(0);
    button->click();
    QCOMPARE(resent.size(), 1);
    QCOMPARE(resent[0][0].toString(), QStringLiteral("b"));
    QCOMPARE(resent[0][1].toByteArray(), QByteArray("msg_1"));
    QVERIFY(resent[0][3].toByteArray().contains("\"status\":500"));
    child<QPushButton>(*panel, "deliveryOpen")->click();
    QCOMPARE(opened.size(), 1);
    log->clear(); // its event is gone: nothing to send
    child<QTableView>(*panel, "deliveryTable")->clearSelection();
    child<QTableView>(*panel, "deliveryTable")->selectRow(0);
    QVERIFY(!button->isEnabled());
}

void TestDeliveries::listsWhatWasGivenUp()
{
    QSignalSpy listed(panel.get(), &DeliveriesPanel::deadListRequested);
    panel->show();
    panel->findChild<QTabWidget *>()->setCurrentIndex(1);
    QTRY_VERIFY(!listed.isEmpty());
    QCOMPARE(listed[0][0].value<DeadLetterChoice>(), DeadLetterChoice());
    QCOMPARE(listed[0][1].toInt(), DeadLetterPanel::mostListed);
    DeliveryCounts counts;
    counts.dead = 2;
    listed.clear();
    panel->showDeliveryCounts(QStringLiteral("a"), counts);
    QVERIFY(panel->findChild<QTabWidget *>()->tabText(1).contains(QLatin1Char('2')));
    QTRY_COMPARE(listed.size(), 1);
}

void TestDeliveries::sendsAgainAndRemovesWhatWasGivenUp()
{
    QSignalSpy resent(panel.get(), &DeliveriesPanel::resendDeadRequested);
    QSignalSpy discarded(panel.get(), &DeliveriesPanel::discardDeadRequested);
    auto *resend = child<QPushButton>(*panel, "deadResend");
    auto *discard = child<QPushButton>(*panel, "deadDiscard");
    QVERIFY(!resend->isEnabled());
    DeadLetter letter;
    letter.hookName = QStringLiteral("a");
    letter.reason = QStringLiteral("Webhook http://h returned status 400");
    letter.sequence = 7;
    DeadLetter other = letter;
    other.sequence = 8;
    panel->showDead({letter, other});
    QVERIFY(resend->text().contains(QLatin1String("All")));
    child<QLineEdit>(*panel, "deadFilter")->setText(QStringLiteral("status>=500"));
    auto *hook = child<QComboBox>(*panel, "deadHook");
    hook->setCurrentIndex(hook->findData(QStringLiteral("a")));
    resend->click(); // also what is not listed
    const auto all = resent[0][0].value<DeadLetterChoice>();
    QCOMPARE(all.filter.text(), QStringLiteral("status>=500"));
    QCOMPARE(all.hookName, QStringLiteral("a"));
    QVERIFY(!all.sequences);
    discard->click(); // nothing that is not listed
    QCOMPARE(discarded[0][0].value<DeadLetterChoice>().sequences.value(), (QList<qint64>{7, 8}));
    child<QTableView>(*panel, "deadTable")->selectRow(1);
    QVERIFY(resend->text().contains(QLatin1String("Selected")));
    DeadLetter earlier = letter;
    earlier.sequence = 6;
    panel->showDead({earlier, letter, other}); // more were given up meanwhile
    resend->click();
    DeadLetterChoice one;
    one.sequences = QList<qint64>{8};
    QCOMPARE(resent[1][0].value<DeadLetterChoice>(), one);
    discard->click();
    QCOMPARE(discarded[1][0].value<DeadLetterChoice>(), one);
}

void TestDeliveries::filtersWhatWasGivenUp()
{
    QSignalSpy listed(panel.get(), &DeliveriesPanel::deadListRequested);
    panel->show();
    panel->findChild<QTabWidget *>()->setCurrentIndex(1);
    QTRY_VERIFY(!listed.isEmpty());
    auto *line = child<QLineEdit>(*panel, "deadFilter");
    line->setText(QStringLiteral("status>=400 since:yesterday"));
    QTRY_COMPARE(listed.last()[0].value<DeadLetterChoice>().filter.text(), line->text());
    const auto before = listed.size();
    line->setText(QStringLiteral("status>=")); // the last one that was right stays
    QCOMPARE(listed.size(), before);
    const auto labels = panel->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->isVisible() && label->text().contains(QLatin1String("status"));
    }));
    auto *hook = child<QComboBox>(*panel, "deadHook");
    hook->setCurrentIndex(hook->findData(QStringLiteral("b")));
    QCOMPARE(listed.last()[0].value<DeadLetterChoice>().hookName, QStringLiteral("b"));
}

// As the shell takes it.
void TestDeliveries::writesCurl()
{
    Hook hook = webhook("a");
    hook.sending.fields = {{QStringLiteral("Authorization"), QStringLiteral("Bearer {secret:KEY}")}};
    const QString command = webhookCurl(hook, "msg_1", R"({"a":"it's $HOME"})");
    QProcess shell;
    shell.start(
        QStringLiteral("sh"),
        {QStringLiteral("-c"), QStringLiteral("curl() { printf '%s\\n' \"$@\"; }; KEY='k 1'; ") + command});
    QVERIFY(shell.waitForFinished());
    const QByteArray expected =
        "http://127.0.0.1:9/it's\n-H\nContent-Type: application/json\n-H\nwebhook-id: msg_1\n"
        "-H\nAuthorization: Bearer k 1\n--data-binary\n{\"a\":\"it's $HOME\"}\n";
    QCOMPARE(shell.readAllStandardOutput(), expected);
}

void TestDeliveries::sendsNoVariableThatAnEventNames()
{
    Hook hook = webhook("a");
    hook.sending.body = *PayloadTemplate::compile(QString::fromUtf8(R"({"u":"{{url}}","k":"{secret:KEY}"})"));
    const QString command = webhookCurl(hook, {}, R"({"event":"x","url":"{secret:OTHER}$OTHER"})");
    QProcess shell;
    shell.start(QStringLiteral("sh"),
                {QStringLiteral("-c"),
                 QStringLiteral("curl() { for last; do :; done; printf %s \"$last\"; }; KEY=k; "
                                "OTHER=stolen; ")
                     + command});
    QVERIFY(shell.waitForFinished());
    const QByteArray expected = R"({"u":"{secret:OTHER}$OTHER","k":"k"})";
    QCOMPARE(shell.readAllStandardOutput(), expected);
}

void TestDeliveries::tellsOfHooksThatFailForLong()
{
    HookHealth health(50);
    QSignalSpy changed(&health, &HookHealth::failingChanged);
    QSignalSpy failed(&health, &HookHealth::hookFailed);
    DeliveryCounts counts;
    counts.failingSince = QDateTime::currentDateTimeUtc();
    counts.lastError = QStringLiteral("no");
    health.note(QStringLiteral("a"), counts);
    QVERIFY(changed.isEmpty());
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(health.failing(), QStringList{QStringLiteral("a")});
    counts.lastError = QStringLiteral("still no");
    health.note(QStringLiteral("a"), counts);
    QCOMPARE(failed.size(), 1); // it is told once
    health.note(QStringLiteral("a"), {});
    QVERIFY(health.failing().isEmpty());
    QCOMPARE(changed.size(), 2);
    counts.failingSince = QDateTime::currentDateTimeUtc().addSecs(-10);
    health.note(QStringLiteral("b"), counts);
    QCOMPARE(health.failing(), QStringList{QStringLiteral("b")});
    health.setHooks({});
    QVERIFY(health.failing().isEmpty());
}

QTEST_MAIN(TestDeliveries)
#include "tst_deliveries.moc"
