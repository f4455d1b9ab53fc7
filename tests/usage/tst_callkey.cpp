#include "core/usage/callkey.h"

#include <QTest>

using namespace hookscope;

class TestCallKey : public QObject {
    Q_OBJECT
private slots:
    void takesOnlyIdsThatCanBeUnique_data();
    void takesOnlyIdsThatCanBeUnique();
    void hasNoKeyWithoutAnId();
};

void TestCallKey::takesOnlyIdsThatCanBeUnique_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("isKey");
    const auto row = [](const char *name, const QByteArray &id, bool isKey) {
        QTest::newRow(name) << id << isKey;
    };
    row("OpenAI chat", "chatcmpl-BpJBM4XqgLRpLxmTeun39ESCNhQwb", true);
    row("OpenAI completion", "cmpl-CKzHhit4D82m3cp2zRTC2fpTNlJCX", true);
    row("OpenAI response", "resp_67e554a155508191900ee113293c4c830794405d35281ae2", true);
    row("Anthropic", "msg_01XFDUDYJgAACzvnptvVoYEL", true);
    row("Anthropic on Bedrock", "msg_bdrk_01XFDUDYJgAACzvnptvVoYEL", true);
    row("Anthropic on Vertex", "msg_vrtx_01XFDUDYJgAACzvnptvVoYEL", true);
    row("of 16 hex digits", "msg_be4e3411a02855b8", true);
    row("OpenRouter", "gen-1777319876-tCZKcbYZ4llsJFj1L8Ht", true);
    row("UUID behind a name", "chatcmpl-fd87720a-9b48-4161-bcd7-6127bd0d3696", true);
    row("UUID", "66e83c57-5cb1-4eb9-b727-28651c2220c7", true);
    row("UUID that begins with letters", "decadefa-5cb1-4eb9-b727-28651c2220c7", true);
    row("hex", "9f9d90210f194076abeee223863eaaf0", true);
    row("Google", "hlP6ae3uJuqGz7IP-6e9iA0", true);
    row("Google, hyphen early", "qgqkaI-iDLrTjMcP0bP24A4", true);
    row("Together", "ovCb55p-zfFMX-a273a0f90faa9289", true);
    row("time and number", "2026031305053599aa59710f974b49", true);
    row("no digit", "gen-tCZKcbYZqllsJFjxLpHt", true);

    row("empty", "", false);
    row("only a name", "chatcmpl-", false);
    row("Ollama", "chatcmpl-830", false);
    row("constant", "resp_demo", false);
    row("a number", "1234", false);
    row("15 characters", "msg_e4e3411a02855b8", false);
    row("words", "chatcmpl-this-is-always-the-same-answer", false);
    row("words with a number", "chatcmpl-mock-response-of-this-server-00001", false);
    row("one long word", "chatcmpl-mockresponsealwaysthesame", false);
    row("zeros", "chatcmpl-00000000-0000-0000-0000-000000000000", false);
    row("few different", "chatcmpl-12312312312312312312", false);
    row("too long", QByteArray("msg_") + QByteArray("0123456789abcdef").repeated(16), false);
}

void TestCallKey::takesOnlyIdsThatCanBeUnique()
{
    QFETCH(QByteArray, id);
    QFETCH(bool, isKey);
    LlmEvent call;
    call.details.answerId = id.toStdString();
    QCOMPARE(callKey(call).has_value(), isKey);
    if (isKey)
        QCOMPARE(*callKey(call), id.toStdString());
}

void TestCallKey::hasNoKeyWithoutAnId()
{
    LlmEvent call;
    call.requestId = "req_01kkht59x3fqdtq2hty943195k";
    QVERIFY(!callKey(call));
}

QTEST_GUILESS_MAIN(TestCallKey)
#include "tst_callkey.moc"
