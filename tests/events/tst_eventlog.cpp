#include "core/events/eventlog.h"

#include <QSignalSpy>
#include <QTest>

using namespace hookscope;
using Sequence = EventLog::Sequence;

namespace {

ExchangeId idOf(std::uint64_t number)
{
    return {1, number};
}

Started started(std::uint64_t number)
{
    Started event;
    event.id = idOf(number);
    event.url = "/" + std::to_string(number);
    return event;
}

Answered answered(std::uint64_t number)
{
    return {idOf(number), 200, 1, {}};
}

ProxyEvent ended(std::uint64_t number)
{
    ProxyEvent event;
    event.event = HookEvent::OnResponse;
    event.id = idOf(number);
    return event;
}

EventBatch batch(std::vector<Event> events)
{
    std::vector<RedactedEvent> redacted;
    for (Event &event : events)
        redacted.push_back(redact(std::move(event), {}));
    return std::make_shared<const std::vector<RedactedEvent>>(std::move(redacted));
}

EventBatch batchOfStarted(std::uint64_t from, std::uint64_t to)
{
    std::vector<Event> events;
    for (std::uint64_t number = from; number < to; ++number)
        events.push_back(started(number));
    return batch(std::move(events));
}

std::vector<Sequence> updatedIn(const QSignalSpy &spy)
{
    return spy.last().at(0).value<std::vector<Sequence>>();
}

} // namespace

class TestEventLog : public QObject {
    Q_OBJECT
private slots:
    void fillsOneRowPerExchange();
    void tellsWhichRowsChanged();
    void passesEachBatchOnBeforeItTells();
    void passesOnEventsOfUnknownExchanges();
    void passesAnEmptyBatchOn();
    void neverExceedsItsLimit_data();
    void neverExceedsItsLimit();
    void keepsTheNewest();
    void forgetsTheEventsOfEvictedExchanges();
    void doesNotTellOfRowsThatTheSameBatchEvicted();
    void keepsNothingWithALimitOfNone();
    void clearsWithoutUsingNumbersAgain();
    void countsWhatWasLost();
    void dropsDetailsBeforeRows();
    void keepsNoDetailsIfNotAskedTo();
    void takesInAnswersOfTheLastThatEnded();
    void restoresWithoutPassingOn();
    void keepsWhatTheUserSaysOfRows();
};

void TestEventLog::fillsOneRowPerExchange()
{
    EventLog log;
    log.append(batch({started(1), started(2), answered(2)}));
    log.append(batch({answered(1), ended(2), started(3)}));

    QCOMPARE(log.begin(), Sequence(0));
    QCOMPARE(log.end(), Sequence(3));
    QCOMPARE(log.exchange(0)->started.url, std::string("/1"));
    QVERIFY(log.exchange(0)->answered);
    QVERIFY(!log.exchange(0)->response);
    QVERIFY(log.exchange(1)->id == idOf(2));
    QVERIFY(log.exchange(1)->state == Exchange::State::Done);
    QVERIFY(!log.exchange(2)->answered);
    QCOMPARE(log.exchange(3), nullptr);
}

void TestEventLog::tellsWhichRowsChanged()
{
    EventLog log;
    QSignalSpy spy(&log, &EventLog::changed);
    log.append(batch({started(1), answered(1), started(2)}));
    QCOMPARE(spy.count(), 1);
    QCOMPARE(updatedIn(spy), std::vector<Sequence>());

    log.append(batch({answered(2), started(3), answered(3), ended(1), ended(2)}));
    QCOMPARE(spy.count(), 2);
    QCOMPARE(updatedIn(spy), (std::vector<Sequence>{0, 1}));
}

void TestEventLog::passesEachBatchOnBeforeItTells()
{
    EventLog log;
    QStringList order;
    EventBatch passed;
    connect(&log, &EventLog::appended, this, [&](const EventBatch &events) {
        passed = events;
        order << QStringLiteral("appended %1").arg(log.end());
    });
    connect(&log, &EventLog::changed, this, [&] { order << QStringLiteral("changed"); });
    const EventBatch events = batch({started(1)});
    log.append(events);
    QCOMPARE(passed, events);
    QCOMPARE(order, (QStringList{QStringLiteral("appended 1"), QStringLiteral("changed")}));
}

