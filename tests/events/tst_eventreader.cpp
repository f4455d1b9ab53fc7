#include "core/events/eventreader.h"

#include "core/events/eventjson.h"
#include "core/events/wirevalues.h"

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
    event.timestampUs = 1'795'477'801'123'000;
    event.sandbox = "a \"label\"\n\xe2\x80\xae";
    event.method = "POST";
    event.url = "https://api.openai.com/v1/chat/completions";
    event.host = "api.openai.com";
    event.status = 200;
    event.secretInjected = true;
    event.latencyUs = 12'000;
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
    event.tokens = {std::numeric_limits<std::int64_t>::max() - 20, 20, 900, 50, 7};
    event.streaming = true;
    event.process = Process{"claude", 1};
    event.session = "s-1";
    event.requestId = "req_1";
    event.cost = 1'230'000'001;
    event.ttftUs = 712'000;
    event.durationUs = 2'000'000;
    event.usage = UsageState::Partial;
    event.error = "overloaded";
    return event;
}

// agentkernel 0.18's, as it writes them.
const std::string agentProxy =
    R"({"timestamp":"2026-11-23T23:50:01.123456789+00:00","sandbox":"box","method":"GET","url":"http://a/b?c",)"
    R"("host":"a","status":404,"secret_injected":false,"latency_ms":7})";
const std::string agentLlm =
    R"({"timestamp":"2026-11-23T23:50:01.123456789+00:00","sandbox":"box","provider":"openai",)"
    R"("host":"api.openai.com","method":"POST","path":"/v1/chat/completions","model":"gpt-4o","status":200,)"
    R"("latency_ms":7,"input_tokens":10,"output_tokens":20,"total_tokens":30,"streaming":false,)"
    R"("secret_injected":true})";

} // namespace

class TestEventReader : public QObject {
    Q_OBJECT
private slots:
    void readsBackAProxyEvent();
    void readsBackAnLlmEvent();
    void readsBackEventsOfWhichNothingIsKnown();
    void readsAgentkernelsProxyEvents_data();
    void readsAgentkernelsProxyEvents();
    void readsAgentkernelsLlmEvent();
    void ignoresUnknownKeys();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void readsMoneyExactly_data();
    void readsMoneyExactly();
    void readsTimes_data();
    void readsTimes();
    void readsIds_data();
    void readsIds();
    void readsOnAfterABadLine();
};

void TestEventReader::readsBackAProxyEvent()
{
    EventReader reader;
    const auto read = reader.read(toJson(wholeProxyEvent()));
    QVERIFY2(read, read ? "" : qPrintable(read.error()));
    QVERIFY(read->hasId);
    QCOMPARE(std::get<ProxyEvent>(read->event), wholeProxyEvent());
}

void TestEventReader::readsBackAnLlmEvent()
{
    EventReader reader;
    const auto read = reader.read(toJson(wholeLlmEvent()));
    QVERIFY2(read, read ? "" : qPrintable(read.error()));
    QVERIFY(read->hasId);
    QCOMPARE(std::get<LlmEvent>(read->event), wholeLlmEvent());
}

void TestEventReader::readsBackEventsOfWhichNothingIsKnown()
{
    EventReader reader;
    const auto proxy = reader.read(toJson(ProxyEvent()));
    QVERIFY(proxy);
    QCOMPARE(std::get<ProxyEvent>(proxy->event), ProxyEvent());
    const auto llm = reader.read(toJson(LlmEvent()));
    QVERIFY(llm);
    QCOMPARE(std::get<LlmEvent>(llm->event), LlmEvent());
}

void TestEventReader::readsAgentkernelsProxyEvents_data()
{
    QTest::addColumn<std::string>("numbers");
    QTest::addColumn<bool>("isRequest");
    QTest::newRow("an answer") << std::string(R"("status":404,"latency_ms":7)") << false;
    QTest::newRow("no answer came") << std::string(R"("status":null,"latency_ms":7)") << false;
    QTest::newRow("a request") << std::string(R"("status":null,"latency_ms":null)") << true;
    QTest::newRow("neither key") << std::string(R"("secret_injected":false)") << true;
}

void TestEventReader::readsAgentkernelsProxyEvents()
{
    QFETCH(std::string, numbers);
    QFETCH(bool, isRequest);
    EventReader reader;
    const std::string line =
        R"({"timestamp":"2026-11-23T23:50:01Z","method":"GET","url":"http://a/","host":"a",)" + numbers + '}';
    const auto first = reader.read(line);
    QVERIFY2(first, first ? "" : qPrintable(first.error()));
    QVERIFY(!first->hasId);
    const auto &event = std::get<ProxyEvent>(first->event);
    QCOMPARE(event.event == HookEvent::OnRequest, isRequest);
    QCOMPARE(event.url, std::string("http://a/"));
    const auto second = reader.read(line);
    QVERIFY(second);
    QVERIFY(exchangeOf(second->event) != event.id);
}

