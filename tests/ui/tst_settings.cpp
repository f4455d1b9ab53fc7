#include "ui/settings/budgeteditor.h"
#include "ui/settings/palettes.h"
#include "ui/settings/priceeditor.h"
#include "ui/settings/settingsdialog.h"
#include "ui/settings/settingsrules.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPalette>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
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
    void offersTheHostsSeen();
    void offersTheEnvironmentsProxy();
    void asksForAValueToBeStored();
    void hasDisabledTextInEveryPalette();
    void readsPricesExactly_data();
    void readsPricesExactly();
    void saysWhatIsWrongWithAPrice_data();
    void saysWhatIsWrongWithAPrice();
    void editsPrices();
    void saysWhatIsWrongWithABudget_data();
    void saysWhatIsWrongWithABudget();
    void editsBudgets();
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
    const auto host = [&](const char *name, const char *text, const char *part) {
        QTest::newRow(name) << with([&](Settings &s) { s.llmDomains = {QString::fromUtf8(text)}; })
                            << QString::fromUtf8(part);
    };
    QTest::newRow("hosts and a proxy") << with([](Settings &s) {
        s.blockedHosts = {QStringLiteral("*.a.example")};
        s.upstreamProxy = QStringLiteral("http://me@proxy.example:3128");
    }) << QString();
    QTest::newRow("hosts to look into") << with([](Settings &s) {
        s.intercept = {QStringLiteral("llm"), QStringLiteral("*.a.example")};
    }) << QString();
    QTest::newRow("everything to look into") << with([](Settings &s) { s.intercept = {QStringLiteral("*")}; })
                                             << QStringLiteral("names no host to look into");
    QTest::newRow("a blocked URL") << with([](Settings &s) {
        s.blockedHosts = {QStringLiteral("https://a.example")};
    }) << QStringLiteral("leave out the scheme");
    QTest::newRow("an exception that is none") << with([](Settings &s) {
        s.upstreamProxyExcept = {QStringLiteral("10.0.0.0/8")};
    }) << QStringLiteral("names no host");
    QTest::newRow("a proxy with a password") << with([](Settings &s) {
        s.upstreamProxy = QStringLiteral("http://me:hunter2@proxy.example");
    }) << QStringLiteral("leave the password out");
    QTest::newRow("a secret for nobody") << with([](Settings &s) {
        s.secrets = {QStringLiteral("KEY:a.example")};
    }) << QStringLiteral("KEY:LABEL");
    QTest::newRow("a secret's value") << with([](Settings &s) {
        s.secrets = {QStringLiteral("KEY=hunter2:a.example")};
    }) << QStringLiteral("leave the value out");
    host("URL for a host", "https://a.example", "leave out “https://”");
    host("path behind a host", "a.example/v1=openai", "leave out the path");
    host("host with a port", "localhost:11434=ollama", "");
    host("IPv6 host", "[::1]:11434=ollama", "");
    host("no such port", "a.example:99999", "no LLM host");
    host("two words for a host", "a b.example", "no LLM host");
    host("no host", "=openai", "it has no host");
    host("no dialect behind the sign", "a.example=", "nothing follows");
    host("what dialects there are", "a.example=klingon", "openai, anthropic, google, cohere, ollama");
    host("which dialect is none", "a.example=klingon", "“klingon” is no dialect");
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
    settings.expensiveCents = 250;
    settings.maxRows = 50'000;
    settings.maxMemoryMb = 256;
    settings.palette = QStringLiteral("dark");
    settings.language = QStringLiteral("de");
    settings.lastHookSet = QStringLiteral("/somewhere/set.json");
    settings.recentHookSets = {settings.lastHookSet};
    settings.intercept = {QStringLiteral("llm")};
    settings.blockedHosts = {QStringLiteral("*.bad.example"), QStringLiteral("10.0.0.1")};
    settings.allowedHosts = {QStringLiteral("good.example")};
    settings.allowlistOnly = true;
    settings.upstreamProxy = QStringLiteral("http://me@proxy.example:3128");
    settings.upstreamProxyExcept = {QStringLiteral("*.lan.example")};
    settings.secrets = {QStringLiteral("KEY:llm.example")};
    settings.secretSandboxes = {QStringLiteral("KEY:me")};
    settings.addStreamUsage = true;
    settings.trayIcon = false;
    settings.notifications = false;
    settings.budgets = {
        {QStringLiteral("a"), QStringLiteral("day"), BudgetSetting::Unit::Usd, 12'345'678'000'000, 75, {}},
        {QStringLiteral("b"), QStringLiteral("week"), BudgetSetting::Unit::Tokens, 5'000'000, 80,
         QStringLiteral("model:opus")}};
    settings.prices = {
        {QStringLiteral("gpt-5*"), QString(), 1'250'000, 10'000'000, 125'000, {}, {}, 0},
        {QStringLiteral("*"), QStringLiteral("custom"), 1, 1'000'000'000'000, 0, 3, 4, 10'000'000'000}};
    QCOMPARE(SettingsDialog(settings).settings(), settings);
}

void TestSettings::refusesToAcceptWhatIsWrong()
{
    SettingsDialog dialog{Settings()};
    auto *ok = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    const auto *problem = dialog.findChild<QLabel *>(QStringLiteral("settingsProblem"));
    QVERIFY(ok->isEnabled());
    QVERIFY(problem->text().isEmpty());
    auto *domains = dialog.findChild<QPlainTextEdit *>(QStringLiteral("llmDomains"));
    domains->setPlainText(QStringLiteral("a.example=klingon"));
    QVERIFY(!ok->isEnabled());
    QVERIFY(problem->text().contains(QStringLiteral("a.example=klingon")));
    domains->setPlainText(QStringLiteral(" a.example=openai \n\n"));
    QVERIFY(ok->isEnabled());
    QCOMPARE(dialog.settings().llmDomains, QStringList{QStringLiteral("a.example=openai")});
}

void TestSettings::offersTheHostsSeen()
{
    SettingsDialog dialog(Settings(), nullptr,
                          {{QStringLiteral("a.example"), QStringLiteral("bad\u202ehost"), QStringLiteral("b.example")}, {}});
    auto *seen = dialog.findChild<QComboBox *>(QStringLiteral("seenHosts"));
    QVERIFY(seen);
    QCOMPARE(seen->count(), 2);
    seen->setCurrentText(QStringLiteral("b.example"));
    auto *block = dialog.findChild<QPushButton *>(QStringLiteral("blockSeen"));
    block->click();
    block->click();
    dialog.findChild<QPushButton *>(QStringLiteral("allowSeen"))->click();
    QCOMPARE(dialog.settings().blockedHosts, QStringList{QStringLiteral("b.example")});
    QCOMPARE(dialog.settings().allowedHosts, QStringList{QStringLiteral("b.example")});
    QVERIFY(!SettingsDialog(Settings()).findChild<QComboBox *>(QStringLiteral("seenHosts")));
}

void TestSettings::offersTheEnvironmentsProxy()
{
    const QString url = QStringLiteral("http://me@proxy.example:3128");
    SettingsDialog dialog(Settings(), nullptr, {{}, url});
    QVERIFY(dialog.findChild<QLabel *>(QStringLiteral("offeredProxy"))->text().contains(url));
    QVERIFY(dialog.settings().upstreamProxy.isEmpty());
    dialog.findChild<QPushButton *>(QStringLiteral("useOfferedProxy"))->click();
    QCOMPARE(dialog.settings().upstreamProxy, url);
    QVERIFY(!SettingsDialog(Settings()).findChild<QPushButton *>(QStringLiteral("useOfferedProxy")));
}

void TestSettings::asksForAValueToBeStored()
{
    SettingsDialog dialog{Settings()};
    QSignalSpy requested(&dialog, &SettingsDialog::secretStoreRequested);
    auto *name = dialog.findChild<QLineEdit *>(QStringLiteral("secretName"));
    auto *value = dialog.findChild<QLineEdit *>(QStringLiteral("secretValue"));
    auto *store = dialog.findChild<QPushButton *>(QStringLiteral("storeSecret"));
    const auto *outcome = dialog.findChild<QLabel *>(QStringLiteral("secretOutcome"));
    QVERIFY(!store->isEnabled());
    QCOMPARE(value->echoMode(), QLineEdit::Password);
    name->setText(QStringLiteral("API_KEY"));
    value->setText(QStringLiteral("short"));
    QVERIFY(!store->isEnabled());
    QVERIFY(outcome->text().contains(QStringLiteral("8 characters")));
    value->setText(QStringLiteral("sk-0123456789"));
    store->click();
    QCOMPARE(requested.count(), 1);
    QCOMPARE(requested.first(), (QVariantList{QStringLiteral("API_KEY"), QStringLiteral("sk-0123456789")}));
    QVERIFY(value->text().isEmpty());
    dialog.showSecretStored(QStringLiteral("The keyring did not take it: locked"));
    QVERIFY(outcome->text().contains(QStringLiteral("locked")));
    dialog.showSecretStored(QString());
    QVERIFY(outcome->text().contains(QStringLiteral("in the keyring")));
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

void TestSettings::readsPricesExactly_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("input"); // 10^-12 US dollars per token
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *text, qint64 input, const char *shown) {
        QTest::newRow(text) << QString::fromLatin1(text) << input << QString::fromLatin1(shown);
    };
    row("0", 0, "0");
    row("3", 3'000'000, "3");
    row("1.25", 1'250'000, "1.25");
    row("0.000001", 1, "0.000001");
    row("0,15", 150'000, "0.15");
    row(".5", 500'000, "0.5");
    row("5.", 5'000'000, "5");
    row(" 2.50 ", 2'500'000, "2.5");
    row("0.1", 100'000, "0.1");
    row("1000000", 1'000'000'000'000, "1000000");
}

void TestSettings::readsPricesExactly()
{
    QFETCH(QString, text);
    QFETCH(qint64, input);
    QFETCH(QString, shown);
    PriceTableModel model;
    QAbstractItemModelTester tester(&model);
    model.setPrices({PriceSetting{QStringLiteral("m"), QString(), 0, 0, {}, {}, {}, 0}});
    QVERIFY(model.setData(model.index(0, PriceTableModel::Input), text, Qt::EditRole));
    QVERIFY(model.prices());
    QCOMPARE(model.prices()->first().input, input);
    model.setPrices(*model.prices());
    QCOMPARE(model.index(0, PriceTableModel::Input).data().toString(), shown);
}

void TestSettings::saysWhatIsWrongWithAPrice_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part"); // of the sentence; empty: nothing is wrong
    const auto row = [](const char *name, PriceTableModel::Column column, const char *text,
                        const char *part) {
        QTest::newRow(name) << int(column) << QString::fromUtf8(text) << QString::fromUtf8(part);
    };
    row("no model", PriceTableModel::Model, "", "needs a model");
    row("two words", PriceTableModel::Model, "gpt 5", "needs a model");
    row("any model", PriceTableModel::Model, "*", "");
    row("two providers", PriceTableModel::Provider, "openai groq", "one word");
    row("no input", PriceTableModel::Input, "", "needs input and output");
    row("no output", PriceTableModel::Output, " ", "needs input and output");
    row("no cache", PriceTableModel::CacheRead, "", "");
    row("a word", PriceTableModel::Input, "cheap", "“cheap”");
    row("negative", PriceTableModel::Output, "-1", "Output: “-1”");
    row("with its sign", PriceTableModel::Output, "$1", "“$1”");
    row("too fine", PriceTableModel::CacheRead, "0.0000001", "six decimals");
    row("too large", PriceTableModel::CacheWrite, "1000000.000001", "from 0 to 1000000");
    row("far too large", PriceTableModel::WebSearch, "99999999999999999999", "from 0 to 1000000");
    row("two points", PriceTableModel::CacheWrite1h, "1.2.3", "“1.2.3”");
    row("a point only", PriceTableModel::Input, ".", "“.”");
}

void TestSettings::saysWhatIsWrongWithAPrice()
{
    QFETCH(int, column);
    QFETCH(QString, text);
    QFETCH(QString, part);
    Settings settings;
    settings.prices = {PriceSetting{QStringLiteral("m"), QString(), 1, 2, {}, {}, {}, 0}};
    SettingsDialog dialog(settings);
    auto *ok = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    auto &model = dialog.findChild<PriceEditor *>()->model();
    QVERIFY(model.setData(model.index(0, column), text, Qt::EditRole));
    const QString problem = dialog.findChild<QLabel *>(QStringLiteral("settingsProblem"))->text();
    QCOMPARE(ok->isEnabled(), part.isEmpty());
    QVERIFY2(part.isEmpty() ? problem.isEmpty() : problem.contains(part), qPrintable(problem));
}

void TestSettings::editsPrices()
{
    SettingsDialog dialog{Settings()};
    auto *editor = dialog.findChild<PriceEditor *>();
    PriceTableModel &model = editor->model();
    QAbstractItemModelTester tester(&model);
    const auto press = [&](const char *name) {
        editor->findChild<QPushButton *>(QLatin1String(name))->click();
    };
    const auto fill = [&](int row, const QStringList &texts) {
        for (int column = 0; column < texts.size(); ++column)
            QVERIFY(model.setData(model.index(row, column), texts[column], Qt::EditRole));
    };
    press("addPrice");
    fill(0, {QStringLiteral("*"), QString(), QStringLiteral("1"), QStringLiteral("2")});
    press("addPrice");
    fill(1,
         {QStringLiteral("gpt-5"), QStringLiteral("openai"), QStringLiteral("1.25"), QStringLiteral("10"),
          QStringLiteral("0.125"), QString(), QString(), QStringLiteral("0.01")});
    press("movePriceUp");
    const PriceSetting first{
        QStringLiteral("gpt-5"), QStringLiteral("openai"), 1'250'000, 10'000'000, 125'000, {}, {},
        10'000'000'000};
    const PriceSetting second{QStringLiteral("*"), QString(), 1'000'000, 2'000'000, {}, {}, {}, 0};
    const QList<PriceSetting> both{first, second};
    QVERIFY(dialog.settings().prices == both);
    press("removePrice");
    QVERIFY(dialog.settings().prices == QList<PriceSetting>{second});
}

void TestSettings::saysWhatIsWrongWithABudget_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part"); // of the sentence; empty: nothing is wrong
    const auto row = [](const char *name, BudgetTableModel::Column column, const char *text, const char *part) {
        QTest::newRow(name) << int(column) << QString::fromUtf8(text) << QString::fromUtf8(part);
    };
    row("no name", BudgetTableModel::Name, " ", "needs a name");
    row("the name of another", BudgetTableModel::Name, "first", "name of one above");
    row("spaces in the name", BudgetTableModel::Name, "all of a day", "");
    row("no limit", BudgetTableModel::Limit, "", "not a number of US dollars above 0");
    row("nothing at all", BudgetTableModel::Limit, "0", "above 0");
    row("negative", BudgetTableModel::Limit, "-1", "“-1”");
    row("a comma", BudgetTableModel::Limit, "2,5", "");
    row("tokens", BudgetTableModel::Unit, "tokens", "");
    row("no share", BudgetTableModel::Threshold, "", "from 1 to 100");
    row("all of it", BudgetTableModel::Threshold, "100 %", "");
    row("more than all", BudgetTableModel::Threshold, "101", "“101”");
    row("a filter", BudgetTableModel::Filter, "model:*opus* -host:localhost", "");
    row("no filter's language", BudgetTableModel::Filter, "status>=", "in its filter");
    row("a filter by what is not kept", BudgetTableModel::Filter, "cached>0", "A budget can ask for");
}

void TestSettings::saysWhatIsWrongWithABudget()
{
    QFETCH(int, column);
    QFETCH(QString, text);
    QFETCH(QString, part);
    Settings settings;
    settings.budgets = {
        {QStringLiteral("first"), QStringLiteral("day"), BudgetSetting::Unit::Usd, 1'000'000, 80, {}},
        {QStringLiteral("second"), QStringLiteral("day"), BudgetSetting::Unit::Usd, 5'000'000'000'000, 80, {}}};
    SettingsDialog dialog(settings);
    auto *ok = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    auto &model = dialog.findChild<BudgetEditor *>()->model();
    QVERIFY(model.setData(model.index(1, column), text, Qt::EditRole));
    const QString problem = dialog.findChild<QLabel *>(QStringLiteral("settingsProblem"))->text();
    QVERIFY2(part.isEmpty() ? problem.isEmpty() : problem.contains(part), qPrintable(problem));
    QCOMPARE(ok->isEnabled(), part.isEmpty());
}

void TestSettings::editsBudgets()
{
    SettingsDialog dialog{Settings()};
    auto *editor = dialog.findChild<BudgetEditor *>();
    BudgetTableModel &model = editor->model();
    const QAbstractItemModelTester tester(&model);
    const auto press = [&](const char *name) {
        editor->findChild<QPushButton *>(QLatin1String(name))->click();
    };
    const auto set = [&](BudgetTableModel::Column column, const char *text) {
        return model.setData(model.index(0, column), QString::fromUtf8(text), Qt::EditRole);
    };
    press("addBudget");
    QVERIFY(set(BudgetTableModel::Name, "all"));
    QVERIFY(set(BudgetTableModel::Limit, "25.5"));
    QCOMPARE(model.index(0, BudgetTableModel::Period).data().toString(), QStringLiteral("Month"));
    QCOMPARE(dialog.settings().budgets,
             QList<BudgetSetting>({{QStringLiteral("all"), QStringLiteral("month"), BudgetSetting::Unit::Usd,
                                    25'500'000'000'000, 80, {}}}));
    QVERIFY(set(BudgetTableModel::Unit, "tokens"));
    QVERIFY(dialog.settings().budgets.isEmpty()); // no half tokens: not taken
    QVERIFY(set(BudgetTableModel::Limit, "5,000,000"));
    QVERIFY(set(BudgetTableModel::Period, "week"));
    QCOMPARE(dialog.settings().budgets.first().limit, 5'000'000);
    QCOMPARE(dialog.settings().budgets.first().period, QStringLiteral("week"));
    press("removeBudget");
    QVERIFY(dialog.settings().budgets.isEmpty());
    QCOMPARE(model.rowCount(), 0);
}

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
