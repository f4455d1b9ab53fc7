#include "ui/connect/connectcard.h"
#include "ui/connect/connectpage.h"
#include "ui/connect/trustlist.h"

#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace hookscope;

namespace {

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

LaunchInputs at(const char *host, quint16 port, const char *sandbox = "")
{
    LaunchInputs inputs;
    inputs.host = text(host);
    inputs.port = port;
    inputs.sandbox = text(sandbox);
    return inputs;
}

Started request(const char *sandbox, const char *agent = "", const char *process = "")
{
    Started started;
    started.id = ExchangeId::next();
    started.sandbox = sandbox;
    if (*agent)
        started.head = {{"User-Agent", agent}};
    if (*process)
        started.process = Process{process, 7};
    return started;
}

EventBatch batchOf(const std::vector<Started> &requests)
{
    auto batch = std::make_shared<std::vector<RedactedEvent>>();
    for (const Started &started : requests)
        batch->push_back(redact(started, {}));
    return batch;
}

ConnectCard *cardOf(const ConnectPage &page, const char *title)
{
    const auto cards = page.findChildren<ConnectCard *>();
    const auto found = std::find_if(cards.begin(), cards.end(), [&](const ConnectCard *card) {
        return card->recipe().title == text(title);
    });
    return found == cards.end() ? nullptr : *found;
}

QString stateOf(const ConnectPage &page, const char *title)
{
    return cardOf(page, title)->findChild<QLabel *>(text("state"))->text();
}

QPushButton *buttonOf(const QWidget *card, const char *accessibleName)
{
    const auto buttons = card->findChildren<QPushButton *>();
    const auto found = std::find_if(buttons.begin(), buttons.end(), [&](const QPushButton *button) {
        return button->accessibleName().startsWith(text(accessibleName));
    });
    return found == buttons.end() ? nullptr : *found;
}

} // namespace

class TestConnect : public QObject {
    Q_OBJECT
private slots:
    void namesTheAddressThatAClientReaches_data();
    void namesTheAddressThatAClientReaches();
    void hasACardForEachClient_data();
    void hasACardForEachClient();
    void putsTheSandboxIntoTheAddress();
    void writesForTheShell_data();
    void writesForTheShell();
    void saysWhetherACertificateIsNeeded();
    void copiesTheLinesOfItsCard();
    void findsCards_data();
    void findsCards();
    void showsTheLastCardsIfNothingIsFound();
    void becomesConnectedByItself_data();
    void becomesConnectedByItself();
    void opensATerminalWithTheEnvironment();
    void hasNoTerminalButtonWithoutATerminal();
    void showsWhatTheTestFound();
    void showsWhoAcceptsTheCa();
};

void TestConnect::namesTheAddressThatAClientReaches_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("url");
    QTest::newRow("loopback") << text("127.0.0.1") << text("http://127.0.0.1:8790");
    QTest::newRow("all") << text("0.0.0.0") << text("http://127.0.0.1:8790");
    QTest::newRow("IPv6") << text("::1") << text("http://[::1]:8790");
    QTest::newRow("all of IPv6") << text("::") << text("http://[::1]:8790");
    QTest::newRow("name") << text("localhost") << text("http://localhost:8790");
}

void TestConnect::namesTheAddressThatAClientReaches()
{
    QFETCH(QString, host);
    QTEST(clientUrl(host, 8790), "url");
}

void TestConnect::hasACardForEachClient_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("line");
    const auto row = [](const char *title, const char *line) {
        QTest::newRow(title) << text(title) << text(line);
    };
    row("Claude Code", "ANTHROPIC_BASE_URL=http://127.0.0.1:9001/~claude/anthropic claude");
    row("Codex", "base_url = \"http://127.0.0.1:9001/~codex/openai/v1\"");
    row("Gemini CLI", "GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:9001/~gemini/gemini gemini");
    row("OpenCode", "\"baseURL\": \"http://127.0.0.1:9001/~opencode/anthropic/v1\"}}");
    row("aider", "OPENAI_API_BASE=http://127.0.0.1:9001/~aider/openai/v1 \\\n  ANTHROPIC_API_BASE=");
    row("OpenAI SDK", "export OPENAI_BASE_URL=http://127.0.0.1:9001/~openai/openai/v1");
    row("Anthropic SDK", "export ANTHROPIC_BASE_URL=http://127.0.0.1:9001/~anthropic/anthropic");
    row("curl", "curl http://127.0.0.1:9001/~curl/openai/v1/chat/completions");
    row("This terminal", "eval \"$(hookscope --print-env --shell sh --sandbox terminal)\"");
    row("Anything", "export HTTP_PROXY=http://any@127.0.0.1:9001");
}