void TestEventReader::readsAgentkernelsLlmEvent()
{
    EventReader reader;
    const auto read = reader.read(agentLlm);
    QVERIFY2(read, read ? "" : qPrintable(read.error()));
    QVERIFY(!read->hasId);
    const auto &event = std::get<LlmEvent>(read->event);
    QCOMPARE(event.timestampUs, 1'795'477'801'123'456);
    QCOMPARE(event.provider, std::string("openai"));
    QCOMPARE(event.model, std::optional<std::string>("gpt-4o"));
    QCOMPARE(event.tokens.total(), std::optional<std::int64_t>(30));
    QCOMPARE(event.latencyUs, std::optional<std::int64_t>(7000));
    QVERIFY(event.secretInjected);
    QVERIFY(event.usage == UsageState::Reported);
    QVERIFY(!event.cost);
    QVERIFY(!event.durationUs);
}

void TestEventReader::ignoresUnknownKeys()
{
    EventReader reader;
    std::string line = agentProxy;
    line.insert(1, R"("new":{"a":[1,{"timestamp":5}],"b":"}"},"other":[],"\u006dethod":"PUT",)");
    line.back() = ',';
    line += R"("later":1e400})";
    const auto read = reader.read(line);
    QVERIFY2(read, read ? "" : qPrintable(read.error()));
    QCOMPARE(std::get<ProxyEvent>(read->event).method, std::string("GET")); // the later of two
    QCOMPARE(std::get<ProxyEvent>(read->event).status, std::optional(404));
}

