#include "core/events/rowmaker.h"

#include "core/events/eventjson.h"
#include "core/events/exchange.h"
#include "core/events/storedjson.h"

#include <QTest>
#include <map>

using namespace hookscope;

namespace {

// A whole call as it happens live, with everything set that the window shows.
std::vector<Event> wholeCall()
{
    Started started;
    started.id = ExchangeId::next();
    started.timestampUs = 1'795'477'801'123'456;
    started.sandbox = "claude";
    started.process = Process{"claude", 7};
    started.method = "POST";
    started.url = "http://127.0.0.1:8790/anthropic/v1/messages?x=1";
    started.host = "api.anthropic.com";
    started.path = "/v1/messages?x=1";
    started.head = {
        {"Content-Type", "application/json"}, {"x-a", "1"}, {"x-a", "2"}, {"authorization", "Bearer ***"}};
    ProxyEvent request;
    request.id = started.id;
    request.timestampUs = started.timestampUs + 1;
    request.sandbox = started.sandbox;
    request.method = started.method;
    request.url = started.url;
    request.host = started.host;
    request.process = started.process;
    request.requestBytes = 20;
    Answered answered{started.id, 200, 12'345, {{"content-type", "text/event-stream"}}};
    CallProgress progress{started.id, "anthropic", "claude-sonnet-4-5", true, 20'001, {5, 6, {}, {}, {}}, 7};
    LlmEvent call;
    call.id = started.id;
    call.timestampUs = started.timestampUs + 900'001;
    call.sandbox = started.sandbox;
    call.provider = "anthropic";
    call.host = started.host;
    call.method = started.method;
    call.path = "/v1/messages";
    call.model = "claude-sonnet-4-5";
    call.status = 200;
    call.latencyUs = 12'345;
    call.tokens = {100, 20, 50, 10, 5, 4, 3, 2, 1, 0};
    call.streaming = true;
    call.process = started.process;
    call.session = "s";
    call.requestId = "r";
    call.cost = 1'230'000'001;
    call.costSource = CostSource::PriceList;
    call.ttftUs = 20'001;
    call.durationUs = 900'000;
    call.usage = UsageState::Reported;
    call.details = {
        "claude-sonnet-4", "msg_1", "standard", "end_turn", 1, 0, {{"requests", "5", std::nullopt, "1s"}},
        "a note",          false};
    ProxyEvent response = request;
    response.event = HookEvent::OnResponse;
    response.timestampUs = call.timestampUs + 2;
    response.status = 200;
    response.latencyUs = 12'345;
    response.durationUs = 900'000;
    response.responseBytes = 1000;
    return {started, request, answered, progress, call, response};
}

std::map<ExchangeId, Exchange> rowsOf(const std::vector<Event> &events)
{
    std::map<ExchangeId, Exchange> rows;
    for (const Event &event : events)
        rows[exchangeOf(event)].apply(event);
    return rows;
}

std::string wireOf(const Event &event)
{
    if (const auto *proxy = std::get_if<ProxyEvent>(&event))
        return toJson(*proxy);
    return toJson(std::get<LlmEvent>(event));
}

class Maker {
public:
    void add(const std::string &line)
    {
        auto read = m_reader.read(line);
        QVERIFY2(read, read ? "" : qPrintable(read.error()));
        rows.add(*std::move(read), events);
    }

    RowMaker rows;
    std::vector<Event> events;

private:
    EventReader m_reader;
};

const std::string agentRequest =
    R"({"timestamp":"2026-11-23T23:50:01Z","sandbox":"box","method":"GET","url":"http://a/b?c","host":"a","status":null,)"
    R"("secret_injected":false,"latency_ms":null})";
const std::string agentLlm =
    R"({"timestamp":"2026-11-23T23:50:01Z","sandbox":"box","provider":"openai","host":"api.openai.com","method":"POST",)"
    R"("path":"/v1/chat/completions","model":"gpt-4o","status":200,"latency_ms":7,"input_tokens":10,"output_tokens":20,)"
    R"("total_tokens":30,"streaming":false,"secret_injected":true})";

} // namespace

class TestRowMaker : public QObject {
    Q_OBJECT
private slots:
    void theStoredFormBringsEverythingBack();
    void theStoredFormIsReadAsTheWireForm();
    void makesARowOfAWirePair_data();
    void makesARowOfAWirePair();
    void makesARowOfEachOfAgentkernelsLines();
    void waitsForTheProxyEventOfACall();
    void settlesACallThatStaysAlone();
    void keepsAWebsocketOpen();
    void endsWhatIsOpen();
    void keepsABoundedNumberOpen();
};

void TestRowMaker::theStoredFormBringsEverythingBack()
{
    const auto events = wholeCall();
    Maker maker;
    for (const Event &event : events)
        maker.add(toStoredJson(event));
    QVERIFY(maker.events == events);
    QCOMPARE(maker.rows.open(), std::size_t(0));
}

void TestRowMaker::theStoredFormIsReadAsTheWireForm()
{
    const auto events = wholeCall();
    const std::string wire = toJson(std::get<LlmEvent>(events[4]));
    const std::string stored = toStoredJson(events[4]);
    QVERIFY(stored.starts_with(wire.substr(0, wire.size() - 1)));
    QVERIFY(toStoredJson(events[0]).starts_with(storedStart));
}

void TestRowMaker::makesARowOfAWirePair_data()
{
    QTest::addColumn<QList<int>>("order");
    QTest::newRow("with the request") << QList<int>{1, 4, 5};
    QTest::newRow("the answer alone") << QList<int>{4, 5};
    QTest::newRow("the call at last") << QList<int>{1, 5};
}

void TestRowMaker::makesARowOfAWirePair()
{
    QFETCH(QList<int>, order);
    const auto events = wholeCall();
    Maker maker;
    for (const int i : order)
        maker.add(wireOf(events[static_cast<std::size_t>(i)]));
    QCOMPARE(maker.rows.open(), std::size_t(0));
    const auto rows = rowsOf(maker.events);
    QCOMPARE(rows.size(), std::size_t(1));
    const auto &[id, row] = *rows.begin();
    const auto &live = std::get<Started>(events[0]);
    QCOMPARE(id, live.id);
    QVERIFY(std::holds_alternative<Started>(maker.events.front()));
    QVERIFY(row.state == Exchange::State::Done);
    QCOMPARE(row.started.url, live.url);
    QCOMPARE(row.started.host, live.host);
    QCOMPARE(row.started.sandbox, live.sandbox);
    QCOMPARE(row.started.process, live.process);
    QCOMPARE(row.started.timestampUs / 1'000'000, live.timestampUs / 1'000'000);
    QCOMPARE(row.response->status, std::optional(200));
    QCOMPARE(row.response->latencyUs, std::optional<std::int64_t>(12'000));
    QCOMPARE(row.calls.size(), std::size_t(order.contains(4) ? 1 : 0));
    if (!row.calls.empty())
        QCOMPARE(row.calls.front().cost, std::optional<PicoUsd>(1'230'000'001));
}

void TestRowMaker::makesARowOfEachOfAgentkernelsLines()
{
    Maker maker;
    maker.add(agentRequest);
    maker.add(agentLlm);
    maker.add(agentLlm);
    QCOMPARE(maker.rows.open(), std::size_t(0));
    const auto rows = rowsOf(maker.events);
    QCOMPARE(rows.size(), std::size_t(3));
    int calls = 0;
    for (const auto &[id, row] : rows) {
        QVERIFY(row.state == Exchange::State::Done);
        calls += static_cast<int>(row.calls.size());
        if (!row.calls.empty()) {
            QCOMPARE(row.started.path, std::string("/v1/chat/completions"));
            QCOMPARE(row.response->status, std::optional(200));
        } else {
            QCOMPARE(row.started.path, std::string("/b?c"));
            QCOMPARE(row.response->status, std::optional<int>());
        }
    }
    QCOMPARE(calls, 2);
}

void TestRowMaker::waitsForTheProxyEventOfACall()
{
    const auto events = wholeCall();
    Maker maker;
    maker.add(wireOf(events[4]));
    QVERIFY(maker.events.empty());
    maker.add(wireOf(events[5]));
    QCOMPARE(maker.events.size(), std::size_t(3));
}

void TestRowMaker::settlesACallThatStaysAlone()
{
    const auto events = wholeCall();
    Maker maker;
    maker.add(wireOf(events[4]));
    maker.rows.settle(maker.events);
    QCOMPARE(maker.rows.open(), std::size_t(0));
    const auto rows = rowsOf(maker.events);
    QCOMPARE(rows.size(), std::size_t(1));
    QVERIFY(rows.begin()->second.state == Exchange::State::Done);
    QCOMPARE(rows.begin()->second.response->durationUs, std::optional<std::int64_t>(900'000));
}

void TestRowMaker::keepsAWebsocketOpen()
{
    auto call = std::get<LlmEvent>(wholeCall()[4]);
    call.method = "GET";
    Maker maker;
    maker.add(toJson(call));
    maker.rows.settle(maker.events);
    maker.add(toJson(call));
    maker.rows.settle(maker.events);
    QCOMPARE(maker.rows.open(), std::size_t(1));
    const auto rows = rowsOf(maker.events);
    QCOMPARE(rows.size(), std::size_t(1));
    QCOMPARE(rows.begin()->second.calls.size(), std::size_t(2));
}

void TestRowMaker::endsWhatIsOpen()
{
    const auto events = wholeCall();
    Maker maker;
    for (std::size_t i = 0; i < 4; ++i)
        maker.add(toStoredJson(events[i]));
    const auto second = wholeCall();
    maker.add(toStoredJson(second[2])); // its beginning is lost: nothing to make a row of
    maker.rows.finish("the end", maker.events);
    QCOMPARE(maker.rows.open(), std::size_t(0));
    const auto rows = rowsOf(maker.events);
    QCOMPARE(rows.size(), std::size_t(1));
    const Exchange &row = rows.begin()->second;
    QVERIFY(row.state == Exchange::State::Failed);
    QCOMPARE(row.response->error, std::optional<std::string>("the end"));
    QCOMPARE(row.response->status, std::optional(200));
    QVERIFY(row.progress);
}

void TestRowMaker::keepsABoundedNumberOpen()
{
    Maker maker;
    for (std::size_t i = 0; i < RowMaker::mostOpen + 10; ++i) {
        ProxyEvent request;
        request.id = ExchangeId::next();
        request.url = "http://a/";
        maker.add(toJson(request));
    }
    QCOMPARE(maker.rows.open(), RowMaker::mostOpen);
    const auto closed = std::count_if(maker.events.begin(), maker.events.end(), [](const Event &event) {
        const auto *proxy = std::get_if<ProxyEvent>(&event);
        return proxy && proxy->event == HookEvent::OnResponse;
    });
    QCOMPARE(closed, 10);
}

QTEST_APPLESS_MAIN(TestRowMaker)
#include "tst_rowmaker.moc"