void TestConnect::hasACardForEachClient()
{
    QFETCH(QString, title);
    QFETCH(QString, line);
    const auto all = recipes(at("127.0.0.1", 9001), Shell::Sh, text("hookscope"));
    QCOMPARE(all.size(), 10);
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Recipe &recipe) { return recipe.title == title; });
    QVERIFY(found != all.end());
    QVERIFY2(found->lines.contains(line), qPrintable(found->lines));
    QVERIFY(!found->certificate.isEmpty() && !found->note.isEmpty());
}

void TestConnect::putsTheSandboxIntoTheAddress()
{
    const auto all = recipes(at("127.0.0.1", 8790, "mine"), Shell::Sh, text("hookscope"));
    QVERIFY(all.first().lines.contains(text("http://127.0.0.1:8790/~mine/anthropic")));
    QVERIFY(all.last().lines.contains(text("http://mine@127.0.0.1:8790")));
    for (const Recipe &recipe : all)
        QCOMPARE(recipe.label, text("mine"));
}

void TestConnect::writesForTheShell_data()
{
    QTest::addColumn<int>("shell");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("line");
    const auto row = [](Shell shell, const char *title, const char *line) {
        QTest::addRow("%d %s", int(shell), title) << int(shell) << text(title) << text(line);
    };
    row(Shell::Fish, "Claude Code", "env ANTHROPIC_BASE_URL=http://127.0.0.1:9001/~claude/anthropic claude");
    row(Shell::Fish, "OpenAI SDK", "set -gx OPENAI_BASE_URL http://127.0.0.1:9001/~openai/openai/v1");
    row(Shell::Fish, "This terminal", "hookscope --print-env --shell fish --undo | source");
    row(Shell::PowerShell, "Claude Code",
        "$env:ANTHROPIC_BASE_URL = 'http://127.0.0.1:9001/~claude/anthropic'; claude");
    row(Shell::PowerShell, "curl", "Bearer $env:OPENAI_API_KEY\" `");
    row(Shell::PowerShell, "This terminal",
        "hookscope --print-env --shell powershell --sandbox 'terminal' | Out-String");
}

void TestConnect::writesForTheShell()
{
    QFETCH(int, shell);
    QFETCH(QString, title);
    QFETCH(QString, line);
    ConnectPage page;
    page.showListening(at("127.0.0.1", 9001));
    auto *choice = page.findChild<QComboBox *>(text("shell"));
    choice->setCurrentIndex(choice->findData(shell));
    const QString lines = cardOf(page, qPrintable(title))->findChild<QPlainTextEdit *>()->toPlainText();
    // The test itself is the program, by its path.
    const QString path = QCoreApplication::applicationFilePath();
    QVERIFY2(QString(lines).replace(path, text("hookscope")).contains(line), qPrintable(lines));
}

void TestConnect::saysWhetherACertificateIsNeeded()
{
    LaunchInputs inputs = at("127.0.0.1", 9001);
    QVERIFY(recipes(inputs, Shell::Sh, {}).last().certificate.contains(text("No certificate is needed")));
    inputs.isIntercepting = true;
    inputs.caCertificate = text("/data/ca.pem");
    QVERIFY(recipes(inputs, Shell::Sh, {}).last().certificate.contains(text("/data/ca.pem")));
}

void TestConnect::copiesTheLinesOfItsCard()
{
    ConnectPage page;
    page.showListening(at("127.0.0.1", 8791));
    auto *choice = page.findChild<QComboBox *>(text("shell"));
    choice->setCurrentIndex(choice->findData(int(Shell::Sh)));
    page.findChild<QLineEdit *>(text("sandbox"))->setText(text("lab"));
    buttonOf(cardOf(page, "Claude Code"), "Copy")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             text("ANTHROPIC_BASE_URL=http://127.0.0.1:8791/~lab/anthropic claude"));
    QVERIFY(page.findChild<QLabel *>(text("connectHeading"))->text().contains(text("http://127.0.0.1:8791")));
}

void TestConnect::findsCards_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<QStringList>("titles");
    QTest::newRow("all") << QString() << QStringList{text("Claude Code"), text("curl"), text("Anything")};
    QTest::newRow("a name") << text("CLAUDE code") << QStringList{text("Claude Code")};
    QTest::newRow("a language") << text("python sdk")
                                << QStringList{text("OpenAI SDK"), text("Anthropic SDK")};
    QTest::newRow("a shell") << text("zsh") << QStringList{text("This terminal")};
    QTest::newRow("a variable") << text("GOOGLE_GEMINI") << QStringList{text("Gemini CLI")};
}