void TestEventLog::passesOnEventsOfUnknownExchanges()
{
    EventLog log;
    QSignalSpy passed(&log, &EventLog::appended);
    QSignalSpy changed(&log, &EventLog::changed);
    log.append(batch({answered(7), ended(7)}));
    QCOMPARE(passed.count(), 1);
    QCOMPARE(passed.last().at(0).value<EventBatch>()->size(), std::size_t(2));
    QCOMPARE(updatedIn(changed), std::vector<Sequence>());
    QCOMPARE(log.end(), Sequence(0));
}

void TestEventLog::passesAnEmptyBatchOn()
{
    EventLog log;
    QSignalSpy spy(&log, &EventLog::appended);
    log.append(batch({}));
    QCOMPARE(spy.count(), 1);
    log.append(nullptr);
    QCOMPARE(spy.count(), 1);
}

void TestEventLog::neverExceedsItsLimit_data()
{
    QTest::addColumn<int>("limit");
    for (const int limit : {1, 2, 49, 50, 51, 1000})
        QTest::addRow("%d", limit) << limit;
}

void TestEventLog::neverExceedsItsLimit()
{
    QFETCH(int, limit);
    EventLog log({.rows = static_cast<std::size_t>(limit)});
    for (std::uint64_t number = 0; number < 2500; number += 7) {
        log.append(batchOfStarted(number, number + 7));
        QVERIFY(log.end() - log.begin() <= Sequence(limit));
        QVERIFY(log.end() > log.begin());
        QCOMPARE(log.end(), Sequence(number + 7));
    }
    // A fiftieth may have been dropped at once, never more.
    QVERIFY(log.end() - log.begin() >= Sequence(limit - limit / 50));
}

void TestEventLog::keepsTheNewest()
{
    EventLog log({.rows = 100});
    log.append(batchOfStarted(0, 1000));
    QCOMPARE(log.exchange(log.begin() - 1), nullptr);
    for (Sequence sequence = log.begin(); sequence < log.end(); ++sequence)
        QVERIFY(log.exchange(sequence)->id == idOf(sequence));
    QCOMPARE(log.end(), Sequence(1000));
}

void TestEventLog::forgetsTheEventsOfEvictedExchanges()
{
    EventLog log({.rows = 2});
    log.append(batchOfStarted(0, 3));
    QSignalSpy spy(&log, &EventLog::changed);
    log.append(batch({ended(0), ended(2)}));
    QCOMPARE(updatedIn(spy), (std::vector<Sequence>{2}));
    QCOMPARE(log.begin(), Sequence(1));
    QVERIFY(log.exchange(1)->state == Exchange::State::InFlight);
    QVERIFY(log.exchange(2)->state == Exchange::State::Done);
}

void TestEventLog::doesNotTellOfRowsThatTheSameBatchEvicted()
{
    EventLog log({.rows = 2});
    log.append(batchOfStarted(0, 2));
    QSignalSpy spy(&log, &EventLog::changed);
    log.append(batch({ended(0), ended(1), started(2)}));
    QCOMPARE(updatedIn(spy), (std::vector<Sequence>{1}));
}

void TestEventLog::keepsNothingWithALimitOfNone()
{
    EventLog log({.rows = 0});
    QSignalSpy spy(&log, &EventLog::appended);
    log.append(batch({started(1), ended(1)}));
    QCOMPARE(spy.count(), 1);
    QCOMPARE(log.begin(), log.end());
    QCOMPARE(log.exchange(0), nullptr);
}

void TestEventLog::clearsWithoutUsingNumbersAgain()
{
    EventLog log;
    log.append(batchOfStarted(0, 3));
    QSignalSpy spy(&log, &EventLog::changed);
    log.clear();
    QCOMPARE(spy.count(), 1);
    QCOMPARE(log.begin(), Sequence(3));
    QCOMPARE(log.end(), Sequence(3));
    QCOMPARE(log.exchange(2), nullptr);

    log.append(batch({ended(1), started(9)}));
    QCOMPARE(log.end(), Sequence(4));
    QVERIFY(log.exchange(3)->id == idOf(9));
    QVERIFY(log.exchange(3)->state == Exchange::State::InFlight);
}

