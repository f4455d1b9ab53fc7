#include "core/events/eventjson.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <limits>

using namespace hookscope;

namespace {

const ExchangeId id{0x0199a0b1c2d37456ULL, 0x8899aabbccddeeffULL};

ProxyEvent wholeProxyEvent()
{
    ProxyEvent event;
    event.event = HookEvent::OnResponse;
    event.id = id;
    event.timestampUs = 1'795'477'801'123'999;
    event.sandbox = "local";
    event.method = "POST";
    event.url = "https://api.openai.com/v1/chat/completions";
    event.host = "api.openai.com";
    event.status = 200;
    event.secretInjected = true;
    event.latencyUs = 12'999;
    event.process = Process{"node", 4711};
    event.durationUs = 1'000'000;
    event.requestBytes = 120;
    event.responseBytes = std::numeric_limits<std::uint64_t>::max();
    event.error = "The server closed the connection";
    return event;
}

LlmEvent wholeLlmEvent()
{
    LlmEvent event;
    event.id = id;
    event.timestampUs = 1'795'477'801'123'000;
    event.sandbox = "claude";
    event.provider = "anthropic";
    event.host = "api.anthropic.com";
    event.method = "POST";
    event.path = "/v1/messages?beta=true";
    event.model = "claude-sonnet-4-5";
    event.status = 200;
    event.latencyUs = 700'000;
    event.tokens = {1000, 20, 900, 50, 7};
    event.streaming = true;
    event.process = Process{"claude", 1};
    event.session = "s-1";
    event.requestId = "req_1";
    event.cost = 1'230'000'000;
    event.ttftUs = 712'345;
    event.durationUs = 2'000'000;
    event.usage = UsageState::Reported;
    event.error = "overloaded";
    return event;
}

std::string jsonWithUrl(const std::string &url)
{
    ProxyEvent event;
    event.url = url;
    return toJson(event);
}

} // namespace

class TestEventJson : public QObject {
    Q_OBJECT
private slots:
    void writesAWholeProxyEvent();
    void writesAProxyEventOfWhichNothingIsKnown();
    void writesABudgetEvent_data();
    void writesABudgetEvent();
    void writesAWholeLlmEvent();
    void writesAnLlmEventOfWhichNothingIsKnown();
    void namesEachUsageState();
    void leavesATotalOutThatIsNotKnown();
    void roundsDownToMilliseconds_data();
    void roundsDownToMilliseconds();
    void writesMoneyInFull_data();
    void writesMoneyInFull();
    void escapes_data();
    void escapes();
    void escapesInEveryString();
    void isReadBackByAnotherParser();
    void writesTimes_data();
    void writesTimes();
};

void TestEventJson::writesAWholeProxyEvent()
{
    QCOMPARE(toJson(wholeProxyEvent()),
             std::string(R"({"timestamp":"2026-11-23T23:50:01.123Z","sandbox":"local","method":"POST",)"
                         R"("url":"https://api.openai.com/v1/chat/completions","host":"api.openai.com",)"
                         R"("status":200,"secret_injected":true,"latency_ms":12,"event":"on_response",)"
                         R"("id":"0199a0b1-c2d3-7456-8899-aabbccddeeff",)"
                         R"("process":{"name":"node","pid":4711},"duration_ms":1000,"request_bytes":120,)"
                         R"("response_bytes":18446744073709551615,)"
                         R"("error":"The server closed the connection"})"));
}

void TestEventJson::writesAProxyEventOfWhichNothingIsKnown()
{
    QCOMPARE(toJson(ProxyEvent()),
             std::string(R"({"timestamp":"1970-01-01T00:00:00.000Z","sandbox":"","method":"","url":"",)"
                         R"("host":"","status":null,"secret_injected":false,"latency_ms":null,)"
                         R"("event":"on_request","id":"00000000-0000-0000-0000-000000000000",)"
                         R"("process":null,"duration_ms":null,"request_bytes":null,)"
                         R"("response_bytes":null})"));
}

