#include "ui/settings/palettes.h"
#include "ui/settings/settingsdialog.h"
#include "ui/settings/settingsrules.h"

#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPalette>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace hookscope;

class TestSettings : public QObject {
    Q_OBJECT
private slots:
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void givesBackWhatItWasGiven();
    void refusesToAcceptWhatIsWrong();
    void hasDisabledTextInEveryPalette();
};

void TestSettings::saysWhatIsWrong_data()
{
    QTest::addColumn<Settings>("settings");
    QTest::addColumn<QString>("word"); // of the sentence; empty: nothing is wrong
    const auto with = [](auto change) {
        Settings settings;
        change(settings);
        return settings;
    };
    const QString ip = QStringLiteral("IP address");
    QTest::newRow("defaults") << Settings() << QString();
    QTest::newRow("localhost") << with([](Settings &s) { s.listenHost = QStringLiteral("localhost"); })
                               << QString();
    QTest::newRow("IPv6 loopback") << with([](Settings &s) { s.listenHost = QStringLiteral("::1"); })
                                   << QString();
    QTest::newRow("no host") << with([](Settings &s) { s.listenHost.clear(); }) << ip;
    QTest::newRow("host name") << with([](Settings &s) { s.listenHost = QStringLiteral("example.com"); })
                               << ip;
    QTest::newRow("open to the net") << with([](Settings &s) { s.listenHost = QStringLiteral("0.0.0.0"); })
                                     << QStringLiteral("--allow-remote");
    QTest::newRow("no label") << with([](Settings &s) { s.sandbox.clear(); }) << QStringLiteral("one word");
    QTest::newRow("two words") << with([](Settings &s) { s.sandbox = QStringLiteral("a b"); })
                               << QStringLiteral("one word");
    QTest::newRow("origin") << with([](Settings &s) {
        s.allowedOrigins = {QStringLiteral("http://localhost:3000")};
    }) << QString();
    QTest::newRow("origin with a path")
        << with([](Settings &s) { s.allowedOrigins = {QStringLiteral("http://localhost:3000/app")}; })
        << QStringLiteral("origin");
    QTest::newRow("origin without a scheme")
        << with([](Settings &s) { s.allowedOrigins = {QStringLiteral("localhost:3000")}; })
        << QStringLiteral("origin");
    QTest::newRow("LLM hosts") << with([](Settings &s) {
        s.llmDomains = {QStringLiteral("a.example"), QStringLiteral("b.example=google")};
    }) << QString();
    QTest::newRow("unknown dialect") << with([](Settings &s) {
        s.llmDomains = {QStringLiteral("a.example=klingon")};
    }) << QStringLiteral("HOST=DIALECT");
    QTest::newRow("URL for a host") << with([](Settings &s) {
        s.llmDomains = {QStringLiteral("https://a.example")};
    }) << QStringLiteral("HOST=DIALECT");
}

void TestSettings::saysWhatIsWrong()
{
    QFETCH(Settings, settings);
    QFETCH(QString, word);
    const std::optional<QString> problem = problemWith(settings);
    QCOMPARE(problem.has_value(), !word.isEmpty());
    if (problem)
        QVERIFY2(problem->contains(word), qPrintable(*problem));
}

void TestSettings::givesBackWhatItWasGiven()
{
    Settings settings;
    settings.listenHost = QStringLiteral("::1");
    settings.listenPort = 0;
    settings.sandbox = QStringLiteral("lab");
    settings.maxClients = 7;
    settings.allowedOrigins = {QStringLiteral("http://localhost:3000"), QStringLiteral("https://a.example")};
    settings.llmDomains = {QStringLiteral("a.example=ollama")};
    settings.slowMs = 1234;
    settings.palette = QStringLiteral("dark");
    settings.lastHookSet = QStringLiteral("/somewhere/set.json");
    settings.recentHookSets = {settings.lastHookSet};
    QCOMPARE(SettingsDialog(settings).settings(), settings);
}

void TestSettings::refusesToAcceptWhatIsWrong()
{
    SettingsDialog dialog{Settings()};
    auto *ok = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    const auto *problem = dialog.findChild<QLabel *>(QStringLiteral("settingsProblem"));
    QVERIFY(ok->isEnabled());
    QVERIFY(problem->text().isEmpty());
    auto *domains = dialog.findChildren<QPlainTextEdit *>().first();
    domains->setPlainText(QStringLiteral("a.example=klingon"));
    QVERIFY(!ok->isEnabled());
    QVERIFY(problem->text().contains(QStringLiteral("a.example=klingon")));
    domains->setPlainText(QStringLiteral(" a.example=openai \n\n"));
    QVERIFY(ok->isEnabled());
    QCOMPARE(dialog.settings().llmDomains, QStringList{QStringLiteral("a.example=openai")});
}

void TestSettings::hasDisabledTextInEveryPalette()
{
    for (const QString &name : {QStringLiteral("light"), QStringLiteral("dark")}) {
        applyPalette(name);
        const QPalette palette = QApplication::palette();
        QCOMPARE(palette.color(QPalette::Base).lightness() < 128, name == QStringLiteral("dark"));
        for (const QPalette::ColorRole role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
            QVERIFY(palette.color(QPalette::Disabled, role) != palette.color(QPalette::Active, role));
    }
    applyPalette(QStringLiteral("system"));
}

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
