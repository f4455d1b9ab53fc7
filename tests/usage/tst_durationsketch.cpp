#include "core/usage/durationsketch.h"

#include <QRandomGenerator>
#include <QTest>
#include <algorithm>
#include <cmath>

using namespace hookscope;

class TestDurationSketch : public QObject {
    Q_OBJECT
private slots:
    void knowsNothingOfNoDurations();
    void isNearEachDuration();
    void isExactBelow128Microseconds();
    void takesTheNearestRank_data();
    void takesTheNearestRank();
    void isNearTheRankedDurationOfMany();
    void addsUpAsIfItWereOne();
    void endsAtNineteenHours();
    void staysSmall();
};

void TestDurationSketch::knowsNothingOfNoDurations()
{
    DurationSketch sketch;
    sketch.add(-1);
    QCOMPARE(sketch.count(), 0U);
    QVERIFY(!sketch.percentile(50));
}

void TestDurationSketch::isNearEachDuration()
{
    for (double exact = 1; exact < 6e10; exact *= 1.0013) {
        DurationSketch sketch;
        const auto durationUs = static_cast<qint64>(exact);
        sketch.add(durationUs);
        const double error = std::abs(double(*sketch.percentile(50) - durationUs)) / double(durationUs);
        QVERIFY2(error <= 0.008, qPrintable(QString::number(durationUs)));
    }
}

void TestDurationSketch::isExactBelow128Microseconds()
{
    for (qint64 durationUs = 0; durationUs < 128; ++durationUs) {
        DurationSketch sketch;
        sketch.add(durationUs);
        QCOMPARE(*sketch.percentile(99), durationUs);
    }
}

void TestDurationSketch::takesTheNearestRank_data()
{
    QTest::addColumn<int>("durations"); // 1 to that many
    QTest::addColumn<int>("percent");
    QTest::addColumn<qint64>("expected");
    QTest::newRow("one, median") << 1 << 50 << qint64(1);
    QTest::newRow("two, median") << 2 << 50 << qint64(1);
    QTest::newRow("three, median") << 3 << 50 << qint64(2);
    QTest::newRow("ten, p90") << 10 << 90 << qint64(9);
    QTest::newRow("ten, p99") << 10 << 99 << qint64(10);
    QTest::newRow("hundred, p99") << 100 << 99 << qint64(99);
    QTest::newRow("hundred, p100") << 100 << 100 << qint64(100);
}

void TestDurationSketch::takesTheNearestRank()
{
    QFETCH(int, durations);
    QFETCH(int, percent);
    QFETCH(qint64, expected);
    DurationSketch sketch;
    for (int i = durations; i > 0; --i)
        sketch.add(i);
    QCOMPARE(*sketch.percentile(percent), expected);
}

void TestDurationSketch::isNearTheRankedDurationOfMany()
{
    QRandomGenerator random(7);
    std::vector<qint64> durations;
    DurationSketch sketch;
    for (int i = 0; i < 20'000; ++i) {
        durations.push_back(static_cast<qint64>(std::pow(10, 3 + 5 * random.generateDouble())));
        sketch.add(durations.back());
    }
    std::sort(durations.begin(), durations.end());
    for (int percent = 1; percent <= 100; ++percent) {
        const auto exact = double(durations[durations.size() * static_cast<std::size_t>(percent) / 100 - 1]);
        QVERIFY(std::abs(double(*sketch.percentile(percent)) - exact) / exact <= 0.008);
    }
}

void TestDurationSketch::addsUpAsIfItWereOne()
{
    DurationSketch one;
    DurationSketch even;
    DurationSketch odd;
    for (int i = 0; i < 5'000; ++i) {
        one.add(i * 97);
        (i % 2 == 0 ? even : odd).add(i * 97);
    }
    DurationSketch sum;
    sum.add(odd);
    sum.add(even);
    QCOMPARE(sum, one);
    QCOMPARE(sum.count(), 5'000U);
}

void TestDurationSketch::endsAtNineteenHours()
{
    DurationSketch sketch;
    sketch.add(std::numeric_limits<qint64>::max());
    const double hours = double(*sketch.percentile(50)) / 3.6e9;
    QVERIFY(hours > 18.9 && hours < 19.1);
}

void TestDurationSketch::staysSmall()
{
    DurationSketch sketch;
    for (double durationUs = 1; durationUs < 1e13; durationUs *= 1.001)
        sketch.add(static_cast<qint64>(durationUs));
    DurationSketch twice = sketch;
    twice.add(sketch);
    QCOMPARE(twice.count(), 2 * sketch.count());
    QCOMPARE(twice.percentile(90), sketch.percentile(90));
}

QTEST_APPLESS_MAIN(TestDurationSketch)
#include "tst_durationsketch.moc"
