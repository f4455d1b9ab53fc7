#include "core/sources/jsonltail.h"

#include "core/events/eventjson.h"
#include "core/events/eventlog.h"
#include "core/sources/followgate.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>
#include <unistd.h>

using namespace hookscope;

namespace {

std::string lineOf(int number)
{
    ProxyEvent event; // as agentkernel has it: without an id
    event.event = HookEvent::OnResponse;
    event.url = "http://a/" + std::to_string(number);
    event.host = "a";
    event.method = "GET";
    event.status = 200;
    std::string line = toJson(event);
    return line.substr(0, line.find(",\"event\"")) + '}';
}

} // namespace

// The paths of the rows say which lines came, each once.
class TestJsonlTail : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void readsWhatIsThereAndWhatComes();
    void takesALineWhenItIsWhole();
    void countsBadLinesAndGoesOn();
    void followsARename();
    void readsARenamedFileToItsEnd();
    void losesNoLineOverTenRenames();
    void keepsTheOrderOfBothWays();
    void findsAFileThatItNeverSawUnderTheName();
    void beginsAgainAfterATruncation();
    void noticesATruncationThatHasGrownAgain();
    void waitsForAFileThatIsNotThere();
    void followsAFileThatIsMadeAgain();
    void refusesWhatIsNoFile_data();
    void refusesWhatIsNoFile();
    void waitsWhileSomethingElseStandsInItsPlace_data();
    void waitsWhileSomethingElseStandsInItsPlace();
    void hasOneBatchOnItsWay();
    void masksCredentials();
    void endsWhatIsOpenWhenItStops();
    void theGateLetsOnlyNewOnesThrough();

private:
    void take(const ReadPart &part);
    void start();
    void write(const std::string &text, QIODevice::OpenMode mode = QIODevice::Append);
    void writeLines(int from, int to);
    void expect(int count);
    QString path() const { return dir->filePath(QStringLiteral("events.jsonl")); }

    std::unique_ptr<QTemporaryDir> dir;
    std::unique_ptr<JsonlTail> tail;
    bool isTaking = true;
    QStringList paths;
    std::vector<Event> events;
    FollowedFile file;
};

void TestJsonlTail::init()
{
    dir = std::make_unique<QTemporaryDir>();
    tail = std::make_unique<JsonlTail>(path());
    isTaking = true;
    paths.clear();
    events.clear();
    file = {};
    connect(tail.get(), &JsonlTail::changed, this, [this](const FollowedFile &now) { file = now; });
    connect(tail.get(), &JsonlTail::read, this, [this](const ReadBatch &batch) {
        for (const ReadPart &part : *batch)
            take(part);
        if (isTaking)
            QMetaObject::invokeMethod(tail.get(), &JsonlTail::readNext, Qt::QueuedConnection);
    });
}

void TestJsonlTail::take(const ReadPart &part)
{
    if (const auto *rows = std::get_if<LineRowBatch>(&part)) {
        for (const Record &record : (*rows)->records())
            paths.append(QString::fromStdString(exchangeOfLine(record, (*rows)->strings()).started.path));
        return;
    }
    for (const RedactedEvent &redacted : *std::get<EventBatch>(part)) {
        events.push_back(redacted.event());
        if (const auto *started = std::get_if<Started>(&redacted.event()))
            paths.append(QString::fromStdString(started->path));
    }
}

void TestJsonlTail::cleanup()
{
    tail.reset();
    dir.reset();
}

void TestJsonlTail::start()
{
    tail->start();
}

void TestJsonlTail::write(const std::string &text, QIODevice::OpenMode mode)
{
    QFile out(path());
    QVERIFY(out.open(QIODevice::WriteOnly | mode));
    QCOMPARE(out.write(text.data(), static_cast<qint64>(text.size())), static_cast<qint64>(text.size()));
}

void TestJsonlTail::writeLines(int from, int to)
{
    std::string text;
    for (int i = from; i < to; ++i)
        text += lineOf(i) + '\n';
    write(text);
}

