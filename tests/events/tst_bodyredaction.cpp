#include "core/events/bodyredaction.h"
#include "core/events/exchange.h"
#include "core/events/record.h"

#include <QTest>

using namespace hookscope;

namespace {

const std::string key = "canary/K3y+4tw=xyz";

Secrets secrets()
{
    return Secrets::of("/v1/x?api_key=queryCanary77", {{"Authorization", "Bearer " + key}});
}

std::string redacted(const std::string &text, const std::string &type = "application/json",
                     bool isCut = false)
{
    return redactBody(text, type, isCut, secrets());
}

} // namespace

class TestBodyRedaction : public QObject {
    Q_OBJECT

private slots:
    void masksCredentials_data();
    void masksCredentials();
    void leavesOtherTexts_data();
    void leavesOtherTexts();
    void keepsJsonWhole();
    void dropsHalfACredentialAtTheEnd_data();
    void dropsHalfACredentialAtTheEnd();
    void masksWhatAStreamSaysInPieces_data();
    void masksWhatAStreamSaysInPieces();
    void leavesOutLongBase64();
    void masksWhatIsPutTogether();
    void isDoneToEveryBodyKept();
};

void TestBodyRedaction::masksCredentials_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expected");
    QTest::newRow("value of a head") << R"({"a":"x )" + key + R"( y"})" << std::string(R"({"a":"x *** y"})");
    QTest::newRow("with JSON's escapes")
        << std::string(R"({"a":"canary\/K3y+4tw=xyz"})") << std::string(R"({"a":"***"})");
    QTest::newRow("with code points")
        << std::string(R"({"a":"\u0063anary\/K3y\u002b4tw=xyz"})") << std::string(R"({"a":"***"})");
    QTest::newRow("JSON in JSON") << std::string(R"({"arguments":"{\"a\":\"canary\\\/K3y+4tw=xyz\"}"})")
                                  << std::string(R"({"arguments":"{\"a\":\"***\"}"})");
    QTest::newRow("value of a query") << std::string("see queryCanary77.") << std::string("see ***.");
    QTest::newRow("known key") << std::string(R"({"a":"use sk-0123456789abcdefXYZ now"})")
                               << std::string(R"({"a":"use *** now"})");
    QTest::newRow("known key behind a line feed") << std::string(R"({"a":"use\nsk-0123456789abcdefXYZ now"})")
                                                  << std::string(R"({"a":"use\n*** now"})");
    QTest::newRow("by name") << std::string(R"({"api_key": "opaque", "b": 1})")
                             << std::string(R"({"api_key": "***", "b": 1})");
    QTest::newRow("number by name") << std::string(R"({"password":1234})")
                                    << std::string(R"({"password":***})");
    QTest::newRow("list by name") << std::string(R"({"secrets":["a1","b2"],"c":"d"})")
                                  << std::string(R"({"secrets":["***","***"],"c":"d"})");
    QTest::newRow("with quotes in it")
        << std::string(R"({"password":"a\"b","c":"d"})") << std::string(R"({"password":"***","c":"d"})");
    QTest::newRow("by name in a string")
        << std::string(R"({"arguments":"{\"authorization\":\"abc\",\"b\":\"c\"}"})")
        << std::string(R"({"arguments":"{\"authorization\":\"***\",\"b\":\"c\"}"})");
    QTest::newRow("assigned") << std::string(R"({"a":"DB_PASSWORD=hunter2\nPORT=1"})")
                              << std::string(R"({"a":"DB_PASSWORD=***\nPORT=1"})");
    QTest::newRow("URL in a string") << std::string(R"({"a":"{\"url\":\"http://h/?key=abc\",\"b\":1}"})")
                                     << std::string(R"({"a":"{\"url\":\"http://h/?key=***\",\"b\":1}"})");
}

void TestBodyRedaction::masksCredentials()
{
    QFETCH(std::string, text);
    QFETCH(std::string, expected);
    QCOMPARE(redacted(text), expected);
    QCOMPARE(redacted(expected), expected);
}