void TestEventReader::saysWhatIsWrong_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *name, std::string line, const char *part) {
        QTest::newRow(name) << std::move(line) << QString::fromUtf8(part);
    };
    const auto with = [](const char *extra) {
        return agentLlm.substr(0, agentLlm.size() - 1) + ',' + extra + '}';
    };
    row("nothing", "", "empty");
    row("spaces", "   ", "empty");
    row("a text", "hello", "not a JSON object");
    row("a list", "[1]", "not a JSON object");
    row("a number", "5", "not a JSON object");
    row("cut in a string", agentLlm.substr(0, 30), "cut");
    row("cut behind a value", agentLlm.substr(0, agentLlm.size() - 1), "cut");
    row("two objects", agentLlm + agentLlm, "behind the object");
    row("not UTF-8", with("\"session\":\"\xff\""), "UTF-8");
    row("a lone surrogate", with(R"("session":"\ud800")"), "\"session\" is not a text");
    row("an object of another kind", R"({"a":1})", "\"timestamp\" is missing");
    row("no method", R"({"timestamp":"2026-11-23T23:50:01Z","url":"u","host":"h"})", "\"method\" is missing");
    row("no path", R"({"timestamp":"2026-11-23T23:50:01Z","provider":"x","host":"h","method":"m"})",
        "\"path\" is missing");
    row("a time that is none", R"({"timestamp":"yesterday","method":"GET","url":"u","host":"h"})",
        "\"timestamp\"");
    row("a time that is a number", R"({"timestamp":17,"method":"GET","url":"u","host":"h"})",
        "\"timestamp\" is not a text");
    row("a status in quotes", with(R"("status":"200")"), "\"status\" is not a whole number");
    row("a status with a point", with(R"("status":200.0)"), "\"status\" is not a whole number");
    row("a status beyond", with(R"("status":4294967496)"), "\"status\" is not a status code");
    row("tokens that do not fit", with(R"("input_tokens":9223372036854775808)"), "\"input_tokens\"");
    row("negative bytes", with(R"("request_bytes":-1)"), "not negative");
    row("a flag in quotes", with(R"("streaming":"true")"), "true or false");
    row("a cost that is a text", with(R"("cost_usd":"1")"), "\"cost_usd\" is not a number");
    row("an id that is none", with(R"("id":"7")"), "\"id\" is not a UUID");
    row("an event of another name", agentProxy.substr(0, agentProxy.size() - 1) + R"(,"event":"on_start"})",
        "\"event\"");
    row("usage in another word", with(R"("usage":"some")"), "\"usage\"");
    row("a process that is a text", with(R"("process":"node")"), "a process with name and pid");
    row("a stored form of the future", R"({"stored":"mark"})", "this version does not know");
    row("a bomb", std::string(100'000, '['), "");
    row("a bomb in an unknown key", R"({"a":)" + std::string(100'000, '[') + '}', "");
}

void TestEventReader::saysWhatIsWrong()
{
    QFETCH(std::string, line);
    QFETCH(QString, part);
    EventReader reader;
    const auto read = reader.read(line);
    QVERIFY(!read);
    QVERIFY2(read.error().contains(part), qPrintable(read.error()));
}

void TestEventReader::readsMoneyExactly_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::optional<PicoUsd>>("amount");
    const auto row = [](const char *text, std::optional<PicoUsd> amount) {
        QTest::newRow(text) << std::string(text) << amount;
    };
    row("0", 0);
    row("0.0", 0);
    row("0.3", 300'000'000'000);
    row("0.00123", 1'230'000'000);
    row("0.000000000001", 1);
    row("12", 12'000'000'000'000);
    row("-1.5", -1'500'000'000'000);
    row("-9223372.036854775808", std::numeric_limits<PicoUsd>::min());
    row("9223372.036854775807", std::numeric_limits<PicoUsd>::max());
    row("1.5e-3", 1'500'000'000);
    row("15E2", 1'500'000'000'000'000);
    row("0.10000000000000000", 100'000'000'000);
    row("0.30000000000000004", std::nullopt);
    row("0.0000000000001", std::nullopt);
    row("9223372.036854775808", std::nullopt);
    row("1e30", std::nullopt);
    row("1e-99999", std::nullopt);
}

void TestEventReader::readsMoneyExactly()
{
    QFETCH(std::string, text);
    QFETCH(std::optional<PicoUsd>, amount);
    std::string line = agentLlm;
    line.insert(line.size() - 1, ",\"cost_usd\":" + text);
    EventReader reader;
    const auto read = reader.read(line);
    QVERIFY2(read, read ? "" : qPrintable(read.error()));
    QCOMPARE(std::get<LlmEvent>(read->event).cost, amount);
}

void TestEventReader::readsTimes_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::optional<std::int64_t>>("us");
    const auto row = [](const char *text, std::optional<std::int64_t> us) {
        QTest::newRow(text) << std::string(text) << us;
    };
    row("1970-01-01T00:00:00Z", 0);
    row("1969-12-31T23:59:59.999Z", -1000);
    row("2026-11-23T23:50:01.123Z", 1'795'477'801'123'000);
    row("2026-11-23T23:50:01.123456789+00:00", 1'795'477'801'123'456);
    row("2026-11-24T01:20:01.1+01:30", 1'795'477'801'100'000);
    row("2026-11-23t18:50:01-05:00", 1'795'477'801'000'000);
    row("2024-02-29T00:00:00Z", 1'709'164'800'000'000);
    row("2026-02-29T00:00:00Z", std::nullopt);
    row("2026-13-01T00:00:00Z", std::nullopt);
    row("2026-11-23T24:00:00Z", std::nullopt);
    row("2026-11-23T23:50:01", std::nullopt);
    row("2026-11-23T23:50:01.Z", std::nullopt);
    row("2026-11-23", std::nullopt);
    row("2026-11-23T23:50:01Zx", std::nullopt);
    row("", std::nullopt);
}

void TestEventReader::readsTimes()
{
    QFETCH(std::string, text);
    QFETCH(std::optional<std::int64_t>, us);
    QCOMPARE(parseRfc3339(text), us);
}

void TestEventReader::readsIds_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("isRead");
    QTest::newRow("the canonical form") << std::string("01234567-89ab-cdef-fedc-ba9876543210") << true;
    QTest::newRow("in capitals") << std::string("01234567-89AB-CDEF-FEDC-BA9876543210") << true;
    QTest::newRow("nothing") << std::string() << false;
    QTest::newRow("cut") << std::string("01234567-89ab-cdef-fedc-ba987654321") << false;
    QTest::newRow("without lines") << std::string("0123456789abcdeffedcba9876543210") << false;
    QTest::newRow("lines elsewhere") << std::string("0123456-789ab-cdef-fedc-ba9876543210") << false;
    QTest::newRow("another letter") << std::string("01234567-89ab-cdef-fedc-ba987654321g") << false;
}

void TestEventReader::readsIds()
{
    QFETCH(std::string, text);
    QFETCH(bool, isRead);
    const std::optional<ExchangeId> read = parseExchangeId(text);
    QCOMPARE(read.has_value(), isRead);
    if (isRead)
        QCOMPARE(*read, (ExchangeId{0x0123456789abcdefULL, 0xfedcba9876543210ULL}));
}

void TestEventReader::readsOnAfterABadLine()
{
    EventReader reader;
    QVERIFY(!reader.read(agentLlm.substr(0, 100)));
    QVERIFY(reader.read(agentLlm));
    QVERIFY(!reader.read("{\"method\":\"\\u\"}"));
    QVERIFY(reader.read(agentProxy));
}

QTEST_APPLESS_MAIN(TestEventReader)
#include "tst_eventreader.moc"
