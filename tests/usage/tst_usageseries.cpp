#include "core/usage/usageseries.h"

#include "core/usage/usagetotals.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>
#include <memory>

using namespace hookscope;

namespace {

constexpr qint64 second = 1'000'000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr std::size_t top = 7;

qint64 at(const char *time, const QTimeZone &zone)
{
    QDateTime date = QDateTime::fromString(QLatin1String(time), Qt::ISODateWithMs);
    date.setTimeZone(zone);
    return date.toMSecsSinceEpoch() * 1000;
}

LlmEvent callAt(qint64 timestampUs, const std::string &model = "opus", qint64 input = 100, qint64 output = 10)
{
    LlmEvent event;
    event.id = ExchangeId::next();
    event.timestampUs = timestampUs;
    event.sandbox = "box";
    event.provider = "anthropic";
    event.model = model;
    event.status = 200;
    event.tokens.input = input;
    event.tokens.output = output;
    event.usage = UsageState::Reported;
    event.cost = input * 1'000'000;
    event.costSource = CostSource::PriceList;
    return event;
}

} // namespace

class TestUsageSeries : public QObject {
    Q_OBJECT
private slots:
    void init();
    void splitsByWhatIsAsked_data();
    void splitsByWhatIsAsked();
    void putsACallIntoItsBin_data();
    void putsACallIntoItsBin();
    void namesItsBinsInLocalTime_data();
    void namesItsBinsInLocalTime();
    void sumsADayThatIsNotTwentyFourHoursLong_data();
    void sumsADayThatIsNotTwentyFourHoursLong();
    void hasEveryCallOfAWeekWithAChangeOfClocks_data();
    void hasEveryCallOfAWeekWithAChangeOfClocks();
    void takesALateCallAtItsTime();
    void takesACallOfTheFutureNow();
    void countsACallOnce();
    void correctsACallWhereItWasCounted();
    void correctsNothingThatHasGone();
    void movesOnWithTheTime();
    void keepsBoundedMemory();
    void chartsTheLargest();
    void sumsUpInEveryDirection();
    void knowsWhatWasFailedAndCached();
    void marksGaps();
    void hasPercentilesByModel();
    void sumsSessions();
    void forgetsOldSessions();
    void sumsTheLastMinute();
    void isClearedWithTheTotals();

private:
    void take(LlmEvent call)
    {
        std::vector<RedactedEvent> events{redact(std::move(call), {})};
        totals->add(std::make_shared<const std::vector<RedactedEvent>>(std::move(events)));
    }
    void start(const QTimeZone &zone)
    {
        series = std::make_unique<UsageSeries>(nullptr, zone, [this] { return now; });
        totals = std::make_unique<UsageTotals>(nullptr, zone);
        connect(totals.get(), &UsageTotals::counted, series.get(), &UsageSeries::count);
        connect(totals.get(), &UsageTotals::cleared, series.get(), &UsageSeries::clear);
    }
    UsagePicture picture(UsageRange range, UsageSplit split = UsageSplit::Model) const
    {
        return series->picture(range, {split, UsageAmount::Tokens, top, true});
    }

    qint64 now = 0;
    std::unique_ptr<UsageTotals> totals;
    std::unique_ptr<UsageSeries> series;
};

Q_DECLARE_METATYPE(hookscope::UsageSplit)
Q_DECLARE_METATYPE(hookscope::UsageRange)

void TestUsageSeries::init()
{
    now = at("2026-11-26T14:30:20.500", QTimeZone::utc());
    start(QTimeZone::utc());
}

void TestUsageSeries::splitsByWhatIsAsked_data()
{
    QTest::addColumn<UsageSplit>("split");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("model") << UsageSplit::Model
                           << QStringList{QStringLiteral("opus 220"), QStringLiteral("haiku 77")};
    QTest::newRow("provider") << UsageSplit::Provider
                              << QStringList{QStringLiteral("anthropic 187"), QStringLiteral("bedrock 110")};
    QTest::newRow("sandbox") << UsageSplit::Sandbox
                             << QStringList{QStringLiteral("other 187"), QStringLiteral("box 110")};
}

