#include "core/usage/latestlimits.h"

#include <QTest>
#include <limits>

using namespace hookscope;

namespace {

constexpr std::int64_t now = 1'764'000'000'000'000; // 2025-11-24T16:00:00Z

LlmEvent call(const std::string &provider, const std::string &model, std::vector<RateLimit> limits,
              std::int64_t timeUs = now)
{
    LlmEvent event;
    event.provider = provider;
    event.model = model;
    event.timestampUs = timeUs;
    event.details.rateLimits = std::move(limits);
    return event;
}

} // namespace

class TestLatestLimits : public QObject {
    Q_OBJECT
private slots:
    void readsWhenALimitIsWholeAgain_data();
    void readsWhenALimitIsWholeAgain();
    void keepsTheNewestOfEach();
    void isBounded();
};

void TestLatestLimits::readsWhenALimitIsWholeAgain_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("expected"); // from now, in microseconds; lowest: none
    const auto row = [](const char *text, qint64 expected) {
        QTest::newRow(text) << QByteArray(text) << expected;
    };
    constexpr qint64 none = std::numeric_limits<qint64>::min();
    constexpr qint64 s = 1'000'000;
    row("1s", s);
    row("6m0s", 360 * s);
    row("1h2m3.5s", 3'723'500'000);
    row("120ms", 120'000);
    row("2m59.56s", 179'560'000);
    row("7.66s", 7'660'000);
    row("1d", 86'400 * s);
    row("30", 30 * s);
    row("0", 0);
    row("12.5", 12'500'000);
    row("1764000060", 60 * s);
    row("1764000060000", 60 * s);
    row("2025-11-24T16:01:00Z", 60 * s);
    row("2025-11-24T17:01:00+01:00", 60 * s);
    row("2025-11-24T16:01:00.250Z", 60 * s + 250'000);
    row("Mon, 24 Nov 2025 16:01:00 GMT", 60 * s);
    row("2025-11-24T16:01:00", none); // whose time?
    row("soon", none);
    row("", none);
    row("-5", none);
    row("m", none);
    row("nan", none);
    row("inf", none);
    row("1e300", none);
    row("99999999h", none);
}

void TestLatestLimits::readsWhenALimitIsWholeAgain()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, expected);
    const auto when = resetTimeUs(text.toStdString(), now);
    QCOMPARE(when ? qint64(*when - now) : std::numeric_limits<qint64>::min(), expected);
}

void TestLatestLimits::keepsTheNewestOfEach()
{
    LatestLimits limits;
    QVERIFY(!limits.add(call("openai", "a", {})));
    QVERIFY(limits.add(call("openai", "a", {{"requests", "10", "9", "1s"}, {"tokens", "100", "90", "1s"}})));
    QVERIFY(limits.add(call("openai", "b", {{"requests", "10", "7", "1s"}})));
    QVERIFY(limits.add(call("openai", "a", {{"requests", "10", "8", "2s"}}, now + 5)));
    limits.add(call("openai", "a", {{"requests", "10", "1", "9s"}}, now + 1)); // told earlier, seen later
    QCOMPARE(limits.entries().size(), 3U);
    QCOMPARE(*limits.entries()[0].said.remaining, std::string("8"));
    QCOMPARE(limits.entries()[0].toldAtUs, now + 5);
    QCOMPARE(*limits.entries()[1].said.remaining, std::string("90"));
    QCOMPARE(*limits.entries()[2].said.remaining, std::string("7"));
}

void TestLatestLimits::isBounded()
{
    LatestLimits limits;
    for (std::size_t i = 0; i < 2 * LatestLimits::limit; ++i)
        limits.add(call("p", std::to_string(i), {{"requests", "1", "1", {}}}, now + static_cast<int>(i)));
    QCOMPARE(limits.entries().size(), LatestLimits::limit);
    QCOMPARE(limits.entries().front().model, std::to_string(LatestLimits::limit)); // the oldest went
}

QTEST_APPLESS_MAIN(TestLatestLimits)
#include "tst_latestlimits.moc"
