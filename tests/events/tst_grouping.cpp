#include "core/events/grouping.h"

#include <QTest>
#include <limits>

using namespace hookscope;

namespace {

Record request(Strings &strings, const char *model, int status = 200)
{
    Record record;
    record.model = model ? strings.take(model) : 0;
    record.status = static_cast<std::uint16_t>(status);
    record.state = Record::State::Done;
    return record;
}

Record call(Strings &strings, const char *model, std::int64_t input, std::int64_t output,
            std::optional<PicoUsd> cost)
{
    Record record = request(strings, model);
    record.isCall = true;
    record.calls = 1;
    record.usage = UsageState::Reported;
    record.input = std::optional(input);
    record.output = std::optional(output);
    record.cost = cost;
    return record;
}

GroupSums sums(std::uint64_t requests, std::uint64_t calls, std::int64_t tokens, PicoUsd cost,
               std::uint64_t errors = 0, std::uint64_t withoutTokens = 0, std::uint64_t withoutCost = 0)
{
    return {requests, calls, errors, withoutTokens, withoutCost, tokens, cost};
}

} // namespace

class tst_Grouping final : public QObject {
    Q_OBJECT
private slots:
    void sumsByText();
    void marksSumsWithGapsAsLowerBounds_data();
    void marksSumsWithGapsAsLowerBounds();
    void stopsAtTheEndOfTheRange();
    void goesOnByNameWhenIdsChange();
    void groupsNothingByNone();
};

void tst_Grouping::sumsByText()
{
    Strings strings;
    Grouping grouping(GroupBy::Model, strings);
    grouping.add(call(strings, "a", 10, 1, 5));
    grouping.add(call(strings, "b", 20, 2, 7));
    grouping.add(call(strings, "a", 30, 3, 11));
    grouping.add(request(strings, nullptr, 404));
    grouping.add(request(strings, "", 200)); // an empty text is as none
    const std::vector<Grouping::Group> expected{
        {"a", true, sums(2, 2, 44, 16)}, {"b", true, sums(1, 1, 22, 7)}, {"", false, sums(2, 0, 0, 0, 1)}};
    QCOMPARE(grouping.groups(), expected);
}

void tst_Grouping::marksSumsWithGapsAsLowerBounds_data()
{
    QTest::addColumn<int>("change");
    QTest::addColumn<quint64>("withoutTokens");
    QTest::addColumn<quint64>("withoutCost");
    QTest::addColumn<qint64>("tokens");
    QTest::newRow("whole") << 0 << quint64(0) << quint64(0) << qint64(11);
    QTest::newRow("no input") << 1 << quint64(1) << quint64(0) << qint64(1);
    QTest::newRow("no cost") << 2 << quint64(0) << quint64(1) << qint64(11);
    QTest::newRow("cut") << 3 << quint64(1) << quint64(1) << qint64(11);
    QTest::newRow("refused") << 4 << quint64(0) << quint64(0) << qint64(0);
    QTest::newRow("failed without a statement") << 5 << quint64(1) << quint64(1) << qint64(0);
    QTest::newRow("still running") << 6 << quint64(0) << quint64(0) << qint64(0);
}

void tst_Grouping::marksSumsWithGapsAsLowerBounds()
{
    QFETCH(int, change);
    Strings strings;
    Record record = call(strings, "a", 10, 1, 5);
    if (change == 1)
        record.input = {};
    if (change == 2)
        record.cost = {};
    if (change == 3)
        record.isTokensLowerBound = record.isCostLowerBound = true;
    if (change >= 4) {
        record.input = record.output = record.cost = {};
        record.usage = UsageState::Missing;
        record.status = change == 4 ? 429 : 500;
    }
    if (change == 6) {
        record.calls = 0;
        record.state = Record::State::Streaming;
    }
    Grouping grouping(GroupBy::Model, strings);
    grouping.add(record);
    const GroupSums &found = grouping.groups().front().sums;
    QTEST(quint64(found.withoutTokens), "withoutTokens");
    QTEST(quint64(found.withoutCost), "withoutCost");
    QTEST(qint64(found.tokens), "tokens");
}

void tst_Grouping::stopsAtTheEndOfTheRange()
{
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    Strings strings;
    Grouping grouping(GroupBy::Model, strings);
    grouping.add(call(strings, "a", most, 1, most));
    grouping.add(call(strings, "a", 5, 5, 5));
    QCOMPARE(grouping.groups().front().sums.tokens, most);
    QCOMPARE(grouping.groups().front().sums.cost, most);
}

void tst_Grouping::goesOnByNameWhenIdsChange()
{
    Strings strings;
    Grouping grouping(GroupBy::Model, strings);
    Record first = call(strings, "a", 1, 1, 1);
    grouping.add(first);
    strings.release(first.model);
    grouping.add(call(strings, "b", 2, 2, 2)); // by the id that was a's
    grouping.add(call(strings, "a", 3, 3, 3));
    const std::vector<Grouping::Group> expected{{"a", true, sums(2, 2, 8, 4)}, {"b", true, sums(1, 1, 4, 2)}};
    QCOMPARE(grouping.groups(), expected);
}

void tst_Grouping::groupsNothingByNone()
{
    Strings strings;
    Grouping grouping(GroupBy::None, strings);
    grouping.add(call(strings, "a", 1, 1, 1));
    QVERIFY(grouping.groups().empty());
    QVERIFY(fieldOf(GroupBy::None).empty());
}

QTEST_APPLESS_MAIN(tst_Grouping)
#include "tst_grouping.moc"
