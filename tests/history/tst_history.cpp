#include "core/history/history.h"

#include "core/events/eventlog.h"
#include "core/history/historyfeed.h"
#include "core/history/sessionreader.h"
#include "core/history/sessionshelf.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QTimer>
#include <csignal>
#include <cstdio>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace hookscope;

namespace {

using Events = std::vector<RedactedEvent>;

void add(Events &events, Event event)
{
    events.push_back(redact(std::move(event), {}));
}

Started start(Events &events, std::size_t headBytes = 100)
{
    Started started;
    started.id = ExchangeId::next();
    started.timestampUs = 1'700'000'000'000'001;
    started.sandbox = "local";
    started.method = "POST";
    started.url = "http://a/v1/messages";
    started.host = "a";
    started.path = "/v1/messages";
    started.head = {{"x-filler", std::string(headBytes, 'x')}};
    add(events, started);
    return started;
}

void end(Events &events, const Started &started)
{
    LlmEvent call;
    call.id = started.id;
    call.timestampUs = started.timestampUs + 10;
    call.provider = "openai";
    call.host = started.host;
    call.method = started.method;
    call.path = started.path;
    call.tokens = {10, 20, {}, {}, {}};
    call.cost = 123;
    add(events, call);
    ProxyEvent response;
    response.event = HookEvent::OnResponse;
    response.id = started.id;
    response.timestampUs = started.timestampUs + 11;
    response.method = started.method;
    response.url = started.url;
    response.host = started.host;
    response.status = 200;
    add(events, response);
}

EventBatch batchOf(Events events)
{
    return std::make_shared<const Events>(std::move(events));
}

EventBatch exchanges(int count, std::size_t headBytes = 100)
{
    Events events;
    for (int i = 0; i < count; ++i)
        end(events, start(events, headBytes));
    return batchOf(std::move(events));
}

// Everything that a start gives back, in one thread.
struct Restored {
    explicit Restored(const QString &shelf, quint64 mostRows = 1'000'000)
        : log({.rows = mostRows})
    {
        History history(shelf);
        QObject::connect(&history, &History::restoring, &log, [&](const EventBatch &batch) {
            for (const RedactedEvent &event : *batch)
                calls += std::holds_alternative<LlmEvent>(event.event()) ? 1 : 0;
            log.restore(batch);
            QTimer::singleShot(0, &history, &History::restoreNext);
        });
        QObject::connect(&history, &History::annotationsRestored, &log, &EventLog::annotate);
        QObject::connect(&history, &History::failed, &log, [&](const QString &text) { fault = text; });
        QSignalSpy spy(&history, &History::restored);
        history.start(true, 512, mostRows);
        if (fault.isEmpty() && (!spy.isEmpty() || spy.wait()))
            summary = spy.first().first().value<ReadSummary>();
    }

    quint64 rows() const { return log.end() - log.begin(); }

    EventLog log;
    ReadSummary summary;
    int calls = 0;
    QString fault;
};

QString current(const QTemporaryDir &dir)
{
    return currentSessionPath(dir.path());
}

int modeOf(const QString &path)
{
    struct stat status;
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777 : -1;
}

// The writing program of the test of kill -9: exchanges as fast as the log brings them, and after each batch
// how many there were, and when.
int writeForEver(QCoreApplication &app, const QString &shelf)
{
    QThread thread;
    History history(shelf);
    HistoryFeed feed;
    history.moveToThread(&thread);
    QObject::connect(&feed, &HistoryFeed::passed, &history, &History::append);
    QObject::connect(&history, &History::stored, &feed, &HistoryFeed::noteStored);
    thread.start();
    QMetaObject::invokeMethod(&history, [&history] { history.start(true, 512, 1000); });
    QElapsedTimer clock;
    clock.start();
    quint64 count = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        feed.take(exchanges(20, 1000));
        count += 20;
        std::printf("%llu %lld\n", static_cast<unsigned long long>(count),
                    static_cast<long long>(clock.elapsed()));
        std::fflush(stdout);
    });
    timer.start(5);
    return app.exec();
}

} // namespace

