#include "core/events/record.h"

#include <QTest>

using namespace hookscope;

namespace {

Started started()
{
    Started event;
    event.id = {1, 2};
    event.timestampUs = 1'700'000'000'000'000;
    event.sandbox = "codex";
    event.process = Process{"node", 4242};
    event.method = "POST";
    event.url = "https://api.openai.com/v1/responses?x=1";
    event.host = "api.openai.com";
    event.path = "/v1/responses?x=1";
    return event;
}

LlmEvent call(std::optional<std::int64_t> input, std::optional<std::int64_t> output,
              std::optional<PicoUsd> cost)
{
    LlmEvent event;
    event.id = {1, 2};
    event.provider = "openai";
    event.model = "gpt-5";
    event.session = "s1";
    event.tokens.input = input;
    event.tokens.output = output;
    event.cost = cost;
    event.usage = UsageState::Reported;
    return event;
}

ProxyEvent ended(std::optional<std::string> error = {})
{
    ProxyEvent event;
    event.event = HookEvent::OnResponse;
    event.id = {1, 2};
    event.status = 200;
    event.latencyUs = 20;
    event.durationUs = 30;
    event.requestBytes = 7;
    event.responseBytes = 9;
    event.error = std::move(error);
    return event;
}

} // namespace

class tst_Record final : public QObject {
    Q_OBJECT
private slots:
    void fillsInAsEventsCome();
    void showsWhatIsKnownWhileItRuns();
    void sumsTheCallsOfASocket();
    void sumsNothingWithAGap();
    void saysWhenACostIsALowerBound();
    void keepsAnUrlThatDoesNotEndWithItsPath();
    void tellsStreamingByTheAnswersType();
    void comesBackAsAnExchange();
    void givesUpItsTexts();
    void keepsOneOfEachText();
};

void tst_Record::fillsInAsEventsCome()
{
    Strings strings;
    Record row;
    apply(row, started(), strings);
    QVERIFY(row.isRunning());
    QVERIFY(!row.latencyUs.has());
    QCOMPARE(urlOf(row, strings), std::string("https://api.openai.com/v1/responses?x=1"));
    QCOMPARE(strings.text(row.origin), std::string_view("https://api.openai.com"));
    apply(row, CallProgress{{1, 2}, "openai", "gpt-5", false, 11}, strings);
    QVERIFY(row.isCall);
    QCOMPARE(*row.ttftUs, 11);
    apply(row, Answered{{1, 2}, 429, 20, {}}, strings);
    QCOMPARE(row.status, 429);
    QVERIFY(row.state == Record::State::InFlight);
    apply(row, ended(), strings);
    QVERIFY(row.state == Record::State::Done);
    QCOMPARE(row.status, 200); // as the client got it
    QCOMPARE(*row.durationUs, 30);
    QCOMPARE(*row.requestBytes, 7);
    QCOMPARE(*row.responseBytes, 9);
}

void tst_Record::showsWhatIsKnownWhileItRuns()
{
    Strings strings;
    Record row;
    apply(row, started(), strings);
    CallProgress progress{{1, 2}, "anthropic", "claude", true, {}};
    progress.tokens.input = 702;
    apply(row, progress, strings);
    QCOMPARE(*row.input, 702);
    QVERIFY(!row.output.has());
    QVERIFY(row.isTokensLowerBound);
    apply(row, call(1591, 20, 5), strings);
    QCOMPARE(*row.input, 1591);
    QVERIFY(!row.isTokensLowerBound);
    QVERIFY(!row.isCostLowerBound);
    progress.tokens.input = 3; // of the next call on a socket
    apply(row, progress, strings);
    QCOMPARE(*row.input, 1591);
}

void tst_Record::sumsTheCallsOfASocket()
{
    Strings strings;
    Record row;
    apply(row, started(), strings);
    apply(row, call(10, 0, 5), strings);
    apply(row, call(1, 2, 7), strings);
    QCOMPARE(row.calls, 2);
    QCOMPARE(*row.input, 11);
    QCOMPARE(*row.output, 2);
    QCOMPARE(row.total(), std::optional<std::int64_t>(13));
    QCOMPARE(*row.cost, 12);
    QVERIFY(!row.isCostLowerBound);
}

