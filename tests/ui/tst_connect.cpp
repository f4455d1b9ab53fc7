#include "ui/connect/connectpage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <algorithm>

using namespace hookscope;

class TestConnect : public QObject {
    Q_OBJECT
private slots:
    void namesTheAddressThatAClientReaches_data();
    void namesTheAddressThatAClientReaches();
    void givesEveryClientItsRoute();
    void putsTheSandboxIntoTheAddress();
    void copiesTheLinesOfItsCard();
};

void TestConnect::namesTheAddressThatAClientReaches_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("url");
    QTest::newRow("loopback") << QStringLiteral("127.0.0.1") << QStringLiteral("http://127.0.0.1:8790");
    QTest::newRow("all") << QStringLiteral("0.0.0.0") << QStringLiteral("http://127.0.0.1:8790");
    QTest::newRow("IPv6") << QStringLiteral("::1") << QStringLiteral("http://[::1]:8790");
    QTest::newRow("all of IPv6") << QStringLiteral("::") << QStringLiteral("http://[::1]:8790");
    QTest::newRow("name") << QStringLiteral("localhost") << QStringLiteral("http://localhost:8790");
}

void TestConnect::namesTheAddressThatAClientReaches()
{
    QFETCH(QString, host);
    QTEST(clientUrl(host, 8790), "url");
}

void TestConnect::givesEveryClientItsRoute()
{
    QString all;
    for (const Recipe &recipe : recipes(QStringLiteral("127.0.0.1"), 9001, {}))
        all += recipe.lines + QLatin1Char('\n');
    for (const char *line :
         {"ANTHROPIC_BASE_URL=http://127.0.0.1:9001/anthropic claude",
          "base_url = \"http://127.0.0.1:9001/openai/v1\"", "wire_api = \"responses\"",
          "OPENAI_BASE_URL=http://127.0.0.1:9001/openai/v1",
          "GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:9001/gemini gemini",
          "curl http://127.0.0.1:9001/openai/v1/chat/completions", "HTTP_PROXY=http://127.0.0.1:9001 "})
        QVERIFY2(all.contains(QLatin1String(line)), line);
}

void TestConnect::putsTheSandboxIntoTheAddress()
{
    const QList<Recipe> all = recipes(QStringLiteral("127.0.0.1"), 8790, QStringLiteral("mine"));
    QCOMPARE(all.first().lines,
             QStringLiteral("ANTHROPIC_BASE_URL=http://127.0.0.1:8790/~mine/anthropic claude"));
    QVERIFY(all.last().lines.contains(QStringLiteral("HTTP_PROXY=http://mine@127.0.0.1:8790")));
}

void TestConnect::copiesTheLinesOfItsCard()
{
    ConnectPage page;
    page.showListening(QStringLiteral("127.0.0.1"), 8791);
    page.findChild<QLineEdit *>()->setText(QStringLiteral("lab"));
    const QList<QPushButton *> buttons = page.findChildren<QPushButton *>();
    const auto copy = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton *button) {
        return button->accessibleName().contains(QStringLiteral("Claude Code"));
    });
    QVERIFY(copy != buttons.end());
    (*copy)->click();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("ANTHROPIC_BASE_URL=http://127.0.0.1:8791/~lab/anthropic claude"));
    QVERIFY(page.findChild<QLabel *>(QStringLiteral("connectHeading"))
                ->text()
                .contains(QStringLiteral("http://127.0.0.1:8791")));
}

QTEST_MAIN(TestConnect)
#include "tst_connect.moc"