class TestHistory : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void givesBackWhatItWasGiven();
    void givesBackWhatWasSaidOfRows();
    void keepsItForThisUserAlone();
    void saysNothingOfAFirstStart();
    void failsWhatHadNotEnded();
    void tellsOfACallThatHadNotEnded();
    void goesOnBehindATornLine();
    void skipsWhatIsNoEvent();
    void keepsWithinItsCap();
    void restoresNoMoreRowsThanTheLogTakes();
    void doesNotBringBackWhatWasCleared();
    void countsTheCallsOfWhatWasCleared();
    void followsNoLink();
    void leavesTheFolderToTheOneWhoHasIt();
    void goesOnAfterADiskThatWasFull();
    void survivesALossOfItsFolder();
    void deletesTheSessionWhenItIsNotToBeKept();
    void writesNothingIfItIsOff();
    void masksWhatSomeoneWroteIntoTheFile();
    void theFeedLeavesOutWhatDoesNotFit();
    void losesNothingOlderThanASecondToAKill();
    void readsASavedSessionAndCanBeStopped();
};

void TestHistory::initTestCase()
{
    std::signal(SIGXFSZ, SIG_IGN);
    qRegisterMetaType<EventBatch>();
    qRegisterMetaType<ReadSummary>();
}

void TestHistory::givesBackWhatItWasGiven()
{
    QTemporaryDir dir;
    const EventBatch batch = exchanges(3);
    {
        History history(dir.path());
        QSignalSpy stored(&history, &History::stored);
        history.start(true, 512, 100);
        history.append(batch);
        QCOMPARE(stored.first().first().toULongLong(), quint64(batch->size()));
        history.close();
    }
    const Restored restored(dir.path());
    QCOMPARE(restored.rows(), quint64(3));
    QCOMPARE(restored.summary, (ReadSummary{3, 0, 0, 0, false}));
    for (quint64 i = 0; i < 3; ++i) {
        const Exchange *row = restored.log.exchange(i);
        QVERIFY(row);
        QCOMPARE(row->started, std::get<Started>((*batch)[3 * i].event()));
        QCOMPARE(row->calls, std::vector<LlmEvent>{std::get<LlmEvent>((*batch)[3 * i + 1].event())});
        QCOMPARE(row->response, std::optional(std::get<ProxyEvent>((*batch)[3 * i + 2].event())));
    }
    // And again: restoring wrote nothing.
    QCOMPARE(Restored(dir.path()).rows(), quint64(3));
}

void TestHistory::givesBackWhatWasSaidOfRows()
{
    QTemporaryDir dir;
    {
        EventLog log;
        History history(dir.path());
        QObject::connect(&log, &EventLog::appended, &history, &History::append);
        QObject::connect(&log, &EventLog::annotated, &history, &History::noteAnnotations);
        history.start(true, 512, 100);
        log.append(exchanges(3));
        log.setMark({0, 2}, 3);
        log.setMark({2}, 0);
        log.setPinned({1}, true);
        log.setComment(1, "look \"here\"\n\xe2\x82\xac");
        history.close();
    }
    const Restored restored(dir.path());
    QCOMPARE(restored.rows(), quint64(3));
    QCOMPARE(restored.summary, (ReadSummary{3, 0, 0, 0, false}));
    QCOMPARE(int(restored.log.record(0)->mark), 3);
    QVERIFY(!restored.log.record(0)->isPinned);
    QVERIFY(restored.log.record(1)->isPinned);
    QCOMPARE(std::string(restored.log.strings().text(restored.log.record(1)->comment)),
             std::string("look \"here\"\n\xe2\x82\xac"));
    QCOMPARE(int(restored.log.record(2)->mark), 0);

    // What is said of a row from an earlier session is kept with it.
    {
        Restored again(dir.path());
        History history(dir.path());
        QObject::connect(&again.log, &EventLog::annotated, &history, &History::noteAnnotations);
        history.start(true, 512, 100);
        again.log.setMark({2}, 6);
        history.close();
    }
    QCOMPARE(int(Restored(dir.path()).log.record(2)->mark), 6);
}