void TestEventJson::writesABudgetEvent_data()
{
    QTest::addColumn<BudgetEvent>("event");
    QTest::addColumn<QByteArray>("json");
    BudgetEvent event;
    event.timestampUs = 1'763'942'401'123'456;
    event.budget = "team \"A\"\n";
    event.period = BudgetPeriod::Month;
    event.periodStartUs = 1'761'951'600'000'000;
    event.kind = BudgetCrossing::Exceeded;
    event.limit = 100'000'000'000'000;
    event.spent = 100'000'000'000'001;
    QTest::newRow("dollars exceeded") << event << QByteArray(
        R"({"timestamp":"2025-11-24T00:00:01.123Z","event":"on_budget","budget":"team \"A\"\u000a",)"
        R"("period":"month","period_start":"2025-10-31T23:00:00.000Z","kind":"exceeded","limit_usd":100,)"
        R"("spent_usd":100.000000000001,"lower_bound":false,"forecast_at":null})");
    event.budget = "t";
    event.period = BudgetPeriod::Week;
    event.unit = BudgetUnit::Tokens;
    event.kind = BudgetCrossing::Forecast;
    event.limit = 5'000'000;
    event.spent = 1'234;
    event.isLowerBound = true;
    event.forecastAtUs = 1'763'985'600'000'000;
    QTest::newRow("tokens forecast") << event << QByteArray(
        R"({"timestamp":"2025-11-24T00:00:01.123Z","event":"on_budget","budget":"t","period":"week",)"
        R"("period_start":"2025-10-31T23:00:00.000Z","kind":"forecast","limit_tokens":5000000,)"
        R"("spent_tokens":1234,"lower_bound":true,"forecast_at":"2025-11-24T12:00:00.000Z"})");
    event.kind = BudgetCrossing::Threshold;
    event.period = BudgetPeriod::Day;
    event.forecastAtUs.reset();
    QTest::newRow("tokens at the threshold") << event << QByteArray(
        R"({"timestamp":"2025-11-24T00:00:01.123Z","event":"on_budget","budget":"t","period":"day",)"
        R"("period_start":"2025-10-31T23:00:00.000Z","kind":"threshold","limit_tokens":5000000,)"
        R"("spent_tokens":1234,"lower_bound":true,"forecast_at":null})");
}

void TestEventJson::writesABudgetEvent()
{
    QFETCH(BudgetEvent, event);
    QFETCH(QByteArray, json);
    QCOMPARE(QByteArray::fromStdString(toJson(event)), json);
}

void TestEventJson::writesAWholeLlmEvent()
{
    QCOMPARE(toJson(wholeLlmEvent()),
             std::string(R"({"timestamp":"2026-11-23T23:50:01.123Z","sandbox":"claude",)"
                         R"("provider":"anthropic","host":"api.anthropic.com","method":"POST",)"
                         R"("path":"/v1/messages?beta=true","model":"claude-sonnet-4-5","status":200,)"
                         R"("latency_ms":700,"input_tokens":1000,"output_tokens":20,"total_tokens":1020,)"
                         R"("streaming":true,"secret_injected":false,"event":"on_response",)"
                         R"("id":"0199a0b1-c2d3-7456-8899-aabbccddeeff",)"
                         R"("process":{"name":"claude","pid":1},"session":"s-1","request_id":"req_1",)"
                         R"("cache_read_tokens":900,"cache_write_tokens":50,"reasoning_tokens":7,)"
                         R"("cost_usd":0.00123,"ttft_ms":712,"duration_ms":2000,"usage":"reported",)"
                         R"("error":"overloaded"})"));
}

void TestEventJson::writesAnLlmEventOfWhichNothingIsKnown()
{
    QCOMPARE(toJson(LlmEvent()),
             std::string(R"({"timestamp":"1970-01-01T00:00:00.000Z","sandbox":"","provider":"",)"
                         R"("host":"","method":"","path":"","model":null,"status":null,)"
                         R"("latency_ms":null,"input_tokens":null,"output_tokens":null,)"
                         R"("total_tokens":null,"streaming":false,"secret_injected":false,)"
                         R"("event":"on_response","id":"00000000-0000-0000-0000-000000000000",)"
                         R"("process":null,"session":null,"request_id":null,"cache_read_tokens":null,)"
                         R"("cache_write_tokens":null,"reasoning_tokens":null,"cost_usd":null,)"
                         R"("ttft_ms":null,"duration_ms":null,"usage":"missing"})"));
}

