#include "core/events/exchange.h"

#include <QTest>

using namespace hookscope;
using State = Exchange::State;

namespace {

const ExchangeId id{1, 2};

ProxyEvent ended(std::optional<int> status, std::optional<std::string> error = {})
{
    ProxyEvent event;
    event.event = HookEvent::OnResponse;
    event.id = id;
    event.status = status;
    event.error = std::move(error);
    return event;
}

Exchange started()
{
    Exchange exchange;
    Started event;
    event.id = id;
    event.url = "http://example.test/";
    exchange.apply(event);
    return exchange;
}

} // namespace

class TestExchange : public QObject {
    Q_OBJECT
private slots:
    void takesItsIdFromTheFirstEvent();
    void fillsInAsEventsArrive();
    void keepsEveryCallOfAWebsocket();
    void streamsOnceTheAnswerDoes_data();
    void streamsOnceTheAnswerDoes();
    void endsAsTheLastEventSays_data();
    void endsAsTheLastEventSays();
    void staysOverWhenALateEventArrives();
    void knowsTheExchangeOfEveryEvent();
};

void TestExchange::takesItsIdFromTheFirstEvent()
{
    QVERIFY(started().id == id);
    QVERIFY(started().state == State::InFlight);
}

void TestExchange::fillsInAsEventsArrive()
{
    Exchange exchange = started();
    QVERIFY(!exchange.isLlmCall());

    ProxyEvent request;
    request.id = id;
    request.requestBytes = 12;
    exchange.apply(request);
    QVERIFY(exchange.request == request);
    QVERIFY(!exchange.response);

    const CallProgress progress{id, "openai", "gpt-4o", true, {}};
    exchange.apply(progress);
    QVERIFY(exchange.progress == progress);
    QVERIFY(exchange.isLlmCall());
    QVERIFY(exchange.state == State::InFlight);

    const Answered answered{id, 200, 5000, {{"content-type", "application/json"}}};
    exchange.apply(answered);
    QVERIFY(exchange.answered == answered);
    QVERIFY(exchange.state == State::Streaming);

    LlmEvent call;
    call.id = id;
    exchange.apply(call);
    QCOMPARE(exchange.calls.size(), std::size_t(1));

    exchange.apply(ended(200));
    QVERIFY(exchange.response == ended(200));
    QVERIFY(exchange.request == request);
    QVERIFY(exchange.state == State::Done);
}

void TestExchange::keepsEveryCallOfAWebsocket()
{
    Exchange exchange = started();
    for (int i = 0; i < 3; ++i) {
        LlmEvent call;
        call.id = id;
        call.timestampUs = i;
        exchange.apply(call);
    }
    QVERIFY(exchange.isLlmCall());
    QCOMPARE(exchange.calls.size(), std::size_t(3));
    QCOMPARE(exchange.calls.back().timestampUs, std::int64_t(2));
}

void TestExchange::streamsOnceTheAnswerDoes_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("type");
    QTest::addColumn<bool>("streams");

    QTest::newRow("server-sent events") << 200 << std::string("text/event-stream; charset=utf-8") << true;
    QTest::newRow("written in capitals") << 200 << std::string("Text/Event-Stream") << true;
    QTest::newRow("lines of JSON") << 200 << std::string("application/x-ndjson") << true;
    QTest::newRow("a document") << 200 << std::string("application/json") << false;
    QTest::newRow("an error") << 429 << std::string("text/event-stream") << false;
    QTest::newRow("no type") << 200 << std::string() << false;
}

void TestExchange::streamsOnceTheAnswerDoes()
{
    QFETCH(int, status);
    QFETCH(std::string, type);
    QFETCH(bool, streams);

    Answered answered{id, status, 1, {}};
    if (!type.empty())
        answered.head.push_back({"Content-Type", type});
    Exchange exchange = started();
    exchange.apply(answered);
    QCOMPARE(exchange.state == State::Streaming, streams);
    QCOMPARE(exchange.state == State::InFlight, !streams);
}

void TestExchange::endsAsTheLastEventSays_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("hasError");
    QTest::newRow("answered") << 200 << false;
    QTest::newRow("answered with an error status") << 500 << false;
    QTest::newRow("cut short") << 200 << true;
    QTest::newRow("never answered") << 0 << true;
}

void TestExchange::endsAsTheLastEventSays()
{
    QFETCH(int, status);
    QFETCH(bool, hasError);

    Exchange exchange = started();
    exchange.apply(
        ended(status == 0 ? std::nullopt : std::optional(status),
              hasError ? std::optional<std::string>("The server closed the connection") : std::nullopt));
    QVERIFY(exchange.state == (hasError ? State::Failed : State::Done));
}

void TestExchange::staysOverWhenALateEventArrives()
{
    Exchange exchange = started();
    exchange.apply(ended(200));
    exchange.apply(Answered{id, 200, 1, {{"content-type", "text/event-stream"}}});
    QVERIFY(exchange.state == State::Done);
}

void TestExchange::knowsTheExchangeOfEveryEvent()
{
    Started first;
    first.id = id;
    LlmEvent call;
    call.id = id;
    const Event events[] = {first, Answered{id, 200, 1, {}}, CallProgress{id, "openai", {}, false, {}},
                            ended(200), call};
    for (const Event &event : events)
        QVERIFY(exchangeOf(event) == id);
}

QTEST_APPLESS_MAIN(TestExchange)
#include "tst_exchange.moc"
