#include "core/hooks/hook.h"

#include <QJsonDocument>
#include <QTest>

using namespace hookscope;

namespace {

Result<Hook> hookWith(const QByteArray &keys,
                      const QByteArray &target = R"({"type":"webhook","url":"http://h/"})")
{
    return hookFromJson(QJsonDocument::fromJson("{\"name\":\"a\",\"event\":\"on_response\",\"target\":"
                                                + target + ',' + keys + '}')
                            .object());
}

QByteArray valueOf(const QString &name)
{
    return name == QLatin1String("KEY") ? QByteArray("k1") : QByteArray();
}

} // namespace

class TestSendingPolicy : public QObject {
    Q_OBJECT
private slots:
    void readsAndWrites();
    void refuses_data();
    void refuses();
    void putsSecretsIn_data();
    void putsSecretsIn();
    void namesItsSecrets();
};

void TestSendingPolicy::readsAndWrites()
{
    const auto hook = hookWith(
        R"("headers":{"Authorization":"Bearer {secret:KEY}","X-Team":"a b"},"sign_with":["NEW","OLD"])");
    QVERIFY(hook);
    QVERIFY(validate(*hook));
    QCOMPARE(hook->sending,
             (SendingPolicy{{},
                            {{QStringLiteral("Authorization"), QStringLiteral("Bearer {secret:KEY}")},
                             {QStringLiteral("X-Team"), QStringLiteral("a b")}},
                            {QStringLiteral("NEW"), QStringLiteral("OLD")}}));
    QVERIFY(hook->extra.isEmpty());
    QCOMPARE(*hookFromJson(toJson(*hook)), *hook);
    Hook plain = *hook;
    plain.sending = {};
    QVERIFY(!toJson(plain).contains(QStringLiteral("headers")));
    QVERIFY(!toJson(plain).contains(QStringLiteral("sign_with")));
}

void TestSendingPolicy::refuses_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QString>("text"); // part of the message
    const auto row = [](const char *name, const char *keys, const char *text) {
        QTest::newRow(name) << QByteArray(keys) << QString::fromLatin1(text);
    };
    row("headers are a list", R"("headers":["X: 1"])", "must be an object");
    row("value is a number", R"("headers":{"X":1})", "\"X\" must be a string");
    row("name with a space", R"("headers":{"X Y":"1"})", "cannot be the name of a header");
    row("name with a line end", R"("headers":{"X\r\nY":"1"})", "cannot be the name of a header");
    row("no name", R"("headers":{"":"1"})", "cannot be the name of a header");
    row("value with a line end", R"("headers":{"X":"1\r\nHost: evil"})", "printable ASCII");
    row("value with NUL", R"("headers":{"X":"1\u0000"})", "printable ASCII");
    row("value in Greek", R"("headers":{"X":"\u03b1"})", "printable ASCII");
    row("value with a space before", R"("headers":{"X":" 1"})", "printable ASCII");
    row("Host", R"("headers":{"Host":"evil"})", "set by Hookscope itself");
    row("signature", R"("headers":{"Webhook-Signature":"v1,x"})", "set by Hookscope itself");
    row("length", R"("headers":{"Content-Length":"1"})", "set by Hookscope itself");
    row("a credential written out", R"("headers":{"Authorization":"Bearer abc"})", "must not be in a file");
    row("an API key written out", R"("headers":{"x-api-key":"abc"})", "must not be in a file");
    row("a secret without a name", R"("headers":{"X":"{secret:}"})", "must name a value");
    row("a secret that no variable can be", R"("headers":{"X":"{secret:a-b}"})", "must name a value");
    row("twice", R"("headers":{"X-A":"1","x-a":"2"})", "twice");
    row("template is an object", R"("template":{})", "\"template\" must be a string");
    row("template with an unknown key", R"("template":"{\"a\":\"{{cost}}\"}")", "no event has \"cost\"");
    row("key is a string", R"("sign_with":"KEY")", "must be a list");
    row("key is a number", R"("sign_with":[1])", "must be a list");
    row("three keys", R"("sign_with":["A","B","C"])", "at most two keys");
    row("the key itself", R"("sign_with":["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw="])", "must name keys");
}

void TestSendingPolicy::refuses()
{
    QFETCH(QByteArray, keys);
    QFETCH(QString, text);
    const auto hook = hookWith(keys);
    const auto valid = hook ? validate(*hook) : Result<void>(tl::unexpected(hook.error()));
    QVERIFY(!valid);
    QVERIFY2(valid.error().text.contains(text), qPrintable(valid.error().text));
}

void TestSendingPolicy::putsSecretsIn_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("result"); // empty: refused
    QTest::newRow("none") << QStringLiteral("plain") << QByteArray("plain");
    QTest::newRow("one") << QStringLiteral("Bearer {secret:KEY}") << QByteArray("Bearer k1");
    QTest::newRow("two") << QStringLiteral("{secret:KEY}:{secret:KEY}!") << QByteArray("k1:k1!");
    QTest::newRow("unknown") << QStringLiteral("{secret:OTHER}") << QByteArray();
    QTest::newRow("braces") << QStringLiteral("{secret}{x}") << QByteArray("{secret}{x}");
}

void TestSendingPolicy::putsSecretsIn()
{
    QFETCH(QString, value);
    QTEST(resolved(value, valueOf).value_or(QByteArray()), "result");
}

void TestSendingPolicy::namesItsSecrets()
{
    const auto hook =
        hookWith(R"("headers":{"A":"{secret:ONE}{secret:TWO}","B":"{secret:ONE}"},"sign_with":["TWO"])");
    QStringList names = secretNames(hook->sending);
    names.sort();
    QCOMPARE(names, (QStringList{QStringLiteral("ONE"), QStringLiteral("TWO")}));
}

QTEST_GUILESS_MAIN(TestSendingPolicy)
#include "tst_sendingpolicy.moc"