void TestEventJson::namesEachUsageState()
{
    QCOMPARE(nameOf(UsageState::Reported), "reported");
    QCOMPARE(nameOf(UsageState::Missing), "missing");
    QCOMPARE(nameOf(UsageState::Partial), "partial");
    LlmEvent event;
    event.usage = UsageState::Partial;
    QVERIFY(toJson(event).find(R"("usage":"partial")") != std::string::npos);
}

void TestEventJson::leavesATotalOutThatIsNotKnown()
{
    LlmEvent event;
    event.tokens.input = 10;
    QVERIFY(toJson(event).find(R"("input_tokens":10,"output_tokens":null,"total_tokens":null)")
            != std::string::npos);
    event.tokens.input = std::numeric_limits<std::int64_t>::max();
    event.tokens.output = 1;
    QVERIFY(toJson(event).find(R"("total_tokens":null)") != std::string::npos);
    event.tokens = {0, 0, 0, 0, 0};
    QVERIFY(toJson(event).find(R"("input_tokens":0,"output_tokens":0,"total_tokens":0)")
            != std::string::npos);
}

void TestEventJson::roundsDownToMilliseconds_data()
{
    QTest::addColumn<qint64>("us");
    QTest::addColumn<std::string>("ms");
    QTest::newRow("nothing") << qint64(0) << std::string("0");
    QTest::newRow("just under one") << qint64(999) << std::string("0");
    QTest::newRow("one") << qint64(1000) << std::string("1");
    QTest::newRow("nearly two") << qint64(1999) << std::string("1");
    QTest::newRow("a clock that was set back") << qint64(-1) << std::string("-1");
}

void TestEventJson::roundsDownToMilliseconds()
{
    QFETCH(qint64, us);
    QFETCH(std::string, ms);
    ProxyEvent event;
    event.latencyUs = us;
    QVERIFY(toJson(event).find("\"latency_ms\":" + ms + ",") != std::string::npos);
}

void TestEventJson::writesMoneyInFull_data()
{
    QTest::addColumn<PicoUsd>("cost");
    QTest::addColumn<std::string>("text");
    QTest::newRow("a tenth and two") << PicoUsd(100'000'000'000 + 200'000'000'000) << std::string("0.3");
    QTest::newRow("nothing") << PicoUsd(0) << std::string("0");
    QTest::newRow("one token of a cheap model") << PicoUsd(37'500) << std::string("0.0000000375");
    QTest::newRow("the least") << PicoUsd(1) << std::string("0.000000000001");
    QTest::newRow("dollars") << PicoUsd(12'000'000'000'000) << std::string("12");
    QTest::newRow("a credit") << PicoUsd(-1'500'000'000'000) << std::string("-1.5");
    QTest::newRow("the least of all") << std::numeric_limits<PicoUsd>::min()
                                      << std::string("-9223372.036854775808");
}

void TestEventJson::writesMoneyInFull()
{
    QFETCH(PicoUsd, cost);
    QFETCH(std::string, text);
    LlmEvent event;
    QVERIFY(toJson(event).find("\"cost_usd\":null,") != std::string::npos);
    event.cost = cost;
    QVERIFY(toJson(event).find("\"cost_usd\":" + text + ",") != std::string::npos);
}

void TestEventJson::escapes_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("json");

    const auto row = [](const char *name, std::string_view text, const char *json) {
        QTest::newRow(name) << std::string(text) << std::string(json);
    };
    using namespace std::string_view_literals;
    row("plain", "abc /~", "abc /~");
    row("quote and backslash", R"(a"b\c)", R"(a\"b\\c)");
    row("NUL", "a\0b"sv, R"(a\u0000b)");
    row("line ends", "\r\n\t", R"(\u000d\u000a\u0009)");
    row("escape", "\x1b[2J", R"(\u001b[2J)");
    row("DEL", "\x7f", R"(\u007f)");
    row("C1", "\xc2\x80\xc2\x9b\xc2\x9f", R"(\u0080\u009b\u009f)");
    row("after C1", "\xc2\xa0", "\xc2\xa0");
    row("line and paragraph separator", "\xe2\x80\xa8\xe2\x80\xa9", R"(\u2028\u2029)");
    row("embedding and override", "\xe2\x80\xaa\xe2\x80\xae", R"(\u202a\u202e)");
    row("isolates", "\xe2\x81\xa6\xe2\x81\xa9", R"(\u2066\u2069)");
    row("marks", "\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c", R"(\u200e\u200f\u061c)");
    row("beside them", "\xe2\x80\xa7\xe2\x80\xaf\xe2\x81\xa5", "\xe2\x80\xa7\xe2\x80\xaf\xe2\x81\xa5");
    row("letters", "\xc3\xa4\xe6\xbc\xa2", "\xc3\xa4\xe6\xbc\xa2");
    row("beyond the basic plane", "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80");
    row("the last character", "\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf");
    row("a lone continuation byte", "a\x80z", R"(a\ufffdz)");
    row("Latin-1", "caf\xe9", R"(caf\ufffd)");
    row("cut at the end", "\xe6\xbc", R"(\ufffd\ufffd)");
    row("cut inside", "\xe6\xbcz", R"(\ufffd\ufffdz)");
    row("overlong slash", "\xc0\xaf", R"(\ufffd\ufffd)");
    row("overlong in three", "\xe0\x80\xaf", R"(\ufffd\ufffd\ufffd)");
    row("a surrogate", "\xed\xa0\x80", R"(\ufffd\ufffd\ufffd)");
    row("beyond Unicode", "\xf4\x90\x80\x80", R"(\ufffd\ufffd\ufffd\ufffd)");
    row("not a lead byte", "\xff\xfe", R"(\ufffd\ufffd)");
}

