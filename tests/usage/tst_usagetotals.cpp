#include "core/usage/usagetotals.h"

#include "core/events/eventreader.h"
#include "core/events/linerowreader.h"
#include "core/events/rowmaker.h"

#include <QDateTime>
#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>
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

LlmEvent costing(PicoUsd cost)
{
    LlmEvent event = call();
    event.cost = cost;
    event.costSource = CostSource::PriceList;
    return event;
}

LlmEvent named(LlmEvent event)
{
    event.details.answerId = "chatcmpl-BpJBM4XqgLRpLxmTeun39ESCNhQwb";
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
    void sumsCostAndSaysWhenItIsLow_data();
    void sumsCostAndSaysWhenItIsLow();
    void countsCallsThatWereNotUnderstood();
    void expectsNoStatementOfARefusedCall_data();
    void expectsNoStatementOfARefusedCall();
    void countsNoCallWhereNoneWasMade();
    void sumsTheStepsOfAToolLoop();
    void beginsADayAtLocalMidnight_data();
    void beginsADayAtLocalMidnight();
    void sumsByDay();
    void countsACallOnce_data();
    void countsACallOnce();
    void keepsTheFirstSightingsPlace();
    void takesNoIdThatNamesTwoCalls();
    void addsNothingForACallThatWasCleared();
    void forgetsOldCalls();
    void countsRowsOfLinesAsTheirEvents();
};

void TestUsageTotals::sumsTwoCalls()
{
    UsageTotals totals;
    totals.add(batch({call()}));
    totals.add(batch({call()}));

    QCOMPARE(totals.entries().size(), std::size_t(1));
    const Entry &entry = totals.entries().at(gpt4);
    QCOMPARE(entry.calls, 2U);
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
    QCOMPARE(totals.entries().at(gpt4).calls, 2U);
}

