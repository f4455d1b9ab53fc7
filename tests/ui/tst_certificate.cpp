#include "ui/main/mainwindow.h"

#include "tests/ui/sampleevents.h"
#include "ui/live/livepage.h"
#include "ui/live/liveview.h"
#include "ui/settings/certificatepage.h"
#include "ui/settings/settingsdialog.h"

#include <QAction>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <unistd.h>

using namespace hookscope;

namespace {

CaFacts factsFor(const QStringList &hosts, const char *fingerprint = "AA:BB:CC:DD")
{
    CaFacts facts;
    facts.name = QStringLiteral("Hookscope CA of me on here");
    facts.fingerprint = QString::fromLatin1(fingerprint);
    facts.notAfter = QDateTime::currentDateTimeUtc().addDays(730).addSecs(60);
    facts.hosts = hosts;
    facts.path = QStringLiteral("/data/ca/hookscope-ca.pem");
    facts.pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    return facts;
}

} // namespace

// Whose HTTPS is opened, and the CA, as the window has them. What the rest of the program does is played
// here.
class TestCertificate : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void offersToOpenTheHostOfATunnel_data();
    void offersToOpenTheHostOfATunnel();
    void opensAHostAndSaysWhatFollows_data();
    void opensAHostAndSaysWhatFollows();
    void saysWhyAHostCouldNotBeOpened();
    void closesAHostAgain();
    void showsWhatTheCaIs();
    void exportsTheCertificateAlone();
    void asksBeforeItRenews();
    void asksBeforeItRemoves_data();
    void asksBeforeItRemoves();
    void showsALongMessageWhole();

private:
    void addRow(const std::string &host, bool isTunnel, std::int64_t pid = 1);
    void select(int row, int count = 1);
    QAction *action() const;
    QToolButton *button() const { return window->findChild<QToolButton *>(QStringLiteral("openHostButton")); }
    LiveView &view() const { return window->findChild<LivePage *>()->view(); }
    QString message(const char *key) const;
    SettingsDialog *openSettings() const;
    QMessageBox *ask(SettingsDialog *dialog, const char *button, const char *box) const;

    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<EventLog> log;
    std::unique_ptr<UsageTotals> totals;
    std::unique_ptr<UsageSeries> series;
    std::unique_ptr<HookRegistry> registry;
    Settings settings;
    std::unique_ptr<MainWindow> window;
};

void TestCertificate::init()
{
    folder = std::make_unique<QTemporaryDir>();
    log = std::make_unique<EventLog>();
    totals = std::make_unique<UsageTotals>();
    series = std::make_unique<UsageSeries>();
    registry = std::make_unique<HookRegistry>();
    settings = {};
    window = std::make_unique<MainWindow>(MainWindow::Context{
        *log, *totals, *series, *registry, settings, folder->filePath(QStringLiteral("state/window.ini"))});
    window->show();
    QVERIFY(QTest::qWaitForWindowExposed(window.get()));
}

void TestCertificate::cleanup()
{
    window.reset();
    registry.reset();
    series.reset();
    totals.reset();
    log.reset();
    folder.reset();
}

void TestCertificate::addRow(const std::string &host, bool isTunnel, std::int64_t pid)
{
    Started started;
    started.id = ExchangeId::next();
    started.timestampUs = 1'700'000'000'000'000;
    started.sandbox = "local";
    started.process = Process{"agent", pid};
    started.method = isTunnel ? "CONNECT" : "GET";
    started.host = host;
    started.url = isTunnel ? host + ":443" : "http://" + host + "/";
    started.path = isTunnel ? "" : "/";
    started.isTunnel = isTunnel;
    samples::Batch batch;
    batch.add(started);
    batch.giveTo(*log);
    QTRY_COMPARE(view().model()->rowCount(), int(log->end()));
}