void TestUsageSeries::splitsByWhatIsAsked()
{
    QFETCH(UsageSplit, split);
    QFETCH(QStringList, expected);
    take(callAt(now));
    LlmEvent second = callAt(now);
    second.provider = "bedrock";
    second.sandbox = "other";
    take(second);
    LlmEvent third = callAt(now, "haiku", 70, 7);
    third.sandbox = "other";
    take(third);
    for (const UsageRange range : {UsageRange::Hour, UsageRange::Day, UsageRange::Week}) {
        QStringList shown;
        for (const UsageGroup &group : picture(range, split).groups) {
            shown.append(QStringLiteral("%1 %2")
                             .arg(QString::fromStdString(group.name))
                             .arg(group.whole.sums.totalTokens));
            QCOMPARE(group.bins.back(), group.whole.sums);
        }
        QCOMPARE(shown, expected);
    }
}

void TestUsageSeries::putsACallIntoItsBin_data()
{
    QTest::addColumn<UsageRange>("range");
    QTest::addColumn<QString>("time");
    QTest::addColumn<int>("bin"); // -1: in none
    const auto row = [](const char *name, UsageRange range, const char *time, int bin) {
        QTest::newRow(name) << range << QString::fromLatin1(time) << bin;
    };
    row("hour: now", UsageRange::Hour, "2026-11-26T14:30:20.500", 59);
    row("hour: this minute's beginning", UsageRange::Hour, "2026-11-26T14:30:00.000", 59);
    row("hour: the last of the minute before", UsageRange::Hour, "2026-11-26T14:29:59.999", 58);
    row("hour: its beginning", UsageRange::Hour, "2026-11-26T13:31:00.000", 0);
    row("hour: before it", UsageRange::Hour, "2026-11-26T13:30:59.999", -1);
    row("day: this hour's beginning", UsageRange::Day, "2026-11-26T14:00:00.000", 23);
    row("day: the last of the hour before", UsageRange::Day, "2026-11-26T13:59:59.999", 22);
    row("day: its beginning", UsageRange::Day, "2026-11-25T15:00:00.000", 0);
    row("day: before it", UsageRange::Day, "2026-11-25T14:59:59.999", -1);
    row("week: this quarter's beginning", UsageRange::Week, "2026-11-26T12:00:00.000", 27);
    row("week: the last of the quarter before", UsageRange::Week, "2026-11-26T11:59:59.999", 26);
    row("week: its beginning", UsageRange::Week, "2026-11-19T18:00:00.000", 0);
    row("week: before it", UsageRange::Week, "2026-11-19T17:59:59.999", -1);
    row("week: before what is kept", UsageRange::Week, "2026-11-01T00:00:00.000", -1);
}

void TestUsageSeries::putsACallIntoItsBin()
{
    QFETCH(UsageRange, range);
    QFETCH(QString, time);
    QFETCH(int, bin);
    take(callAt(at(qPrintable(time), QTimeZone::utc())));
    const UsagePicture shown = picture(range);
    if (bin < 0) {
        QVERIFY(shown.groups.empty());
        return;
    }
    QCOMPARE(shown.groups.size(), std::size_t(1));
    for (std::size_t i = 0; i < shown.bins.size(); ++i)
        QCOMPARE(shown.groups.front().bins[i].calls, quint64(i == static_cast<std::size_t>(bin)));
}

void TestUsageSeries::namesItsBinsInLocalTime_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("time");
    QTest::addColumn<UsageRange>("range");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("last");
    const auto row = [](const char *name, const char *zone, const char *time, UsageRange range,
                        const char *first, const char *last) {
        QTest::newRow(name) << QByteArray(zone) << QString::fromLatin1(time) << range
                            << QString::fromLatin1(first) << QString::fromLatin1(last);
    };
    row("half an hour off", "Asia/Kolkata", "2026-11-26T14:40:00", UsageRange::Day, "2026-11-25T15:00:00",
        "2026-11-26T14:00:00");
    row("day of the change to winter", "Europe/Berlin", "2025-10-26T12:10:00", UsageRange::Day,
        "2025-10-25T14:00:00", "2025-10-26T12:00:00");
    row("day of the change to summer", "Europe/Berlin", "2025-03-30T12:10:00", UsageRange::Day,
        "2025-03-29T12:00:00", "2025-03-30T12:00:00");
    row("week with a change", "Europe/Berlin", "2025-10-27T12:10:00", UsageRange::Week, "2025-10-20T18:00:00",
        "2025-10-27T12:00:00");
    row("hour", "Europe/Berlin", "2025-10-26T12:10:00", UsageRange::Hour, "2025-10-26T11:11:00",
        "2025-10-26T12:10:00");
}

