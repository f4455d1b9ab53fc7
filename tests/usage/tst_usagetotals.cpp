#include "core/usage/usagetotals.h"

#include <QSignalSpy>
#include <QTest>
#include <limits>

using namespace hookscope;
using Entry = UsageTotals::Entry;
using Key = UsageTotals::Key;

namespace {

ExchangeId idOf(std::uint64_t number)
{
    return {1, number};
}

Started started(std::uint64_t number)
{
    Started event;
    event.id = idOf(number);
    return event;
}

ProxyEvent ended(std::uint64_t number, std::optional<int> status, std::optional<std::string> error = {})
{
    ProxyEvent event;
    event.event = HookEvent::OnResponse;
    event.id = idOf(number);
    event.status = status;
    event.error = std::move(error);
    return event;
}

LlmEvent call()
{
    LlmEvent event;
    event.id = idOf(1);
    event.timestampUs = 1'767'225'600'000'000;
    event.sandbox = "test-sb";
    event.provider = "openai";
    event.model = "gpt-4";
    event.status = 200;
    event.tokens.input = 10;
    event.tokens.output = 20;
    event.usage = UsageState::Reported;
    return event;
}

EventBatch batch(std::vector<Event> events)
{
    std::vector<RedactedEvent> redacted;
    for (Event &event : events)
        redacted.push_back(redact(std::move(event), {}));
    return std::make_shared<const std::vector<RedactedEvent>>(std::move(redacted));
}

const Key gpt4{"test-sb", "openai", "gpt-4"};

} // namespace

class TestUsageTotals : public QObject {
    Q_OBJECT
private slots:
    void sumsTwoCalls();
    void countsStreamingCalls();
    void keepsModelsApart();
    void keepsSandboxesAndProvidersApart();
    void callsAModelUnknownThatIsNotKnown();
    void hasNothingOfASandboxThatDidNothing();
    void forgetsOnClear();
    void countsCallsWithoutUsage();
    void sumsWhatAPartialStatementSaid();
    void remembersTheLastRequest();
    void sumsOverEverything();
    void countsWhatIsInFlight();
    void countsAnErrorOncePerExchange_data();
    void countsAnErrorOncePerExchange();
    void staysAtTheEndOfTheRange();
    void tellsOnlyOfChanges();
};

void TestUsageTotals::sumsTwoCalls()
{
    UsageTotals totals;
    totals.add(batch({call()}));
    totals.add(batch({call()}));

    QCOMPARE(totals.entries().size(), std::size_t(1));
    const Entry &entry = totals.entries().at(gpt4);
    QCOMPARE(entry.requests, 2U);
    QCOMPARE(entry.inputTokens, 20);
    QCOMPARE(entry.outputTokens, 40);
    QCOMPARE(entry.totalTokens, 60);
    QCOMPARE(entry.streaming, 0U);
    QCOMPARE(entry.withoutUsage, 0U);
}

void TestUsageTotals::countsStreamingCalls()
{
    LlmEvent streaming = call();
    streaming.streaming = true;
    streaming.tokens = {};
    UsageTotals totals;
    totals.add(batch({streaming, call()}));
    QCOMPARE(totals.entries().at(gpt4).streaming, 1U);
    QCOMPARE(totals.entries().at(gpt4).requests, 2U);
}

void TestUsageTotals::keepsModelsApart()
{
    LlmEvent turbo = call();
    turbo.model = "gpt-4-turbo";
    UsageTotals totals;
    totals.add(batch({call(), turbo}));
    QCOMPARE(totals.entries().size(), std::size_t(2));
    QCOMPARE(totals.entries().at({"test-sb", "openai", "gpt-4-turbo"}).requests, 1U);
}

void TestUsageTotals::keepsSandboxesAndProvidersApart()
{
    LlmEvent elsewhere = call();
    elsewhere.sandbox = "other";
    LlmEvent other = call();
    other.provider = "groq";
    UsageTotals totals;
    totals.add(batch({call(), elsewhere, other}));
    QCOMPARE(totals.entries().size(), std::size_t(3));
}

void TestUsageTotals::callsAModelUnknownThatIsNotKnown()
{
    LlmEvent unnamed = call();
    unnamed.model.reset();
    UsageTotals totals;
    totals.add(batch({unnamed}));
    QCOMPARE(totals.entries().at({"test-sb", "openai", "unknown"}).requests, 1U);
}

void TestUsageTotals::hasNothingOfASandboxThatDidNothing()
{
    UsageTotals totals;
    QVERIFY(totals.entries().empty());
    QVERIFY(totals.overall() == UsageTotals::Overall());
}

void TestUsageTotals::forgetsOnClear()
{
    UsageTotals totals;
    totals.add(batch({started(1), call(), ended(1, 500), started(2)}));
    totals.clear();
    QVERIFY(totals.entries().empty());
    UsageTotals::Overall expected;
    expected.inFlight = 1;
    QVERIFY(totals.overall() == expected);

    totals.add(batch({ended(2, 200)}));
    QVERIFY(totals.overall() == UsageTotals::Overall());
}