void TestCertificate::select(int row, int count)
{
    view().clearSelection();
    view().setCurrentIndex(view().model()->index(row, 0));
    view().clearSelection();
    for (int i = 0; i < count; ++i) {
        view().selectionModel()->select(view().model()->index(row + i, 0),
                                        QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
}

QAction *TestCertificate::action() const
{
    for (QAction *each : view().actions()) {
        if (each->objectName() == QStringLiteral("openHost"))
            return each;
    }
    return nullptr;
}

QString TestCertificate::message(const char *key) const
{
    const auto *frame = window->findChild<QWidget *>(QStringLiteral("message-") + QLatin1String(key));
    return frame ? frame->findChild<QLabel *>(QStringLiteral("text"))->text() : QString();
}

SettingsDialog *TestCertificate::openSettings() const
{
    for (QAction *each : window->menuBar()->actions().constFirst()->menu()->actions()) {
        if (each->menuRole() == QAction::PreferencesRole)
            each->trigger();
    }
    return window->findChild<SettingsDialog *>();
}

QMessageBox *TestCertificate::ask(SettingsDialog *dialog, const char *button, const char *box) const
{
    dialog->findChild<QPushButton *>(QString::fromLatin1(button))->click();
    return dialog->findChild<QMessageBox *>(QString::fromLatin1(box));
}

void TestCertificate::offersToOpenTheHostOfATunnel_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isTunnel");
    QTest::addColumn<QStringList>("intercept"); // of the settings
    QTest::addColumn<QStringList>("opened"); // as the proxy does it
    QTest::addColumn<QString>("text"); // of the action; empty: there is none
    const QString open = QStringLiteral("O&pen This Host");
    const QString leave = QStringLiteral("Do Not O&pen This Host Any More");
    const QString host = QStringLiteral("a.example");
    QTest::newRow("tunnel") << host << true << QStringList() << QStringList() << open;
    QTest::newRow("address") << QStringLiteral("10.0.0.1") << true << QStringList() << QStringList() << open;
    QTest::newRow("IPv6") << QStringLiteral("fd00::1") << true << QStringList() << QStringList() << open;
    QTest::newRow("beside another") << host << true << QStringList{QStringLiteral("b.example")}
                                    << QStringList{QStringLiteral("b.example")} << open;
    QTest::newRow("no tunnel") << host << false << QStringList() << QStringList() << QString();
    QTest::newRow("named") << host << true << QStringList{QStringLiteral("A.example")} << QStringList{host}
                           << leave;
    QTest::newRow("below a domain") << QStringLiteral("x.a.example") << true
                                    << QStringList{QStringLiteral("*.a.example")}
                                    << QStringList{QStringLiteral("*.a.example")} << QString();
    QTest::newRow("an LLM host") << host << true << QStringList{QStringLiteral("llm")} << QStringList{host}
                                 << QString();
    QTest::newRow("by the command line") << host << true << QStringList() << QStringList{host} << QString();
    QTest::newRow("no host") << QStringLiteral("a_b*c") << true << QStringList() << QStringList()
                             << QString();
}

void TestCertificate::offersToOpenTheHostOfATunnel()
{
    QFETCH(QString, host);
    QFETCH(bool, isTunnel);
    QFETCH(QString, text);
    QFETCH(QStringList, intercept);
    settings.intercept = intercept;
    QFETCH(QStringList, opened);
    LaunchInputs inputs;
    inputs.isIntercepting = !opened.isEmpty();
    inputs.opened = opened;
    window->showLaunchInputs(inputs);
    addRow(host.toStdString(), isTunnel);
    QVERIFY(!action()->isVisible()); // nothing is selected
    select(0);
    QCOMPARE(action()->isVisible(), !text.isEmpty());
    QCOMPARE(button()->isVisible(), !text.isEmpty());
    if (!text.isEmpty())
        QCOMPARE(action()->text(), text);
    addRow(host.toStdString(), isTunnel);
    select(0, 2);
    QVERIFY(!action()->isVisible());
}

void TestCertificate::opensAHostAndSaysWhatFollows_data()
{
    QTest::addColumn<bool>("wasIntercepting");
    QTest::addColumn<QStringList>("earlier"); // hosts of the CA that there was; none: there was none
    QTest::addColumn<bool>("isMade");
    QTest::addColumn<bool>("isRunning"); // the tunnel's client
    QTest::addColumn<QStringList>("said");
    const QString agent = QStringLiteral("agent (process %1)").arg(::getpid());
    const QStringList others{QStringLiteral("api.openai.com")};
    const QStringList same{QStringLiteral("example")};
    QTest::newRow("the first") << false << QStringList() << true << true
                               << QStringList{QStringLiteral("A CA was made"), agent};
    QTest::newRow("of nobody who runs")
        << false << QStringList() << true << false
        << QStringList{QStringLiteral("A CA was made"),
                       QStringLiteral("those that run have to be started again")};
    QTest::newRow("outside") << true << others << true << true
                             << QStringList{QStringLiteral("a.example is outside of the hosts"), agent};
    QTest::newRow("made anew for another reason")
        << true << same << true << true << QStringList{QStringLiteral("was made anew."), agent};
    QTest::newRow("within") << true << same << false << true
                            << QStringList{QStringLiteral("trusts the CA already needs nothing")};
    QTest::newRow("clients were told of none") << false << same << false << true << QStringList{agent};
}

void TestCertificate::opensAHostAndSaysWhatFollows()
{
    QFETCH(bool, wasIntercepting);
    QFETCH(QStringList, earlier);
    QFETCH(bool, isMade);
    QFETCH(bool, isRunning);
    QFETCH(QStringList, said);
    LaunchInputs inputs;
    inputs.isIntercepting = wasIntercepting;
    window->showLaunchInputs(inputs);
    window->showCertificate(earlier.isEmpty() ? std::nullopt : std::optional(factsFor(earlier)), false);
    addRow("a.example", true, isRunning ? ::getpid() : 0x7fffffff);
    connect(window.get(), &MainWindow::settingsChanged, this, [&] {
        inputs.isIntercepting = true;
        inputs.opened = settings.intercept;
        window->showLaunchInputs(inputs);
        window->showCertificate(isMade ? factsFor({QStringLiteral("example")}, "00:11") : factsFor(earlier),
                                isMade);
    });
    select(0);
    action()->trigger();
    QCOMPARE(settings.intercept, QStringList{QStringLiteral("a.example")});
    QCOMPARE(action()->text(), QStringLiteral("Do Not O&pen This Host Any More"));
    const QString text = message("openHost");
    QVERIFY2(text.contains(QStringLiteral("connections to a.example are opened")), qPrintable(text));
    for (const QString &part : said)
        QVERIFY2(text.contains(part), qPrintable(text));
    QVERIFY(message("certificate").isEmpty()); // it is said once
}

void TestCertificate::saysWhyAHostCouldNotBeOpened()
{
    addRow("a.example", true);
    connect(window.get(), &MainWindow::settingsChanged, this,
            [this] { window->showSettingsFault(QStringLiteral("Cannot write the key.")); });
    select(0);
    action()->trigger();
    QCOMPARE(message("settings"), QStringLiteral("Cannot write the key."));
    QVERIFY(message("openHost").isEmpty());
}

void TestCertificate::closesAHostAgain()
{
    settings.intercept = QStringList{QStringLiteral("A.Example"), QStringLiteral("b.example")};
    LaunchInputs inputs;
    inputs.isIntercepting = true;
    inputs.opened = QStringList{QStringLiteral("a.example"), QStringLiteral("b.example")};
    window->showLaunchInputs(inputs);
    addRow("a.example", true);
    connect(window.get(), &MainWindow::settingsChanged, this, [&] {
        inputs.opened = settings.intercept;
        window->showLaunchInputs(inputs);
    });
    select(0);
    action()->trigger();
    QCOMPARE(settings.intercept, QStringList{QStringLiteral("b.example")});
    QVERIFY(message("openHost").contains(QStringLiteral("a.example pass unread")));
    QCOMPARE(action()->text(), QStringLiteral("O&pen This Host"));
}

void TestCertificate::showsWhatTheCaIs()
{
    const CaFacts facts = factsFor({QStringLiteral("a.example"), QStringLiteral("b.example")});
    SettingsDialog *dialog = openSettings();
    const auto label = [&](const char *name) {
        return dialog->findChild<QLabel *>(QString::fromLatin1(name));
    };
    QVERIFY(label("noCa")->isVisibleTo(label("noCa")->parentWidget()));
    window->showCertificate(facts, false);
    QVERIFY(message("certificate").isEmpty());
    QVERIFY(!label("noCa")->isVisibleTo(label("noCa")->parentWidget()));
    QCOMPARE(label("caName")->text(), facts.name);
    QCOMPARE(label("caFingerprint")->text().remove(u'\n'), facts.fingerprint);
    QVERIFY(label("caValidity")->text().contains(QStringLiteral("730 days")));
    QCOMPARE(label("caPath")->text(), facts.path);
    QCOMPARE(dialog->findChild<QPlainTextEdit *>(QStringLiteral("caHosts"))->toPlainText(),
             QStringLiteral("a.example\nb.example"));
    dialog->findChild<QPushButton *>(QStringLiteral("copyCaPath"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), facts.path);
}

void TestCertificate::exportsTheCertificateAlone()
{
    CertificatePage page;
    page.show(factsFor({QStringLiteral("a.example")}));
    const QString path = folder->filePath(QStringLiteral("exported.pem"));
    page.exportTo(path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), factsFor({}).pem);
    const auto *outcome = page.findChild<QLabel *>(QStringLiteral("caOutcome"));
    QVERIFY(outcome->text().contains(path));
    page.exportTo(folder->filePath(QStringLiteral("no/such/folder.pem")));
    QVERIFY(outcome->text().contains(QStringLiteral("cannot be written")));
}