// The lines 0 to count-1 came, in any order, each once.
void TestJsonlTail::expect(int count)
{
    QTRY_VERIFY_WITH_TIMEOUT(paths.size() >= count, 20'000);
    QStringList wanted;
    for (int i = 0; i < count; ++i)
        wanted.append(u'/' + QString::number(i));
    QStringList got = paths;
    got.sort();
    wanted.sort();
    QCOMPARE(got, wanted);
}

void TestJsonlTail::readsWhatIsThereAndWhatComes()
{
    writeLines(0, 5);
    start();
    expect(5);
    writeLines(5, 3000);
    expect(3000);
    QCOMPARE(paths.last(), QStringLiteral("/2999"));
    QTRY_COMPARE(file.rows, quint64(3000));
    QVERIFY(file.state == FollowedFile::State::Following);
    QCOMPARE(file.badLines, quint64(0));
}

void TestJsonlTail::takesALineWhenItIsWhole()
{
    const std::string line = lineOf(0);
    write(line.substr(0, 20));
    start();
    write(line.substr(20, 30));
    writeLines(1, 1);
    write(line.substr(50) + '\n' + lineOf(1));
    expect(1);
    write("\r\n\n  \n" + lineOf(2) + '\n');
    expect(3);
    QCOMPARE(file.badLines, quint64(0));
}

void TestJsonlTail::countsBadLinesAndGoesOn()
{
    start();
    write(lineOf(0).substr(0, 30) + '\n' + lineOf(0) + "\n[]\n\xff\n" + lineOf(1) + '\n');
    expect(2);
    QTRY_COMPARE(file.badLines, quint64(3));
    QVERIFY(!file.badReason.isEmpty());
}

void TestJsonlTail::followsARename()
{
    writeLines(0, 3);
    start();
    expect(3);
    QVERIFY(QFile::rename(path(), path() + QStringLiteral(".1")));
    writeLines(3, 6);
    expect(6);
}

void TestJsonlTail::readsARenamedFileToItsEnd()
{
    writeLines(0, 3);
    start();
    expect(3);
    QFile old(path());
    QVERIFY(old.open(QIODevice::Append));
    QVERIFY(QFile::rename(path(), path() + QStringLiteral(".1")));
    writeLines(4, 5);
    old.write(QByteArray::fromStdString(lineOf(3) + '\n'));
    old.flush();
    expect(5);
}

void TestJsonlTail::losesNoLineOverTenRenames()
{
    start();
    int next = 0;
    for (int i = 0; i < 10; ++i) {
        writeLines(next, next + 200);
        next += 200;
        QVERIFY(QFile::rename(path(), path() + QStringLiteral(".%1").arg(i)));
        writeLines(next, next + 50);
        next += 50;
        QCoreApplication::processEvents();
    }
    expect(next);
}

// Lines that are rows at once, and lines that become events, among each other, over many pieces and batches.
void TestJsonlTail::keepsTheOrderOfBothWays()
{
    std::string text;
    QStringList wanted;
    for (int i = 0; i < 20'000; ++i) {
        std::string line = lineOf(i);
        if (i % 5 == 0)
            line.insert(1, R"("x":1,)");
        text += line + (i % 3 == 0 ? "\r\n" : "\n");
        wanted.append(u'/' + QString::number(i));
    }
    write(text);
    start();
    QTRY_COMPARE_WITH_TIMEOUT(paths.size(), wanted.size(), 20'000);
    QCOMPARE(paths, wanted);
    QTRY_COMPARE(file.rows, quint64(20'000));
    QCOMPARE(file.badLines, quint64(0));
}

void TestJsonlTail::findsAFileThatItNeverSawUnderTheName()
{
    writeLines(0, 2);
    start();
    expect(2);
    for (int i = 1; i < 4; ++i) { // no look in between
        QVERIFY(QFile::rename(path(), path() + QStringLiteral(".%1").arg(i)));
        writeLines(2 * i, 2 * i + 2);
    }
    expect(8);
}

void TestJsonlTail::beginsAgainAfterATruncation()
{
    writeLines(0, 3);
    write("torn");
    start();
    expect(3);
    QVERIFY(QFile::resize(path(), 0));
    QTRY_COMPARE_WITH_TIMEOUT(file.badLines, quint64(1), 5000);
    writeLines(3, 4);
    expect(4);
}

void TestJsonlTail::noticesATruncationThatHasGrownAgain()
{
    writeLines(0, 2);
    start();
    expect(2);
    std::string text;
    for (int i = 2; i < 10; ++i)
        text += lineOf(i) + '\n';
    write(text, QIODevice::Truncate); // copied away, cut, and larger than before already
    expect(10);
}

void TestJsonlTail::waitsForAFileThatIsNotThere()
{
    start();
    QVERIFY(file.state == FollowedFile::State::Waiting);
    QVERIFY(file.text.contains(path()));
    writeLines(0, 2);
    expect(2);
    QVERIFY(file.state == FollowedFile::State::Following);
    QCOMPARE(file.text, QString());
}

void TestJsonlTail::followsAFileThatIsMadeAgain()
{
    writeLines(0, 2);
    start();
    expect(2);
    QVERIFY(QFile::remove(path()));
    QTRY_VERIFY_WITH_TIMEOUT(file.state == FollowedFile::State::Waiting, 5000);
    writeLines(2, 4);
    expect(4);
}

void TestJsonlTail::refusesWhatIsNoFile_data()
{
    QTest::addColumn<bool>("isFolder");
    QTest::newRow("a folder") << true;
    QTest::newRow("a pipe") << false;
}

void TestJsonlTail::refusesWhatIsNoFile()
{
    QFETCH(bool, isFolder);
    if (isFolder)
        QVERIFY(QDir().mkdir(path()));
    else
        QCOMPARE(::mkfifo(QFile::encodeName(path()).constData(), 0600), 0);
    start();
    QVERIFY(file.state == FollowedFile::State::Ended);
    QVERIFY(file.text.contains(path()));
}

void TestJsonlTail::waitsWhileSomethingElseStandsInItsPlace_data()
{
    refusesWhatIsNoFile_data();
}

void TestJsonlTail::waitsWhileSomethingElseStandsInItsPlace()
{
    QFETCH(bool, isFolder);
    writeLines(0, 2);
    start();
    expect(2);
    QVERIFY(QFile::remove(path()));
    if (isFolder)
        QVERIFY(QDir().mkdir(path()));
    else
        QCOMPARE(::mkfifo(QFile::encodeName(path()).constData(), 0600), 0);
    QTRY_VERIFY_WITH_TIMEOUT(file.state == FollowedFile::State::Waiting, 5000);
    QVERIFY(isFolder ? QDir().rmdir(path()) : QFile::remove(path()));
    writeLines(2, 4);
    expect(4);
}

void TestJsonlTail::hasOneBatchOnItsWay()
{
    isTaking = false;
    writeLines(0, 50'000);
    start();
    const auto first = paths.size();
    QVERIFY(first > 0 && first < 50'000);
    writeLines(50'000, 50'001);
    QTest::qWait(50); // its hint comes, and changes nothing
    QCOMPARE(paths.size(), first);
    isTaking = true;
    tail->readNext();
    expect(50'001);
}

void TestJsonlTail::masksCredentials()
{
    std::string line = lineOf(0);
    line.replace(line.find("http://a/0"), 10, "http://u:CANARY@a/0?api_key=CANARY");
    write(line + '\n');
    start();
    QTRY_VERIFY(!events.empty());
    for (const Event &event : events) {
        if (const auto *proxy = std::get_if<ProxyEvent>(&event))
            QVERIFY2(proxy->url.find("CANARY") == std::string::npos, proxy->url.c_str());
        if (const auto *started = std::get_if<Started>(&event))
            QVERIFY(started->url.find("CANARY") == std::string::npos);
    }
}

void TestJsonlTail::endsWhatIsOpenWhenItStops()
{
    ProxyEvent request;
    request.id = ExchangeId::next();
    request.url = "http://a/0";
    write(toJson(request) + '\n');
    start();
    expect(1);
    tail->readNext();
    tail->stop();
    QVERIFY(file.state == FollowedFile::State::Ended);
    const auto *ended = std::get_if<ProxyEvent>(&events.back());
    QVERIFY(ended && ended->event == HookEvent::OnResponse && ended->error);
}

void TestJsonlTail::theGateLetsOnlyNewOnesThrough()
{
    const auto batchOf = [](const std::vector<ExchangeId> &ids) {
        std::vector<RedactedEvent> made;
        for (const ExchangeId id : ids) {
            Started started;
            started.id = id;
            made.push_back(redact(started, {}));
        }
        return std::make_shared<const std::vector<RedactedEvent>>(std::move(made));
    };
    const ExchangeId before = ExchangeId::next();
    const ExchangeId live = ExchangeId::next();
    const ExchangeId other = ExchangeId::next();
    EventLog log;
    log.append(batchOf({before}));
    FollowGate gate(log);
    gate.noteAppended(batchOf({live}));
    const EventBatch through = gate.newOf(batchOf({before, other, live}));
    QCOMPARE(through->size(), std::size_t(1));
    QCOMPARE(exchangeOf(through->front().event()), other);
    LineRowReader lines(LineForm::Followed);
    QVERIFY(lines.read(lineOf(0)));
    const std::vector<ReadPart> parts = {batchOf({before}), lines.take(), batchOf({other})};
    const ReadBatch rest = gate.newOf(std::make_shared<const std::vector<ReadPart>>(parts));
    QCOMPARE(rest->size(), std::size_t(3));
    QVERIFY(std::get<EventBatch>(rest->at(0))->empty());
    QCOMPARE(std::get<LineRowBatch>(rest->at(1))->records().size(), std::size_t(1));
    QCOMPARE(std::get<EventBatch>(rest->at(2))->size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestJsonlTail)
#include "tst_jsonltail.moc"