void TestUsageSeries::namesItsBinsInLocalTime()
{
    QFETCH(QByteArray, zone);
    QFETCH(QString, time);
    QFETCH(UsageRange, range);
    QFETCH(QString, first);
    QFETCH(QString, last);
    now = at(qPrintable(time), QTimeZone(zone));
    start(QTimeZone(zone));
    const UsagePicture shown = picture(range);
    const QString form = QStringLiteral("yyyy-MM-ddTHH:mm:ss");
    QCOMPARE(shown.bins.front().toString(form), first);
    QCOMPARE(shown.bins.back().toString(form), last);
}

void TestUsageSeries::sumsADayThatIsNotTwentyFourHoursLong_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("time"); // an hour of which each has a call, and the two days before too
    QTest::addColumn<quint64>("calls");
    const auto row = [](const char *name, const char *zone, const char *time, quint64 calls) {
        QTest::newRow(name) << QByteArray(zone) << QString::fromLatin1(time) << calls;
    };
    row("an ordinary day", "Europe/Berlin", "2025-10-24T23:30:00", 24);
    row("with an hour more", "Europe/Berlin", "2025-10-26T23:30:00", 25);
    row("with an hour less", "Europe/Berlin", "2025-03-30T23:30:00", 23);
    row("its first hour", "Europe/Berlin", "2025-10-27T00:30:00", 1);
    row("that begins at one", "Africa/Cairo", "2025-04-25T23:30:00", 23);
}

void TestUsageSeries::sumsADayThatIsNotTwentyFourHoursLong()
{
    QFETCH(QByteArray, zone);
    QFETCH(QString, time);
    QFETCH(quint64, calls);
    now = at(qPrintable(time), QTimeZone(zone));
    start(QTimeZone(zone));
    for (int i = 60; i >= 0; --i)
        take(callAt(now - i * hour));
    QCOMPARE(series->today().calls, calls);
    QCOMPARE(series->today(), totals->days().rbegin()->second);
    QCOMPARE(picture(UsageRange::Day).whole.calls, 24U);
}

void TestUsageSeries::hasEveryCallOfAWeekWithAChangeOfClocks_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("time");
    QTest::addColumn<quint64>("calls"); // one in each half hour of the week's bins
    QTest::newRow("none") << QByteArray("Europe/Berlin") << QStringLiteral("2025-11-20T23:59:00")
                          << quint64(336);
    QTest::newRow("to winter") << QByteArray("Europe/Berlin") << QStringLiteral("2025-10-28T23:59:00")
                               << quint64(338);
    QTest::newRow("to summer") << QByteArray("Europe/Berlin") << QStringLiteral("2025-04-01T23:59:00")
                               << quint64(334);
    QTest::newRow("by half an hour") << QByteArray("Australia/Lord_Howe")
                                     << QStringLiteral("2025-04-08T23:59:00") << quint64(337);
}

void TestUsageSeries::hasEveryCallOfAWeekWithAChangeOfClocks()
{
    QFETCH(QByteArray, zone);
    QFETCH(QString, time);
    QFETCH(quint64, calls);
    now = at(qPrintable(time), QTimeZone(zone));
    start(QTimeZone(zone));
    for (int i = 2 * 24 * 9; i >= 0; --i)
        take(callAt(now - i * hour / 2));
    const UsagePicture shown = picture(UsageRange::Week);
    QCOMPARE(shown.whole.calls, calls);
    quint64 inBins = 0;
    for (const UsageSums &bin : shown.groups.front().bins)
        inBins += bin.calls;
    QCOMPARE(inBins, calls);
}

void TestUsageSeries::takesALateCallAtItsTime()
{
    take(callAt(now));
    take(callAt(now - 3 * hour));
    QCOMPARE(picture(UsageRange::Hour).whole.calls, 1U);
    const UsagePicture day = picture(UsageRange::Day);
    QCOMPARE(day.whole.calls, 2U);
    QCOMPARE(day.groups.front().bins[20].calls, 1U);
    QCOMPARE(series->lastMinute().calls, 1U);
}