void TestEventJson::escapes()
{
    QFETCH(std::string, text);
    QFETCH(std::string, json);
    const std::string line = jsonWithUrl(text);
    QVERIFY2(line.find("\"url\":\"" + json + "\",\"host\"") != std::string::npos, line.c_str());
    QVERIFY(!QJsonDocument::fromJson(QByteArray::fromStdString(line)).isNull());
}

void TestEventJson::escapesInEveryString()
{
    const std::string bad = "\"\n\xff";
    ProxyEvent proxy = wholeProxyEvent();
    proxy.sandbox = proxy.method = proxy.url = proxy.host = bad;
    proxy.error = proxy.process->name = bad;
    LlmEvent call = wholeLlmEvent();
    call.sandbox = call.provider = call.host = call.method = call.path = bad;
    call.model = call.session = call.requestId = call.error = call.process->name = bad;
    for (const std::string &line : {toJson(proxy), toJson(call)}) {
        QVERIFY(line.find('\n') == std::string::npos);
        QVERIFY(line.find('\xff') == std::string::npos);
        const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(line));
        QCOMPARE(document[QStringLiteral("sandbox")].toString(), QStringLiteral("\"\n\ufffd"));
    }
}

void TestEventJson::isReadBackByAnotherParser()
{
    const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(toJson(wholeLlmEvent()))).object();
    QCOMPARE(object.size(), 27);
    QCOMPARE(object[QStringLiteral("process")].toObject()[QStringLiteral("pid")].toInt(), 1);
    QCOMPARE(object[QStringLiteral("cost_usd")].toDouble(), 0.00123);
}

void TestEventJson::writesTimes_data()
{
    QTest::addColumn<qint64>("us");
    QTest::addColumn<std::string>("text");
    const auto row = [](qint64 us, const char *text) {
        QTest::newRow(text) << us << std::string(text);
    };
    row(0, "1970-01-01T00:00:00.000Z");
    row(-1, "1969-12-31T23:59:59.999Z");
    row(951'782'400'000'000, "2000-02-29T00:00:00.000Z");
    row(1'709'251'199'999'999, "2024-02-29T23:59:59.999Z");
    row(4'102'444'800'000'000, "2100-01-01T00:00:00.000Z");
}

void TestEventJson::writesTimes()
{
    QFETCH(qint64, us);
    QFETCH(std::string, text);
    QCOMPARE(rfc3339(us), text);
}

QTEST_APPLESS_MAIN(TestEventJson)
#include "tst_eventjson.moc"