void TestBodyRedaction::leavesOtherTexts_data()
{
    QTest::addColumn<std::string>("text");
    for (const char *text :
         {R"({"max_tokens":100,"input_tokens":3})", R"({"properties":{"api_key":{"type":"string"}}})",
          R"({"token_count":5,"is_secret":true,"password":null})", R"({"text":"if a == b: c = d"})",
          R"({"stop":["\\","\""],"x":"\u00e9"})", "a plain text; with=signs"})
        QTest::newRow(text) << std::string(text);
}

void TestBodyRedaction::leavesOtherTexts()
{
    QFETCH(std::string, text);
    QCOMPARE(redacted(text), text);
}

void TestBodyRedaction::keepsJsonWhole()
{
    QCOMPARE(redacted(R"({"a":"x\npm_0123456789abcdef0123456789abcdef01 y"})").find("0123456789"),
             std::string::npos);
    QCOMPARE(redacted("client_secret=abc&x=y", "application/x-www-form-urlencoded"),
             std::string("client_secret=***&x=y"));
}

void TestBodyRedaction::dropsHalfACredentialAtTheEnd_data()
{
    QTest::addColumn<std::string>("text");
    for (std::size_t size = 3; size <= key.size(); ++size)
        QTest::addRow("%zu", size) << R"({"a":"x )" + key.substr(0, size);
    QTest::newRow("a known form") << std::string(R"({"a":"x sk-0123456)");
}

void TestBodyRedaction::dropsHalfACredentialAtTheEnd()
{
    QFETCH(std::string, text);
    QCOMPARE(redacted(text, "application/json", true), std::string(R"({"a":"x )"));
}

void TestBodyRedaction::masksWhatAStreamSaysInPieces_data()
{
    QTest::addColumn<std::string>("whole");
    QTest::newRow("value of a head") << key;
    QTest::newRow("a known form") << std::string("sk-0123456789abcdefXYZ");
}

void TestBodyRedaction::masksWhatAStreamSaysInPieces()
{
    QFETCH(std::string, whole);
    std::string body;
    for (const char c : "The key is " + whole + " .")
        body += R"(data: {"choices":[{"index":0,"delta":{"content":")" + std::string(1, c) + "\"}}]}\n\n";
    const std::string masked = redacted(body, "text/event-stream");
    std::string said;
    for (std::size_t at = masked.find("content\":\""); at != std::string::npos;
         at = masked.find("content\":\"", at + 1))
        said += masked.substr(at + 10, masked.find('"', at + 10) - at - 10);
    QVERIFY2(said.starts_with("The key is ***") && said.ends_with(" ."), said.c_str());
    for (std::size_t size = 3; size < whole.size(); ++size)
        QVERIFY2(said.find(whole.substr(whole.size() - size)) == std::string::npos, said.c_str());
}

void TestBodyRedaction::leavesOutLongBase64()
{
    const std::string picture(5000, 'A');
    const std::string text = redacted(R"({"data":")" + picture + R"("})");
    QCOMPARE(text, R"({"data":")" + base64LeftOut(5000) + R"("})");
    QCOMPARE(sizeOfBase64LeftOut("data:image/png;base64," + base64LeftOut(5000)).value_or(0),
             std::size_t(5000));
    QVERIFY(!sizeOfBase64LeftOut("AAAA"));
}

void TestBodyRedaction::masksWhatIsPutTogether()
{
    QCOMPARE(redactText("use sk-01234567" + std::string("89abcdefXYZ")), std::string("use ***"));
}

void TestBodyRedaction::isDoneToEveryBodyKept()
{
    BodyKept kept;
    kept.text = std::make_shared<const std::string>("x " + key);
    kept.contentType = "text/" + key;
    const RedactedEvent event = redact(kept, secrets());
    const auto &result = std::get<BodyKept>(event.event());
    QCOMPARE(*result.text, std::string("x ***"));
    QVERIFY(result.contentType.find(key) == std::string::npos);

    Exchange exchange;
    const std::size_t before = memoryOf(exchange);
    kept.side = BodySide::Answer;
    kept.text = std::make_shared<const std::string>(100'000, 'a');
    exchange.apply(kept);
    QVERIFY(exchange.answerBody && !exchange.requestBody);
    QVERIFY(memoryOf(exchange) >= before + 100'000);
}

QTEST_GUILESS_MAIN(TestBodyRedaction)
#include "tst_bodyredaction.moc"