void TestUsageTotals::keepsModelsApart()
{
    LlmEvent turbo = call();
    turbo.model = "gpt-4-turbo";
    UsageTotals totals;
    totals.add(batch({call(), turbo}));
    QCOMPARE(totals.entries().size(), std::size_t(2));
    QCOMPARE(totals.entries().at({"test-sb", "openai", "gpt-4-turbo"}).calls, 1U);
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
    QCOMPARE(totals.entries().at({"test-sb", "openai", "unknown"}).calls, 1U);
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
    expected.calls = 2;
    expected.withoutCost = 2;
    expected.totalTokens = 1080;
    expected.cacheWriteTokens = 40;
    expected.reasoningTokens = 10;
    expected.inputTokens = 1010;
    expected.outputTokens = 70;
    expected.cacheReadTokens = 900;
    expected.uncachedInputTokens = 70; // 10, and 1000 less 940
    expected.cacheStatedInputTokens = 1000;
    expected.statedCacheRead = 1;
    expected.statedCacheWrite = 1;
    expected.statedReasoning = 1;
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

void TestUsageTotals::sumsCostAndSaysWhenItIsLow_data()
{
    QTest::addColumn<std::vector<LlmEvent>>("calls");
    QTest::addColumn<qint64>("cost");
    QTest::addColumn<quint64>("withoutCost");
    const LlmEvent priced = costing(1'250'000'000);
    LlmEvent cut = priced;
    cut.usage = UsageState::Partial;
    LlmEvent cutButBilled = cut;
    cutButBilled.costSource = CostSource::Provider;
    QTest::newRow("two prices") << std::vector{priced, costing(1)} << qint64(1'250'000'001) << quint64(0);
    QTest::newRow("free") << std::vector{costing(0)} << qint64(0) << quint64(0);
    QTest::newRow("no price known") << std::vector{priced, call()} << qint64(1'250'000'000) << quint64(1);
    QTest::newRow("none known at all") << std::vector{call(), call()} << qint64(0) << quint64(2);
    QTest::newRow("answer cut short") << std::vector{cut} << qint64(1'250'000'000) << quint64(1);
    QTest::newRow("the provider's word on a cut answer")
        << std::vector{cutButBilled} << qint64(1'250'000'000) << quint64(0);
    QTest::newRow("beyond the range") << std::vector{costing(std::numeric_limits<PicoUsd>::max()), costing(5)}
                                      << std::numeric_limits<qint64>::max() << quint64(0);
}

void TestUsageTotals::sumsCostAndSaysWhenItIsLow()
{
    QFETCH(std::vector<LlmEvent>, calls);
    UsageTotals totals;
    totals.add(batch({calls.begin(), calls.end()}));
    QTEST(qint64(totals.overall().cost), "cost");
    QTEST(totals.overall().withoutCost, "withoutCost");
    QTEST(qint64(totals.entries().at(gpt4).cost), "cost");
    QTEST(totals.entries().at(gpt4).withoutCost, "withoutCost");
    QTEST(qint64(totals.days().begin()->second.cost), "cost");
}

void TestUsageTotals::countsCallsThatWereNotUnderstood()
{
    LlmEvent strange = call();
    strange.tokens = {};
    strange.usage = UsageState::Missing;
    strange.details.isUnderstood = false;
    UsageTotals totals;
    totals.add(batch({call(), strange}));
    QCOMPARE(totals.overall().notUnderstood, 1U);
    QCOMPARE(totals.overall().withoutUsage, 1U);
    QCOMPARE(totals.entries().at(gpt4).notUnderstood, 1U);
}

void TestUsageTotals::expectsNoStatementOfARefusedCall_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isStated");
    QTest::addColumn<quint64>("without");
    QTest::newRow("wrong request") << 400 << false << quint64(0);
    QTest::newRow("too many requests") << 429 << false << quint64(0);
    QTest::newRow("out of service") << 503 << false << quint64(0);
    QTest::newRow("overloaded") << 529 << false << quint64(0);
    QTest::newRow("failed at work") << 500 << false << quint64(1);
    QTest::newRow("the gateway did not wait") << 504 << false << quint64(1);
    QTest::newRow("answered") << 200 << false << quint64(1);
    QTest::newRow("no answer") << 0 << false << quint64(1);
    QTest::newRow("refused, and yet stated: no price") << 400 << true << quint64(1);
}

void TestUsageTotals::expectsNoStatementOfARefusedCall()
{
    QFETCH(int, status);
    QFETCH(bool, isStated);
    LlmEvent refused = call();
    refused.status = status == 0 ? std::nullopt : std::optional(status);
    if (!isStated) {
        refused.tokens = {};
        refused.usage = UsageState::Missing;
    }
    UsageTotals totals;
    totals.add(batch({refused}));
    QCOMPARE(totals.overall().calls, 1U); // the row is kept, under the model that was asked for
    QCOMPARE(totals.entries().at(gpt4).calls, 1U);
    QTEST(totals.overall().withoutCost, "without");
    QCOMPARE(totals.overall().withoutUsage, isStated ? 0U : totals.overall().withoutCost);
}

// Counting tokens and asking for quotas are exchanges, but no calls.
void TestUsageTotals::countsNoCallWhereNoneWasMade()
{
    UsageTotals totals;
    totals.add(batch({started(1), ended(1, 200), started(2), call(), ended(2, 200)}));
    QCOMPARE(totals.overall().requests, 2U);
    QCOMPARE(totals.overall().calls, 1U);
    QCOMPARE(totals.overall().inputTokens, 10);
}

void TestUsageTotals::sumsTheStepsOfAToolLoop()
{
    UsageTotals totals;
    for (const char *id :
         {"msg_01XFDUDYJgAACzvnptvVoYEL", "msg_013Zva2CMHLNnXjNJJKqJ2EF", "msg_018gCsTGsXkYJVqYPxTgDHBU"}) {
        LlmEvent step = call();
        step.details.answerId = id;
        step.tokens = {20'010, 5, 20'000, {}, {}};
        totals.add(batch({step}));
    }
    QCOMPARE(totals.overall().calls, 3U);
    QCOMPARE(totals.overall().cacheReadTokens, 60'000);
    QCOMPARE(totals.overall().repeats, 0U);
}

void TestUsageTotals::beginsADayAtLocalMidnight_data()
{
    QTest::addColumn<QString>("utc");
    QTest::addColumn<QDate>("day");
    QTest::newRow("winter, last second") << "2025-01-14T22:59:59Z" << QDate(2025, 1, 14);
    QTest::newRow("winter, midnight") << "2025-01-14T23:00:00Z" << QDate(2025, 1, 15);
    QTest::newRow("summer, last second") << "2025-07-14T21:59:59Z" << QDate(2025, 7, 14);
    QTest::newRow("summer, midnight") << "2025-07-14T22:00:00Z" << QDate(2025, 7, 15);
    QTest::newRow("day of 23 hours begins") << "2025-03-29T23:00:00Z" << QDate(2025, 3, 30);
    QTest::newRow("day of 23 hours ends") << "2025-03-30T22:00:00Z" << QDate(2025, 3, 31);
    QTest::newRow("day of 25 hours begins") << "2025-10-25T22:00:00Z" << QDate(2025, 10, 26);
    QTest::newRow("day of 25 hours, last hour") << "2025-10-26T22:30:00Z" << QDate(2025, 10, 26);
    QTest::newRow("day of 25 hours ends") << "2025-10-26T23:00:00Z" << QDate(2025, 10, 27);
}

void TestUsageTotals::beginsADayAtLocalMidnight()
{
    QFETCH(QString, utc);
    QFETCH(QDate, day);
    const QTimeZone berlin("Europe/Berlin");
    if (!berlin.isValid())
        QSKIP("no time zone data on this machine");
    LlmEvent event = call();
    event.timestampUs = QDateTime::fromString(utc, Qt::ISODate).toMSecsSinceEpoch() * 1000;
    UsageTotals totals(nullptr, berlin);
    totals.add(batch({event}));
    QCOMPARE(totals.days().size(), std::size_t(1));
    QCOMPARE(totals.days().begin()->first, day);
    QCOMPARE(totals.dayOf(event.timestampUs), day);
}

void TestUsageTotals::sumsByDay()
{
    LlmEvent next = costing(7);
    next.timestampUs += qint64(86'400) * 1'000'000;
    UsageTotals totals(nullptr, QTimeZone::utc());
    totals.add(batch({costing(1), costing(2), next}));
    QCOMPARE(totals.days().size(), std::size_t(2));
    QCOMPARE(totals.days().at(QDate(2026, 1, 1)).cost, PicoUsd(3));
    QCOMPARE(totals.days().at(QDate(2026, 1, 1)).totalTokens, 60);
    QCOMPARE(totals.days().at(QDate(2026, 1, 2)).cost, PicoUsd(7));
    totals.clear();
    QVERIFY(totals.days().empty());
}

void TestUsageTotals::countsACallOnce_data()
{
    QTest::addColumn<std::vector<LlmEvent>>("sightings");
    QTest::addColumn<UsageSums>("sums");
    const LlmEvent whole = named(costing(100));
    LlmEvent noPrice = whole;
    noPrice.cost.reset();
    noPrice.costSource = CostSource::None;
    LlmEvent cut = whole;
    cut.usage = UsageState::Partial;
    cut.tokens.output = 1;
    cut.cost = 40;
    LlmEvent cutLater = cut;
    cutLater.tokens.output = 3;
    LlmEvent silent = noPrice;
    silent.usage = UsageState::Missing;
    silent.tokens = {};
    LlmEvent cached = whole;
    cached.tokens.cacheRead = 4;
    LlmEvent otherPrice = costing(90);
    otherPrice.details = whole.details;
    LlmEvent otherNumbers = whole;
    otherNumbers.tokens.output = 21;
    LlmEvent cutAbove = cut;
    cutAbove.tokens.output = 25;

    const auto sums = [](const std::vector<LlmEvent> &calls) {
        UsageSums expected;
        for (const LlmEvent &one : calls)
            expected.add(shareOf(one));
        return expected;
    };
    const auto row = [&](const char *name, std::vector<LlmEvent> sightings,
                         const std::vector<LlmEvent> &calls) {
        QTest::newRow(name) << std::move(sightings) << sums(calls);
    };
    row("twice along a chain", {whole, whole}, {whole});
    row("eight copies", {whole, whole, whole, whole, whole, whole, whole, whole}, {whole});
    row("price known later", {noPrice, whole}, {whole});
    row("price known before", {whole, noPrice}, {whole});
    row("other prices", {whole, otherPrice}, {whole});
    row("usage known later", {silent, whole}, {whole});
    row("usage known before", {whole, silent}, {whole});
    row("no usage in either", {silent, silent}, {silent});
    row("cut, then whole", {cut, whole}, {whole});
    row("whole, then cut", {whole, cut}, {whole});
    row("cut twice", {cut, cutLater, cut}, {cutLater});
    row("gap filled later", {whole, cached}, {cached});
    row("gap filled before", {cached, whole}, {cached});
    row("better and better", {silent, cut, noPrice, whole, cached}, {cached});
    row("other numbers", {whole, otherNumbers}, {whole, otherNumbers});
    row("cut, yet above the whole", {whole, cutAbove}, {whole, cutAbove});
    row("no id", {costing(100), costing(100)}, {whole, whole});
    LlmEvent numbered = costing(100);
    numbered.details.answerId = "chatcmpl-830";
    row("an id that only counts", {numbered, numbered}, {numbered, numbered});

    LlmEvent atLeast = whole;
    atLeast.cost = cut.cost;
    UsageSums low = sums({atLeast});
    low.withoutCost = 1;
    QTest::newRow("cut, then whole without a price: at least the part's") << std::vector{cut, noPrice} << low;
}

void TestUsageTotals::countsACallOnce()
{
    QFETCH(std::vector<LlmEvent>, sightings);
    QFETCH(UsageSums, sums);
    UsageTotals totals(nullptr, QTimeZone::utc());
    totals.add(batch({sightings.begin(), sightings.end()}));
    QVERIFY(static_cast<const UsageSums &>(totals.overall()) == sums);
    QVERIFY(static_cast<const UsageSums &>(totals.entries().at(gpt4)) == sums);
    QVERIFY(totals.days().at(QDate(2026, 1, 1)) == sums);
    QCOMPARE(totals.overall().repeats, sightings.size() - sums.calls);
}

void TestUsageTotals::keepsTheFirstSightingsPlace()
{
    LlmEvent inner = named(call());
    LlmEvent outer = named(costing(5));
    outer.sandbox = "agent";
    outer.provider = "custom";
    outer.model = "alias";
    outer.timestampUs += qint64(86'400) * 1'000'000;
    UsageTotals totals(nullptr, QTimeZone::utc());
    totals.add(batch({inner, outer}));
    QCOMPARE(totals.entries().size(), std::size_t(1));
    QCOMPARE(totals.entries().at(gpt4).cost, PicoUsd(5));
    QCOMPARE(totals.entries().at(gpt4).withoutCost, 0U);
    QCOMPARE(totals.entries().at(gpt4).lastRequestUs, inner.timestampUs);
    QCOMPARE(totals.days().size(), std::size_t(1));
    QCOMPARE(totals.days().at(QDate(2026, 1, 1)).cost, PicoUsd(5));
    QCOMPARE(totals.overall().repeats, 1U);
}

void TestUsageTotals::takesNoIdThatNamesTwoCalls()
{
    LlmEvent other = named(call());
    other.tokens.input = 11;
    UsageTotals totals;
    totals.add(batch({named(call()), other, named(call()), other}));
    QCOMPARE(totals.overall().calls, 4U);
    QCOMPARE(totals.overall().inputTokens, 42);
    QCOMPARE(totals.overall().repeats, 0U);
}

void TestUsageTotals::addsNothingForACallThatWasCleared()
{
    UsageTotals totals;
    totals.add(batch({named(call())}));
    totals.clear();
    totals.add(batch({named(costing(5)), call()}));
    QCOMPARE(totals.overall().calls, 1U);
    QCOMPARE(totals.overall().cost, PicoUsd(0));
    QCOMPARE(totals.overall().withoutCost, 1U);
    QCOMPARE(totals.entries().at(gpt4).calls, 1U);
}

void TestUsageTotals::forgetsOldCalls()
{
    const auto numbered = [](std::size_t number) {
        LlmEvent event = call();
        event.details.answerId = "msg_01XFDUDYJgAACzvnptvV" + std::to_string(1'000'000 + number);
        return Event(event);
    };
    std::vector<Event> events;
    for (std::size_t i = 0; i <= SeenCalls::limit; ++i)
        events.push_back(numbered(i));
    UsageTotals totals;
    totals.add(batch(events));
    totals.add(batch({numbered(1), numbered(SeenCalls::limit)})); // still known
    QCOMPARE(totals.overall().calls, SeenCalls::limit + 1);
    QCOMPARE(totals.overall().repeats, 2U);
    totals.add(batch({numbered(0)}));
    QCOMPARE(totals.overall().calls, SeenCalls::limit + 2);
}

// The same lines as rows, and as events.
void TestUsageTotals::countsRowsOfLinesAsTheirEvents()
{
    LineRowReader lines(LineForm::Followed);
    EventReader reader;
    RowMaker maker;
    std::vector<RedactedEvent> redacted;
    for (int i = 0; i < 60; ++i) {
        const std::string number = std::to_string(i);
        const std::string common = R"({"timestamp":"2026-01-)" + std::to_string(10 + i % 20) + R"(T23:5)"
            + std::to_string(i % 10) + R"(:00Z","sandbox":"s)" + std::to_string(i % 2)
            + R"(","host":"h","method":"POST",)";
        const std::string status = i % 9 == 0 ? "500" : i % 11 == 0 ? "null" : "200";
        const std::string line = i % 3 == 0
            ? common + R"("url":"http://h/","status":)" + status + R"(,"latency_ms":3})"
            : common + R"("provider":"p","path":"/","model":)" + (i % 4 == 0 ? "null" : "\"m\"") + R"(,"status":)"
                + status + R"(,"input_tokens":)" + (i % 5 == 0 ? "null" : number) + R"(,"output_tokens":2})";
        QVERIFY(lines.read(line));
        std::vector<Event> events;
        maker.add(*reader.read(line), events);
        for (Event &event : events)
            redacted.push_back(redact(std::move(event), {}));
    }
    UsageTotals byEvents(nullptr, QTimeZone("Europe/Berlin"));
    byEvents.add(std::make_shared<const std::vector<RedactedEvent>>(std::move(redacted)));
    UsageTotals byRows(nullptr, QTimeZone("Europe/Berlin"));
    QSignalSpy changed(&byRows, &UsageTotals::changed);
    QSignalSpy counted(&byRows, &UsageTotals::callCounted);
    byRows.addRows(lines.take());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(counted.count(), 40);
    QCOMPARE(byRows.overall().requests, 60ULL);
    QVERIFY(byRows.overall() == byEvents.overall());
    QVERIFY(byRows.entries() == byEvents.entries());
    QVERIFY(byRows.days() == byEvents.days());
    QCOMPARE(byRows.days().size(), byEvents.days().size());
}

QTEST_GUILESS_MAIN(TestUsageTotals)
#include "tst_usagetotals.moc"