void TestHistory::keepsItForThisUserAlone()
{
    QTemporaryDir dir;
    const QString shelf = dir.filePath(QStringLiteral("data/sessions"));
    History history(shelf);
    history.start(true, 512, 100);
    history.append(exchanges(1));
    const auto segments = segmentsIn(currentSessionPath(shelf));
    QCOMPARE(segments.size(), 1);
    QCOMPARE(modeOf(segments.first().path), 0600);
    QCOMPARE(modeOf(currentSessionPath(shelf)), 0700);
    QCOMPARE(modeOf(shelf), 0700);
}

void TestHistory::saysNothingOfAFirstStart()
{
    QTemporaryDir dir;
    const Restored restored(dir.path());
    QCOMPARE(restored.summary, ReadSummary());
    QCOMPARE(restored.fault, QString());
}

void TestHistory::failsWhatHadNotEnded()
{
    QTemporaryDir dir;
    {
        History history(dir.path());
        history.start(true, 512, 100);
        Events events;
        end(events, start(events));
        start(events);
        history.append(batchOf(std::move(events)));
    }
    const Restored restored(dir.path());
    QCOMPARE(restored.summary, (ReadSummary{2, 1, 0, 0, false}));
    const Exchange *row = restored.log.exchange(1);
    QVERIFY(row->state == Exchange::State::Failed);
    QCOMPARE(row->response->error, std::optional<std::string>("Hookscope ended before the answer did"));
}

void TestHistory::tellsOfACallThatHadNotEnded()
{
    QTemporaryDir dir;
    {
        History history(dir.path());
        history.start(true, 512, 100);
        Events events;
        const Started started = start(events);
        const TokenUsage tokens{10, 5, {}, {}, {}, {}, {}, 3, {}, {}};
        add(events, CallProgress{started.id, "openai", "gpt-5", true, {}, {}, {}});
        add(events, CallProgress{started.id, "openai", "gpt-5", true, 5, tokens, 123});
        history.append(batchOf(std::move(events)));
    }
    const Restored restored(dir.path());
    const CallProgress &progress = *restored.log.exchange(0)->progress;
    QCOMPARE(progress.model, std::optional<std::string>("gpt-5"));
    QCOMPARE(progress.tokens.input, std::optional<std::int64_t>(10));
    QCOMPARE(progress.tokens.audioOutput, std::optional<std::int64_t>(3));
    QCOMPARE(progress.cost, std::optional<PicoUsd>(123));
}

void TestHistory::goesOnBehindATornLine()
{
    QTemporaryDir dir;
    {
        History history(dir.path());
        history.start(true, 512, 100);
        history.append(exchanges(2));
    }
    const QString path = segmentsIn(current(dir)).first().path;
    QVERIFY(QFile::resize(path, QFile(path).size() - 20)); // within the second answer
    {
        History history(dir.path());
        history.start(true, 512, 100);
        history.append(exchanges(1));
    }
    QCOMPARE(segmentsIn(current(dir)).size(), 1);
    const Restored restored(dir.path());
    QCOMPARE(restored.summary, (ReadSummary{3, 1, 1, 0, false}));
    QVERIFY(restored.log.exchange(2)->state == Exchange::State::Done);
}