void TestCertificate::asksBeforeItRenews()
{
    window->showCertificate(factsFor({QStringLiteral("a.example")}), false);
    QSignalSpy requested(window.get(), &MainWindow::certificateRenewRequested);
    SettingsDialog *dialog = openSettings();
    QMessageBox *box = ask(dialog, "renewCa", "renewQuestion");
    QVERIFY(box);
    QVERIFY(box->informativeText().contains(QStringLiteral("started again")));
    box->button(QMessageBox::Cancel)->click();
    QCOMPARE(requested.count(), 0);
    QTRY_VERIFY(!dialog->findChild<QMessageBox *>());
    box = ask(dialog, "renewCa", "renewQuestion");
    for (QAbstractButton *each : box->buttons()) {
        if (box->buttonRole(each) == QMessageBox::AcceptRole)
            each->click();
    }
    QCOMPARE(requested.count(), 1);
    window->showCertificate(factsFor({QStringLiteral("a.example")}, "00:11"), true);
    QVERIFY(message("certificate").contains(QStringLiteral("The CA was made anew.")));
    QCOMPARE(dialog->findChild<QLabel *>(QStringLiteral("caFingerprint"))->text().remove(u'\n'),
             QStringLiteral("00:11"));
}

void TestCertificate::asksBeforeItRemoves_data()
{
    QTest::addColumn<bool>("isRemoved");
    QTest::newRow("removed") << true;
    QTest::newRow("not to be deleted") << false;
}