void TestUsageSeries::takesACallOfTheFutureNow()
{
    take(callAt(now + 1000 * 24 * hour));
    take(callAt(now));
    for (const UsageRange range : {UsageRange::Hour, UsageRange::Day, UsageRange::Week})
        QCOMPARE(picture(range).groups.front().bins.back().calls, 2U);
}

void TestUsageSeries::countsACallOnce()
{
    LlmEvent call = callAt(now);
    call.details.answerId = "chatcmpl-BpJBM4XqgLRpLxmTeun39ESCNhQwb";
    take(call);
    call.sandbox = "gateway";
    take(call);
    const UsagePicture shown = picture(UsageRange::Hour, UsageSplit::Sandbox);
    QCOMPARE(shown.groups.size(), std::size_t(1));
    QCOMPARE(shown.groups.front().whole.sums.calls, 1U);
    QCOMPARE(shown.groups.front().whole.sums, totals->entries().begin()->second);
}

void TestUsageSeries::correctsACallWhereItWasCounted()
{
    LlmEvent call = callAt(now);
    call.details.answerId = "chatcmpl-BpJBM4XqgLRpLxmTeun39ESCNhQwb";
    call.usage = UsageState::Missing;
    call.tokens = {};
    call.cost = {};
    call.session = "s";
    take(call);
    QCOMPARE(series->today().withoutUsage, 1U);
    now += 5 * minute;
    LlmEvent again = callAt(now);
    again.details.answerId = call.details.answerId;
    take(again);
    const UsagePicture shown = picture(UsageRange::Hour);
    QCOMPARE(shown.groups.front().bins[54].totalTokens, 110);
    QCOMPARE(shown.groups.front().bins[54].withoutUsage, 0U);
    QCOMPARE(shown.groups.front().bins[59], UsageSums());
    QCOMPARE(series->today(), totals->days().begin()->second);
    QCOMPARE(series->sessions(UsageRange::Hour).front().sums, series->today());
    QCOMPARE(series->lastMinute(), UsageSums());
}

void TestUsageSeries::correctsNothingThatHasGone()
{
    LlmEvent call = callAt(now);
    call.details.answerId = "chatcmpl-BpJBM4XqgLRpLxmTeun39ESCNhQwb";
    call.cost = {};
    take(call);
    now += 20 * 24 * hour;
    LlmEvent again = callAt(now);
    again.details.answerId = call.details.answerId;
    take(again);
    for (const UsageRange range : {UsageRange::Hour, UsageRange::Day, UsageRange::Week})
        QCOMPARE(picture(range).whole, UsageSums());
}

void TestUsageSeries::movesOnWithTheTime()
{
    take(callAt(now));
    QCOMPARE(picture(UsageRange::Hour).whole.calls, 1U);
    now += hour;
    QCOMPARE(picture(UsageRange::Hour).whole.calls, 0U);
    QCOMPARE(picture(UsageRange::Day).groups.front().bins[22].calls, 1U);
    now += 24 * hour;
    QCOMPARE(picture(UsageRange::Day).whole.calls, 0U);
    QCOMPARE(picture(UsageRange::Week).whole.calls, 1U);
    QCOMPARE(series->today().calls, 0U);
    now += 7 * 24 * hour;
    QCOMPARE(picture(UsageRange::Week).whole.calls, 0U);
}

