#include "core/hooks/payloadtemplate.h"

#include <QJsonDocument>
#include <QTest>

using namespace hookscope;

namespace {

const QByteArray llmEvent =
    R"({"timestamp":"2026-01-02T03:04:05.678Z","sandbox":"say \"hi\"","provider":"anthropic",)"
    R"("model":"claude-x","status":200,"input_tokens":5334,"output_tokens":57,)"
    R"("cost_usd":0.000000000000000001,"event":"on_response",)"
    R"("process":{"name":"a\\b","pid":7},"error":null,"streaming":false,"usage":"reported"})";

QByteArray secretOf(const QString &name)
{
    return name == QLatin1String("KEY") ? QByteArray("k\"1") : QByteArray();
}

} // namespace

class TestPayloadTemplate : public QObject {
    Q_OBJECT
private slots:
    void renders_data();
    void renders();
    void sumsUp_data();
    void sumsUp();
    void refuses_data();
    void refuses();
    void takesNothingInAnEventForAPlace();
    void saysWhichSecretIsMissing();
    void makesJsonOfAnyEventOrSaysThatItCannot_data();
    void makesJsonOfAnyEventOrSaysThatItCannot();
};

void TestPayloadTemplate::renders_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const char *text, const char *body) {
        QTest::newRow(name) << QString::fromUtf8(text) << QByteArray(body);
    };
    row("nothing", "{}", "{}");
    row("text", R"({"a":"{{provider}}"})", R"({"a":"anthropic"})");
    row("escaped already", R"({"a":"{{sandbox}}"})", R"({"a":"say \"hi\""})");
    row("with spaces", R"({"a":"{{ provider }}"})", R"({"a":"anthropic"})");
    row("number in a text", R"({"a":"{{input_tokens}} in"})", R"({"a":"5334 in"})");
    row("number, each digit", R"({"a":{{{cost_usd}}}})", R"({"a":0.000000000000000001})");
    row("string as JSON", R"({"a":{{{sandbox}}}})", R"({"a":"say \"hi\""})");
    row("null", R"({"a":"{{error}}","b":{{{error}}}})", R"({"a":"","b":null})");
    row("absent", R"({"a":"{{budget}}","b":{{{budget}}}})", R"({"a":"","b":null})");
    row("within", R"({"a":"{{process.name}}","b":{{{process.pid}}}})", R"({"a":"a\\b","b":7})");
    row("object", R"({"a":{{{process}}}})", R"({"a":{"name":"a\\b","pid":7}})");
    row("object in a text", R"({"a":"{{process}}"})", R"({"a":"{\"name\":\"a\\\\b\",\"pid\":7}"})");
    row("if it is there", R"({"a":"{{#model}}m {{model}}{{/model}}"})", R"({"a":"m claude-x"})");
    row("if it is not", R"({"a":"{{^error}}fine{{/error}}{{#error}}bad{{/error}}"})", R"({"a":"fine"})");
    row("false is not there", R"({"a":"{{#streaming}}s{{/streaming}}"})", R"({"a":""})");
    row("nested", R"({"a":"{{#model}}{{#error}}x{{/error}}{{^error}}y{{/error}}{{/model}}"})",
        R"({"a":"y"})");
    row("secret", R"({"a":"{secret:KEY}"})", R"({"a":"k\"1"})");
    row("braces of JSON", R"({"a":{"b":{"c":1}}})", R"({"a":{"b":{"c":1}}})");
    row("other letters", "{\"ü\":\"{{provider}} €\"}", "{\"ü\":\"anthropic €\"}");
}

void TestPayloadTemplate::renders()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, body);
    const auto made = PayloadTemplate::compile(text);
    QVERIFY2(made, made ? "" : qPrintable(made.error().text));
    QCOMPARE(made->rendered(llmEvent, secretOf).value(), body);
    QCOMPARE(made->text(), text);
}

void TestPayloadTemplate::sumsUp_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QByteArray>("summary");
    QTest::newRow("LLM call")
        << llmEvent << QByteArray("anthropic claude-x: 200, 5334 tokens in, 57 out, $0.000000000000000001");
    QTest::newRow("request") << QByteArray(
        R"({"method":"GET","url":"http://h/","status":null,"event":"on_request","duration_ms":null})")
                             << QByteArray("GET http://h/");
    QTest::newRow("failed answer") << QByteArray(
        R"({"method":"GET","url":"http://h/","status":502,"event":"on_response","duration_ms":7,"error":"no \"x\""})")
                                   << QByteArray(R"(GET http://h/: 502, 7 ms: no \"x\")");
    QTest::newRow("budget") << QByteArray(
        R"({"event":"on_budget","budget":"team","limit_usd":10,"spent_usd":8.25})")
                            << QByteArray("Budget team: $8.25 of $10");
}

void TestPayloadTemplate::sumsUp()
{
    QFETCH(QByteArray, event);
    QFETCH(QByteArray, summary);
    const auto made = PayloadTemplate::compile(QStringLiteral("[\"{{summary}}\"]"));
    QVERIFY(made);
    QCOMPARE(made->rendered(event, secretOf).value(), "[\"" + summary + "\"]");
}

void TestPayloadTemplate::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("why"); // part of the message
    const auto row = [](const char *name, const char *text, const char *why) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(why);
    };
    row("unknown key", R"({"a":"{{cost}}"})", "at character 7: no event has \"cost\"");
    row("unknown key as JSON", R"({"a":{{{cost}}}})", "no event has \"cost\"");
    row("section that is not closed", R"({"a":"{{#error}}x"})", "{{#error}} is not closed");
    row("section that was not opened", R"({"a":"{{/error}}"})", "closes nothing that is open");
    row("sections that cross", R"({"a":"{{#error}}{{#model}}{{/error}}{{/model}}"})",
        "closes nothing that is open");
    row("a place that does not end", R"({"a":"{{model"})", "a place is written");
    row("a place that ends early", R"({"a":"{{model}"})", "a place is written");
    row("no JSON", "hello {{model}}", "makes no JSON");
    row("no JSON without its keys", R"({"a":{{#status}}1{{/status}}})",
        "makes no JSON if an event lacks its keys");
    row("no JSON with all keys", R"({"a":1{{#status}}2,{{/status}}})",
        "makes no JSON if an event has all keys");
    row("value outside of a string", R"({"a":{{model}}})", "makes no JSON");
}

void TestPayloadTemplate::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, why);
    const auto made = PayloadTemplate::compile(text);
    QVERIFY(!made);
    QVERIFY2(made.error().text.contains(why), qPrintable(made.error().text));
}

// A model's name or a URL is another's text.
void TestPayloadTemplate::takesNothingInAnEventForAPlace()
{
    const auto made = PayloadTemplate::compile(QString::fromUtf8(R"({"a":"{{url}}","b":"{secret:KEY}"})"));
    QVERIFY(made);
    const QByteArray event = R"({"event":"x","url":"{secret:KEY}{{model}}"})";
    const QByteArray body = R"({"a":"{secret:KEY}{{model}}","b":"k\"1"})";
    QCOMPARE(made->rendered(event, secretOf).value(), body);
}

void TestPayloadTemplate::saysWhichSecretIsMissing()
{
    const auto made =
        PayloadTemplate::compile(QString::fromUtf8(R"({"a":"{secret:OTHER}","b":"{secret:KEY}"})"));
    QVERIFY(made);
    QCOMPARE(made->secretNames(), (QStringList{QStringLiteral("OTHER"), QStringLiteral("KEY")}));
    const auto body = made->rendered(llmEvent, secretOf);
    QVERIFY(!body);
    QVERIFY(body.error().text.contains(QStringLiteral("OTHER")));
}

void TestPayloadTemplate::makesJsonOfAnyEventOrSaysThatItCannot_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QString>("why"); // part of the refusal; empty: there is a body
    const auto row = [](const char *name, const QByteArray &event, const char *why = "") {
        QTest::newRow(name) << event << QString::fromLatin1(why);
    };
    row("lone surrogate", R"({"event":"x","url":"\ud800"})", "no JSON");
    row("NaN", R"({"event":"x","status":NaN})", "no JSON");
    row("10^400", R"({"event":"x","status":1e400})", "no JSON");
    row("a number of 400 digits", R"({"event":"x","status":)" + QByteArray(400, '9') + '}', "no JSON");
    row("10,000 lists deep",
        R"({"event":"x","process":)" + QByteArray(10'000, '[') + QByteArray(10'000, ']') + '}', "no JSON");
    row("10,000 objects deep",
        R"({"event":"x","process":)" + QByteArray("{\"a\":").repeated(10'000) + '1' + QByteArray(10'000, '}')
            + '}',
        "no JSON");
    row("100 objects deep",
        R"({"event":"x","process":)" + QByteArray("{\"a\":").repeated(100) + '1' + QByteArray(100, '}')
            + '}');
    row("not UTF-8", "{\"event\":\"x\",\"url\":\"\xff\"}", "no JSON");
    row("10 MB", R"({"event":"x","url":")" + QByteArray(10'000'000, 'u') + "\"}");
    row("cut", R"({"event":"x","url":"u)", "no JSON");
    row("a list", "[1]", "no JSON object");
    row("nothing", "", "no JSON object");
    row("BOM and UTF-16", QByteArray("\xff\xfe{\0}\0", 6), "no JSON object");
    row("a key twice", R"({"event":"x","url":"a","url":"b"})");
}

void TestPayloadTemplate::makesJsonOfAnyEventOrSaysThatItCannot()
{
    QFETCH(QByteArray, event);
    QFETCH(QString, why);
    const auto made = PayloadTemplate::compile(QStringLiteral(
        R"({"a":"{{url}} {{summary}}","b":{{{status}}},"c":{{{process}}},"d":"{{process}}"})"));
    QVERIFY2(made, made ? "" : qPrintable(made.error().text));
    const auto body = made->rendered(event, secretOf);
    QCOMPARE(body.has_value(), why.isEmpty());
    if (body)
        QVERIFY(QJsonDocument::fromJson(*body).isObject());
    else
        QVERIFY2(body.error().text.contains(why), qPrintable(body.error().text));
}

QTEST_GUILESS_MAIN(TestPayloadTemplate)
#include "tst_payloadtemplate.moc"