void TestConnect::findsCards()
{
    QFETCH(QString, search);
    QFETCH(QStringList, titles);
    ConnectPage page;
    page.showListening(at("127.0.0.1", 8791));
    page.findChild<QLineEdit *>(text("clientSearch"))->setText(search);
    QStringList shown;
    for (const ConnectCard *card : page.findChildren<ConnectCard *>()) {
        if (!card->isHidden())
            shown.append(card->recipe().title);
    }
    for (const QString &title : titles)
        QVERIFY2(shown.contains(title), qPrintable(shown.join(QLatin1Char(','))));
    QCOMPARE(shown.size(), search.isEmpty() ? 10 : titles.size());
}

void TestConnect::showsTheLastCardsIfNothingIsFound()
{
    ConnectPage page;
    page.showListening(at("127.0.0.1", 8791));
    page.findChild<QLineEdit *>(text("clientSearch"))->setText(text("nosuchclient"));
    QVERIFY(cardOf(page, "Claude Code")->isHidden());
    QVERIFY(!cardOf(page, "This terminal")->isHidden() && !cardOf(page, "Anything")->isHidden());
}

void TestConnect::becomesConnectedByItself_data()
{
    QTest::addColumn<QString>("title"); // of the card
    QTest::addColumn<QByteArray>("sandbox");
    QTest::addColumn<QByteArray>("agent");
    QTest::addColumn<QByteArray>("process");
    QTest::addColumn<QString>("state");
    const auto row = [](const char *title, const char *sandbox, const char *agent, const char *process,
                        const char *state) {
        QTest::addRow("%s %s %s", title, sandbox, agent)
            << text(title) << QByteArray(sandbox) << QByteArray(agent) << QByteArray(process) << text(state);
    };
    row("Claude Code", "claude", "", "node", "✓ connected: node, 1 request");
    row("Claude Code", "local", "claude-cli/2.0 (external)", "node", "✓ connected: claude-cli, 1 request");
    row("Codex", "local", "codex_cli_rs/0.118", "", "✓ connected: codex_cli_rs, 1 request");
    row("Gemini CLI", "x", "GeminiCLI/0.1 (linux)", "", "✓ connected: GeminiCLI, 1 request");
    row("OpenAI SDK", "x", "OpenAI/Python 1.0", "", "✓ connected: OpenAI, 1 request");
    row("curl", "x", "curl/7.88", "", "✓ connected: curl, 1 request");
    row("This terminal", "terminal", "x\u202ey/1", "", "✓ connected: x‹U+202E›y, 1 request");
    row("Anything", "any", "", "", "✓ connected: any, 1 request");
    row("Claude Code", "local", "python-requests/2", "", "");
}

void TestConnect::becomesConnectedByItself()
{
    QFETCH(QString, title);
    QFETCH(QByteArray, sandbox);
    QFETCH(QByteArray, agent);
    QFETCH(QByteArray, process);
    QFETCH(QString, state);
    ConnectPage page;
    page.showListening(at("127.0.0.1", 8791));
    const Started one = request(sandbox.constData(), agent.constData(), process.constData());
    page.take(batchOf({one}));
    QCOMPARE(stateOf(page, qPrintable(title)), state);
    if (state.isEmpty())
        return;
    page.take(batchOf({one, request("other"), one}));
    QVERIFY2(stateOf(page, qPrintable(title)).endsWith(text(", 3 requests")),
             qPrintable(stateOf(page, qPrintable(title))));
}

void TestConnect::opensATerminalWithTheEnvironment()
{
    const QTemporaryDir folder;
    const QString script = folder.filePath(text("terminal"));
    const QString result = folder.filePath(text("result"));
    QFile file(script);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("#!/bin/sh\nprintf '%s' \"$ANTHROPIC_BASE_URL\" > " + result.toUtf8() + ".new; mv "
               + result.toUtf8() + ".new " + result.toUtf8() + "\n");
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    file.close();
    ConnectPage page;
    page.setTerminal(Terminal{script, {text("-e")}});
    page.showListening(at("127.0.0.1", 8791));
    auto *button = buttonOf(cardOf(page, "Claude Code"), "Open a terminal");
    QVERIFY(!button->isHidden());
    QVERIFY(
        buttonOf(cardOf(page, "Codex"), "Open a terminal")->isHidden()); // its configuration alone leads it
    button->click();
    QTRY_VERIFY(QFile::exists(result));
    QFile written(result);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), QByteArray("http://127.0.0.1:8791/~claude/anthropic"));
    QVERIFY(page.findChild<QLabel *>(text("checked"))->text().contains(script));
}