void TestUsageSeries::keepsBoundedMemory()
{
    TimeBuckets buckets;
    const UsageKey place{"box", "anthropic", "opus"};
    const CallShare share;
    const LlmEvent sighting;
    const std::optional<std::string> session;
    for (qint64 i = 0; i < 1'000; ++i) {
        buckets.forgetBefore((i - 59) * minute);
        buckets.count(i * minute, 0, {sighting, place, i * minute, session, share, {}});
    }
    QCOMPARE(buckets.buckets().size(), std::size_t(60));

    for (int i = 0; i < 1'000; ++i)
        take(callAt(now, "model-" + std::to_string(i)));
    const UsagePicture shown = picture(UsageRange::Hour);
    QCOMPARE(shown.groups.size(), TimeBuckets::mostKeys);
    QCOMPARE(shown.further.sums.calls, 900U);
    QCOMPARE(shown.whole.calls, 1'000U);
    QCOMPARE(shown.rest.whole.sums.calls, 993U);
    QCOMPARE(shown.rest.bins.back().calls, 993U);
}

void TestUsageSeries::chartsTheLargest()
{
    for (int i = 0; i < 10; ++i)
        take(callAt(now, "model-" + std::to_string(i), 1000 - i, 0));
    LlmEvent dear = callAt(now, "dear", 1, 0);
    dear.cost = 1'000'000'000'000;
    take(dear);
    const UsagePicture byTokens =
        series->picture(UsageRange::Hour, {UsageSplit::Model, UsageAmount::Tokens, 3, false});
    QCOMPARE(byTokens.groups.front().name, std::string("model-0"));
    QCOMPARE(byTokens.groups.back().name, std::string("dear"));
    QVERIFY(byTokens.groups[3].bins.empty());
    QCOMPARE(byTokens.rest.whole.sums.calls, 8U);
    const UsagePicture byCost =
        series->picture(UsageRange::Hour, {UsageSplit::Model, UsageAmount::Cost, 3, false});
    QCOMPARE(byCost.groups.front().name, std::string("dear"));
}

void TestUsageSeries::sumsUpInEveryDirection()
{
    for (int i = 0; i < 2'000; ++i) {
        LlmEvent call = callAt(now - i * 6 * minute, "model-" + std::to_string(i % 13), 17 * i, 3 * i);
        call.sandbox = "box-" + std::to_string(i % 3);
        take(call);
    }
    for (const UsageRange range : {UsageRange::Hour, UsageRange::Day, UsageRange::Week}) {
        for (const UsageSplit split : {UsageSplit::Model, UsageSplit::Sandbox}) {
            const UsagePicture shown = picture(range, split);
            UsageSums sumOfGroups = shown.further.sums;
            UsageSums sumOfStacks;
            UsageSums rest = shown.further.sums;
            for (std::size_t i = 0; i < shown.groups.size(); ++i) {
                const UsageGroup &group = shown.groups[i];
                sumOfGroups.add(group.whole.sums);
                if (i >= shown.charted) {
                    rest.add(group.whole.sums);
                    continue;
                }
                UsageSums sumOfBins;
                for (const UsageSums &bin : group.bins)
                    sumOfBins.add(bin);
                QCOMPARE(sumOfBins, group.whole.sums);
                sumOfStacks.add(sumOfBins);
            }
            UsageSums restOfBins;
            for (const UsageSums &bin : shown.rest.bins)
                restOfBins.add(bin);
            QCOMPARE(restOfBins, rest);
            QCOMPARE(shown.rest.whole.sums, rest);
            sumOfStacks.add(rest);
            QCOMPARE(sumOfGroups, shown.whole);
            QCOMPARE(sumOfStacks, shown.whole);
        }
    }
}

void TestUsageSeries::knowsWhatWasFailedAndCached()
{
    LlmEvent cached = callAt(now);
    cached.tokens.cacheRead = 60;
    cached.tokens.cacheWrite = 15;
    take(cached);
    LlmEvent silent = callAt(now); // of its cache
    take(silent);
    LlmEvent refused = callAt(now);
    refused.status = 429;
    refused.tokens = {};
    refused.usage = UsageState::Missing;
    take(refused);
    LlmEvent cut = callAt(now);
    cut.error = "connection reset";
    take(cut);
    LlmEvent absurd = callAt(now);
    absurd.tokens.cacheRead = 101;
    take(absurd);
    const UsageSums sums = series->today();
    QCOMPARE(sums.failed, 2U);
    QCOMPARE(sums.cacheReadTokens, 161);
    QCOMPARE(sums.cacheStatedInputTokens, 200);
    QCOMPARE(sums.uncachedInputTokens, 25 + 100 + 100);
}

void TestUsageSeries::marksGaps()
{
    LlmEvent call = callAt(now);
    call.usage = UsageState::Partial;
    take(call);
    const UsagePicture shown = picture(UsageRange::Hour);
    QCOMPARE(shown.groups.front().bins.back().withoutUsage, 1U);
    QCOMPARE(shown.groups.front().whole.sums.withoutCost, 1U);
    QCOMPARE(series->lastMinute().withoutUsage, 1U);
}

void TestUsageSeries::hasPercentilesByModel()
{
    for (int i = 1; i <= 100; ++i) {
        LlmEvent call = callAt(now - i * 20 * minute);
        call.latencyUs = i * 1'000;
        if (i % 2 == 0)
            call.ttftUs = i * 2'000;
        take(call);
    }
    const UsagePicture shown = picture(UsageRange::Week);
    const UsageCell &opus = shown.groups.front().whole;
    QCOMPARE(opus.latency.count(), 100U);
    QCOMPARE(opus.ttft.count(), 50U);
    QVERIFY(qAbs(*opus.latency.percentile(50) - 50'000) <= 400);
    QVERIFY(qAbs(*opus.ttft.percentile(99) - 200'000) <= 1'600);
    QCOMPARE(picture(UsageRange::Hour).groups.front().whole.latency.count(), 2U);
}

void TestUsageSeries::sumsSessions()
{
    const auto inSession = [&](const char *name, qint64 timestampUs) {
        LlmEvent call = callAt(timestampUs);
        call.session = name;
        take(call);
    };
    inSession("long", now - 30 * hour);
    inSession("old", now - 26 * hour);
    inSession("long", now);
    inSession("new", now - minute);
    take(callAt(now));
    const std::vector<SessionUsage> shown = series->sessions(UsageRange::Day);
    QCOMPARE(shown.size(), std::size_t(2));
    QCOMPARE(shown[0].session, std::string("long"));
    QCOMPARE(shown[0].sums.calls, 2U);
    QCOMPARE(shown[0].sums.cost, 2 * 100 * 1'000'000);
    QCOMPARE(shown[0].firstUs, now - 30 * hour);
    QCOMPARE(shown[0].sandbox, std::string("box"));
    QCOMPARE(shown[1].session, std::string("new"));
    QCOMPARE(series->sessions(UsageRange::Week).size(), std::size_t(3));
}

void TestUsageSeries::forgetsOldSessions()
{
    for (int i = 0; i < 5'000; ++i) {
        LlmEvent call = callAt(now + i);
        now += 1;
        call.session = "session-" + std::to_string(i);
        take(call);
    }
    const std::vector<SessionUsage> shown = series->sessions(UsageRange::Week);
    QVERIFY(shown.size() >= SessionSums::least && shown.size() <= SessionSums::least * 11 / 10);
    QCOMPARE(shown.front().session, std::string("session-4999"));
    for (std::size_t i = 0; i < SessionSums::least; ++i)
        QVERIFY(std::stoi(shown[i].session.substr(8)) >= 4'000);
}

void TestUsageSeries::sumsTheLastMinute()
{
    take(callAt(now - 59 * second));
    take(callAt(now));
    QCOMPARE(series->lastMinute().totalTokens, 220);
    now += second;
    QCOMPARE(series->lastMinute().totalTokens, 110);
    now += 59 * second;
    QCOMPARE(series->lastMinute(), UsageSums());
    take(callAt(now));
    QCOMPARE(series->lastMinute().totalTokens, 110);
}

void TestUsageSeries::isClearedWithTheTotals()
{
    LlmEvent call = callAt(now);
    call.details.answerId = "chatcmpl-BpJBM4XqgLRpLxmTeun39ESCNhQwb";
    call.cost = {};
    call.session = "s";
    take(call);
    QSignalSpy spy(series.get(), &UsageSeries::changed);
    totals->clear();
    QCOMPARE(spy.count(), 1);
    LlmEvent again = callAt(now);
    again.details.answerId = call.details.answerId;
    take(again);
    for (const UsageRange range : {UsageRange::Hour, UsageRange::Day, UsageRange::Week})
        QCOMPARE(picture(range).whole, UsageSums());
    QVERIFY(series->sessions(UsageRange::Week).empty());
    QCOMPARE(series->today(), UsageSums());
    QCOMPARE(series->lastMinute(), UsageSums());
}

QTEST_APPLESS_MAIN(TestUsageSeries)
#include "tst_usageseries.moc"