void tst_Record::sumsNothingWithAGap()
{
    Strings strings;
    Record row;
    apply(row, started(), strings);
    apply(row, call({}, 2, {}), strings);
    apply(row, call(1, 2, 7), strings);
    QVERIFY(!row.input.has());
    QCOMPARE(*row.output, 4);
    QVERIFY(!row.total());
    QCOMPARE(*row.cost, 7);
    QVERIFY(row.isCostLowerBound);
}

void tst_Record::saysWhenACostIsALowerBound()
{
    Strings strings;
    Record row;
    apply(row, started(), strings);
    LlmEvent cut = call(1, 2, 7);
    cut.usage = UsageState::Partial;
    cut.costSource = CostSource::PriceList;
    apply(row, cut, strings);
    QVERIFY(row.isCostLowerBound);
    QVERIFY(row.isTokensLowerBound);
}

void tst_Record::keepsAnUrlThatDoesNotEndWithItsPath()
{
    Strings strings;
    Record row;
    Started event = started();
    event.url = "http://127.0.0.1:8790/openai/v1";
    apply(row, event, strings);
    QCOMPARE(urlOf(row, strings), event.url);
    Record tunnel;
    event.url = "example.org:443";
    event.path.clear();
    apply(tunnel, event, strings);
    QCOMPARE(urlOf(tunnel, strings), event.url);
}

void tst_Record::tellsStreamingByTheAnswersType()
{
    Strings strings;
    Record row;
    apply(row, started(), strings);
    apply(row, Answered{{1, 2}, 200, 20, {{"content-type", "text/event-stream; charset=utf-8"}}}, strings);
    QVERIFY(row.state == Record::State::Streaming);
}

void tst_Record::comesBackAsAnExchange()
{
    Strings strings;
    Record row;
    apply(row, started(), strings);
    apply(row, call(10, 3, 5), strings);
    apply(row, ended("the answer was cut"), strings);
    const Exchange exchange = exchangeFrom(row, strings);
    QVERIFY(exchange.state == Exchange::State::Failed);
    QVERIFY(exchange.started == started());
    QCOMPARE(exchange.calls.size(), std::size_t(1));
    QCOMPARE(exchange.calls.front().tokens.input, std::optional<std::int64_t>(10));
    QCOMPARE(exchange.calls.front().cost, std::optional<PicoUsd>(5));
    QCOMPARE(exchange.response->error, std::optional<std::string>("the answer was cut"));
    QCOMPARE(exchange.response->status, std::optional<int>(200));
    QCOMPARE(exchange.request->requestBytes, std::optional<std::uint64_t>(7));
}

void tst_Record::givesUpItsTexts()
{
    Strings strings;
    Record first;
    Record second;
    apply(first, started(), strings);
    apply(second, started(), strings);
    const auto generation = strings.generation();
    releaseTexts(first, strings);
    QCOMPARE(strings.text(second.host), std::string_view("api.openai.com"));
    QCOMPARE(strings.generation(), generation);
    releaseTexts(second, strings);
    QCOMPARE(strings.find("api.openai.com"), StringId(0));
    QVERIFY(strings.generation() != generation);
}

void tst_Record::keepsOneOfEachText()
{
    Strings strings;
    const StringId empty = strings.take("");
    QVERIFY(empty != 0);
    const StringId a = strings.take("a");
    QCOMPARE(strings.take("a"), a);
    strings.release(a);
    QCOMPARE(strings.find("a"), a);
    strings.release(a);
    QCOMPARE(strings.find("a"), StringId(0));
    QCOMPARE(strings.take("b"), a); // the number is used again
    QCOMPARE(strings.text(a), std::string_view("b"));
    QCOMPARE(strings.text(0), std::string_view());
}

QTEST_APPLESS_MAIN(tst_Record)
#include "tst_record.moc"