void TestHistory::skipsWhatIsNoEvent()
{
    QTemporaryDir dir;
    QVERIFY(QDir().mkpath(current(dir)));
    QFile file(current(dir) + QStringLiteral("/00000001.jsonl"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArrayLiteral("garbage\n\n\0\xff\n{\"stored\":\"of a later version\"}\n[]\n"));
    file.write(QByteArray(1'000'000, '{') + '\n');
    file.close();
    {
        History history(dir.path());
        history.start(true, 512, 100);
        history.append(exchanges(1));
    }
    const Restored restored(dir.path());
    QCOMPARE(restored.rows(), quint64(1));
    QVERIFY(restored.summary.badLines >= 4);
}

void TestHistory::keepsWithinItsCap()
{
    QTemporaryDir dir;
    History history(dir.path());
    history.start(true, 1, 100);
    ExchangeId last;
    for (int i = 0; i < 60; ++i) {
        const EventBatch batch = exchanges(20, 2000);
        last = exchangeOf(batch->back().event());
        history.append(batch);
        qint64 bytes = 0;
        for (const Segment &segment : segmentsIn(current(dir)))
            bytes += segment.bytes;
        QVERIFY(bytes <= 1024 * 1024);
    }
    history.close();
    const auto segments = segmentsIn(current(dir));
    QVERIFY(segments.size() > 1);
    QVERIFY(segments.first().number > 1);
    const Restored restored(dir.path());
    QVERIFY(restored.rows() > 100);
    QCOMPARE(restored.log.record(restored.log.end() - 1)->id, last);
}

void TestHistory::restoresNoMoreRowsThanTheLogTakes()
{
    QTemporaryDir dir;
    ExchangeId last;
    {
        History history(dir.path());
        history.start(true, 4, 100);
        for (int i = 0; i < 60; ++i) {
            const EventBatch batch = exchanges(20, 1000);
            last = exchangeOf(batch->back().event());
            history.append(batch);
        }
    }
    const Restored restored(dir.path(), 100);
    QVERIFY(restored.rows() <= 100);
    QCOMPARE(restored.summary.rows, quint64(100));
    QVERIFY(restored.calls < 1200); // the older segments were not read
    QCOMPARE(restored.log.record(restored.log.end() - 1)->id, last);
}

void TestHistory::doesNotBringBackWhatWasCleared()
{
    QTemporaryDir dir;
    Events later;
    {
        History history(dir.path());
        history.start(true, 512, 100);
        history.append(exchanges(2));
        Events events;
        const Started running = start(events);
        history.append(batchOf(std::move(events)));
        history.noteCleared();
        end(later, running);
        history.append(batchOf(std::move(later)));
        history.append(exchanges(1));
    }
    const Restored restored(dir.path());
    QCOMPARE(restored.rows(), quint64(1));
    QCOMPARE(restored.summary, (ReadSummary{1, 0, 0, 0, false}));
}

void TestHistory::countsTheCallsOfWhatWasCleared()
{
    QTemporaryDir dir;
    {
        History history(dir.path());
        history.start(true, 512, 100);
        history.append(exchanges(2));
        history.noteCleared();
    }
    const Restored restored(dir.path());
    QCOMPARE(restored.rows(), quint64(0));
    QCOMPARE(restored.calls, 2);
}

void TestHistory::followsNoLink()
{
    QTemporaryDir dir;
    const QString victim = dir.filePath(QStringLiteral("victim"));
    QVERIFY(QFile(victim).open(QIODevice::WriteOnly));
    QVERIFY(QDir().mkpath(current(dir)));
    QVERIFY(QFile::link(victim, current(dir) + QStringLiteral("/00000001.jsonl")));
    {
        History history(dir.path());
        QSignalSpy failed(&history, &History::failed);
        history.start(true, 512, 100);
        history.append(exchanges(1));
        QVERIFY(failed.isEmpty());
    }
    QCOMPARE(QFile(victim).size(), 0);
    QCOMPARE(Restored(dir.path()).rows(), quint64(1));

    QTemporaryDir other;
    QVERIFY(QFile::link(dir.path(), current(other)));
    QVERIFY(!Restored(other.path()).fault.isEmpty());
}

void TestHistory::leavesTheFolderToTheOneWhoHasIt()
{
    QTemporaryDir dir;
    History first(dir.path());
    first.start(true, 512, 100);
    History second(dir.path());
    QSignalSpy failed(&second, &History::failed);
    QSignalSpy leftOut(&second, &History::leftOutChanged);
    second.start(true, 512, 100);
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed.first().first().toString().contains(QLatin1String("Another Hookscope")));
    second.append(exchanges(1));
    QCOMPARE(leftOut.last().first().toULongLong(), quint64(3));
    QVERIFY(segmentsIn(current(dir)).isEmpty());
}

