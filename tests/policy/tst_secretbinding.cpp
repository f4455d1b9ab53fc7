#include "core/policy/secretbinding.h"

#include <QTest>

using namespace hookscope::policy;

class TestSecretBinding : public QObject {
    Q_OBJECT
private slots:
    void readsBindings_data();
    void readsBindings();
    void refusesValuesThatCouldNotBeMasked_data();
    void refusesValuesThatCouldNotBeMasked();
    void choosesOneForAHeader();
};

void TestSecretBinding::readsBindings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("read"); // name, host, header, prefix; empty: refused
    const auto row = [](const char *text, const char *read) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(read);
    };
    row("OPENAI_API_KEY:api.openai.com", "OPENAI_API_KEY|api.openai.com|Authorization|Bearer ");
    row("ANTHROPIC_API_KEY:API.anthropic.com.:x-api-key", "ANTHROPIC_API_KEY|api.anthropic.com|x-api-key|");
    row("K:h.test:authorization", "K|h.test|authorization|Bearer ");
    row("K:[::1]:x-key", "K|::1|x-key|");
    row("K:127.0.0.1", "K|127.0.0.1|Authorization|Bearer ");
    row("NOHOST", "");
    row(":h.test", "");
    row("K:", "");
    row("K:h.test:", "");
    row("K:h.test:8443", "");
    row("K:h.test:two words", "");
    row("K:h.test:x\r\ny", "");
    row("K:h.test:Content-Length", "");
    row("K:h.test:Proxy-Authorization", "");
    row("K:*.h.test", "");
    row("K:https://h.test", "");
    row("1K:h.test", "");
    row("K=value:h.test", "");
}

void TestSecretBinding::readsBindings()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, read);
    const auto binding = parseSecretBinding(text.toStdString());
    QCOMPARE(binding.has_value(), !read.isEmpty());
    if (binding)
        QCOMPARE(binding->name + "|" + binding->host + "|" + binding->header + "|" + binding->prefix,
                 read.toStdString());
}

void TestSecretBinding::refusesValuesThatCouldNotBeMasked_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("a key") << QByteArray("sk-proj-abc_DEF.123=") << true;
    QTest::newRow("short") << QByteArray("1234567") << false;
    QTest::newRow("a space") << QByteArray("two words here") << false;
    QTest::newRow("a line end") << QByteArray("sk-abcdefgh\n") << false;
    QTest::newRow("a quote") << QByteArray("sk-abc\"defgh") << false;
    QTest::newRow("beyond ASCII") << QByteArray("sk-abcdefg\xc3\xbc") << false;
    QTest::newRow("endless") << QByteArray(9000, 'x') << false;
    QTest::newRow("a word of every text") << QByteArray("password") << false;
}

void TestSecretBinding::refusesValuesThatCouldNotBeMasked()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, isGood);
    const auto problem = problemWithSecret(value.toStdString());
    QCOMPARE(!problem.has_value(), isGood);
    QVERIFY(!problem || problem->find(value.toStdString()) == std::string::npos);
}

void TestSecretBinding::choosesOneForAHeader()
{
    const auto secret = [](const char *binding, const char *value, const char *sandbox) {
        HeldSecret held{*parseSecretBinding(binding), value, "it is absent"};
        held.binding.sandboxes = {sandbox};
        return held;
    };
    const std::vector<HeldSecret> secrets{
        secret("A:h.test", "", "me"), secret("B:h.test", "value-of-b", "me"),
        secret("C:h.test:AUTHORIZATION", "value-of-c", "me"), secret("D:h.test:x-d", "value-of-d", "me"),
        secret("E:h.test:x-e", "value-of-e", "you")};
    const SecretChoice choice = chooseSecrets(secrets, {"POST", "H.test", 443, true, "me"});
    QCOMPARE(choice.injected.size(), std::size_t(2));
    QCOMPARE(choice.injected[0]->binding.name, std::string("B"));
    QCOMPARE(choice.injected[1]->binding.name, std::string("D"));
    QVERIFY(choice.refusal.empty());
}

QTEST_APPLESS_MAIN(TestSecretBinding)
#include "tst_secretbinding.moc"