void TestCertificate::asksBeforeItRemoves()
{
    QFETCH(bool, isRemoved);
    settings.intercept = QStringList{QStringLiteral("llm")};
    LaunchInputs inputs;
    inputs.isIntercepting = true;
    inputs.opened = QStringList{QStringLiteral("a.example")};
    window->showLaunchInputs(inputs);
    window->showCertificate(factsFor({QStringLiteral("a.example")}), false);
    addRow("a.example", true, ::getpid());
    connect(window.get(), &MainWindow::certificateRemoveRequested, this, [&] {
        window->showLaunchInputs({});
        if (isRemoved)
            window->showCertificate(std::nullopt, false);
        else
            window->showSettingsFault(QStringLiteral("Cannot delete it."));
    });
    QSignalSpy changed(window.get(), &MainWindow::settingsChanged);
    SettingsDialog *dialog = openSettings();
    QMessageBox *box = ask(dialog, "removeCa", "removeQuestion");
    QVERIFY(box);
    box->button(QMessageBox::Cancel)->click();
    QCOMPARE(changed.count(), 0);
    QTRY_VERIFY(!dialog->findChild<QMessageBox *>());
    box = ask(dialog, "removeCa", "removeQuestion");
    for (QAbstractButton *each : box->buttons()) {
        if (box->buttonRole(each) == QMessageBox::DestructiveRole)
            each->click();
    }
    QCOMPARE(changed.count(), 1);
    QVERIFY(settings.intercept.isEmpty());
    QVERIFY(dialog->settings().intercept.isEmpty()); // OK does not bring it back
    const QString text = message("certificate");
    QCOMPARE(text.isEmpty(), !isRemoved);
    const QString told = dialog->findChild<QLabel *>(QStringLiteral("caOutcome"))->text();
    QCOMPARE(told, isRemoved ? text : QStringLiteral("Cannot delete it."));
    if (!isRemoved)
        return;
    for (const QString &part :
         {QStringLiteral("agent (process %1)").arg(::getpid()), QStringLiteral("--print-env --undo"),
          QStringLiteral("take out “Hookscope CA of me on here”")})
        QVERIFY2(text.contains(part), qPrintable(text));
}

void TestCertificate::showsALongMessageWhole()
{
    for (const int words : {3, 60, 70, 80, 160, 300}) {
        window->showSettingsFault(QStringLiteral("word ").repeated(words));
        const auto *frame = window->findChild<QWidget *>(QStringLiteral("message-settings"));
        const auto *label = frame->findChild<QLabel *>(QStringLiteral("text"));
        QTRY_VERIFY2(label->height() >= label->heightForWidth(label->width()),
                     qPrintable(QString::number(words)));
    }
}

QTEST_MAIN(TestCertificate)
#include "tst_certificate.moc"