void TestHistory::goesOnAfterADiskThatWasFull()
{
    QTemporaryDir dir;
    {
        History history(dir.path());
        QSignalSpy failed(&history, &History::failed);
        QSignalSpy recovered(&history, &History::recovered);
        QSignalSpy stored(&history, &History::stored);
        history.start(true, 512, 100);
        history.append(exchanges(2));
        const qint64 before = segmentsIn(current(dir)).first().bytes;

        rlimit old;
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &old), 0);
        const rlimit small{static_cast<rlim_t>(before + 100), old.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        history.append(exchanges(1));
        history.append(exchanges(1));
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &old), 0);
        QCOMPARE(failed.size(), 1);
        QCOMPARE(segmentsIn(current(dir)).first().bytes, before); // nothing half-written

        QTRY_VERIFY_WITH_TIMEOUT((history.append(exchanges(1)), !recovered.isEmpty()), 10'000);
        QVERIFY(stored.size() >= 4); // what cannot be written does not wait for ever
    }
    const Restored restored(dir.path());
    QVERIFY(restored.rows() >= 3);
    QVERIFY(restored.summary.leftOut >= 6);
    QCOMPARE(restored.summary.badLines, quint64(0));
}

void TestHistory::survivesALossOfItsFolder()
{
    QTemporaryDir dir;
    {
        History history(dir.path());
        history.start(true, 512, 100);
        history.append(exchanges(2));
        QVERIFY(QDir(current(dir)).removeRecursively());
        history.append(exchanges(3));
    }
    QCOMPARE(Restored(dir.path()).rows(), quint64(3));
}

void TestHistory::deletesTheSessionWhenItIsNotToBeKept()
{
    QTemporaryDir dir;
    History history(dir.path());
    history.start(true, 512, 100);
    history.append(exchanges(2));
    QVERIFY(saveSession(dir.path(), QStringLiteral("kept"), segmentsIn(current(dir))));
    history.setLimits(false, 512);
    QVERIFY(segmentsIn(current(dir)).isEmpty());
    history.append(exchanges(2));
    QVERIFY(segmentsIn(current(dir)).isEmpty());
    QCOMPARE(savedSessions(dir.path()).size(), 1);
    history.setLimits(true, 512);
    history.append(exchanges(2));
    QCOMPARE(segmentsIn(current(dir)).size(), 1);
}

void TestHistory::writesNothingIfItIsOff()
{
    QTemporaryDir dir;
    const QString shelf = dir.filePath(QStringLiteral("sessions"));
    History history(shelf);
    QSignalSpy stored(&history, &History::stored);
    history.start(false, 512, 100);
    history.append(exchanges(2));
    history.noteCleared();
    history.close();
    QCOMPARE(stored.size(), 1);
    QVERIFY(!QFile::exists(shelf));
}

void TestHistory::masksWhatSomeoneWroteIntoTheFile()
{
    QTemporaryDir dir;
    QVERIFY(QDir().mkpath(current(dir)));
    QFile file(current(dir) + QStringLiteral("/00000001.jsonl"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"stored":"started","id":"0199a0b1-c2d3-7456-8899-aabbccddeeff","timestamp_us":1,"method":"GET",)"
        R"("url":"http://a/?key=CANARY1","host":"a","path":"/?key=CANARY1","head":[["x-api-key","CANARY2"]]})"
        "\n");
    file.close();
    const Restored restored(dir.path());
    const Exchange *row = restored.log.exchange(0);
    QVERIFY(row);
    QCOMPARE(row->started.url, std::string("http://a/?key=***"));
    QCOMPARE(row->started.head.front().value, std::string("***"));
}