void TestUsageTotals::countsCallsWithoutUsage()
{
    LlmEvent missing = call();
    missing.tokens = {};
    missing.usage = UsageState::Missing;
    UsageTotals totals;
    totals.add(batch({call(), missing}));
    QCOMPARE(totals.entries().at(gpt4).withoutUsage, 1U);
    QCOMPARE(totals.entries().at(gpt4).totalTokens, 30);
    QCOMPARE(totals.overall().withoutUsage, 1U);
}

void TestUsageTotals::sumsWhatAPartialStatementSaid()
{
    LlmEvent partial = call();
    partial.tokens.output.reset();
    partial.usage = UsageState::Partial;
    UsageTotals totals;
    totals.add(batch({partial}));
    const Entry &entry = totals.entries().at(gpt4);
    QCOMPARE(entry.inputTokens, 10);
    QCOMPARE(entry.outputTokens, 0);
    QCOMPARE(entry.totalTokens, 0);
    QCOMPARE(entry.withoutUsage, 1U);
}

void TestUsageTotals::remembersTheLastRequest()
{
    LlmEvent earlier = call();
    earlier.timestampUs -= 1;
    UsageTotals totals;
    totals.add(batch({call(), earlier}));
    QCOMPARE(totals.entries().at(gpt4).lastRequestUs, call().timestampUs);
}

void TestUsageTotals::sumsOverEverything()
{
    LlmEvent cached = call();
    cached.provider = "anthropic";
    cached.tokens = {1000, 50, 900, 40, 10};
    UsageTotals totals;
    totals.add(batch({started(1), call(), ended(1, 200), started(2), cached, ended(2, 200), started(3)}));

    UsageTotals::Overall expected;
    expected.requests = 3;
    expected.inFlight = 1;
    expected.llmCalls = 2;
    expected.inputTokens = 1010;
    expected.outputTokens = 70;
    expected.cacheReadTokens = 900;
    QVERIFY(totals.overall() == expected);
}

void TestUsageTotals::countsWhatIsInFlight()
{
    UsageTotals totals;
    totals.add(batch({started(1), started(2)}));
    QCOMPARE(totals.overall().inFlight, 2U);
    ProxyEvent request;
    request.id = idOf(1);
    totals.add(batch({request}));
    QCOMPARE(totals.overall().inFlight, 2U);
    totals.add(batch({ended(1, 200), ended(7, 200)})); // the start of 7 was lost
    QCOMPARE(totals.overall().inFlight, 1U);
    totals.add(batch({ended(2, 200)}));
    QCOMPARE(totals.overall().inFlight, 0U);
    QCOMPARE(totals.overall().requests, 2U);
}

void TestUsageTotals::countsAnErrorOncePerExchange_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("hasError");
    QTest::addColumn<int>("errors");
    QTest::newRow("answered") << 200 << false << 0;
    QTest::newRow("redirected") << 399 << false << 0;
    QTest::newRow("refused by the server") << 400 << false << 1;
    QTest::newRow("cut short") << 200 << true << 1;
    QTest::newRow("both") << 502 << true << 1;
    QTest::newRow("no answer") << 0 << true << 1;
    QTest::newRow("a tunnel") << 0 << false << 0;
}

void TestUsageTotals::countsAnErrorOncePerExchange()
{
    QFETCH(int, status);
    QFETCH(bool, hasError);
    QFETCH(int, errors);
    ProxyEvent request;
    request.id = idOf(1);
    LlmEvent failed = call();
    failed.status = 500;
    failed.error = "overloaded";
    UsageTotals totals;
    totals.add(batch({started(1), request, failed,
                      ended(1, status == 0 ? std::nullopt : std::optional(status),
                            hasError ? std::optional<std::string>("cut") : std::nullopt)}));
    QCOMPARE(totals.overall().errors, quint64(errors));
}

void TestUsageTotals::staysAtTheEndOfTheRange()
{
    LlmEvent absurd = call();
    absurd.tokens.input = std::numeric_limits<std::int64_t>::max();
    absurd.tokens.output = 0;
    UsageTotals totals;
    totals.add(batch({absurd, absurd}));
    QCOMPARE(totals.overall().inputTokens, std::numeric_limits<qint64>::max());
    QCOMPARE(totals.entries().at(gpt4).totalTokens, std::numeric_limits<qint64>::max());
}

void TestUsageTotals::tellsOnlyOfChanges()
{
    UsageTotals totals;
    QSignalSpy spy(&totals, &UsageTotals::changed);
    totals.add(batch({}));
    totals.add(nullptr);
    ProxyEvent request;
    totals.add(batch({request, Answered(), CallProgress()}));
    QCOMPARE(spy.count(), 0);
    totals.add(batch({started(1), started(2), call()}));
    QCOMPARE(spy.count(), 1);
    totals.clear();
    QCOMPARE(spy.count(), 2);
}

QTEST_GUILESS_MAIN(TestUsageTotals)
#include "tst_usagetotals.moc"
