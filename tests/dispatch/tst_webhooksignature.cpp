#include "core/dispatch/webhooksignature.h"

#include <QTest>

using namespace hookscope;

class TestWebhookSignature : public QObject {
    Q_OBJECT
private slots:
    void readsKeys_data();
    void readsKeys();
    void signsAsTheStandardSays();
    void signsWithEachKey();
    void makesKeysThatCanBeRead();
};

void TestWebhookSignature::readsKeys_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("bytes"); // 0: refused
    const QByteArray of24 = QByteArray(24, 'k').toBase64();
    QTest::newRow("with its prefix") << "whsec_" + of24 << 24;
    QTest::newRow("without") << of24 << 24;
    QTest::newRow("with a line end, as files have") << "whsec_" + of24 + '\n' << 24;
    QTest::newRow("the longest") << QByteArray(64, 'k').toBase64() << 64;
    QTest::newRow("too short") << QByteArray(23, 'k').toBase64() << 0;
    QTest::newRow("too long") << QByteArray(65, 'k').toBase64() << 0;
    QTest::newRow("no base64") << QByteArray("whsec_this is a password that somebody typed") << 0;
    QTest::newRow("asymmetric") << QByteArray("whsk_") + of24 << 0;
    QTest::newRow("empty") << QByteArray() << 0;
}

void TestWebhookSignature::readsKeys()
{
    QFETCH(QByteArray, text);
    QFETCH(int, bytes);
    const auto key = signingKeyOf(text);
    QCOMPARE(key ? key->size() : 0, qsizetype(bytes));
    if (!key && !text.isEmpty())
        QVERIFY(!key.error().text.contains(QString::fromUtf8(text.right(10))));
}

// The example of the standard's own libraries.
void TestWebhookSignature::signsAsTheStandardSays()
{
    const auto key = signingKeyOf("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    QVERIFY(key);
    QCOMPARE(webhookSignature({*key}, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})"),
             QByteArray("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
}

void TestWebhookSignature::signsWithEachKey()
{
    const QByteArray one(24, '1');
    const QByteArray two(24, '2');
    const auto by = [](const QList<QByteArray> &keys) {
        return webhookSignature(keys, "id", 1, "body");
    };
    QCOMPARE(by({one, two}), by({one}) + ' ' + by({two}));
    QVERIFY(by({one}) != by({two}));
    QVERIFY(by({}).isEmpty());
}

void TestWebhookSignature::makesKeysThatCanBeRead()
{
    const QByteArray key = newSigningKey();
    QVERIFY(key.startsWith("whsec_"));
    QCOMPARE(signingKeyOf(key)->size(), qsizetype(32));
    QVERIFY(newSigningKey() != key);
}

QTEST_GUILESS_MAIN(TestWebhookSignature)
#include "tst_webhooksignature.moc"