void TestHistory::theFeedLeavesOutWhatDoesNotFit()
{
    HistoryFeed feed(nullptr, 10);
    QSignalSpy passed(&feed, &HistoryFeed::passed);
    QSignalSpy leftOut(&feed, &HistoryFeed::leftOut);
    feed.take(exchanges(3)); // 9 events
    feed.take(exchanges(1));
    QCOMPARE(passed.size(), 1);
    QCOMPARE(leftOut.size(), 1);
    QCOMPARE(leftOut.first().first().toULongLong(), quint64(3));
    feed.noteStored(9);
    feed.take(exchanges(100)); // one batch always passes
    QCOMPARE(passed.size(), 2);
}

void TestHistory::losesNothingOlderThanASecondToAKill()
{
    for (const int afterMs : {1500, 2100, 2600}) {
        QTemporaryDir dir;
        QProcess writer;
        writer.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--write"), dir.path()});
        QVERIFY(writer.waitForStarted());
        QList<QPair<quint64, qint64>> said; // how many, when
        while (said.isEmpty() || said.last().second < afterMs) {
            QVERIFY(writer.canReadLine() || writer.waitForReadyRead(30'000));
            while (writer.canReadLine()) {
                const auto words = writer.readLine().trimmed().split(' ');
                QCOMPARE(words.size(), 2);
                said.append({words[0].toULongLong(), words[1].toLongLong()});
            }
        }
        writer.kill();
        QVERIFY(writer.waitForFinished());
        QCOMPARE(writer.exitStatus(), QProcess::CrashExit);
        quint64 least = 0;
        for (const auto &[count, ms] : said)
            least = ms <= said.last().second - 1000 ? count : least;
        QVERIFY(least > 0);
        const Restored restored(dir.path());
        QVERIFY2(restored.rows() >= least,
                 qPrintable(QString::number(restored.rows()) + u'/' + QString::number(least)));
        QVERIFY(restored.summary.badLines <= 1);
    }
}

void TestHistory::readsASavedSessionAndCanBeStopped()
{
    QTemporaryDir dir;
    {
        History history(dir.path());
        history.start(true, 512, 100);
        for (int i = 0; i < 10; ++i)
            history.append(exchanges(100));
        QSignalSpy saved(&history, &History::sessionSaved);
        QSignalSpy listed(&history, &History::sessionsListed);
        history.saveSession(QStringLiteral("one"));
        QCOMPARE(saved.first().at(1).toString(), QString());
        QCOMPARE(listed.first().first().value<QList<SessionInfo>>().size(), 1);
    }
    SessionReader reader(sessionPath(dir.path(), QStringLiteral("one")), 1'000'000);
    QSignalSpy batches(&reader, &SessionReader::batchRead);
    QSignalSpy finished(&reader, &SessionReader::finished);
    while (finished.isEmpty())
        reader.readNext();
    QCOMPARE(finished.first().first().value<ReadSummary>(), (ReadSummary{1000, 0, 0, 0, false}));
    QVERIFY(batches.size() > 1);

    SessionReader stopped(sessionPath(dir.path(), QStringLiteral("one")), 1'000'000);
    QSignalSpy ended(&stopped, &SessionReader::finished);
    stopped.readNext();
    stopped.cancel();
    stopped.readNext();
    stopped.cancel();
    QCOMPARE(ended.size(), 1);
    QVERIFY(ended.first().first().value<ReadSummary>().isCancelled);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == QLatin1String("--write"))
        return writeForEver(app, app.arguments().value(2));
    TestHistory test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_history.moc"