void TestEventLog::countsWhatWasLost()
{
    EventLog log;
    QSignalSpy spy(&log, &EventLog::lostChanged);
    log.reportLost(0);
    QCOMPARE(spy.count(), 0);
    log.reportLost(3);
    log.reportLost(4);
    QCOMPARE(spy.count(), 2);
    QCOMPARE(spy.last().at(0).toULongLong(), 7ULL);
    log.clear();
    QCOMPARE(log.lost(), quint64(7));
}

void TestEventLog::dropsDetailsBeforeRows()
{
    EventLog log({.rows = 1000});
    log.append(batchOfStarted(0, 500));
    QVERIFY(log.exchange(0));
    log.setCaps({.rows = 1000, .bytes = log.recordBytes() + (log.bytes() - log.recordBytes()) / 2});
    QCOMPARE(log.begin(), Sequence(0));
    QCOMPARE(log.exchange(0), nullptr);
    QVERIFY(log.exchange(499));
    QVERIFY(log.bytes() <= log.caps().bytes);
    QCOMPARE(log.detail(0)->started.url, std::string("/0"));

    log.setCaps({.rows = 1000, .bytes = log.recordBytes() / 2});
    QVERIFY(log.begin() > 0);
    QVERIFY(log.bytes() <= log.caps().bytes);
    log.append(batch({ended(499)}));
    QVERIFY(log.record(499)->state == Record::State::Done);
}

void TestEventLog::keepsNoDetailsIfNotAskedTo()
{
    EventLog log({.rows = 100, .keepsDetails = false});
    log.append(batchOfStarted(0, 10));
    QCOMPARE(log.exchange(5), nullptr);
    QCOMPARE(log.bytes(), log.recordBytes());
    QVERIFY(log.record(5)->id == idOf(5));
}

void TestEventLog::takesInAnswersOfTheLastThatEnded()
{
    EventLog log;
    log.append(batch({started(1), ended(1)}));
    ProxyEvent late = ended(1);
    late.responseBytes = 77;
    log.append(batch({late}));
    QCOMPARE(*log.record(0)->responseBytes, 77);
    QCOMPARE(log.find(idOf(1)), std::optional<Sequence>(0));
    QCOMPARE(log.find(idOf(2)), std::nullopt);
}

void TestEventLog::restoresWithoutPassingOn()
{
    EventLog log;
    QSignalSpy appended(&log, &EventLog::appended);
    QSignalSpy restored(&log, &EventLog::restored);
    QSignalSpy changed(&log, &EventLog::changed);
    log.restore(batch({started(1), ended(1)}));
    QCOMPARE(appended.count(), 0);
    QCOMPARE(restored.count(), 1);
    QCOMPARE(changed.count(), 1);
    QVERIFY(log.record(0)->isRestored);
    QVERIFY(log.record(0)->isRead);
}

void TestEventLog::keepsWhatTheUserSaysOfRows()
{
    EventLog log;
    log.append(batchOfStarted(0, 4));
    QSignalSpy spy(&log, &EventLog::changed);
    log.setMark({3, 1, 99}, 2);
    QCOMPARE(updatedIn(spy), (std::vector<Sequence>{1, 3}));
    log.setMark({1}, 2);
    QCOMPARE(spy.count(), 1);
    log.setPinned({0}, true);
    log.setComment(2, "look here");
    log.setRead(2);
    QCOMPARE(log.record(1)->mark, 2);
    QVERIFY(log.record(0)->isPinned);
    QVERIFY(log.record(2)->isRead);
    QCOMPARE(log.strings().text(log.record(2)->comment), std::string_view("look here"));
    log.setComment(2, {});
    QCOMPARE(log.record(2)->comment, StringId(0));
}

QTEST_GUILESS_MAIN(TestEventLog)
#include "tst_eventlog.moc"