void TestConnect::hasNoTerminalButtonWithoutATerminal()
{
    ConnectPage page;
    page.setTerminal(std::nullopt);
    page.showListening(at("127.0.0.1", 8791));
    for (const ConnectCard *card : page.findChildren<ConnectCard *>())
        QVERIFY(buttonOf(card, "Open a terminal")->isHidden());
}

void TestConnect::showsWhatTheTestFound()
{
    ConnectPage page;
    LaunchInputs inputs = at("127.0.0.1", 8791);
    page.showListening(inputs);
    const QSignalSpy asked(&page, &ConnectPage::testRequested);
    auto *button = page.findChild<QPushButton *>(text("test"));
    button->click();
    QCOMPARE(asked.count(), 1);
    QVERIFY(!button->isEnabled());
    const auto *checked = page.findChild<QLabel *>(text("checked"));
    QVERIFY(checked->isHidden());
    AttachCheck check;
    check.proxyFault = text("no answer came");
    check.warnings = {text("NO_PROXY takes every host past the proxy")};
    page.showCheck(check);
    QVERIFY(button->isEnabled() && !checked->isHidden());
    QVERIFY2(checked->text().contains(text("✓ Base URL")), qPrintable(checked->text()));
    QVERIFY(checked->text().contains(text("✗ Proxy: no answer came.")));
    QVERIFY(checked->text().contains(text("Certificate: none is needed")));
    QVERIFY(checked->text().contains(text("NO_PROXY")));
    inputs.isIntercepting = true;
    inputs.caCertificate = text("/no/such/ca.pem");
    page.showListening(inputs);
    page.showCheck({});
    QVERIFY(checked->text().contains(text("✗ Certificate: /no/such/ca.pem cannot be read")));
}

void TestConnect::showsWhoAcceptsTheCa()
{
    ConnectPage page;
    LaunchInputs inputs = at("127.0.0.1", 8791);
    inputs.caCertificate = text("/data/ca.pem");
    page.showListening(inputs);
    const QSignalSpy asked(&page, &ConnectPage::trustRequested);
    auto *button = page.findChild<QPushButton *>(text("trust"));
    const auto *list = page.findChild<TrustList *>();
    QVERIFY(list->isHidden());
    button->click();
    QCOMPARE(asked.count(), 1);
    QVERIFY(!button->isEnabled() && !list->isHidden());

    using State = TrustResult::State;
    const TrustResult node{text("node"), State::Accepts, text("/usr/bin/node"), {}};
    const TrustResult curl{text("curl"), State::Refuses, text("/usr/bin/curl"), text("curl: (60) \x1b[31mno")};
    const TrustResult go{text("go"), State::NotTried, text("/usr/bin/go"), text("no space left")};
    const TrustResult bun{text("bun"), State::NotInstalled, {}, {}};
    page.addTrust(node);
    QCOMPARE(list->findChild<QLabel *>(text("trust-node"))->text(), text("accepts the CA"));
    page.showTrust({{}, {node, bun, curl, go}});
    QVERIFY(button->isEnabled());
    const auto sentence = [&](const char *program) {
        const auto *label = list->findChild<QLabel *>(text("trust-") + text(program));
        return label ? label->text() : QString();
    };
    QCOMPARE(sentence("node"), text("accepts the CA"));
    QCOMPARE(sentence("curl"), text("refuses: curl: (60) ␛[31mno"));
    QCOMPARE(sentence("go"), text("not tried: no space left"));
    QCOMPARE(sentence("bun"), text("not installed"));
    const auto inkOf = [&](const char *program) {
        const auto *label = list->findChild<QLabel *>(text("trust-") + text(program));
        return label->palette().color(label->foregroundRole());
    };
    QVERIFY(inkOf("node") != inkOf("curl"));
    QVERIFY(inkOf("curl") != inkOf("go"));
    const auto *help = list->findChild<QLabel *>(text("trustHelp"));
    QVERIFY(!help->isHidden() && help->text().contains(text("/data/ca.pem")));

    button->click(); // once more: nothing is left of the last time
    QVERIFY(!list->findChild<QLabel *>(text("trust-curl")));
    page.showTrust({text("There is no CA yet."), {}});
    QCOMPARE(list->findChild<QLabel *>(text("trustHeading"))->text(), text("There is no CA yet."));
    QVERIFY(help->isHidden());
}

QTEST_MAIN(TestConnect)
#include "tst_connect.moc"
